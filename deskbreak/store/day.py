"""What the log holds of one local day; it only reads."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from deskbreak.core.postures import BreakKind, Posture
from deskbreak.ports import DayTotals
from deskbreak.store import rows

# Sitting is interrupted by this much of anything else (rules.md section 1, "bout").
INTERRUPTION = timedelta(seconds=60)

_NOTHING = timedelta(0)
Span = tuple[timedelta, timedelta]


def totals(connection: sqlite3.Connection, day: date) -> DayTotals:
    """The day's time by posture, breaks by kind and longest sitting bout.

    A bout belongs to the day it started on, with its whole length, that of the short interruptions in it
    included. Rows that cannot be believed are left out.
    """
    spent = dict.fromkeys(Posture, _NOTHING)
    found = connection.execute("SELECT posture, length FROM stretches WHERE day = ?", (rows.number_of(day),))
    for posture, lasted in rows.believed(found, lambda cells: (Posture(cells[0]), rows.length(cells[1]))):
        spent[posture] += lasted
    breaks = dict.fromkeys(BreakKind, 0)
    kinds = connection.execute("SELECT kind FROM breaks WHERE day = ?", (rows.number_of(day),))
    for kind in rows.believed(kinds, lambda cells: BreakKind(cells[0])):
        breaks[kind] += 1
    return DayTotals(day, tuple(spent.items()), tuple(breaks.items()), _longest(connection, day))


def _longest(connection: sqlite3.Connection, day: date) -> timedelta:
    found = connection.execute(
        "SELECT MIN(began), MAX(began) FROM stretches WHERE day = ? AND posture = 'sitting'",
        (rows.number_of(day),),
    )
    first, last = found.fetchone()
    if first is None:
        return _NOTHING
    longest = _NOTHING
    bout: Span | None = None
    bout_day = 0
    for (began, ended), row_day in _sits(connection, first, last):
        if bout is not None and began - bout[1] < INTERRUPTION:
            bout = (bout[0], max(bout[1], ended))
        else:
            if began > rows.span(last):
                break
            bout, bout_day = (began, ended), row_day
        if bout_day == rows.number_of(day):
            longest = max(longest, bout[1] - bout[0])
    return longest


def _sits(connection: sqlite3.Connection, first: int, last: int) -> Iterator[tuple[Span, int]]:
    """Sitting from the start of the bout that reaches `first`, in order, past `last` without end."""
    columns = "SELECT began, length, day FROM stretches"
    before = connection.execute(
        f"{columns} WHERE began < ? AND posture = 'sitting' ORDER BY began DESC", (first,)
    )
    start = rows.span(first)
    for (began, ended), _day in rows.believed(before, _sit):
        if start - ended >= INTERRUPTION:
            break
        start = began
    after = connection.execute(
        f"{columns} WHERE began >= ? AND posture = 'sitting' ORDER BY began", (rows.ms(start),)
    )
    yield from rows.believed(after, _sit)


def _sit(cells: rows.Cells) -> tuple[Span, int]:
    began, lasted, day = cells
    return (rows.span(began), rows.span(began) + rows.length(lasted)), int(day)
