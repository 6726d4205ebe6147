"""Every measure there is, as a closed set: which of them are shown, and which are only exported."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import Enum

from deskbreak.core import figures, spread
from deskbreak.core.figures import LONG, VERY_LONG
from deskbreak.core.fitting import usual_fitted
from deskbreak.core.spread import XMin
from deskbreak.core.totals import Bout

# A length of time, a number, a share or a rate; None: undefined for these bouts.
Value = timedelta | int | float | None


class Measure(Enum):
    """The name under which it is exported; the unit of a length of time and of a rate is in the name."""

    BOUTS = "n_bouts"
    TOTAL = "total_min"
    MEAN = "mean_min"
    MEDIAN = "median_min"
    SHORTEST = "shortest_min"
    LONGEST = "longest_min"
    LONG_BOUTS = "n_ge30"
    LONG_TIME = "time_ge30_min"
    LONG_SHARE = "share_ge30"
    VERY_LONG_BOUTS = "n_ge60"
    VERY_LONG_TIME = "time_ge60_min"
    VERY_LONG_SHARE = "share_ge60"
    INTERRUPTIONS = "interruptions"
    CONFIRMED = "interruptions_confirmed"
    INTERRUPTIONS_PER_HOUR = "interruptions_per_sitting_hour"
    BOUTS_PER_HOUR = "bouts_per_sitting_hour"
    SATP = "satp_per_min"
    USUAL_LONGEST_FIRST = "ubd_longest_first_min"
    USUAL_NEAREST = "ubd_nearest_min"
    USUAL_FITTED = "w50_fit_min"
    USUAL_FITTED_N = "w50_fit_n"
    GINI = "gini"
    GINI_CORRECTED = "gini_corrected"
    ALPHA_OBSERVED = "alpha_xmin_observed"
    ALPHA_ERROR_OBSERVED = "alpha_se_xmin_observed"
    X_HALF_OBSERVED = "x_half_xmin_observed_min"
    W_HALF_OBSERVED = "w_half_xmin_observed"
    ALPHA_MINUS_HALF = "alpha_xmin_observed_minus_half"
    ALPHA_ERROR_MINUS_HALF = "alpha_se_xmin_observed_minus_half"
    X_HALF_MINUS_HALF = "x_half_xmin_observed_minus_half_min"
    W_HALF_MINUS_HALF = "w_half_xmin_observed_minus_half"
    ALPHA_ONE = "alpha_xmin_one"
    ALPHA_ERROR_ONE = "alpha_se_xmin_one"
    X_HALF_ONE = "x_half_xmin_one_min"
    W_HALF_ONE = "w_half_xmin_one"
    AVERAGE_HAZARD = "average_hazard"
    COV_OF_LOGS = "cov_of_logs"


# What a person is not misled by (metrics.md section 4.2, "what to show, what to hide"); the others are for
# exports only. Breaks that were self-started are no figure of the bouts.
SHOWN = frozenset(
    {
        Measure.BOUTS,
        Measure.TOTAL,
        Measure.LONGEST,
        Measure.LONG_BOUTS,
        Measure.LONG_TIME,
        Measure.LONG_SHARE,
        Measure.VERY_LONG_BOUTS,
        Measure.VERY_LONG_TIME,
        Measure.INTERRUPTIONS,
        Measure.CONFIRMED,
        Measure.INTERRUPTIONS_PER_HOUR,
        Measure.USUAL_LONGEST_FIRST,
    }
)

# Fewer bouts than that say too little of these (metrics.md section 4.3, "minimum data").
ENOUGH = 10
TAKES_MANY = frozenset(
    {
        Measure.GINI,
        Measure.GINI_CORRECTED,
        Measure.ALPHA_OBSERVED,
        Measure.ALPHA_ERROR_OBSERVED,
        Measure.ALPHA_MINUS_HALF,
        Measure.ALPHA_ERROR_MINUS_HALF,
        Measure.ALPHA_ONE,
        Measure.ALPHA_ERROR_ONE,
    }
)


def displayed(measure: Measure, number: int) -> bool:
    """Whether a person may be shown it, even where they ask for it, of so many bouts.

    If not, there are not enough bouts yet. Exports have the value all the same.
    """
    return measure not in TAKES_MANY or number >= ENOUGH


def measured(bouts: Sequence[Bout]) -> Mapping[Measure, Value]:
    """Every measure of these bouts, in the order of `Measure`."""
    lengths = [bout.length for bout in bouts]
    fitted = usual_fitted(lengths)
    return {
        Measure.BOUTS: len(lengths),
        Measure.TOTAL: figures.total(lengths),
        Measure.MEAN: figures.mean(lengths),
        Measure.MEDIAN: figures.median(lengths),
        Measure.SHORTEST: figures.shortest(lengths),
        Measure.LONGEST: figures.longest(lengths),
        Measure.LONG_BOUTS: figures.prolonged(lengths, LONG),
        Measure.LONG_TIME: figures.time_prolonged(lengths, LONG),
        Measure.LONG_SHARE: figures.share_prolonged(lengths, LONG),
        Measure.VERY_LONG_BOUTS: figures.prolonged(lengths, VERY_LONG),
        Measure.VERY_LONG_TIME: figures.time_prolonged(lengths, VERY_LONG),
        Measure.VERY_LONG_SHARE: figures.share_prolonged(lengths, VERY_LONG),
        Measure.INTERRUPTIONS: figures.interruptions(bouts),
        Measure.CONFIRMED: figures.confirmed(bouts),
        Measure.INTERRUPTIONS_PER_HOUR: figures.interruptions_per_hour(bouts),
        Measure.BOUTS_PER_HOUR: figures.bouts_per_hour(lengths),
        Measure.SATP: figures.satp(lengths),
        Measure.USUAL_LONGEST_FIRST: figures.usual_longest_first(lengths),
        Measure.USUAL_NEAREST: figures.usual_nearest(lengths),
        Measure.USUAL_FITTED: None if fitted is None else fitted.w50,
        Measure.USUAL_FITTED_N: None if fitted is None else fitted.n,
        Measure.GINI: spread.gini(lengths),
        Measure.GINI_CORRECTED: spread.gini_corrected(lengths),
        Measure.ALPHA_OBSERVED: spread.alpha(lengths, XMin.OBSERVED),
        Measure.ALPHA_ERROR_OBSERVED: spread.alpha_error(lengths, XMin.OBSERVED),
        Measure.X_HALF_OBSERVED: spread.x_half(lengths, XMin.OBSERVED),
        Measure.W_HALF_OBSERVED: spread.w_half(lengths, XMin.OBSERVED),
        Measure.ALPHA_MINUS_HALF: spread.alpha(lengths, XMin.OBSERVED_MINUS_HALF),
        Measure.ALPHA_ERROR_MINUS_HALF: spread.alpha_error(lengths, XMin.OBSERVED_MINUS_HALF),
        Measure.X_HALF_MINUS_HALF: spread.x_half(lengths, XMin.OBSERVED_MINUS_HALF),
        Measure.W_HALF_MINUS_HALF: spread.w_half(lengths, XMin.OBSERVED_MINUS_HALF),
        Measure.ALPHA_ONE: spread.alpha(lengths, XMin.ONE),
        Measure.ALPHA_ERROR_ONE: spread.alpha_error(lengths, XMin.ONE),
        Measure.X_HALF_ONE: spread.x_half(lengths, XMin.ONE),
        Measure.W_HALF_ONE: spread.w_half(lengths, XMin.ONE),
        Measure.AVERAGE_HAZARD: spread.average_hazard(lengths),
        Measure.COV_OF_LOGS: spread.cov_of_logs(lengths),
    }
