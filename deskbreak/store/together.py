"""Days of the log told together with what other machines' logs say of them; it only reads."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from deskbreak.core import days as core
from deskbreak.core.anywhere import breaks
from deskbreak.core.corrected import corrected
from deskbreak.core.days import Done, Reset
from deskbreak.core.postures import Correction, Row
from deskbreak.core.totals import DURATIONS, Day, in_durations
from deskbreak.core.union import union
from deskbreak.store import rows


class Together:
    """The days from `first` to `last`; `own` and `resets` are the log's from `low` to `high`, corrected.

    `said` are the corrections about those days, in the order in which they were said.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        own: Iterable[Row],
        said: Sequence[Correction],
        resets: Iterable[Reset],
        first: date,
        last: date,
        low: date,
        high: date,
        break_min: timedelta,
    ) -> None:
        self._first = first
        self._last = last
        self._break_min = break_min
        seen = tuple(own)
        lived: Iterable[Row] = seen
        for theirs in _elsewhere(connection, low, high):
            lived = union(lived, theirs)
        # The person's own word is surer than what any machine saw; it is about time that this one knows of.
        self._lived = tuple(corrected(lived, said if seen else ()))
        self.resets = breaks(resets, seen, self._lived, break_min)

    def counted(self, reminders: Sequence[datetime], exercises: Sequence[Done]) -> tuple[Day, ...]:
        return core.days(
            in_durations(self._lived),
            DURATIONS,
            self.resets,
            reminders,
            exercises,
            self._first,
            self._last,
            timedelta.max,
            self._break_min,
        )

    def lived(self) -> Iterator[Row]:
        return (row for row in self._lived if self._first <= row.day <= self._last)


def _elsewhere(connection: sqlite3.Connection, first: date, last: date) -> Iterator[Iterator[Row]]:
    """The stretches of these days, machine by machine."""
    for (machine,) in connection.execute("SELECT id FROM machines ORDER BY id").fetchall():
        yield rows.stretches(
            connection.execute(
                f"SELECT {rows.STRETCH} FROM elsewhere WHERE machine = ? AND day BETWEEN ? AND ?"
                " ORDER BY began",
                (machine, rows.number_of(first), rows.number_of(last)),
            )
        )
