"""Which idle times can be true, and what is believed of a word that nobody takes back."""

import math
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.sensors.claims import Belief
from deskbreak.sensors.idle import Sieve

UP = timedelta(days=60)
GRACE = timedelta(seconds=30)


@pytest.mark.parametrize("seconds", [0.0, 0.001, 300.0, 86400.0])
def test_an_ordinary_idle_time_goes_through(seconds: float) -> None:
    assert Sieve().plausible(seconds, UP) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "cause"),
    [
        (math.nan, "not a number"),
        (math.inf, "not a number"),
        (-math.inf, "not a number"),
        (-0.001, "negative"),
        (-(2.0**63), "negative"),
        ((2**32 - 1) / 1000, "wrapped"),
        (2**31 / 1000, "wrapped"),
        (2.0**60, "wrapped"),
    ],
)
def test_an_impossible_idle_time_is_dropped_with_its_cause(
    seconds: float, cause: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert Sieve().plausible(seconds, UP) is None
    assert cause in caplog.text


def test_an_idle_time_longer_than_the_machine_is_up_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    assert Sieve().plausible(603, timedelta(minutes=10)) is None
    assert "longer than the machine has been up" in caplog.text


def test_each_cause_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    sieve = Sieve()

    for seconds in (-1, -2, -3, math.nan, math.nan):
        sieve.plausible(seconds, UP)

    assert len(caplog.messages) == 2


@given(st.floats(), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=10_000)))
def test_whatever_comes_in_what_comes_out_is_possible(seconds: float, awake: timedelta) -> None:
    idle = Sieve().plausible(seconds, awake)

    assert idle is None or timedelta(0) <= idle <= awake + timedelta(seconds=2)


def test_a_claim_holds_while_nobody_touches_anything() -> None:
    belief, claim = Belief(GRACE), object()

    assert belief.holds(claim, timedelta(0), timedelta(minutes=1))
    assert belief.holds(claim, timedelta(minutes=59), timedelta(minutes=60))


def test_typing_soon_after_a_claim_does_not_refute_it() -> None:
    belief, claim = Belief(GRACE), object()
    belief.holds(claim, timedelta(0), timedelta(minutes=1))

    assert belief.holds(claim, timedelta(0), timedelta(minutes=1, seconds=30))


def test_input_later_refutes_a_claim_for_good() -> None:
    belief, claim = Belief(GRACE), object()
    belief.holds(claim, timedelta(0), timedelta(minutes=1))

    assert not belief.holds(claim, timedelta(0), timedelta(minutes=10))
    assert not belief.holds(claim, None, timedelta(minutes=11))


def test_a_claim_made_anew_is_believed_anew() -> None:
    belief = Belief(GRACE)
    belief.holds(object(), timedelta(0), timedelta(minutes=1))
    belief.holds(object(), timedelta(0), timedelta(minutes=10))

    assert belief.holds(object(), timedelta(0), timedelta(minutes=10))


def test_a_claim_that_was_withdrawn_does_not_hold() -> None:
    belief = Belief(GRACE)
    belief.holds(object(), None, timedelta(minutes=1))

    assert not belief.holds(None, None, timedelta(minutes=2))


def test_without_an_idle_source_a_claim_holds_until_withdrawn() -> None:
    belief, claim = Belief(GRACE), object()

    assert belief.holds(claim, None, timedelta(minutes=1))
    assert belief.holds(claim, None, timedelta(hours=9))
