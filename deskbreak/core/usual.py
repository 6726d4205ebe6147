"""What is usual for this person: the mean of their own last four weeks, to compare a day with.

Specification: metrics.md sections 4.3 ("valid day") and 4.5 (nobody is compared with others).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from deskbreak.core import figures
from deskbreak.core.goals import complete
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Day

LATELY = timedelta(weeks=4)
# Fewer days than that have nothing usual about them.
ENOUGH = 3

_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Usual:
    """The means over this many complete days; `in_long` is the time in bouts of 30 min and more.

    `long_share` is that of all the sitting of these days in such bouts, None where nobody sat.
    """

    days: int
    tracked: timedelta
    spent: tuple[tuple[Posture, timedelta], ...]
    breaks: float
    self_started: float
    bouts: float
    longest: timedelta
    in_long: timedelta
    long_share: float | None
    exercises: float
    activations: float


def usual(days: Iterable[Day], day: date) -> Usual | None:
    """Of the complete ones of these days, as far as they lie in the four weeks before `day`.

    None where they are too few. A day is complete from 4 h tracked on: others are never averaged.
    """
    lately = [each for each in days if day - LATELY <= each.day < day and complete(each)]
    if len(lately) < ENOUGH:
        return None

    def length(of: Callable[[Day], timedelta]) -> timedelta:
        return sum(map(of, lately), _NOTHING) / len(lately)

    def number(of: Callable[[Day], int]) -> float:
        return sum(map(of, lately)) / len(lately)

    def spent(posture: Posture) -> timedelta:
        return length(lambda each: dict(each.spent).get(posture, _NOTHING))

    lengths = [bout.length for each in lately for bout in each.bouts]
    return Usual(
        len(lately),
        length(lambda each: each.tracked),
        tuple((posture, spent(posture)) for posture in Posture),
        number(lambda each: sum(count for _kind, count in each.breaks)),
        number(lambda each: each.self_started),
        number(lambda each: len(each.bouts)),
        length(lambda each: figures.longest([bout.length for bout in each.bouts]) or _NOTHING),
        figures.time_prolonged(lengths) / len(lately),
        figures.share_prolonged(lengths),
        number(lambda each: each.exercises),
        number(lambda each: each.activations),
    )
