"""Where the person's word changes the log: the rows and breaks to put in place of those that were judged."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import accumulate
from operator import add

from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.postures import Break, Correction, Posture, Row
from deskbreak.store import rows

Span = tuple[int, int]


class Patch:
    """What is in place of the rows that begin in `[low, high)` milliseconds of the elapsed clock.

    Read when it is first asked for, since what lies far ahead seldom is.
    """

    __slots__ = ("_break_min", "_connection", "_judged", "_lived", "_said", "high", "low")

    def __init__(
        self,
        connection: sqlite3.Connection,
        window: Span,
        said: Sequence[Correction],
        judged: Sequence[rows.Cells],
        break_min: timedelta,
    ) -> None:
        self.low, self.high = window
        self._connection = connection
        self._said = said
        self._judged = judged
        self._break_min = break_min
        self._lived: tuple[Row, ...] | None = None

    def lived(self) -> tuple[Row, ...]:
        if self._lived is None:
            found = self._connection.execute(
                f"SELECT {rows.STRETCH} FROM stretches WHERE began >= ? AND began < ? ORDER BY began",
                (self.low, self.high),
            )
            self._lived = tuple(corrected(rows.stretches(found), self._said))
        return self._lived

    def judged(self) -> frozenset[int]:
        """The numbers of the breaks that others are in place of."""
        return frozenset(spell for spell, *_cells in self._judged)

    def breaks(self) -> tuple[Break, ...]:
        judged = tuple(rows.believed(self._judged, rows.pause, "breaks"))
        return corrected_breaks(judged, self.lived(), self._said, self._break_min)


def corrections(
    connection: sqlite3.Connection, since: timedelta, until: timedelta = timedelta.max
) -> tuple[Correction, ...]:
    """Those in force about `[since, until)` of the elapsed clock, in the order they were said."""
    found = connection.execute(
        f"SELECT {rows.CORRECTION} FROM corrections WHERE began > ? AND began < ? AND began + length > ?"
        " AND undoes IS NULL AND id NOT IN (SELECT undoes FROM corrections WHERE undoes IS NOT NULL)"
        " ORDER BY id",
        (rows.ms(since - rows.LONGEST), rows.ms(until), rows.ms(since)),
    )
    return tuple(rows.believed(found, rows.correction, "corrections"))


def patches(
    connection: sqlite3.Connection,
    said: Sequence[Correction],
    breaks: Sequence[rows.Cells],
    break_min: timedelta,
) -> tuple[Patch, ...]:
    """In order and apart from each other; `breaks` (in order, as the log has them) may be touched by them.

    Only what lies about a correction is read: whatever it says, nothing farther away is changed by it.
    """
    told = _joined((rows.ms(c.began), rows.ms(c.ended)) for c in said)
    if not told:
        return ()
    whole = _joined((_left(connection, low), high) for low, high in told)
    touched = _touched(breaks, whole)
    spans = _joined((*whole, *map(_span_of, touched)))
    windows = _joined(_window(connection, span, rows.ms(break_min)) for span in spans)
    starts = [low for low, _high in windows]
    words: list[list[Correction]] = [[] for _window in windows]
    for one in said:
        words[bisect_right(starts, rows.ms(one.began)) - 1].append(one)
    judged: list[list[rows.Cells]] = [[] for _window in windows]
    for cells in touched:
        judged[bisect_right(starts, _span_of(cells)[0]) - 1].append(cells)
    return tuple(Patch(connection, *about, break_min) for about in zip(windows, words, judged, strict=True))


def _left(connection: sqlite3.Connection, at: int) -> int:
    """When the absence began that lasts until this moment; the moment itself if none does."""
    query = (
        "SELECT began FROM (SELECT * FROM stretches WHERE began < ? ORDER BY began DESC LIMIT 1)"
        " WHERE posture = ? AND began + length >= ?"
    )
    while found := connection.execute(query, (at, Posture.AWAY.value, at)).fetchone():
        (at,) = found
    return at


def _window(connection: sqlite3.Connection, span: Span, break_min: int) -> Span:
    """From the row before, which may have gone on, to where what goes on after it is a break by itself."""
    low, high = span
    (before,) = connection.execute("SELECT MAX(began) FROM stretches WHERE began < ?", (low,)).fetchone()
    return (low if before is None else before), high + break_min


def _span_of(cells: rows.Cells) -> Span:
    _spell, _kind, began, length, *_rest = cells
    return began, began + length


def _joined(spans: Iterable[Span]) -> list[Span]:
    """In order, those that meet made one."""
    joined: list[Span] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], high)
        else:
            joined.append((low, high))
    return joined


def _touched(breaks: Sequence[rows.Cells], told: Sequence[Span]) -> list[rows.Cells]:
    """The breaks that meet one of these times."""
    starts = list(map(rows.BREAK_BEGAN, breaks))
    ends = list(map(add, starts, map(rows.BREAK_LENGTH, breaks)))
    # A break may lie in a longer one that began before it: standing goes on over a quiet absence.
    reach = list(accumulate(ends, max))
    found: set[int] = set()
    for low, high in told:
        place = bisect_right(starts, high) - 1
        while place >= 0 and reach[place] >= low:
            if ends[place] >= low:
                found.add(place)
            place -= 1
    return [breaks[place] for place in sorted(found)]
