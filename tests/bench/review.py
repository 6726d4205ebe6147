"""How long looking back takes over a made-up life: `python -m tests.bench.review [--years 10] [--runs 7]`.

It measures whole processes in a home of their own: `deskbreak today` beside the same interpreter printing an
empty rich table, a year's report, and the page over all of the years. Nothing of this person's is touched.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.years import Made, live

EMPTY_TABLE = "from rich.console import Console; from rich.table import Table; Console().print(Table())"
DESKBREAK = (sys.executable, "-m", "deskbreak")


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a command took, by the clock and of the processor alone, over several runs."""

    name: str
    runs: tuple[float, ...]
    worked: tuple[float, ...]

    @property
    def best(self) -> float:
        return min(self.runs)


def _where_it_is_evening() -> ZoneInfo:
    """So that there is a day to tell of, whenever this is run."""
    ahead = 18 - datetime.now(UTC).hour
    # The signs of these names are turned around, as POSIX has them.
    return ZoneInfo(f"Etc/GMT{-(ahead if ahead <= 14 else ahead - 24):+d}")


def _worked() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


class Home:
    """A home with a log of so many years in it, and a browser that is content with any page."""

    def __init__(self, folder: Path, years: float) -> None:
        self._folder = folder
        self.log = folder / "data" / "deskbreak" / "deskbreak.sqlite3"
        self.log.parent.mkdir(parents=True, mode=0o700)
        (folder / "run").mkdir(mode=0o700)
        (folder / "bin").mkdir()
        (folder / "bin" / "xdg-open").symlink_to("/bin/true")
        self._zone = _where_it_is_evening()
        self.today = datetime.now(self._zone).date()
        self.made: Made = live(self.log, years, zone=self._zone, last=self.today)
        self.log.chmod(0o600)

    def _environment(self) -> Mapping[str, str]:
        return {
            "HOME": str(self._folder),
            "PATH": f"{self._folder / 'bin'}:{os.environ['PATH']}",
            "XDG_DATA_HOME": str(self._folder / "data"),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
            "TZ": self._zone.key,
            "COLUMNS": "80",
        }

    def takes(self, name: str, command: Sequence[str], runs: int) -> Taken:
        """One run more than is told: the first one warms the caches."""
        taken, worked = [], []
        for _run in range(runs + 1):
            began, before = time.perf_counter(), _worked()
            subprocess.run(command, env=self._environment(), check=True, stdout=subprocess.DEVNULL)
            taken.append(time.perf_counter() - began)
            worked.append(_worked() - before)
        return Taken(name, tuple(taken[1:]), tuple(worked[1:]))

    def page(self) -> Path:
        (found,) = self._folder.rglob("report.html")
        return found


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=float, default=10)
    parser.add_argument("--runs", type=int, default=7)
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="deskbreak-review-") as folder:
        home = Home(Path(folder), args.years)
        today: date = home.today
        year = f"{today - timedelta(days=364)}..{today}"
        taken = [
            home.takes(name, command, args.runs)
            for name, command in (
                ("an empty rich table", (sys.executable, "-c", EMPTY_TABLE)),
                ("today", (*DESKBREAK, "today")),
                ("today --json", (*DESKBREAK, "today", "--json")),
                ("report of a year", (*DESKBREAK, "report", year)),
                ("report of all years", (*DESKBREAK, "report", f"{home.made.first}..{today}")),
                ("page of all years", (*DESKBREAK, "report", "--open")),
            )
        ]
        print(f"{home.made}\nlog: {home.log.stat().st_size / 1e6:.1f} MB\n")
        page = home.page().stat().st_size
    empty = taken[0].best
    print(f"{'':22}{'best':>9}{'median':>10}{'processor':>12}   best, beside an empty table")
    for one in taken:
        median, worked = statistics.median(one.runs), min(one.worked)
        print(
            f"{one.name:22}{one.best * 1000:6.0f} ms{median * 1000:7.0f} ms{worked * 1000:9.0f} ms"
            f"{one.best / empty:8.2f} x {(one.best - empty) * 1000:+8.0f} ms"
        )
    print(f"\npage: {page / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
