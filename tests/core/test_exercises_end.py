"""The end of what was started: done without a word, asked about, rated, stopped early or not done."""

import pytest

from deskbreak.core.commands import Button, Outcome, PromptKind, Told
from deskbreak.core.events import Finished, Hold, Rated, Rating, Started, Undid
from deskbreak.core.postures import Posture
from tests.workday import DOSE, IN_THE_CHAIR, Workday, minutes, seconds

ENDS = 10 + DOSE / minutes(1)


def started(exercise: str = "glute-bridge") -> Workday:
    """Something of 1:45 was started at 10:00."""
    return Workday().works(10).says(Started(exercise))


def asked(day: Workday) -> tuple[Button, ...]:
    assert day.prompts[-1].kind is PromptKind.EXERCISE_END
    return day.prompts[-1].buttons


def says(day: Workday, rating: Rating | None) -> Workday:
    return day.says(Rated(day.prompts[-1].number, rating))


def rated(day: Workday) -> list[tuple[str, Rating | None]]:
    return [(row.exercise, row.rating) for row in day.log.exercises]


def test_who_leaves_the_keyboard_for_most_of_it_has_done_it_without_a_word() -> None:
    day = started().rests(11.5).works(12)

    day.breaks("10:00 moved 1:30")
    assert day.count == minutes(0.5)
    assert day.spent(Posture.MOVING) == minutes(1.5)
    assert rated(day) == [("glute-bridge", None)]
    assert asked(day) == (Button.EASY, Button.RIGHT, Button.HARD, Button.PAIN)


def test_the_time_it_took_is_the_time_away_up_to_ten_minutes_more() -> None:
    day = started("walk-break").rests(20).works(21)

    assert day.spent(Posture.MOVING) == minutes(10)
    day = started("walk-break").rests(40).works(41)

    assert day.spent(Posture.MOVING) == DOSE
    assert day.spent(Posture.AWAY) == minutes(30) - DOSE
    day.breaks("10:00 moved 30:00")


def test_a_short_look_away_is_not_doing_it() -> None:
    day = started().rests(10.8).works(12)

    assert day.log.exercises == []
    assert asked(day) == (Button.EASY, Button.RIGHT, Button.HARD, Button.PAIN, Button.NOT_DONE)


def test_who_sits_still_for_a_chair_exercise_has_done_it() -> None:
    day = started(IN_THE_CHAIR).rests(12)

    assert [(row.exercise, row.length) for row in day.log.exercises] == [(IN_THE_CHAIR, DOSE)]
    assert day.count == minutes(12)
    assert asked(day)[-1] is Button.PAIN


def test_the_rating_is_kept_with_what_was_done() -> None:
    day = started().rests(11.5).works(12)

    says(day, Rating.EASY)

    assert day.told() is Told.RATED
    assert rated(day) == [("glute-bridge", Rating.EASY)]
    assert day.log.prompts[day.prompts[-1].number].outcome is Outcome.ANSWERED
    assert day.view().question is None


def test_at_its_end_who_typed_on_says_how_it_was_or_that_it_was_not_done() -> None:
    day = started().works(12)

    says(day, Rating.HARD)

    assert rated(day) == [("glute-bridge", Rating.HARD)]
    assert day.log.exercises[0].length == DOSE
    day.breaks("10:00 moved 1:45")
    assert day.count == minutes(12) - minutes(10) - DOSE


def test_an_absence_after_the_end_stays_one_when_it_is_rated_on_return() -> None:
    day = started().works(11.5).rests(20).works(21)

    says(day, Rating.RIGHT)

    assert rated(day) == [("glute-bridge", Rating.RIGHT)]
    assert day.spent(Posture.MOVING) == minutes(10)
    assert day.count == minutes(1)
    day.says(Undid())
    assert day.spent(Posture.MOVING) == minutes(0)
    assert day.spent(Posture.AWAY) == minutes(8.5)


def test_what_was_not_done_leaves_no_trace() -> None:
    day = started().works(12)

    says(day, None)

    assert day.told() is Told.NOT_DONE
    assert day.log.exercises == []
    assert day.count == minutes(12)
    assert day.view().exercise is None


def test_stopping_early_keeps_how_far_it_got() -> None:
    day = started().works(10.5).says(Finished())

    (row,) = day.log.exercises
    assert (row.length, row.dose) == (seconds(30), DOSE)
    assert asked(day)[0] is Button.EASY


def test_done_may_be_said_before_the_return_is_beyond_doubt_and_taken_back() -> None:
    day = started("walk-break").rests(15).bumps_the_mouse().rests(15.1).bumps_the_mouse().says(Finished())

    day.breaks("10:00 moved 5:06")
    day.says(Undid())
    # Who was away for it has done it all the same.
    day.breaks("10:00 moved 5:00")


def test_done_said_once_more_is_no_fault() -> None:
    day = started().rests(11.5).works(12).says(Finished())

    assert day.told() is Told.DONE
    assert len(day.log.exercises) == 1


def test_no_answer_forgets_the_question_and_after_ten_minutes_the_exercise() -> None:
    day = started().works(ENDS + 9.9)

    assert day.view().exercise == "glute-bridge"
    day.works(ENDS + 11)

    assert day.view().exercise is None
    assert day.log.exercises == []


def test_a_rating_can_be_taken_back() -> None:
    day = started().rests(11.5).works(12)
    says(day, Rating.PAIN).says(Undid())

    assert rated(day) == [("glute-bridge", None)]
    assert asked(day)[0] is Button.EASY
    says(day, Rating.RIGHT)
    assert rated(day) == [("glute-bridge", Rating.RIGHT)]


@pytest.mark.parametrize("late", [Rating.EASY, None])
def test_an_answer_that_comes_too_late_changes_nothing(late: Rating | None) -> None:
    day = started().works(11)

    says(day, late)

    assert day.told() is Told.NOTHING_TO_ANSWER
    assert day.view().exercise == "glute-bridge"


def test_a_lock_for_the_time_of_it_is_leaving_the_keyboard() -> None:
    day = started().locks().rests(13).unlocks().works(14)

    assert rated(day) == [("glute-bridge", None)]
    day.breaks("10:00 moved 3:00")


def test_a_hold_does_not_keep_the_question_back_that_the_person_caused() -> None:
    day = started().is_shown(Hold.DND).rests(11.5).works(12)

    assert asked(day)[0] is Button.EASY


def test_while_it_is_asked_whether_it_was_done_the_menu_asks_that_too() -> None:
    day = started().rests(10.8).works(12)
    on_the_card = day.prompts[-1]

    assert day.view().question == on_the_card
    assert says(day, None).view().question is None
