"""The breaks of a person whose machines' logs are told together: none while they sat elsewhere, and new ones.

Pure. Specification: rules.md sections 1 and 7.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from deskbreak.core.days import Reset
from deskbreak.core.postures import BreakKind, How, Posture, Row

_KINDS = {
    Posture.AWAY: BreakKind.AWAY,
    Posture.STANDING: BreakKind.STOOD,
    Posture.MOVING: BreakKind.MOVED,
}
_NOTHING = timedelta(0)


def breaks(
    resets: Iterable[Reset], own: Iterable[Row], united: Sequence[Row], break_min: timedelta
) -> tuple[Reset, ...]:
    """The breaks of the union, in order.

    `resets` are those of the log whose corrected rows are `own`. One stays unless the person sat elsewhere
    meanwhile; what was away must still reach `break_min`. New is what only another machine saw: an absence
    of `break_min` that is over, standing, and moving.
    """
    now, seen = tuple(_runs(united)), tuple(_runs(own))
    found = []
    of_kind = {kind: sorted((run for run in now if run.kind is kind), key=_start_at) for kind in BreakKind}
    found += [reset for reset in resets if _stays(reset, of_kind[reset.kind], break_min)]
    known = {kind: [run for run in seen if run.kind is kind] for kind in BreakKind}
    for run in now:
        goes_on = run.ended == united[-1].began + united[-1].length
        if run.kind is BreakKind.AWAY and (run.observed < break_min or goes_on):
            continue
        if not _overlaps(run, known[run.kind]):
            found.append(Reset(run.kind, run.day, run.start_at, run.end_at))
    return tuple(sorted(found, key=_start_at))


class _Run(NamedTuple):
    """`[began, ended)` of the elapsed clock in one posture; `observed` is what of it is not a gap."""

    kind: BreakKind
    began: timedelta
    ended: timedelta
    observed: timedelta
    start_at: datetime
    day: date

    @property
    def end_at(self) -> datetime:
        return self.start_at + (self.ended - self.began)


def _runs(rows: Iterable[Row]) -> Iterator[_Run]:
    run: _Run | None = None
    for row in rows:
        kind, ended = _KINDS.get(row.posture), row.began + row.length
        observed = _NOTHING if row.how is How.GAP else row.length
        if run is not None and (run.kind, run.ended) == (kind, row.began):
            run = run._replace(ended=ended, observed=run.observed + observed)
            continue
        if run is not None:
            yield run
        run = None if kind is None else _Run(kind, row.began, ended, observed, row.start_at, row.day)
    if run is not None:
        yield run


def _stays(reset: Reset, runs: Sequence[_Run], break_min: timedelta) -> bool:
    """`runs` are those of its kind, by the names of their starts, which is all that a reset has."""
    least = min(break_min, reset.end_at - reset.start_at) if reset.kind is BreakKind.AWAY else _NOTHING
    for place in range(bisect_right(runs, reset.end_at, key=_start_at) - 1, -1, -1):
        run = runs[place]
        if run.end_at < reset.start_at:
            return False
        if min(run.end_at, reset.end_at) - max(run.start_at, reset.start_at) >= least:
            return True
    return False


def _overlaps(run: _Run, runs: Sequence[_Run]) -> bool:
    """`runs` are in the order of the elapsed clock, apart from each other."""
    place = bisect_left(runs, run.ended, key=_began) - 1
    return place >= 0 and runs[place].ended > run.began


def _began(run: _Run) -> timedelta:
    return run.began


def _start_at(one: _Run | Reset) -> datetime:
    return one.start_at
