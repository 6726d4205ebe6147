"""The log as today and the days before are told from it: the part of reading it that loads in no time."""

import sqlite3
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

from deskbreak.core.days import Reset
from deskbreak.core.outcomes import Reminded
from deskbreak.core.postures import Row
from deskbreak.core.totals import Day
from deskbreak.store import days as of_days
from deskbreak.store.errors import told
from deskbreak.store.reminders import reminders
from deskbreak.words import durations

# Those of rules.md section 9, for a log that no setting was noted in.
_BREAK_MIN = timedelta(minutes=2)
_DAY_START = time(4)


class Lookback:
    """On a connection of `database`; every method raises `StoreError` for what cannot be read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def days(self, first: date, last: date) -> tuple[Day, ...]:
        """The days from `first` to `last` of which the log has anything, in order, as they were corrected."""
        with told(self._path):
            return of_days.days(self._connection, first, last, self._told_by())

    def day(self, day: date) -> Day:
        """The same of one day, without exercises and what was self-started; a day of nothing, maybe."""
        with told(self._path):
            return of_days.totals(self._connection, day, self._told_by())

    def lived(self, first: date, last: date) -> Iterator[Row]:
        """The stretches of these local days, in the order they were lived, as they were corrected."""
        with told(self._path):
            yield from of_days.lived(self._connection, first, last, self._told_by())

    def resets(self, first: date, last: date) -> Iterator[Reset]:
        """The breaks of these local days, in order, as they were corrected."""
        with told(self._path):
            yield from of_days.breaks(self._connection, first, last, self._told_by())

    def reminders(self, first: date, last: date) -> tuple[Reminded, ...]:
        """Those of these local days, in order, with what became of each."""
        with told(self._path):
            return tuple(reminders(self._connection, first, last, self._told_by().day_start))

    def _told_by(self) -> of_days.InForce:
        found = self._connection.execute(
            "SELECT key, value FROM settings WHERE id IN (SELECT MAX(id) FROM settings"
            " WHERE key IN ('break_min', 'day_start') GROUP BY key)"
        )
        values = {key: str(value).strip('"') for key, value in found}
        try:
            break_min = durations.parse(values.get("break_min", ""))
        except ValueError:
            break_min = _BREAK_MIN
        try:
            day_start = time.fromisoformat(values.get("day_start", ""))
        except ValueError:
            day_start = _DAY_START
        return of_days.InForce(break_min, day_start)
