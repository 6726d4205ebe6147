"""The figures of every day that are shown (metrics.md, "What to show"), as the page's script has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.core.figures import (
    VERY_LONG,
    interruptions_per_hour,
    longest,
    prolonged,
    share_prolonged,
    time_prolonged,
    usual_longest_first,
)
from deskbreak.core.postures import BreakKind, Posture
from deskbreak.core.totals import Day

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """One day's. Times are whole minutes, cut; `spent` and `inferred` are in the order of `Posture`.

    `per_hour` counts interruptions per hour of sitting, in tenths; `share` is that of the sitting in long
    bouts, in per cent; None where there was no bout.
    """

    spent: tuple[int, ...]
    inferred: tuple[int, ...]
    breaks: tuple[int, ...]
    self_started: int
    bouts: int
    longest: int | None
    long: int
    long_time: int
    share: int | None
    very_long: int
    very_long_time: int
    per_hour: int | None
    usual: int | None
    exercises: int
    activations: int

    @property
    def sitting(self) -> int:
        return self.spent[0]


def figures(day: Day) -> Figures:
    lengths = [bout.length for bout in day.bouts]
    spent, inferred, breaks = dict(day.spent), dict(day.inferred), dict(day.breaks)
    share, per_hour = share_prolonged(lengths), interruptions_per_hour(day.bouts)
    return Figures(
        tuple(spent.get(posture, timedelta()) // _MINUTE for posture in Posture),
        tuple(inferred.get(posture, timedelta()) // _MINUTE for posture in Posture),
        tuple(breaks.get(kind, 0) for kind in BreakKind),
        day.self_started,
        len(lengths),
        _minutes(longest(lengths)),
        prolonged(lengths),
        time_prolonged(lengths) // _MINUTE,
        None if share is None else round(share * 100),
        prolonged(lengths, VERY_LONG),
        time_prolonged(lengths, VERY_LONG) // _MINUTE,
        None if per_hour is None else round(per_hour * 10),
        _minutes(usual_longest_first(lengths)),
        day.exercises,
        day.activations,
    )


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else length // _MINUTE


def columns(found: Iterable[Figures]) -> dict[str, object]:
    """The same figures, a list for each with an entry a day: that takes a third of the room."""
    rows = tuple(found)
    lists: dict[str, object] = {
        name: [getattr(each, name) for each in rows]
        for name in (
            "self_started", "bouts", "longest", "long", "long_time", "share", "very_long", "very_long_time",
            "per_hour", "usual", "exercises", "activations",
        )
    }  # fmt: skip
    for name in ("spent", "inferred", "breaks"):
        lists[name] = [list(column) for column in zip(*(getattr(each, name) for each in rows), strict=True)]
    return lists
