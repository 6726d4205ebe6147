"""What the log holds of one local day, as the person corrected it; it only reads."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.postures import BreakKind, Correction, Posture, Row
from deskbreak.ports import DayTotals
from deskbreak.store import rows

# Sitting is interrupted by this much of anything else (rules.md section 1, "bout").
INTERRUPTION = timedelta(seconds=60)

_NOTHING = timedelta(0)


def totals(connection: sqlite3.Connection, day: date, break_min: timedelta) -> DayTotals:
    """The day's time by posture, breaks by kind and longest sitting bout.

    A bout belongs to the day it started on, with its whole length, that of the short interruptions in it
    included. Rows that cannot be believed are left out. `break_min` is what an absence that the person told
    of must reach to be a break.
    """
    number = rows.number_of(day)
    spent = dict.fromkeys(Posture, _NOTHING)
    breaks = dict.fromkeys(BreakKind, 0)
    first, last = connection.execute(
        "SELECT MIN(began), MAX(began) FROM stretches WHERE day = ?", (number,)
    ).fetchone()
    # A bout that reaches into this day began before it, and nothing earlier changes whose it is.
    since = _NOTHING if first is None else rows.span(first) - rows.LONGEST
    said = corrections(connection, since)
    lived = tuple(corrected(_rows(connection, "day = ?", number), said))
    for row in lived:
        spent[row.posture] += row.length
    kept = connection.execute(f"SELECT {rows.BREAK} FROM breaks WHERE day = ? ORDER BY began", (number,))
    around = lived
    if said and first is not None:
        # What the person told of may have begun on the day before, or gone on into the next one.
        until = rows.ms(rows.span(last) + rows.LONGEST)
        near = _rows(connection, "began BETWEEN ? AND ?", rows.ms(since), until)
        around = tuple(corrected(near, said))
    for pause in corrected_breaks(rows.believed(kept, rows.pause), around, said, break_min):
        breaks[pause.kind] += pause.day == day
    longest = _NOTHING
    if first is not None:
        longest = _longest(corrected(_rows(connection, "began >= ?", rows.ms(since)), said), day)
    return DayTotals(day, tuple(spent.items()), tuple(breaks.items()), longest)


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


def _rows(connection: sqlite3.Connection, which: str, *cells: int) -> Iterator[Row]:
    found = connection.execute(f"SELECT {rows.STRETCH} FROM stretches WHERE {which} ORDER BY began", cells)
    return rows.believed(found, rows.stretch)


def _longest(lived: Iterator[Row], day: date) -> timedelta:
    """The longest bout that began on this day; `lived` begins with the day before it."""
    longest = _NOTHING
    began = ended = _NOTHING
    bout_day: date | None = None
    for row in lived:
        if bout_day is not None and row.began - ended >= INTERRUPTION:
            bout_day = None
        if bout_day is None and row.day > day:
            break
        if row.posture is Posture.SITTING:
            if bout_day is None:
                began, bout_day = row.began, row.day
            ended = max(ended, row.began + row.length)
            if bout_day == day:
                longest = max(longest, ended - began)
    return longest
