"""Days whose sensors lie: the judgement is the one of the same day without the lies, or the person's word."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from deskbreak.core.events import SatDown, Sensed
from deskbreak.core.postures import Posture
from deskbreak.sensors.idle import Sieve
from tests.workday import Workday, minutes, seconds

IMPOSSIBLE = {
    "negative": lambda _day: -1.0,
    "NaN": lambda _day: math.nan,
    "infinite": lambda _day: math.inf,
    "huge": lambda _day: 2.0**60,
    "wrapped after 49.7 days": lambda _day: (2**32 - 1) / 1000,
    "longer than the machine is up": lambda day: day.awake.total_seconds() + 60,
    "jumping back before the last input": lambda day: day.awake.total_seconds() - 0.5,
}


def a_day(lie: Callable[[Workday], float] | None) -> Workday:
    """Work, quiet, an absence and work again, with the lie told every ten seconds."""
    day, sieve = Workday(), Sieve()
    for tenth in range(1, 6 * 60):
        end = tenth / 6
        (day.rests if 10 < end <= 12 or 20 < end <= 30 else day.works)(end)
        if lie is not None:
            idle = sieve.plausible(lie(day), day.awake)
            day.look(Sensed(replace(day.reading, idle=idle)))
    return day


@pytest.mark.parametrize("lie", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_impossible_idle_time_changes_nothing_and_is_told_once(
    lie: Callable[[Workday], float], caplog: pytest.LogCaptureFixture
) -> None:
    honest, lying = a_day(None), a_day(lie)

    assert lying.diary() == honest.diary()
    assert lying.log.rows == honest.log.rows
    assert lying.count == honest.count
    assert len(caplog.messages) <= 1


def test_an_idle_time_that_jumps_to_nothing_is_a_bumped_mouse() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(60).bumps_the_mouse().rests(90)

    assert day.spent(Posture.SITTING) == minutes(10)
    assert day.spent(Posture.AWAY) == minutes(80)


def test_where_the_source_stays_silent_the_persons_own_word_counts() -> None:
    day = Workday().works(10)
    for at in range(14, 42, 4):
        day.rests(at).says(SatDown())

    assert day.posture() is Posture.SITTING
    assert day.spent(Posture.SITTING) == minutes(38)


def test_an_idle_time_that_never_changes_is_no_work_for_the_night() -> None:
    day, sieve = Workday().works(10), Sieve()
    for at in range(11, 500):
        day.rests(at)
        idle = sieve.plausible(40.0, day.awake)
        day.look(Sensed(replace(day.reading, idle=idle)))

    assert day.posture() is Posture.AWAY
    assert minutes(10) <= day.spent(Posture.SITTING) <= minutes(12) + seconds(20)
