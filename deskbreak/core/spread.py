"""How unequal bouts are, and the power law of their lengths: for research, in exports only.

Formulas: metrics.md section 4.2. Every function takes lengths above zero, and returns None where its measure
is undefined. It alone knows of the three values that packages take for x_min.
"""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from enum import Enum

from deskbreak.core import figures

_MINUTE = timedelta(minutes=1)
_HALF_EPOCH = timedelta(seconds=30)


class XMin(Enum):
    """What the power law is taken to begin at."""

    # The shortest bout there is: PBpatterns.
    OBSERVED = "observed"
    # Half an epoch of a minute less: ActFrag, SKDH.
    OBSERVED_MINUS_HALF = "observed_minus_half"
    # One epoch of a minute: GGIR.
    ONE = "one"


def gini(lengths: Sequence[timedelta]) -> float | None:
    """G = 2 * sum(i * x_(i)) / (n * T) - (n + 1) / n, x ascending, i = 1..n.

    0: all bouts are equal; towards 1: one holds almost everything. Source: canhrActi (R).
    """
    if not any(lengths):
        return None
    n, whole = len(lengths), figures.total(lengths)
    ranked = sum((i * x for i, x in enumerate(sorted(lengths), 1)), timedelta(0))
    # The same formula on one fraction line, which is exactly 0 for equal bouts.
    return (2 * ranked - (n + 1) * whole) / (n * whole)


def gini_corrected(lengths: Sequence[timedelta]) -> float | None:
    """G* = G * n / (n - 1); None below two bouts.

    Source: ActFrag, GGIR, SKDH, DescTools.
    """
    plain, n = gini(lengths), len(lengths)
    return None if plain is None or n < 2 else plain * n / (n - 1)


def x_min(lengths: Sequence[timedelta], begins: XMin) -> timedelta | None:
    """Where the power law is taken to begin; None where a bout is shorter, or it would not be above zero."""
    shortest = figures.shortest(lengths)
    if shortest is None:
        return None
    match begins:
        case XMin.OBSERVED:
            low = shortest
        case XMin.OBSERVED_MINUS_HALF:
            low = shortest - _HALF_EPOCH
        case XMin.ONE:  # pragma: no branch
            low = _MINUTE
    return low if timedelta(0) < low <= shortest else None


def alpha(lengths: Sequence[timedelta], begins: XMin) -> float | None:
    """The exponent of the power law, 1 + n / sum(ln(x / x_min)); None where all are as long as x_min.

    Larger: more of the time in short bouts, if x_min is fixed. Source: Chastin & Granat 2010.
    """
    low = x_min(lengths, begins)
    logs = 0.0 if low is None else math.fsum(math.log(x / low) for x in lengths)
    return 1 + len(lengths) / logs if logs else None


def alpha_error(lengths: Sequence[timedelta], begins: XMin) -> float | None:
    """The standard error of `alpha`, (alpha - 1) / sqrt(n).

    Source: Chastin & Granat 2010; PBpatterns.
    """
    exponent = alpha(lengths, begins)
    return None if exponent is None else (exponent - 1) / math.sqrt(len(lengths))


def x_half(lengths: Sequence[timedelta], begins: XMin) -> timedelta | None:
    """x_min * 2^(1 / (alpha - 1)): by the fitted law half of the bouts are longer.

    Source: Chastin & Granat 2010. GGIR has the factor in the exponent, which is the same for its x_min = 1.
    """
    low, exponent = x_min(lengths, begins), alpha(lengths, begins)
    return None if low is None or exponent is None else low * 2 ** (1 / (exponent - 1))


def w_half(lengths: Sequence[timedelta], begins: XMin) -> float | None:
    """The sum of x with x > x_half, divided by T: the share of the time in longer bouts than that.

    Source: Chastin & Granat 2010; GGIR, `W0.5`.
    """
    half = x_half(lengths, begins)
    if half is None:
        return None
    return figures.total([x for x in lengths if x > half]) / figures.total(lengths)


def average_hazard(lengths: Sequence[timedelta]) -> float | None:
    """The mean over the different lengths l of (bouts of length l) / (bouts of length >= l).

    Source: ActFrag, SKDH.
    """
    left = len(lengths)
    hazards = []
    for _, number in sorted(Counter(lengths).items()):
        hazards.append(number / left)
        left -= number
    return math.fsum(hazards) / len(hazards) if hazards else None


def cov_of_logs(lengths: Sequence[timedelta]) -> float | None:
    """sd(ln x) / mean(ln x), x in minutes, sd with n - 1; None below two bouts, and where the mean is 0.

    Source: GGIR, after Blikman 2014.
    """
    n = len(lengths)
    logs = [math.log(x / _MINUTE) for x in lengths]
    summed = math.fsum(logs)
    if n < 2 or not summed:
        return None
    middle = summed / n
    return math.sqrt(math.fsum((log - middle) ** 2 for log in logs) / (n - 1)) / middle
