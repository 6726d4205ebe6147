"""The measures of how sitting is accumulated, of the lengths of bouts; None where a measure is undefined.

Formulas: metrics.md section 4.2, edge rules: section 4.3. Every length is above zero. T is their sum, n how
many there are. Measures of their distribution are in `spread`, which are shown is in `measures`.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from deskbreak.core.bouts import sat_on
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Bout

# From here on a bout is prolonged, itself included (metrics.md section 4.3, "exactly 30 min").
LONG = timedelta(minutes=30)
VERY_LONG = timedelta(minutes=60)

_NOTHING = timedelta(0)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_ON_FEET = frozenset({Posture.STANDING, Posture.MOVING})


def total(lengths: Sequence[timedelta]) -> timedelta:
    """T, the sum; a bout that is still open counts up to now."""
    return sum(lengths, _NOTHING)


def mean(lengths: Sequence[timedelta]) -> timedelta | None:
    """T / n, the open bout included."""
    return total(lengths) / len(lengths) if lengths else None


def median(lengths: Sequence[timedelta]) -> timedelta | None:
    """The middle one, or the mean of the two in the middle."""
    if not lengths:
        return None
    ranked, half = sorted(lengths), len(lengths) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def longest(lengths: Sequence[timedelta]) -> timedelta | None:
    """max(x)."""
    return max(lengths, default=None)


def shortest(lengths: Sequence[timedelta]) -> timedelta | None:
    """min(x)."""
    return min(lengths, default=None)


def prolonged(lengths: Sequence[timedelta], least: timedelta = LONG) -> int:
    """How many x >= `least` there are; a bout of exactly that length is one.

    Source: PBpatterns, Stand Up Victoria (">= 30 min").
    """
    return sum(x >= least for x in lengths)


def time_prolonged(lengths: Sequence[timedelta], least: timedelta = LONG) -> timedelta:
    """The sum of x with x >= `least`."""
    return sum((x for x in lengths if x >= least), _NOTHING)


def share_prolonged(lengths: Sequence[timedelta], least: timedelta = LONG) -> float | None:
    """The sum of x with x >= `least`, divided by T."""
    return time_prolonged(lengths, least) / total(lengths) if any(lengths) else None


def time_on(bouts: Sequence[Bout], day: date, least: timedelta = _NOTHING) -> timedelta:
    """What was sat on `day` in bouts of `least` or more, each classed by its whole length.

    Source: metrics.md section 4.3, "midnight", after PALkitchen.
    """
    here = (sat_on(bout) for bout in bouts if bout.length >= least)
    return sum((length for parts in here for on, length in parts if on == day), _NOTHING)


def interruptions(bouts: Sequence[Bout]) -> int:
    """How many bouts ended: n without the one that is still open.

    Those that were cut by unknown time, or by an absence in which nobody knows the posture, are among them
    (metrics.md section 4.3, "including away").
    """
    return sum(bout.then is not None for bout in bouts)


def confirmed(bouts: Sequence[Bout]) -> int:
    """How many bouts are known to have ended on the person's feet: in standing or in moving.

    Source: metrics.md section 4.3, "break count". An absence alone is no proof of having stood up.
    """
    return sum(bout.then in _ON_FEET for bout in bouts)


def interruptions_per_hour(bouts: Sequence[Bout]) -> float | None:
    """Interruptions / (T / 60 min): sit-to-stand transitions per hour of sitting.

    Source: PBpatterns, which calls it "fragmentation index".
    """
    return _per_hour(interruptions(bouts), total([bout.length for bout in bouts]))


def bouts_per_hour(lengths: Sequence[timedelta]) -> float | None:
    """The fragmentation index, n / T, times 60 min: bouts per hour of sitting.

    Source: Chastin et al. 2012; GGIR (per minute: NFragPM).
    """
    return _per_hour(len(lengths), total(lengths))


def _per_hour(number: int, sitting: timedelta) -> float | None:
    return number / (sitting / _HOUR) if sitting else None


def satp(lengths: Sequence[timedelta]) -> float | None:
    """Sedentary to active transition probability, 1 / mean: per minute.

    Source: ActFrag, SKDH.
    """
    return len(lengths) / (total(lengths) / _MINUTE) if any(lengths) else None


def usual_longest_first(lengths: Sequence[timedelta]) -> timedelta | None:
    """Usual bout duration: half of the sitting was in bouts of this length or longer.

    Added up from the longest on, it is the first length at which the sum reaches T / 2. Source: canhrActi;
    metrics.md section 4.2, version 1, the one that is shown.
    """
    whole, reached = total(lengths), _NOTHING
    for x in sorted(lengths, reverse=True):
        reached += x
        if 2 * reached >= whole:
            return x
    return None


def usual_nearest(lengths: Sequence[timedelta]) -> timedelta | None:
    """Usual bout duration: the length whose cumulative share of T is nearest to a half, the first on ties.

    Source: PBpatterns, `ubd_empirical`; metrics.md section 4.2, version 2.
    """
    half = total(lengths) / 2
    return min(cumulative(lengths), key=lambda point: abs(point[1] - half), default=(None, _NOTHING))[0]


def cumulative(lengths: Sequence[timedelta]) -> tuple[tuple[timedelta, timedelta], ...]:
    """For each different length l, ascending: l, and the time in bouts of l or less."""
    reached = _NOTHING
    points = []
    for x, number in sorted(Counter(lengths).items()):
        reached += x * number
        points.append((x, reached))
    return tuple(points)
