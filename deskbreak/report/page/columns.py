"""The figures of every day that are shown (metrics.md, "What to show"), as the page's script has them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from deskbreak.core.figures import (
    VERY_LONG,
    interruptions_per_hour,
    longest,
    prolonged,
    share_prolonged,
    time_prolonged,
    usual_longest_first,
)
from deskbreak.core.goals import sitting
from deskbreak.core.postures import BreakKind, Posture
from deskbreak.core.totals import Day
from deskbreak.report.sums import seen

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """One day's. Times are whole minutes, cut; `spent` and `inferred` are in the order of `Posture`.

    `per_hour` counts interruptions per hour of sitting, in tenths; `share` is that of the sitting in long
    bouts, in per cent; None where there was no bout. `goal` is that for the sitting of a day of this length,
    `met` 1 or 0; None: the day is not over, or too short to be judged. `off` 1: a day off, 0: none.
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
    goal: int
    met: int | None
    off: int

    @property
    def sitting(self) -> int:
        return self.spent[0]


def figures(day: Day, daily_goal: timedelta, today: date, off: bool) -> Figures:
    """Those of this day, for somebody who aims for `daily_goal` on a full day; `today` is the day it is.

    `off`: it is one of their days off.
    """
    aim = sitting(day, daily_goal, today)
    lengths = [bout.length for bout in day.bouts]
    spent, inferred, breaks = seen(day), dict(day.inferred), dict(day.breaks)
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
        aim.limit // _MINUTE,
        None if aim.met is None else int(aim.met),
        int(off),
    )


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else length // _MINUTE


def columns(found: Iterable[Figures]) -> dict[str, list[Any]]:
    """The same figures, a list for each with an entry a day: that takes a third of the room."""
    rows = tuple(found)
    lists = {each.name: [getattr(row, each.name) for row in rows] for each in fields(Figures)}
    # These have several figures a day, and a list for each of them.
    for name in ("spent", "inferred", "breaks"):
        lists[name] = list(map(list, zip(*lists[name], strict=True)))
    return lists
