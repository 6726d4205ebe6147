"""What the coach suggests: from the room, the day, what was done before, the person and their screening."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from deskbreak.coach.bars import Bar
from deskbreak.coach.choose import Choice
from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.library import Library, packaged, put_in_force
from deskbreak.coach.score import Term
from deskbreak.coach.screening import Answers, Question, outcome
from deskbreak.coach.sessions import LevelSet
from deskbreak.coach.situation import Came, Room
from deskbreak.core.commands import (
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordExercise,
    RecordPrompt,
    Suggest,
    Unrecord,
)
from deskbreak.core.events import Offered, Rating, Unoffered
from deskbreak.core.postures import How, Posture, Row
from deskbreak.daemon.coaching import Rotation
from deskbreak.daemon.memory import Memory, Named
from deskbreak.ports import DayTotals

NOW = datetime(2025, 6, 2, 14, tzinfo=UTC)
TODAY = date(2025, 6, 2)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
KNOWN = packaged().known


def asked(number: int = 1, count: timedelta = 31 * MINUTE, **more: object) -> Suggest:
    plain = Suggest(number, False, None, False, count, False, False, NOW, TODAY)
    return replace(plain, **more)  # type: ignore[arg-type]


def totals(**spent: timedelta) -> DayTotals:
    by_posture = tuple((posture, spent.get(posture.value, timedelta())) for posture in Posture)
    return DayTotals(TODAY, by_posture, (), timedelta())


def did(number: int, exercise: str, ago: timedelta, rating: Rating | None = None) -> ExerciseRow:
    dose = KNOWN[exercise].dose.total
    start = NOW - ago - dose
    return ExerciseRow(number, exercise, start, timedelta(), dose, dose, KNOWN[exercise].seated, rating)


def prompted(number: int, exercise: str, came: Outcome) -> PromptRow:
    at = NOW - HOUR
    return PromptRow(number, PromptKind.REMINDER, 1, exercise, at, timedelta(), None, came, NOW)


def stood(from_ago: timedelta, to_ago: timedelta) -> Record:
    """On an elapsed clock that read a day at NOW."""
    row = Row(
        timedelta(days=1) - from_ago, from_ago - to_ago, NOW - from_ago, NOW - to_ago, timedelta(), TODAY,
        Posture.STANDING, How.USER,
    )  # fmt: skip
    return Record(row)


def refused(choice: Choice, exercise: str) -> tuple[Bar, ...]:
    return next((each.bars for each in choice.refused if each.exercise.id == exercise), ())


def names(rotation: Rotation, suggestions: Iterable[Suggest]) -> list[str]:
    offered = [rotation.offer(each, totals()) for each in suggestions]
    return [each.exercise for each in offered if isinstance(each, Offered)]


def test_the_chair_is_in_the_rotation_until_an_hour_was_sat() -> None:
    rotation = Rotation(Room())

    short = rotation.choice(asked(), totals())
    long = rotation.choice(asked(count=61 * MINUTE), totals())

    assert "seated-squeeze" in {each.exercise.id for each in short.candidates}
    assert Bar.CHAIR in refused(long, "seated-squeeze")
    assert long.candidates[0].exercise.id == "walk-break"


def test_one_who_stands_is_not_sent_back_to_the_chair_nor_to_standing() -> None:
    choice = Rotation(Room()).choice(asked(standing=True), totals())

    assert refused(choice, "seated-squeeze") == (Bar.CHAIR,)
    assert Bar.STOOD in refused(choice, "stand-up-desk")


def test_standing_is_not_suggested_when_it_just_ended_nor_after_four_hours_of_it() -> None:
    rotation = Rotation(Room())
    rotation.heed((stood(30 * MINUTE, 20 * MINUTE), stood(20 * MINUTE, 10 * MINUTE)))

    just_ended = rotation.choice(asked(), totals())
    enough = Rotation(Room()).choice(asked(), totals(standing=4 * HOUR + MINUTE))

    assert refused(just_ended, "stand-up-desk") == (Bar.STOOD,)
    assert refused(enough, "stand-up-desk") == (Bar.STOOD,)


def test_standing_that_was_taken_back_was_none() -> None:
    rotation = Rotation(Room())
    rotation.heed((stood(20 * MINUTE, 10 * MINUTE),))

    rotation.heed((Unrecord(timedelta(days=1) - 20 * MINUTE, 1, 9),))

    assert refused(rotation.choice(asked(), totals()), "stand-up-desk") == ()


def test_six_hours_of_sitting_bring_the_glutes_forward() -> None:
    choice = Rotation(Room()).choice(asked(), totals(sitting=6 * HOUR))

    bridge = next(each for each in choice.candidates if each.exercise.id == "glute-bridge")
    assert Term.LONG_DAY in dict(bridge.terms)


@pytest.mark.parametrize("when", [{"on_call": True}, {"own": True, "quiet": True}])
def test_on_a_call_and_where_quiet_is_asked_for_nothing_makes_a_noise(when: dict[str, Any]) -> None:
    noisy = replace(KNOWN["calf-raise"], quiet=False)
    put_in_force(Library({**KNOWN, noisy.id: noisy}, frozenset()))

    usual = Rotation(Room()).choice(asked(), totals())
    hushed = Rotation(Room()).choice(asked(**when), totals())

    assert refused(usual, noisy.id) == ()
    assert refused(hushed, noisy.id) == (Bar.QUIET,)
    assert hushed.candidates


def test_the_time_asked_for_just_now_is_kept_to() -> None:
    offered = Rotation(Room()).offer(asked(own=True, available=MINUTE), totals())

    assert isinstance(offered, Offered)
    assert offered.dose <= MINUTE or offered.switch


def test_a_named_exercise_takes_no_longer_than_there_is_time_for() -> None:
    wanted = asked(own=True, wanted="glute-bridge", available=30 * MINUTE / 60)

    offered = Rotation(Room()).offer(wanted, totals())

    assert isinstance(offered, Offered)
    assert (offered.exercise, offered.dose) == ("glute-bridge", timedelta(seconds=30))


def test_three_suggestions_running_name_three_exercises_also_across_a_restart() -> None:
    before = Rotation(Room())
    first = names(before, (asked(1), asked(2)))

    after = Rotation(Room(), Memory(before.memory.offers))

    assert len({*first, *names(after, (asked(3),))}) == 3


def test_offers_are_known_from_the_log_where_nothing_else_is_left() -> None:
    memory = Memory(
        prompts=(prompted(7, "walk-break", Outcome.DONE), prompted(8, "glute-bridge", Outcome.LEFT))
    )

    choice = Rotation(Room(), memory).choice(asked(9), totals())

    assert refused(choice, "walk-break") == (Bar.LAST_BUT_ONE,)
    assert refused(choice, "glute-bridge") == (Bar.LAST,)


def test_what_was_skipped_comes_less_soon() -> None:
    rotation = Rotation(
        Room(), Memory((Named(1, "walk-break"), Named(2, "calf-raise"), Named(3, "clamshell")))
    )

    rotation.heed((RecordPrompt(prompted(1, "walk-break", Outcome.SKIPPED)),))

    walk = next(e for e in rotation.choice(asked(4), totals()).candidates if e.exercise.id == "walk-break")
    assert dict(walk.terms)[Term.SKIPPED] == -1


def test_after_the_chair_comes_something_upright_whoever_began_it() -> None:
    rotation = Rotation(Room())
    rotation.offer(asked(1, own=True, wanted="seated-squeeze"), totals())

    rotation.heed((RecordExercise(did(2, "seated-squeeze", MINUTE)),))

    choice = rotation.choice(asked(3), totals())
    assert Bar.UPRIGHT in refused(choice, "seated-figure-four")


def test_pain_rests_the_family_for_three_days() -> None:
    hurt = Memory(exercises=(did(1, "glute-bridge", 2 * 24 * HOUR, Rating.PAIN),))

    resting = Rotation(Room(), hurt).choice(asked(), totals())
    rested = Rotation(Room(), hurt).choice(asked(at=NOW + 30 * HOUR), totals())

    assert Bar.RESTING in refused(resting, "glute-bridge")
    assert Bar.RESTING not in refused(rested, "glute-bridge")


def test_a_rest_ends_at_its_hour_in_a_program_that_goes_on() -> None:
    hurt = Memory(exercises=(did(1, "glute-bridge", 71 * HOUR, Rating.PAIN),))
    rotation = Rotation(Room(), hurt)

    before = rotation.choice(asked(), totals())
    after = rotation.choice(asked(at=NOW + 2 * HOUR), totals())

    assert refused(before, "glute-bridge") == (Bar.RESTING,)
    assert refused(after, "glute-bridge") == ()


def test_a_level_is_lost_overnight_in_a_program_that_goes_on() -> None:
    bridges = Memory(exercises=(did(1, "marching-bridge", 13 * 24 * HOUR),))
    bridges.heed((LevelSet(Family.BRIDGE, Level.L202, NOW - 13 * 24 * HOUR, TODAY - 13 * DAY),))
    rotation = Rotation(Room(), bridges)

    today = rotation.choice(asked(), totals())
    tomorrow = rotation.choice(asked(at=NOW + DAY, day=TODAY + DAY), totals())

    assert Bar.LEVEL not in refused(today, "marching-bridge")
    assert Bar.LEVEL in refused(tomorrow, "marching-bridge")


@pytest.mark.parametrize(("part", "full"), [(0.85, False), (0.95, True)])
def test_who_stops_a_little_early_has_done_all_of_it(part: float, full: bool) -> None:
    row = did(1, "glute-bridge", HOUR)

    [session] = Memory(exercises=[replace(row, length=part * row.dose)]).sessions

    assert session.full is full


def test_no_strength_exercise_comes_a_fourth_time_in_a_day() -> None:
    thrice = Memory(exercises=(did(number, "glute-bridge", number * HOUR) for number in (1, 2, 3)))
    night = Memory(exercises=(did(number, "glute-bridge", number * HOUR) for number in (1, 2, 30)))

    assert Bar.LOAD in refused(Rotation(Room(), thrice).choice(asked(), totals()), "glute-bridge")
    assert Bar.LOAD not in refused(Rotation(Room(), night).choice(asked(), totals()), "glute-bridge")


def test_an_exercise_that_was_taken_back_was_none() -> None:
    thrice = Memory(exercises=(did(number, "glute-bridge", number * HOUR) for number in (1, 2, 3)))

    thrice.heed((Unrecord(timedelta(days=1), 1, 3),))

    assert Bar.LOAD not in refused(Rotation(Room(), thrice).choice(asked(), totals()), "glute-bridge")


def test_another_was_asked_for_and_only_what_was_then_skipped_was() -> None:
    rotation = Rotation(Room(), Memory((Named(1, "walk-break"), Named(1, "calf-raise"))))

    rotation.heed((RecordPrompt(prompted(1, "calf-raise", Outcome.SKIPPED)),))

    came = {each.exercise: each.came for each in rotation.memory.came()}
    assert came == {"walk-break": Came.NOTHING, "calf-raise": Came.SKIPPED}


def test_a_day_begins_when_the_settings_say() -> None:
    memory = Memory(exercises=(did(1, "walk-break", 13 * HOUR),))
    session = next(iter(memory.sessions))

    memory.begin_days_at(time(0, 30))

    assert session.day == date(2025, 6, 1)
    assert next(iter(memory.sessions)).day == TODAY


def test_the_answers_to_the_screening_leave_exercises_out() -> None:
    rotation = Rotation(Room(), answers=Answers(frozenset({Question.PREGNANT})))

    choice = rotation.choice(asked(), totals())

    left_out = outcome(rotation.answers, KNOWN).excluded
    assert left_out
    assert all(Bar.EXCLUDED in refused(choice, id_) for id_ in left_out)


def test_nothing_is_offered_when_nothing_suits() -> None:
    put_in_force(Library(KNOWN, frozenset(KNOWN)))
    try:
        answer = Rotation(Room()).offer(asked(5), totals())
    finally:
        put_in_force(None)

    assert answer == Unoffered(5, 1)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_same_is_chosen_for_the_same(number: int) -> None:
    assert names(Rotation(Room()), (asked(number),)) == names(Rotation(Room()), (asked(number),))
