"""Sitting bouts from the corrected log: sitting not interrupted for 60 s or more.

Specification: rules.md section 8, metrics.md section 4.3.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from deskbreak.core.postures import Posture, Row
from deskbreak.core.totals import DURATIONS, Bout, Lived, N, Scale, T, in_durations

# Sitting is interrupted by this much of anything else (rules.md section 1, "bout").
INTERRUPTION = timedelta(seconds=60)

# Looked up once: an Enum takes its time to give a member.
_SITTING, _UNKNOWN = Posture.SITTING, Posture.UNKNOWN


def bouts(rows: Iterable[Row], interruption: timedelta = INTERRUPTION) -> Iterator[Bout]:
    """The bouts of these rows, in order; `rows` are corrected, in the order they were lived.

    Less than `interruption` between two sits, of whatever it consists, is part of the bout; nothing is at
    either edge of the record. Time without a row is as if it were unknown. The start of a day ends no bout.
    What first ended the sitting is the bout's `then`; unknown time is that only if it interrupts by itself.
    """
    return bouts_of(in_durations(rows), DURATIONS, interruption)


def bouts_of(
    rows: Iterable[Lived[T, N]], scale: Scale[T, N], interruption: timedelta = INTERRUPTION
) -> Iterator[Bout]:
    """The same of rows in any scale."""
    least, nothing = scale.count(interruption), scale.nothing
    first: Lived[T, N] | None = None
    sat_until = nothing
    then: Posture | None = None
    today = date.min
    cuts: list[tuple[T, date]] = []
    for row in rows:
        began, length, posture, _how, day, _name = row
        if not length:
            continue
        if first is not None:
            if began - sat_until >= least:
                yield _bout(first, sat_until, then or _UNKNOWN, cuts, scale)
                first = None
            elif day != today:
                today = day
                cuts.append((began, day))
        if posture is _SITTING:
            if first is None:
                first, today, cuts, sat_until = row, day, [], began
            # A damaged row may overlap the one before it.
            sat_until = max(sat_until, began + length)
            then = None
        elif then is None or then is _UNKNOWN:
            then = posture
    if first is not None:
        yield _bout(first, sat_until, then, cuts, scale)


def _bout(
    first: Lived[T, N],
    sat_until: T,
    then: Posture | None,
    cuts: list[tuple[T, date]],
    scale: Scale[T, N],
) -> Bout:
    began, _length, _posture, _how, day, name = first
    sat_on: tuple[tuple[date, timedelta], ...] = ()
    if cuts and cuts[0][0] < sat_until:
        edges: list[tuple[T, date]] = [(began, day)]
        edges += [(at, on) for at, on in cuts if at < sat_until]
        edges.append((sat_until, day))
        sat_on = tuple((on, scale.length(after - at)) for (at, on), (after, _) in pairwise(edges))
    start_at, offset = scale.start(name)
    return Bout(start_at, offset, scale.length(sat_until - began), day, then, sat_on)


def sat_on(bout: Bout) -> tuple[tuple[date, timedelta], ...]:
    """What of the bout's length lies on which day, in order: minutes belong to the day they were sat."""
    return bout.sat_on or ((bout.day, bout.length),)
