"""All measures at once: complete, worked out as the cases say, and lawful."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.measures import SHOWN, TAKES_MANY, Measure, Value, displayed, measured
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Bout
from tests.workday import minutes

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
MONDAY = date(2025, 6, 2)
LAW = settings(deadline=None)
LENGTHS = st.lists(st.integers(60, 10_000).map(lambda n: timedelta(seconds=n)), min_size=1, max_size=25)

# Who sits half as long in each bout has these halved.
TIMES = {measure for measure in Measure if measure.value.endswith("_min") and "ge" not in measure.value} - {
    Measure.SATP,
    Measure.X_HALF_MINUS_HALF,
    Measure.X_HALF_ONE,
}
RATES = {Measure.INTERRUPTIONS_PER_HOUR, Measure.BOUTS_PER_HOUR, Measure.SATP}
WITHOUT_UNIT = {
    Measure.BOUTS,
    Measure.INTERRUPTIONS,
    Measure.CONFIRMED,
    Measure.USUAL_FITTED_N,
    Measure.GINI,
    Measure.GINI_CORRECTED,
    Measure.ALPHA_OBSERVED,
    Measure.ALPHA_ERROR_OBSERVED,
    Measure.W_HALF_OBSERVED,
    Measure.AVERAGE_HAZARD,
}


def day(*lengths: timedelta) -> tuple[Bout, ...]:
    return tuple(Bout(NINE, timedelta(0), x, MONDAY, Posture.STANDING) for x in lengths)


def test_every_measure_is_worked_out_even_of_nothing() -> None:
    assert list(measured(())) == list(Measure)
    assert list(measured(day(minutes(5), minutes(10), minutes(40)))) == list(Measure)


def test_what_would_mislead_a_person_is_only_exported() -> None:
    hidden = {measure.value for measure in set(Measure) - SHOWN}

    assert {"gini", "gini_corrected", "average_hazard"} <= hidden
    assert not any(word in m.value for m in SHOWN for word in ("gini", "alpha", "half", "w50", "satp"))


def test_gini_and_alpha_take_ten_bouts_to_be_displayed_and_none_to_be_exported() -> None:
    assert not displayed(Measure.GINI, 9)
    assert not displayed(Measure.ALPHA_ONE, 9)
    assert all(displayed(measure, 10) for measure in Measure)
    assert all(displayed(measure, 0) for measure in SHOWN)
    assert {measure.value for measure in TAKES_MANY} == {
        m.value for m in Measure if m.value.startswith(("gini", "alpha"))
    }
    assert measured(day(minutes(10), minutes(30)))[Measure.GINI] == 0.25


@LAW
@given(LENGTHS, st.randoms(use_true_random=False))
def test_the_order_of_the_bouts_makes_no_difference(lengths: list[timedelta], chance: Random) -> None:
    shuffled = list(lengths)
    chance.shuffle(shuffled)

    assert measured(day(*shuffled)) == measured(day(*lengths))


@LAW
@given(LENGTHS)
def test_who_sits_half_as_long_each_time_has_half_the_times_and_twice_the_rates(
    lengths: list[timedelta],
) -> None:
    whole, half = measured(day(*lengths)), measured(day(*(x / 2 for x in lengths)))

    for measure in Measure:
        if measure in TIMES:
            assert close(half[measure], times(whole[measure], 0.5)), measure
        if measure in RATES:
            assert close(half[measure], times(whole[measure], 2)), measure
        if measure in WITHOUT_UNIT:
            assert close(half[measure], whole[measure]), measure


# Where many a steepness fits almost as well, no digit after these is worth anything (metrics.md section 4.4).
CLOSE = 1e-4


def times(value: Value, factor: float) -> Value:
    return None if value is None else value * factor


def close(got: Value, wanted: Value) -> bool:
    if isinstance(got, timedelta) and isinstance(wanted, timedelta):
        return abs(got - wanted) <= timedelta(milliseconds=1) + abs(wanted) * CLOSE
    if got is None or wanted is None or isinstance(got, timedelta) or isinstance(wanted, timedelta):
        return got is wanted
    return got == pytest.approx(wanted, rel=CLOSE, abs=1e-12)
