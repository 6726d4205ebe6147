"""Where the person's word changes the log: the rows and breaks to put in place of those that were judged."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from operator import add

from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.postures import Break, Correction, Row
from deskbreak.store import rows


@dataclass(frozen=True, slots=True)
class Patch:
    """`lived` is in place of the rows that begin in `[low, high)` milliseconds of the elapsed clock.

    `breaks` are in place of those with the numbers `spells`.
    """

    low: int
    high: int
    lived: tuple[Row, ...]
    spells: frozenset[int]
    breaks: tuple[Break, ...]


Span = tuple[int, int]


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
    return tuple(rows.believed(found, rows.correction))


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
    touched = _touched(breaks, told)
    spans = _joined((*told, *map(_span_of, touched)))
    windows = _joined(_window(connection, span, rows.ms(break_min)) for span in spans)
    starts = [low for low, _high in windows]
    words: list[list[Correction]] = [[] for _window in windows]
    for one in said:
        words[bisect_right(starts, rows.ms(one.began)) - 1].append(one)
    judged: list[list[rows.Cells]] = [[] for _window in windows]
    for cells in touched:
        judged[bisect_right(starts, _span_of(cells)[0]) - 1].append(cells)
    return tuple(_patch(connection, *about, break_min) for about in zip(windows, words, judged, strict=True))


def _patch(
    connection: sqlite3.Connection,
    window: Span,
    said: Sequence[Correction],
    breaks: Sequence[rows.Cells],
    break_min: timedelta,
) -> Patch:
    found = connection.execute(
        f"SELECT {rows.STRETCH} FROM stretches WHERE began >= ? AND began < ? ORDER BY began", window
    )
    lived = tuple(corrected(rows.stretches(found), said))
    kept = tuple(rows.believed(breaks, rows.pause))
    spells = frozenset(one.spell for one in kept)
    return Patch(*window, lived, spells, corrected_breaks(kept, lived, said, break_min))


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
