"""Where the person's word changes the log: the rows and breaks to put in place of those that were judged."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

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
    """In order and apart from each other; `breaks` as the log has them, those that `said` may be about.

    Only what lies about a correction is read: whatever it says, nothing farther away is changed by it.
    """
    told = _joined((rows.ms(c.began), rows.ms(c.ended)) for c in said)
    touched = [cells for cells in breaks if _touches(_span_of(cells), told)]
    spans = _joined((*told, *(_span_of(cells) for cells in touched)))
    windows = _joined(_window(connection, span, rows.ms(break_min)) for span in spans)
    return tuple(_patch(connection, window, said, touched, break_min) for window in windows)


def _patch(
    connection: sqlite3.Connection,
    window: Span,
    said: Sequence[Correction],
    breaks: Sequence[rows.Cells],
    break_min: timedelta,
) -> Patch:
    low, high = window
    about = tuple(c for c in said if low <= rows.ms(c.began) < high)
    found = connection.execute(
        f"SELECT {rows.STRETCH} FROM stretches WHERE began >= ? AND began < ? ORDER BY began", window
    )
    lived = tuple(corrected(rows.believed(found, rows.stretch), about))
    kept = tuple(rows.believed((cells for cells in breaks if low <= _span_of(cells)[0] < high), rows.pause))
    spells = frozenset(one.spell for one in kept)
    return Patch(low, high, lived, spells, corrected_breaks(kept, lived, about, break_min))


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


def _touches(span: Span, apart: Sequence[Span]) -> bool:
    low, high = span
    nearest = bisect_right(apart, high, key=lambda other: other[0])
    return nearest > 0 and apart[nearest - 1][1] >= low
