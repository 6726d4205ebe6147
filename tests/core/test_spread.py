"""Figures for research: how unequal bouts are, and the power law of their lengths."""

import math
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core import spread
from deskbreak.core.spread import XMin
from tests.workday import minutes

LAW = settings(deadline=None)
LENGTHS = st.lists(st.integers(60, 10_000).map(lambda n: timedelta(seconds=n)), min_size=2, max_size=40)

EQUAL = [minutes(15)] * 4
DOUBLING = [minutes(2**n) for n in range(7)]


def test_without_a_bout_nothing_is_defined() -> None:
    assert spread.gini([]) is spread.gini_corrected([]) is None
    assert spread.average_hazard([]) is spread.cov_of_logs([]) is None
    for begins in XMin:
        assert spread.x_min([], begins) is None
        assert spread.alpha([], begins) is spread.alpha_error([], begins) is None
        assert spread.x_half([], begins) is None
        assert spread.w_half([], begins) is None


def test_equal_bouts_are_equal() -> None:
    assert spread.gini(EQUAL) == spread.gini_corrected(EQUAL) == 0
    assert spread.average_hazard(EQUAL) == 1
    assert spread.cov_of_logs(EQUAL) == 0


def test_one_bout_is_no_distribution() -> None:
    assert spread.gini([minutes(30)]) == 0
    assert spread.gini_corrected([minutes(30)]) is None
    assert spread.cov_of_logs([minutes(30)]) is None


def test_what_would_be_infinite_is_undefined() -> None:
    assert spread.alpha(EQUAL, XMin.OBSERVED) is None
    assert spread.alpha_error(EQUAL, XMin.OBSERVED) is None
    assert spread.x_half(EQUAL, XMin.OBSERVED) is None
    assert spread.w_half(EQUAL, XMin.OBSERVED) is None
    assert spread.cov_of_logs([minutes(0.5), minutes(2)]) is None


def test_a_law_that_begins_at_a_minute_says_nothing_of_shorter_bouts() -> None:
    lengths = [minutes(0.5), minutes(5), minutes(50)]

    assert spread.alpha(lengths, XMin.ONE) is None
    assert spread.alpha(lengths, XMin.OBSERVED_MINUS_HALF) is None
    assert spread.alpha(lengths, XMin.OBSERVED) == pytest.approx(1 + 3 / math.log(10 * 100))


def test_each_package_begins_elsewhere() -> None:
    lengths = [minutes(5), minutes(10)]

    assert [spread.x_min(lengths, begins) for begins in XMin] == [minutes(5), minutes(4.5), minutes(1)]


def test_the_power_law_of_powers_of_two() -> None:
    alpha, error = spread.alpha(DOUBLING, XMin.ONE), spread.alpha_error(DOUBLING, XMin.ONE)
    half, share = spread.x_half(DOUBLING, XMin.ONE), spread.w_half(DOUBLING, XMin.ONE)

    assert alpha == pytest.approx(1 + 7 / (21 * math.log(2)))
    assert error == pytest.approx((1 / (3 * math.log(2))) / math.sqrt(7))
    assert half is not None
    assert half / minutes(1) == pytest.approx(2 ** (3 * math.log(2)))
    assert share == pytest.approx((8 + 16 + 32 + 64) / 127)


def test_a_bout_of_just_half_is_none_of_the_longer_ones() -> None:
    lengths = [minutes(4), minutes(math.e**4 / 4)]

    assert spread.x_half(lengths, XMin.ONE) == lengths[0]
    assert spread.w_half(lengths, XMin.ONE) == lengths[1] / (lengths[0] + lengths[1])


def test_the_hazard_is_the_mean_over_the_lengths_there_are() -> None:
    assert spread.average_hazard([minutes(m) for m in (1, 1, 1, 1, 1000)]) == pytest.approx((4 / 5 + 1) / 2)


def test_the_variation_of_the_logarithms() -> None:
    lengths = [minutes(math.e), minutes(math.e**3)]

    assert spread.cov_of_logs(lengths) == pytest.approx(math.sqrt(2) / 2, abs=1e-6)


def test_the_variation_of_bouts_below_a_minute_is_negative() -> None:
    assert spread.cov_of_logs([minutes(0.25), minutes(0.5)]) == pytest.approx(-math.sqrt(2) / 3)


@LAW
@given(LENGTHS)
def test_gini_is_half_the_mean_difference_of_all_pairs_by_the_mean(lengths: list[timedelta]) -> None:
    pairs = sum((abs(a - b) for a, b in product(lengths, lengths)), timedelta(0))
    n, whole = len(lengths), sum(lengths, timedelta(0))

    assert spread.gini(lengths) == pytest.approx(pairs / (2 * n * whole), abs=1e-12)


@LAW
@given(LENGTHS)
def test_the_corrected_gini_lies_between_0_and_1(lengths: list[timedelta]) -> None:
    plain, corrected = spread.gini(lengths), spread.gini_corrected(lengths)

    assert plain is not None
    assert corrected is not None
    assert 0 <= plain <= corrected <= 1


@LAW
@given(LENGTHS, st.sampled_from(XMin))
def test_the_exponent_makes_what_was_seen_most_likely(lengths: list[timedelta], begins: XMin) -> None:
    alpha, low = spread.alpha(lengths, begins), spread.x_min(lengths, begins)
    if alpha is None or low is None:
        return
    logs = math.fsum(math.log(x / low) for x in lengths)

    def likely(exponent: float) -> float:
        return len(lengths) * math.log(exponent - 1) - exponent * logs

    beside = (alpha - 1) / 1000
    assert likely(alpha) > max(likely(alpha - beside), likely(alpha + beside))
