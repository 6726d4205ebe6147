"""The log, day by day: what a day held, as the person corrected it.

Specification: rules.md section 8, metrics.md section 4.3.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from deskbreak.core.postures import BreakKind, How, Posture


class Lived(Protocol):
    """A row of the corrected log as far as totals look at it: `Row`, or something cheaper to make."""

    @property
    def began(self) -> timedelta: ...
    @property
    def length(self) -> timedelta: ...
    @property
    def start_at(self) -> datetime: ...
    @property
    def offset(self) -> timedelta: ...
    @property
    def day(self) -> date: ...
    @property
    def posture(self) -> Posture: ...
    @property
    def how(self) -> How: ...


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
