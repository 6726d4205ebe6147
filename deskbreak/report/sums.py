"""What days come to when they are added up, from the first to the last sign of the person on each."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from deskbreak.core import figures
from deskbreak.core.postures import BreakKind, Posture
from deskbreak.core.totals import Bout, Day
from deskbreak.core.usual import Usual

_NOTHING = timedelta(0)
_PRESENT = (Posture.SITTING, Posture.STANDING, Posture.MOVING)


class Sums(NamedTuple):
    """Of these days together; `all_bouts` are theirs in order, `kinds` the breaks by kind.

    `inferred` is what of `spent` is known by `idle` or `gap` alone.
    """

    days: int
    tracked: timedelta
    spent: tuple[tuple[Posture, timedelta], ...]
    inferred: tuple[tuple[Posture, timedelta], ...]
    breaks: int
    kinds: tuple[tuple[BreakKind, int], ...]
    self_started: int
    all_bouts: tuple[Bout, ...]
    bouts: int
    longest: timedelta
    long_bouts: int
    in_long: timedelta
    long_share: float | None
    half_in: timedelta | None
    interruptions_per_hour: float | None
    exercises: int
    activations: int


Summed = Sums | Usual
"""Several days in one column of a table: added up, or the means of them."""


def sums(days: Sequence[Day]) -> Sums:
    """All of these days, complete or not."""
    bouts = tuple(bout for day in days for bout in day.bouts)
    lengths = [bout.length for bout in bouts]
    spent = [dict(day.spent) for day in days]
    inferred = [dict(day.inferred) for day in days]
    kinds = [dict(day.breaks) for day in days]
    return Sums(
        len(days),
        sum((day.tracked for day in days), _NOTHING),
        tuple((posture, sum((each[posture] for each in spent), _NOTHING)) for posture in Posture),
        tuple((posture, sum((each[posture] for each in inferred), _NOTHING)) for posture in Posture),
        sum(sum(each.values()) for each in kinds),
        tuple((kind, sum(each[kind] for each in kinds)) for kind in BreakKind),
        sum(day.self_started for day in days),
        bouts,
        len(bouts),
        figures.longest(lengths) or _NOTHING,
        figures.prolonged(lengths),
        figures.time_prolonged(lengths),
        figures.share_prolonged(lengths),
        figures.usual_longest_first(lengths),
        figures.interruptions_per_hour(bouts),
        sum(day.exercises for day in days),
        sum(day.activations for day in days),
    )


def seen(told: Day | Summed) -> dict[Posture, timedelta]:
    """Every posture; being away before the first and after the last sign of the person is left out."""
    spent = dict(told.spent)
    present = sum((spent[posture] for posture in _PRESENT), _NOTHING)
    return spent | {Posture.AWAY: max(told.tracked - present, _NOTHING)}
