"""Sitting bouts from the corrected log: sitting not interrupted for 60 s or more.

Specification: rules.md section 8, metrics.md section 4.3.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from deskbreak.core.postures import Posture
from deskbreak.core.totals import Bout, Lived

# Sitting is interrupted by this much of anything else (rules.md section 1, "bout").
INTERRUPTION = timedelta(seconds=60)

# Looked up once: an Enum takes its time to give a member.
_SITTING, _UNKNOWN = Posture.SITTING, Posture.UNKNOWN


def bouts(rows: Iterable[Lived], interruption: timedelta = INTERRUPTION) -> Iterator[Bout]:
    """The bouts of these rows, in order; `rows` are corrected, in the order they were lived.

    Less than `interruption` between two sits, of whatever it consists, is part of the bout; nothing is at
    either edge of the record. Time without a row is as if it were unknown. The start of a day ends no bout.
    What first ended the sitting is the bout's `then`; unknown time is that only if it interrupts by itself.
    """
    first: Lived | None = None
    sat_until = timedelta(0)
    then: Posture | None = None
    day = date.min
    cuts: list[tuple[timedelta, date]] = []
    for row in rows:
        began, length = row.began, row.length
        if not length:
            continue
        if first is not None:
            if began - sat_until >= interruption:
                yield _bout(first, sat_until, then or _UNKNOWN, cuts)
                first = None
            elif row.day != day:
                day = row.day
                cuts.append((began, day))
        if row.posture is _SITTING:
            if first is None:
                first, day, cuts = row, row.day, []
            # A damaged row may overlap the one before it.
            sat_until = max(sat_until, began + length)
            then = None
        elif then is None or then is _UNKNOWN:
            then = row.posture
    if first is not None:
        yield _bout(first, sat_until, then, cuts)


def _bout(
    first: Lived, sat_until: timedelta, then: Posture | None, cuts: list[tuple[timedelta, date]]
) -> Bout:
    inside = [(at, day) for at, day in cuts if at < sat_until] if cuts else None
    sat_on: tuple[tuple[date, timedelta], ...] = ()
    if inside:
        edges = ((first.began, first.day), *inside, (sat_until, first.day))
        sat_on = tuple((day, after - at) for (at, day), (after, _) in pairwise(edges))
    return Bout(first.start_at, first.offset, sat_until - first.began, first.day, then, sat_on)


def sat_on(bout: Bout) -> tuple[tuple[date, timedelta], ...]:
    """What of the bout's length lies on which day, in order: minutes belong to the day they were sat."""
    return bout.sat_on or ((bout.day, bout.length),)
