"""The log, day by day: what a day held, as the person corrected it.

Specification: rules.md section 8, metrics.md section 4.3.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from deskbreak.core.postures import BreakKind, How, Posture, Row

T = TypeVar("T", int, timedelta)
N = TypeVar("N")

Lived = tuple[T, T, Posture, How, date, N]
"""A row of the corrected log as totals look at it, and quicker to make than a `Row`, of ten years of them.

That is where it began and how long it was on the elapsed clock, in durations or in whole ticks, as its
`Scale` has them; its posture, how that is known, its local day, and what the scale knows its start by.
"""


@dataclass(frozen=True, slots=True)
class Scale(Generic[T, N]):
    """What is in a `Lived`. `start` is when it began in UTC, and the local offset from UTC then."""

    nothing: T
    count: Callable[[timedelta], T]
    length: Callable[[T], timedelta]
    start: Callable[[N], tuple[datetime, timedelta]]


def _itself(length: timedelta) -> timedelta:
    return length


def _start(row: Row) -> tuple[datetime, timedelta]:
    return row.start_at, row.offset


DURATIONS: Scale[timedelta, Row] = Scale(timedelta(0), _itself, _itself, _start)


def in_durations(rows: Iterable[Row]) -> Iterator[Lived[timedelta, Row]]:
    """These rows for totals, on the scale `DURATIONS`."""
    return ((row.began, row.length, row.posture, row.how, row.day, row) for row in rows)


@dataclass(frozen=True, slots=True)
class Bout:
    """Sitting not interrupted for 60 s or more; shorter interruptions are part of it.

    It began at `start_at` (UTC; `offset`: the local offset from UTC then), belongs to that `day` with its
    whole `length`, and was ended by the posture `then`; None: nothing after it is known, it is still open.
    `sat_on` is what of the length lies on which day; empty: all of it on `day`.
    """

    start_at: datetime
    offset: timedelta
    length: timedelta
    day: date
    then: Posture | None
    sat_on: tuple[tuple[date, timedelta], ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One local day: `spent` has every posture, `inferred` the part of it known by `idle` or `gap` alone.

    Unknown time counts only between the day's first and last proof, and is not inferred. `bouts` are those
    that began on this day, in order. `self_started` of the `breaks` came before any reminder of their spell.
    `activations` are those of the `exercises` that were done in the chair, which end no sitting. `tracked` is
    the time from the first to the last sign of the person on this day, without what of it is unknown.
    """

    day: date
    spent: tuple[tuple[Posture, timedelta], ...]
    inferred: tuple[tuple[Posture, timedelta], ...]
    breaks: tuple[tuple[BreakKind, int], ...]
    self_started: int
    bouts: tuple[Bout, ...]
    exercises: int
    activations: int
    tracked: timedelta = timedelta(0)
