"""The usual length by least squares, checked against every neighbour of what was found."""

import math
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core import figures
from deskbreak.core.fitting import Fitted, usual_fitted
from tests.workday import minutes

LENGTHS = st.lists(st.integers(60, 10_000).map(lambda n: timedelta(seconds=n)), min_size=3, max_size=25)


def test_the_hand_made_day() -> None:
    fitted = usual_fitted([minutes(m) for m in (5, 10, 15, 30, 60)])

    assert fitted is not None
    assert fitted.w50 / minutes(1) == pytest.approx(25.8601859374)
    assert fitted.n == pytest.approx(2.4139011645)


def test_two_different_lengths_fit_nothing() -> None:
    assert usual_fitted([]) is None
    assert usual_fitted([minutes(10), minutes(30), minutes(30)]) is None


def test_a_step_is_fitted_by_no_finite_steepness() -> None:
    assert usual_fitted([minutes(1), minutes(1000), minutes(1001)]) is None


def test_bouts_that_are_almost_equal_still_fit() -> None:
    fitted = usual_fitted([minutes(27), minutes(27.1), minutes(27.2)])

    assert fitted is not None
    assert minutes(27) < fitted.w50 < minutes(27.1)
    assert fitted.n > 100


def misfit(lengths: list[timedelta], fitted: Fitted) -> float:
    whole = figures.total(lengths)
    return math.fsum(
        (reached / whole - (1 + math.tanh(fitted.n * math.log(x / fitted.w50) / 2)) / 2) ** 2
        for x, reached in figures.cumulative(lengths)
    )


@settings(deadline=None)
@given(LENGTHS)
def test_nothing_close_by_fits_better(lengths: list[timedelta]) -> None:
    fitted = usual_fitted(lengths)
    if fitted is None:
        return
    best = misfit(lengths, fitted)

    for more in (0.99, 1.01):
        assert best <= misfit(lengths, Fitted(fitted.w50 * more, fitted.n)) + 1e-12
        assert best <= misfit(lengths, Fitted(fitted.w50, fitted.n * more)) + 1e-12
