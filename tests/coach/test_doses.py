"""The tempo ladder of the alternating squeeze and the growth of a dose (selection.md 3.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from deskbreak.coach.doses import LADDER, Amount, Run, amount, each_side, tempo
from deskbreak.coach.exercise import Level
from deskbreak.coach.library import packaged
from deskbreak.coach.sessions import Session
from deskbreak.core.events import Rating

KNOWN = packaged().known
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def run(day: int, beats: int, breaks: int = 0, length: timedelta = MINUTE) -> Run:
    at = START + timedelta(days=day)
    return Run(beats, length, breaks, at, at.date())


def climb(top: int) -> tuple[Run, ...]:
    steps = LADDER[: LADDER.index(top)]
    return tuple(run(2 * n + day, beats) for n, beats in enumerate(steps) for day in (0, 1))


def test_it_starts_at_30_beats_and_is_said_with_each_side() -> None:
    assert tempo((), Level.L202) == 30
    assert [each_side(beats) for beats in LADDER] == [15, 22, 30, 37, 45, 60, 75, 90]


def test_two_clean_minutes_on_different_days_are_a_step_up() -> None:
    assert tempo((run(0, 30), run(1, 30)), Level.L202) == 45


@pytest.mark.parametrize(
    "second",
    [run(0, 30), run(1, 30, breaks=1), run(1, 30, length=MINUTE - timedelta(seconds=1)), run(1, 15)],
    ids=["same day", "broke once", "too short", "slower"],
)
def test_anything_less_is_not(second: Run) -> None:
    assert tempo((run(0, 30), second), Level.L202) == 30


def test_a_pattern_that_breaks_twice_is_a_step_down() -> None:
    up = (run(0, 30), run(1, 30))

    assert tempo((*up, run(2, 45, breaks=2)), Level.L202) == 30
    assert tempo((*up, run(2, 60, breaks=2)), Level.L202) == 45
    assert tempo((run(0, 30, breaks=3),), Level.L202) == 30


def test_after_a_step_down_the_clean_days_begin_anew() -> None:
    runs = (run(0, 30), run(1, 30), run(2, 45), run(3, 45, breaks=2), run(4, 30))

    assert tempo(runs, Level.L202) == 30
    assert tempo((*runs, run(5, 30)), Level.L202) == 45


def test_the_runs_count_in_the_order_they_were_made() -> None:
    assert tempo(reversed(climb(75)), Level.L202) == 75


def test_beyond_90_beats_the_running_rhythm_is_for_303() -> None:
    assert tempo(climb(180), Level.L202) == 90
    assert tempo(climb(180), Level.L303) == 180
    assert tempo((*climb(180), run(40, 180), run(41, 180)), Level.L303) == 180


def bridge(n: int, rating: Rating | None, full: bool = True, exercise: str = "glute-bridge") -> Session:
    at = START + timedelta(days=n)
    return Session(exercise, at, date(2026, 3, 2), full, rating)


def after(*ratings: Rating | None) -> Amount:
    return amount(KNOWN["glute-bridge"], [bridge(n, rating) for n, rating in enumerate(ratings)])


def test_the_dose_grows_by_two_easy_ones_running_up_to_two_sets_of_ten() -> None:
    easy = Rating.EASY

    assert [after(*(easy,) * n) for n in (0, 1, 2, 4, 6, 8)] == [
        Amount(1, 8),
        Amount(1, 8),
        Amount(1, 10),
        Amount(1, 12),
        Amount(2, 10),
        Amount(2, 10),
    ]


def test_it_shrinks_when_one_was_too_hard_and_waits_when_one_was_right() -> None:
    easy, right, hard = Rating.EASY, Rating.RIGHT, Rating.HARD

    assert after(easy, easy, easy, easy, hard) == Amount(1, 10)
    assert after(hard) == Amount(1, 8)
    assert after(easy, easy, Rating.PAIN) == Amount(1, 8)
    assert after(easy, right, easy) == Amount(1, 8)
    assert after(easy, None, easy) == Amount(1, 8)


def test_half_doses_and_other_exercises_do_not_make_it_grow() -> None:
    sessions = (
        bridge(0, Rating.EASY, full=False),
        bridge(1, Rating.EASY),
        bridge(2, Rating.EASY, exercise="marching-bridge"),
    )

    assert amount(KNOWN["glute-bridge"], sessions) == Amount(1, 8)


@pytest.mark.parametrize("id_", ["standing-flexor-stretch", "walk-break", "alternating-squeeze", "wall-sit"])
def test_what_is_held_walked_or_goes_by_a_beat_keeps_its_dose(id_: str) -> None:
    sessions = [replace(bridge(n, Rating.EASY), exercise=id_) for n in range(4)]
    given = KNOWN[id_].dose

    assert amount(KNOWN[id_], sessions) == Amount(given.sets, given.reps)
