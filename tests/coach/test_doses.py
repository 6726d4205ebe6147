"""The tempo ladder of the alternating squeeze and the growth of a dose (selection.md 3.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from deskbreak.coach.doses import LADDER, Amount, amount, grown, tempo, whole
from deskbreak.coach.exercise import Dose, Family, Level
from deskbreak.coach.library import by_id, library, packaged, put_doses_in_force, put_in_force
from deskbreak.coach.sessions import Session
from deskbreak.core.events import Rating

KNOWN = packaged().known
START = datetime(2026, 3, 2, 12, tzinfo=UTC)


SQUEEZE, RHYTHM = "alternating-squeeze", "standing-alternating-squeeze"


def run(
    day: int, rating: Rating | None = Rating.RIGHT, full: bool = True, exercise: str = SQUEEZE
) -> Session:
    at = START + timedelta(days=day)
    return Session(exercise, at, at.date(), full, rating)


def at_tempo(*runs: Session, level: Level = Level.L202) -> int:
    return tempo(runs, KNOWN, level)


def climb(steps: int, exercise: str = SQUEEZE, first: int = 0) -> tuple[Session, ...]:
    return tuple(run(first + day, exercise=exercise) for day in range(2 * steps))


def test_it_starts_at_30_beats() -> None:
    assert at_tempo() == 30


def test_two_full_doses_on_different_days_are_a_step_up() -> None:
    assert at_tempo(run(0), run(1, Rating.EASY)) == 45


@pytest.mark.parametrize(
    "second",
    [run(0), run(1, full=False), run(1, None), run(1, exercise="seated-squeeze")],
    ids=["same day", "a part of it", "nothing said", "another exercise"],
)
def test_anything_less_is_not(second: Session) -> None:
    assert at_tempo(run(0), second) == 30


def test_two_at_different_hours_of_one_day_are_one_day() -> None:
    later = replace(run(0), at=START + timedelta(hours=3))

    assert at_tempo(run(0), later) == 30


def test_one_that_was_too_hard_is_a_step_down() -> None:
    assert at_tempo(*climb(1), run(2, Rating.HARD)) == 30
    assert at_tempo(run(0, Rating.HARD)) == 30


def test_after_a_step_down_the_days_begin_anew() -> None:
    runs = (*climb(1), run(2), run(3, Rating.HARD), run(4))

    assert at_tempo(*runs) == 30
    assert at_tempo(*runs, run(5)) == 45


def test_the_sessions_count_in_the_order_they_were_done() -> None:
    assert at_tempo(*reversed(climb(3))) == 75


def test_beyond_90_beats_the_running_rhythm_is_for_303() -> None:
    long = (*climb(9), *climb(9, RHYTHM, first=20))

    assert at_tempo(*climb(9)) == 90
    assert at_tempo(*climb(9), level=Level.L303) == 90
    assert at_tempo(*long, level=Level.L303) == LADDER[-1]
    assert at_tempo(*long) == 90


def test_the_slower_exercise_says_nothing_about_the_faster_tempo() -> None:
    fast = (*climb(4), *climb(2, RHYTHM, first=10))

    assert at_tempo(*fast, *climb(3, first=20), level=Level.L303) == 150


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


@pytest.mark.parametrize(
    ("id_", "least"),
    [("glute-bridge", 35), ("seated-squeeze", 65), ("alternating-squeeze", 75), ("walk-break", 180)],
)
def test_a_break_too_short_for_the_least_dose_is_no_whole_one(id_: str, least: int) -> None:
    def for_(seconds: float, full: bool = True) -> Session:
        return Session(id_, START, START.date(), full, Rating.EASY, timedelta(seconds=seconds))

    assert whole(for_(least), KNOWN[id_])
    assert not whole(for_(least, full=False), KNOWN[id_])
    assert not whole(for_(0.8 * least), KNOWN[id_])


def test_short_breaks_make_neither_dose_nor_beat_grow() -> None:
    short = timedelta(seconds=20)
    bridges = [replace(bridge(day, Rating.EASY), dose=short) for day in range(4)]
    squeezes = [replace(run(day), dose=short) for day in range(4)]

    assert amount(KNOWN["glute-bridge"], bridges) == Amount(1, 8)
    assert at_tempo(*squeezes) == 30


@pytest.mark.parametrize("id_", ["standing-flexor-stretch", "walk-break", "alternating-squeeze", "wall-sit"])
def test_what_is_held_walked_or_goes_by_a_beat_keeps_its_dose(id_: str) -> None:
    sessions = [replace(bridge(n, Rating.EASY), exercise=id_) for n in range(4)]
    given = KNOWN[id_].dose

    assert amount(KNOWN[id_], sessions) == Amount(given.sets, given.reps)


def dose(id_: str, *sessions: Session, level: Level = Level.L303) -> Dose:
    return grown(KNOWN, sessions, level)[id_]


def test_a_beginners_bridge_is_half_as_long_as_the_librarys() -> None:
    first = dose("glute-bridge")

    assert (first.sets, first.reps, first.rest) == (1, 8, timedelta())
    assert first.total == timedelta(seconds=35)
    easy = [bridge(n, Rating.EASY) for n in range(6)]
    assert dose("glute-bridge", *easy) == KNOWN["glute-bridge"].dose


def test_what_has_one_set_in_the_library_rests_between_two() -> None:
    easy = [bridge(n, Rating.EASY, exercise="hip-hinge") for n in range(6)]

    twice = dose("hip-hinge", *easy)

    assert (twice.sets, twice.reps, twice.rest) == (2, 10, timedelta(seconds=15))
    assert twice.total == timedelta(seconds=105)


def test_who_rests_longer_after_each_repetition_rests_as_long_between_two_sets() -> None:
    slow = replace(KNOWN["hip-hinge"].dose, rest=timedelta(seconds=30))
    own = replace(KNOWN["hip-hinge"], dose=slow)
    easy = [bridge(n, Rating.EASY, exercise="hip-hinge") for n in range(6)]

    twice = grown({"hip-hinge": own}, easy, Level.L303)["hip-hinge"]

    assert (twice.sets, twice.rest, twice.total) == (2, slow.rest, timedelta(seconds=120))


def test_fewer_repetitions_have_the_rest_between_them_that_the_librarys_have() -> None:
    first, whole_one = dose("seated-squeeze"), KNOWN["seated-squeeze"].dose

    assert (first.reps, whole_one.reps) == (8, 10)
    assert first.rest == whole_one.rest == timedelta(seconds=3)


def test_what_the_library_begins_with_less_of_begins_there() -> None:
    one = replace(bridge(0, Rating.EASY), exercise="bird-dog")

    assert dose("bird-dog") == KNOWN["bird-dog"].dose
    assert dose("bird-dog", one, replace(one, at=one.at + timedelta(days=1))).reps == 8


@pytest.mark.parametrize(
    ("steps", "beats", "a_side"), [(0, 30, 15), (2, 60, 30), (4, 90, 45)], ids=["30", "60", "90"]
)
def test_the_alternating_squeeze_is_a_minute_at_the_tempo_that_was_reached(
    steps: int, beats: int, a_side: int
) -> None:
    now = dose(SQUEEZE, *climb(steps))

    assert (now.beats, now.reps, now.total) == (beats, a_side, KNOWN[SQUEEZE].dose.total)


def test_the_running_rhythm_climbs_as_far_as_was_reached() -> None:
    at_120 = dose(RHYTHM, *climb(4), *climb(1, RHYTHM, first=10))
    at_180 = dose(RHYTHM, *climb(4), *climb(3, RHYTHM, first=10))

    assert (at_120.beats, at_120.reps) == (120, 26)
    assert at_180 == KNOWN[RHYTHM].dose


def test_an_exercise_of_the_persons_own_that_goes_by_a_beat_keeps_it() -> None:
    own = replace(KNOWN[SQUEEZE], id="own-march", family=Family.PUMP)

    assert grown({"own-march": own}, (), Level.L101)["own-march"] == own.dose


def test_doses_in_force_are_those_that_everybody_sees() -> None:
    put_doses_in_force(grown(KNOWN, (), Level.L101))
    try:
        shown = by_id()["glute-bridge"].dose
        listed = next(each.dose for each in library() if each.id == "glute-bridge")
    finally:
        put_in_force(None)

    assert (shown.sets, shown.reps) == (1, 8)
    assert listed == shown
    assert by_id()["glute-bridge"].dose.sets == 2
