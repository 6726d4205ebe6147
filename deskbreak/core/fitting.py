"""The usual bout duration by least squares: version 3 of metrics.md section 4.2; it alone fits curves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.core import figures

_MINUTE = timedelta(minutes=1)
# Two parameters take more points than two to be fitted.
_FEWEST = 3
_STEPS = 100
_NEAR = 1e-2
_CLOSE = 1e-8
_ROUNDING = 1e-15
# Where the error hardly bends with ln(n), every large n fits as well as the next.
_FLAT = 1e-8
# How much of a step of Gauss and Newton is dared: less after one that made it worse, more after a good one.
_CAUTIOUS = 1e-3
_BOLDER = 10.0

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """`w50`: half of the sitting is in longer bouts; `n`: how steeply the share rises about it."""

    w50: timedelta
    n: float


def usual_fitted(lengths: Sequence[timedelta]) -> Fitted | None:
    """Least squares of share(l) = l^n / (l^n + W50^n) on the different lengths l, which share T as they do.

    Begins at n = 1 and W50 = `usual_nearest`. None below three different lengths, and where no finite n
    fits best. Source: PBpatterns, `ubd_predicted` (Chastin et al. 2015).
    """
    shares = figures.cumulative(lengths)
    begin = figures.usual_nearest(lengths)
    if len(shares) < _FEWEST or begin is None:
        return None
    whole = shares[-1][1]
    points = tuple((math.log(x / _MINUTE), reached / whole) for x, reached in shares)
    found = _least_squares(points, 1.0, math.log(begin / _MINUTE))
    return None if found is None else Fitted(math.exp(found[1]) * _MINUTE, found[0])


def _least_squares(points: Points, n: float, middle: float) -> tuple[float, float] | None:
    """n and ln(W50), by Levenberg's and Marquardt's method; the share is logistic in n * (ln l - ln W50)."""
    caution, error = _CAUTIOUS, _error(points, n, middle)
    for _ in range(_STEPS):
        nn = nm = mm = toward_n = toward_m = bent_nn = bent_nm = bent_mm = 0.0
        for at, share in points:
            off = at - middle
            curve = _logistic(n * off)
            slope = curve * (1 - curve)
            missing, bend = share - curve, slope * (1 - 2 * curve)
            nn, nm, mm = nn + (slope * off) ** 2, nm - slope * slope * off * n, mm + (slope * n) ** 2
            toward_n, toward_m = toward_n + slope * off * missing, toward_m - slope * n * missing
            bent_nn += bend * off * off * missing
            bent_nm -= (bend * off * n + slope) * missing
            bent_mm += bend * n * n * missing
        whole = nn * mm - nm * nm
        if whole * n * n <= _FLAT * mm:
            return None
        left_n, left_m = (toward_n * mm - toward_m * nm) / whole, (toward_m * nn - toward_n * nm) / whole
        if abs(left_n) <= _CLOSE * n and abs(left_m) <= _CLOSE:
            return n, middle
        curved = nn > bent_nn and (nn - bent_nn) * (mm - bent_mm) > (nm - bent_nm) ** 2
        if curved and abs(left_n) <= _NEAR * n:
            # Where much is left over the method of Gauss and Newton only creeps, and Newton's own does not.
            nn, nm, mm = nn - bent_nn, nm - bent_nm, mm - bent_mm
        nn, mm = nn * (1 + caution), mm * (1 + caution)
        whole = nn * mm - nm * nm
        step_n = (toward_n * mm - toward_m * nm) / whole
        step_m = (toward_m * nn - toward_n * nm) / whole
        tried = _error(points, n + step_n, middle + step_m)
        if tried <= error + _ROUNDING:
            n, middle, error, caution = n + step_n, middle + step_m, tried, caution / _BOLDER
        else:
            caution *= _BOLDER
    return None


def _error(points: Points, n: float, middle: float) -> float:
    return math.fsum((share - _logistic(n * (at - middle))) ** 2 for at, share in points)


def _logistic(z: float) -> float:
    if z < 0:
        return 1 - _logistic(-z)
    return 1 / (1 + math.exp(-z))
