"""How long looking back takes over a made-up life: `python -m tests.bench.review [--years 10] [--runs 7]`.

It measures whole processes in a home of their own: `deskbreak today` beside the same interpreter printing an
empty rich table, a year's report, and the page over all of the years. Nothing of this person's is touched.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.years import BERLIN, Made, live

EMPTY_TABLE = "from rich.console import Console; from rich.table import Table; Console().print(Table())"
DESKBREAK = (sys.executable, "-m", "deskbreak")


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a command took, over several runs."""

    name: str
    runs: tuple[float, ...]

    @property
    def best(self) -> float:
        return min(self.runs)

    @property
    def middle(self) -> float:
        return statistics.median(self.runs)


def _today() -> date:
    return datetime.now(BERLIN).date()


class Home:
    """A home with a log of so many years in it, and a browser that is content with any page."""

    def __init__(self, folder: Path, years: float) -> None:
        self._folder = folder
        self.log = folder / "data" / "deskbreak" / "deskbreak.sqlite3"
        self.log.parent.mkdir(parents=True, mode=0o700)
        (folder / "run").mkdir(mode=0o700)
        (folder / "bin").mkdir()
        (folder / "bin" / "xdg-open").symlink_to("/bin/true")
        self.made: Made = live(self.log, years, last=_today())
        self.log.chmod(0o600)

    def _environment(self) -> Mapping[str, str]:
        return {
            "HOME": str(self._folder),
            "PATH": f"{self._folder / 'bin'}:{os.environ['PATH']}",
            "XDG_DATA_HOME": str(self._folder / "data"),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
            "TZ": BERLIN.key,
            "COLUMNS": "80",
        }

    def takes(self, name: str, command: Sequence[str], runs: int) -> Taken:
        """One run more than is told: the first one warms the caches."""
        taken = []
        for _run in range(runs + 1):
            began = time.perf_counter()
            subprocess.run(command, env=self._environment(), check=True, stdout=subprocess.DEVNULL)
            taken.append(time.perf_counter() - began)
        return Taken(name, tuple(taken[1:]))

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
        today = _today()
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
    print(f"{'':22}{'best':>9}{'median':>9}{'':3}best, beside an empty table")
    for one in taken:
        beside = f"{one.best / empty:8.2f} x {(one.best - empty) * 1000:+8.0f} ms"
        print(f"{one.name:22}{one.best * 1000:6.0f} ms{one.middle * 1000:6.0f} ms   {beside}")
    print(f"\npage: {page / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
