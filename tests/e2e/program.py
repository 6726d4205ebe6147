"""The installed program on a test desktop: it alone starts it, tells and asks it, and reads its log file."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from deskbreak.coach.screening import Answers
from deskbreak.store.screening import write
from tests.e2e.desk import READY_WITHIN, Desk, until

SCRIPT = Path(sys.executable).with_name("deskbreak")
"""What `pip install` has put beside the interpreter that runs the tests."""

CALM = {"away_after": "2m", "break_min": "5s", "snooze": "6s", "prompts_apart": "5s"}
"""Nobody is taken to be away, and reminders may follow each other quickly."""

_OFF: Mapping[str, Any] = {"state": "off"}
_MS = timedelta(milliseconds=1)


class Program:
    """`deskbreak` of one person; `run` is the process of the last `start`."""

    def __init__(self, desk: Desk, **durations: str) -> None:
        assert SCRIPT.exists(), f"{SCRIPT} is missing: install the package first"
        self.desk = desk
        self.settings = desk.folder / "config" / "deskbreak" / "settings.toml"
        self.log = desk.folder / "data" / "deskbreak" / "deskbreak.sqlite3"
        self.diary = desk.folder / "state" / "deskbreak" / "deskbreak.log"
        self.run: subprocess.Popen[bytes]
        # Who has answered the seven questions is not welcomed with them.
        write(self.log.with_name("screening.json"), Answers())
        self.write_settings("".join(f'{key} = "{length}"\n' for key, length in durations.items()))

    def write_settings(self, text: str) -> None:
        self.settings.parent.mkdir(parents=True, exist_ok=True)
        self.settings.write_text(text)

    def start(self, **env: str) -> "Program":
        """Runs `deskbreak run` and returns when it answers; `env` comes on top of the desktop's."""
        self.run = self.launch("program", **env)
        until(
            lambda: self.run.poll() is not None or self.status() != _OFF,
            "the program answers",
        )
        assert self.run.poll() is None, self.said()
        return self

    def launch(self, name: str, **env: str) -> subprocess.Popen[bytes]:
        return self.desk.launch(name, str(SCRIPT), "run", env=self.desk.env | env)

    def ended(self, within: timedelta = READY_WITHIN) -> int:
        """The exit status of the running program, which has to end in this time."""
        until(lambda: self.run.poll() is not None, "the program ends", within)
        return self.run.returncode

    def said(self, name: str = "program") -> str:
        """What the terminal shows of it."""
        return (self.desk.folder / f"{name}.log").read_text()

    def tell(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command on the command line."""
        return subprocess.run(
            [str(SCRIPT), *words], env=self.desk.env, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=20, check=False,
        )  # fmt: skip

    def status(self) -> dict[str, Any]:
        """The answer to `status --json`; `{"state": "off"}` where none runs."""
        said = self.tell("status", "--json").stdout
        answer: dict[str, Any] = json.loads(said) if said else dict(_OFF)
        return answer

    def today(self) -> dict[str, Any]:
        totals: dict[str, Any] = json.loads(self.tell("today", "--json").stdout)
        return totals

    def entries(self) -> list[dict[str, Any]]:
        """The answer to `log --json`."""
        return [json.loads(line) for line in self.tell("log", "--json").stdout.splitlines()]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table of the log file, read past the program."""
        with closing(sqlite3.connect(f"file:{self.log}?mode=ro", uri=True)) as log:
            log.row_factory = sqlite3.Row
            return [dict(row) for row in log.execute(f"SELECT * FROM {table} ORDER BY rowid")]

    def prompts(self) -> list[dict[str, Any]]:
        """Every reminder in the log, with `decision` read; an exercise's end is none."""
        return [
            row | {"decision": row["decision"] and json.loads(row["decision"])}
            for row in self.rows("prompts")
            if row["kind"] == "reminder"
        ]

    def spent(self, posture: str) -> timedelta:
        """The sum of the stretches in this posture."""
        return sum((s["length"] * _MS for s in self.rows("stretches") if s["posture"] == posture), 0 * _MS)

    def tables_agree(self) -> bool:
        """Whether `today` tells the sums of the log's rows, whole seconds cut."""
        told = self.today()
        return all(
            abs(self.spent(posture).total_seconds() - told[f"{posture}_s"]) <= 1
            for posture in ("sitting", "standing", "moving", "away", "unknown")
        ) and told["breaks"] == len(self.rows("breaks"))


def types_until(
    desk: Desk, condition: Callable[[], object], what: str, within: timedelta = timedelta(seconds=30)
) -> float:
    """The person types until `condition` holds; returns the moment of the last key (`time.time`)."""
    deadline = time.monotonic() + within.total_seconds()
    while True:
        desk.type_text("so ")
        last = time.time()
        if condition():
            return last
        assert time.monotonic() < deadline, f"typed {within.total_seconds():g} s in vain: {what}"


def private(path: Path) -> bool:
    """Whether nobody else may read it: 0600, in a folder that is 0700."""
    modes = [os.stat(one).st_mode & 0o777 for one in (path, path.parent)]
    return modes == [0o600, 0o700]
