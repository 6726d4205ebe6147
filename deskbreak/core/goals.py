"""What a person may aim at on a day, and how much of it there is: values for a quiet line, never a reproach.

Every aim is to stay under a limit. Specification: evidence.md section 1.6 (the limits), 1.7 ("no guilt").
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from deskbreak.core import figures
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Day

# What `daily_goal` is said of: 6 h of an 8 h day (evidence.md section 1.6, after Buckley et al. 2015).
WORKDAY = timedelta(hours=8)
# From here on a day is complete enough to be judged and averaged (metrics.md section 4.3, "valid day").
COMPLETE = timedelta(hours=4)
# Of the sitting, in bouts of 30 min and more.
LONG_SHARE = 0.5

_NOTHING = timedelta(0)


class Aim(Enum):
    SITTING = "sitting"
    LONGEST = "longest"
    LONG_SHARE = "long-share"


@dataclass(frozen=True, slots=True)
class Progress:
    """`reached` of the `limit` to stay under; `met` None: not yet known, or the day does not count."""

    aim: Aim
    reached: timedelta
    limit: timedelta
    met: bool | None

    @property
    def part(self) -> float:
        """How much of the limit is reached: 1.0 is all of it."""
        return self.reached / self.limit if self.limit else 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """On how many of the days that count an aim was met, and on how many of the latest in a row."""

    met: int
    days: int
    run: int


def complete(day: Day) -> bool:
    """Whether enough of the day was tracked for it to be judged, averaged and compared."""
    return day.tracked >= COMPLETE


def progress(day: Day, daily_goal: timedelta, today: date) -> tuple[Progress, ...]:
    """One for each `Aim`, in that order; `today` is the local day it is now.

    The share in long bouts is told as time: that of bouts of 30 min and more, of half of the sitting. What
    may still change is not known before the day is over; a bout of 60 min does not change any more.
    """
    lengths = [bout.length for bout in day.bouts]
    longest = figures.longest(lengths) or _NOTHING
    in_long, may_be_long = figures.time_prolonged(lengths), figures.total(lengths) * LONG_SHARE
    counts, over = complete(day), day.day < today

    def told(aim: Aim, reached: timedelta, limit: timedelta, met: bool, final: bool) -> Progress:
        return Progress(aim, reached, limit, met if counts and final else None)

    hour = figures.VERY_LONG
    return (
        sitting(day, daily_goal, today),
        told(Aim.LONGEST, longest, hour, longest < hour, over or longest >= hour),
        told(Aim.LONG_SHARE, in_long, may_be_long, in_long < may_be_long or not in_long, over),
    )


def sitting(day: Day, daily_goal: timedelta, today: date) -> Progress:
    """The first of them: `daily_goal` is for a day of 8 h or more, and of a shorter one its share."""
    sat = dict(day.spent).get(Posture.SITTING, _NOTHING)
    limit = daily_goal * min(day.tracked / WORKDAY, 1.0)
    met = sat <= limit if complete(day) and day.day < today else None
    return Progress(Aim.SITTING, sat, limit, met)


def kept(days: Iterable[Day], aim: Aim, daily_goal: timedelta, today: date, off: Container[date]) -> Kept:
    """How an aim fared over these days, in order; `off` are the person's days off.

    Days off, days without a record and incomplete days neither break a run nor count, nor does today.
    """
    met = number = run = 0
    for day in days:
        if day.day in off or day.day >= today or not complete(day):
            continue
        number += 1
        if any(each.met for each in progress(day, daily_goal, today) if each.aim is aim):
            met += 1
            run += 1
        else:
            run = 0
    return Kept(met, number, run)
