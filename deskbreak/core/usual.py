"""Days taken together: the means of the complete ones, and what is usual, which is those of four weeks.

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
    """The means over this many complete days; `long_bouts`: those of 30 min and more, `in_long` their time.

    Of all the sitting of these days together, None where nobody sat: `long_share` is the share in such bouts,
    `half_in` the length of bout that half of it was in or in longer ones, `interruptions_per_hour` how often
    an hour of it was ended.
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
    long_bouts: float
    half_in: timedelta | None
    interruptions_per_hour: float | None


def usual(days: Iterable[Day], day: date) -> Usual | None:
    """Of the complete ones of these days, as far as they lie in the four weeks before `day`.

    None where they are too few. A day is complete from 4 h tracked on: others are never averaged.
    """
    lately = [each for each in days if day - LATELY <= each.day < day and complete(each)]
    return means(lately) if len(lately) >= ENOUGH else None


def means(days: Iterable[Day]) -> Usual | None:
    """Of the complete ones of these days; None where none is."""
    told = [each for each in days if complete(each)]
    if not told:
        return None

    def length(of: Callable[[Day], timedelta]) -> timedelta:
        return sum(map(of, told), _NOTHING) / len(told)

    def number(of: Callable[[Day], int]) -> float:
        return sum(map(of, told)) / len(told)

    def spent(posture: Posture) -> timedelta:
        return length(lambda each: dict(each.spent).get(posture, _NOTHING))

    bouts = [bout for each in told for bout in each.bouts]
    lengths = [bout.length for bout in bouts]
    return Usual(
        len(told),
        length(lambda each: each.tracked),
        tuple((posture, spent(posture)) for posture in Posture),
        number(lambda each: sum(count for _kind, count in each.breaks)),
        number(lambda each: each.self_started),
        number(lambda each: len(each.bouts)),
        length(lambda each: figures.longest([bout.length for bout in each.bouts]) or _NOTHING),
        figures.time_prolonged(lengths) / len(told),
        figures.share_prolonged(lengths),
        number(lambda each: each.exercises),
        number(lambda each: each.activations),
        figures.prolonged(lengths) / len(told),
        figures.usual_longest_first(lengths),
        figures.interruptions_per_hour(bouts),
    )
