"""The log on SQLite: writes what is to be recorded, and reads it back."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from deskbreak.clock import Mark
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.core.commands import (
    ExerciseRow,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Uncorrect,
    Unrecord,
)
from deskbreak.core.days import Reset
from deskbreak.core.postures import Break, Correction, Row
from deskbreak.core.totals import Day
from deskbreak.ports import DayTotals, Recorded, Said
from deskbreak.store import coached, patches, rows, said
from deskbreak.store.errors import StoreError, told
from deskbreak.store.lookback import Lookback
from deskbreak.store.migrate import transaction
from deskbreak.words import _

# The elapsed clock is exact; the wall clock's names may be read a moment apart.
_SAME_MOMENT = timedelta(milliseconds=1)
_SAME_NAME = timedelta(seconds=1)
_TWO_DAYS = timedelta(days=2)
_EXACTLY = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The highest numbers given so far; 0 where there is none."""

    spell: int
    prompt: int


@dataclass(frozen=True, slots=True)
class Setting:
    key: str
    value: str
    since: datetime


class SqliteLog:
    """`ports.Log` on a connection of `database`, in whose thread alone it may be used.

    `mark` tells the moment that a state is saved with. Every method raises `StoreError` for what the
    disk or another program refuses, and can be called again afterwards.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, mark: Callable[[], Mark]) -> None:
        self._connection = connection
        self._path = path
        self._mark = mark
        self._past = Lookback(connection, path)
        self._file = _identity(path)

    def write(self, recorded: tuple[Recorded, ...], state: str) -> None:
        """All of `recorded`, in order, and the state that they lead to, or nothing."""
        mark = self._mark()
        with self._changing():
            for one in recorded:
                self._put(one)
            self._connection.execute(
                "INSERT OR REPLACE INTO state (id, snapshot, boot_id, axis_offset, elapsed, wall)"
                " VALUES (1, ?, ?, ?, ?, ?)",
                (
                    state,
                    mark.boot_id,
                    mark.offset // _EXACTLY,
                    mark.elapsed // _EXACTLY,
                    rows.ms_at(mark.wall),
                ),
            )

    def add(self, *recorded: Recorded) -> None:
        """All of `recorded`, in order, or nothing; what a later launch goes on from stays what it is."""
        with self._changing():
            for one in recorded:
                self._put(one)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with told(self._path):
            if _identity(self._path) != self._file:
                raise StoreError(_("it was moved or deleted while deskbreak was running"), self._path)
            with transaction(self._connection):
                yield

    def _put(self, recorded: Recorded) -> None:
        match recorded:
            case Record(row):
                self._record(row)
            case RecordBreak(pause):
                self._insert("INSERT OR REPLACE INTO breaks", rows.BREAK, rows.of_break(pause))
            case RecordPrompt(row=prompt):
                self._insert("INSERT OR REPLACE INTO prompts", rows.PROMPT, coached.of_prompt(prompt))
            case RecordExercise(row=exercise):
                self._insert("INSERT OR REPLACE INTO exercises", rows.EXERCISE, coached.of_exercise(exercise))
            case RecordCorrection(correction):
                said.add(self._connection, correction)
            case Uncorrect(correction):
                said.take_back(self._connection, correction)
            case Unrecord(since, spell, number):
                self._unrecord(since, spell, number)
            case LevelSet() | Mastered():
                self._insert("INSERT INTO levels", rows.LEVEL, coached.of_level(recorded))

    def _insert(self, into: str, columns: str, cells: rows.Cells) -> None:
        self._connection.execute(f"{into} ({columns}) VALUES ({', '.join('?' * len(cells))})", cells)

    def _record(self, row: Row) -> None:
        last = self._last()
        if last is not None and _goes_on(last, row):
            longer = row.began + row.length - last.began
            self._lengthen(last, longer, max(last.end_at, row.end_at))
        else:
            # What is booked from the very same moment again is the later word about it.
            self._insert("INSERT OR REPLACE INTO stretches", rows.STRETCH, rows.of_stretch(row))

    def _last(self) -> Row | None:
        found = self._connection.execute(f"SELECT {rows.STRETCH} FROM stretches ORDER BY began DESC LIMIT 1")
        return next(rows.believed(found, rows.stretch, "stretches"), None)

    def _lengthen(self, row: Row, length: timedelta, end_at: datetime) -> None:
        began = rows.ms(row.began)
        self._connection.execute(
            "UPDATE stretches SET length = ?, end_at = ? WHERE began = ?",
            (rows.ms(row.began + length) - began, rows.ms_at(max(row.start_at, end_at)), began),
        )

    def _unrecord(self, since: timedelta, spell: int, number: int) -> None:
        self._connection.execute("DELETE FROM stretches WHERE began >= ?", (rows.ms(since),))
        self._connection.execute("DELETE FROM breaks WHERE spell >= ?", (spell,))
        self._connection.execute("DELETE FROM exercises WHERE number >= ?", (number,))
        last = self._last()
        if last is not None and last.began + last.length > since:
            left = since - last.began
            self._lengthen(last, left, last.start_at + left)

    def state(self) -> str | None:
        """The state as it was last written; None in a new log."""
        with told(self._path):
            found = self._connection.execute("SELECT snapshot FROM state").fetchone()
        return None if found is None else str(found[0])

    def day(self, day: date) -> DayTotals:
        """The same as `days` says of this day, as far as the daemon asks for it."""
        found = self._past.day(day)
        longest = max((bout.length for bout in found.bouts), default=timedelta(0))
        return DayTotals(day, found.spent, found.breaks, longest)

    def days(self, first: date, last: date) -> tuple[Day, ...]:
        """The days from `first` to `last` of which the log has anything, in order, as they were corrected."""
        return self._past.days(first, last)

    def lived(self, first: date, last: date) -> Iterator[Row]:
        """The stretches of these local days, in the order they were lived, as they were corrected."""
        return self._past.lived(first, last)

    def resets(self, first: date, last: date) -> Iterator[Reset]:
        """The breaks of these local days, in order, as days count them."""
        return self._past.resets(first, last)

    def stretches(self, since: datetime, until: datetime) -> Iterator[Row]:
        """Those that lie wholly or in part in `[since, until)`, in the order they were lived, uncorrected."""
        yield from self._read(
            # By the day first, for which there is an index; a local date is within two days of UTC's.
            f"SELECT {rows.STRETCH} FROM stretches WHERE day BETWEEN ? AND ?"
            " AND start_at < ? AND end_at > ? ORDER BY began",
            (_day_by(since, -_TWO_DAYS), _day_by(until, _TWO_DAYS), rows.ms_at(until), rows.ms_at(since)),
            rows.stretch,
            "stretches",
        )

    def breaks(self, since: datetime, until: datetime) -> Iterator[Break]:
        """Those that began in `[since, until)`, in the order they were lived."""
        yield from self._read(
            f"SELECT {rows.BREAK} FROM breaks WHERE start_at >= ? AND start_at < ? ORDER BY began",
            (rows.ms_at(since), rows.ms_at(until)),
            rows.pause,
            "breaks",
        )

    def prompts(self, since: datetime, until: datetime) -> Iterator[PromptRow]:
        """Those of `[since, until)`, by number."""
        yield from self._read(
            f"SELECT {rows.PROMPT} FROM prompts WHERE at >= ? AND at < ? ORDER BY number",
            (rows.ms_at(since), rows.ms_at(until)),
            coached.prompt,
            "prompts",
        )

    def corrections(self, since: timedelta, until: timedelta) -> tuple[Correction, ...]:
        """Those in force about `[since, until)` of the elapsed clock, in the order they were said."""
        with told(self._path):
            return patches.corrections(self._connection, since, until)

    def said(self) -> tuple[Said, ...]:
        """All corrections, also those taken back, by number."""
        with told(self._path):
            return tuple(said.said(self._connection))

    def worked_before(self, day: date, at_most: int) -> int:
        """How many days before this one have work in them, counted up to so many."""
        with told(self._path):
            (found,) = self._connection.execute(
                "SELECT COUNT(*) FROM (SELECT DISTINCT day FROM stretches WHERE day < ?"
                " AND posture IN ('sitting', 'standing', 'moving') ORDER BY day DESC LIMIT ?)",
                (rows.number_of(day), at_most),
            ).fetchone()
        return int(found)

    def levels(self) -> Iterator[LevelSet | Mastered]:
        """All that the person ever said of their levels, in the order in which they did."""
        yield from self._read(f"SELECT {rows.LEVEL} FROM levels ORDER BY id", (), coached.level, "levels")

    def exercises(self, since: datetime, until: datetime) -> Iterator[ExerciseRow]:
        """Those that began in `[since, until)`, in the order they were done."""
        yield from self._read(
            f"SELECT {rows.EXERCISE} FROM exercises WHERE start_at >= ? AND start_at < ?"
            " ORDER BY start_at, number",
            (rows.ms_at(since), rows.ms_at(until)),
            coached.exercise,
            "exercises",
        )

    def _read(
        self, query: str, cells: rows.Cells, read: Callable[[rows.Cells], rows.T], table: str
    ) -> Iterator[rows.T]:
        with told(self._path):
            yield from rows.believed(self._connection.execute(query, cells), read, table)

    def numbers(self) -> Numbers:
        """What a state that is begun afresh must count on from, so that no old row is overwritten."""
        with told(self._path):
            spell, prompt = self._connection.execute(
                "SELECT (SELECT MAX(spell) FROM breaks), (SELECT MAX(number) FROM prompts)"
            ).fetchone()
        return Numbers(spell or 0, prompt or 0)

    def put_in_force(self, settings: Mapping[str, str], since: datetime) -> None:
        """Notes each setting whose value is not the one in force already."""
        with told(self._path), transaction(self._connection):
            now = {setting.key: setting.value for setting in self._latest()}
            self._connection.executemany(
                "INSERT INTO settings (key, value, since) VALUES (?, ?, ?)",
                [(key, value, rows.ms_at(since)) for key, value in settings.items() if now.get(key) != value],
            )

    def in_force(self) -> tuple[Setting, ...]:
        """The settings that were last noted, by key."""
        with told(self._path):
            return tuple(self._latest())

    def _latest(self) -> Iterator[Setting]:
        found = self._connection.execute(
            "SELECT key, value, since FROM settings"
            " WHERE id IN (SELECT MAX(id) FROM settings GROUP BY key) ORDER BY key"
        )
        return rows.believed(
            found, lambda cells: Setting(cells[0], cells[1], rows.moment(cells[2])), "settings"
        )

    def close(self) -> None:
        with told(self._path):
            self._connection.close()


def _day_by(moment: datetime, margin: timedelta) -> int:
    try:
        return rows.number_of((moment + margin).date())
    except OverflowError:
        return rows.number_of(moment.date())


def _goes_on(last: Row, row: Row) -> bool:
    return (
        (last.posture, last.how, last.day, last.offset) == (row.posture, row.how, row.day, row.offset)
        and row.length >= timedelta(0)
        and abs(row.began - last.began - last.length) <= _SAME_MOMENT
        and abs(row.start_at - last.end_at) <= _SAME_NAME
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file bears the name now; None for none, and for a log in memory."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
