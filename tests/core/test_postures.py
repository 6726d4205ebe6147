"""Standing, moving, and what a desk sensor says: rules.md section 4."""

from dataclasses import replace

import pytest

from deskbreak.core.commands import Button, Told
from deskbreak.core.events import Finished, Hold, SatDown, Started, StoodUp, TrackingStopped, Undid
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.core.rules import AfterAbsence, Rules
from tests.workday import IN_THE_CHAIR, TO_STANDING, Workday, minutes


def test_standing_resets_the_count_at_once_and_nothing_is_sat_until_sitting_down() -> None:
    day = Workday().works(20).says(StoodUp()).works(30)

    assert day.told() is Told.STANDING
    assert day.posture() is Posture.STANDING
    assert (day.count, day.view().stood) == (minutes(0), minutes(10))
    day.says(SatDown()).works(35)

    assert day.told() is Told.SITTING
    assert day.count == minutes(5)
    day.breaks("20:00 stood 10:00")
    assert day.spent(Posture.STANDING) == minutes(10)


@pytest.mark.parametrize("said", [StoodUp(), SatDown()])
def test_who_says_it_twice_is_told_that_it_is_so_already(said: StoodUp | SatDown) -> None:
    day = Workday().works(10).says(said).works(12).says(said).works(15)

    assert day.told() is Told.ALREADY
    assert len(day.log.breaks) == (1 if isinstance(said, StoodUp) else 0)


def test_the_standing_ladder() -> None:
    day = Workday().works(10).says(StoodUp()).works(69)

    day.saw("10:00 break stood", "40:00 standing 1", "55:00 ignored", "55:00 standing 2")
    assert day.prompts[0].buttons == (Button.SIT, Button.START)


def test_who_stood_for_an_hour_is_asked_once_whether_they_still_do() -> None:
    day = Workday().works(10).says(StoodUp()).works(120)

    assert day.prompts[-1].buttons == (Button.STAND, Button.SIT)
    assert len(day.prompts) == 3
    assert day.spent(Posture.STANDING) == minutes(60)
    assert day.spent(Posture.UNKNOWN) == minutes(50)


def test_who_still_stands_has_stood_all_the_while() -> None:
    day = Workday().says(StoodUp()).works(69)
    asked_at = day.shown[day.prompts[-1].number]

    day.says(StoodUp())

    (said,) = day.log.corrections
    assert (said.began, said.ended, said.posture) == (asked_at, minutes(69), Posture.STANDING)
    assert day.view().stood == minutes(69)
    assert dict(day.log.day(day.view().day).by_posture)[Posture.STANDING] == minutes(69)
    assert [kind for kind, number in day.log.day(day.view().day).breaks if number] == [BreakKind.STOOD]


def test_still_standing_is_an_answer() -> None:
    day = Workday().works(10).says(StoodUp()).works(71).says(StoodUp()).works(100)

    assert day.posture() is Posture.STANDING
    assert day.view().open is None


def test_sitting_down_answers_a_standing_reminder() -> None:
    day = Workday().works(10).says(StoodUp()).works(41).says(SatDown()).works(45)

    assert day.view().open is None
    day.saw("10:00 break stood", "40:00 standing 1", "41:00 started")


def test_standing_reminders_keep_their_distance_and_respect_holds() -> None:
    day = Workday(replace(Rules(), stand_limit=minutes(5))).works(34).says(StoodUp()).works(47)

    day.saw("33:00 reminder 1", "34:00 started", "34:00 break stood")
    day.works(49)

    assert day.prompts[-1].kind.value == "standing"
    held = Workday().works(10).says(StoodUp()).is_shown(Hold.DND).works(69)
    held.saw("10:00 break stood")


def test_a_standing_reminder_comes_as_soon_as_the_one_before_is_long_enough_ago() -> None:
    day = Workday(Rules(stand_limit=minutes(10))).works(33.2).says(StoodUp()).works(45)

    assert day.view().next_at == day.now().wall + minutes(3)
    day.works(50)

    day.saw("33:00 reminder 1", "33:12 started", "33:12 break stood", "48:00 standing 1")


def test_quiet_keeps_the_posture() -> None:
    day = Workday().works(10).says(StoodUp()).rests(30).works(40)

    assert day.posture() is Posture.STANDING
    assert day.spent(Posture.AWAY) == minutes(20)


def test_a_short_lock_keeps_the_posture_and_a_long_one_ends_it() -> None:
    day = Workday().works(10).says(StoodUp()).works(15).locks().rests(16).unlocks().works(20)

    assert day.posture() is Posture.STANDING
    day.locks().rests(30).unlocks().works(31)

    assert day.posture() is Posture.SITTING
    day.breaks("10:00 stood 10:00", "20:00 away 10:00")


def test_a_sleep_ends_standing() -> None:
    day = Workday().works(10).says(StoodUp()).works(15).closes_the_lid().rests(60).opens_the_lid()

    assert day.rests(61).works(62).posture() is Posture.SITTING


def test_an_absence_after_start_ends_standing() -> None:
    day = Workday().works(10).says(StoodUp()).works(15).says(Started("walk-break")).rests(18).works(19)

    assert day.posture() is Posture.SITTING
    assert day.count == minutes(1)


def test_standing_after_absence_can_be_set_to_sit() -> None:
    day = Workday(replace(Rules(), after_absence=AfterAbsence.SIT))
    day.works(10).says(StoodUp()).rests(30).works(40)

    assert day.posture() is Posture.SITTING


def test_evidence_while_standing_is_standing() -> None:
    day = Workday().works(10).says(StoodUp()).senses(call=True).rests(30)

    assert day.spent(Posture.STANDING) == minutes(20)


def test_a_desk_sensor_is_believed_once_the_posture_has_held() -> None:
    day = Workday().works(20).look(StoodUp(How.DESK)).works(20.9)

    assert day.posture() is Posture.SITTING
    day.works(30)

    assert day.posture() is Posture.STANDING
    assert day.view().stood == minutes(10)
    day.breaks("20:00 stood 0:00")


def test_repeats_of_a_desk_sensor_change_nothing() -> None:
    day = Workday().works(20)
    for half in range(40, 120):
        day.works(half / 2).look(StoodUp(How.DESK))
    day.works(60)

    assert day.view().stood == minutes(40)
    assert len(day.log.breaks) == 1


def test_a_desk_that_moved_back_within_a_minute_has_not_moved() -> None:
    day = Workday().works(20).look(StoodUp(How.DESK)).works(20.5).look(SatDown(How.DESK)).works(30)

    assert day.count == minutes(30)
    day.breaks()


def test_a_desk_sensor_lets_the_person_sit_down_again() -> None:
    day = Workday().works(20).says(StoodUp()).works(30).look(SatDown(How.DESK)).works(40)

    assert day.count == minutes(10)
    assert day.log.rows[-1].how is How.DESK
    day.breaks("20:00 stood 10:00")


def test_a_desk_that_moves_while_nobody_is_there() -> None:
    day = Workday().works(20).locks().rests(25).look(StoodUp(How.DESK)).rests(40).unlocks().works(41)

    assert day.spent(Posture.AWAY) == minutes(20)


def test_a_word_of_the_persons_outdoes_the_desk() -> None:
    day = Workday().works(20).look(StoodUp(How.DESK)).says(SatDown()).works(30)

    assert day.count == minutes(30)


def test_after_start_the_threshold_is_break_min_and_the_absence_was_accepted() -> None:
    day = Workday().works(10).says(Started("walk-break")).works(11.5).rests(13.5)

    assert day.posture() is Posture.AWAY
    day.rests(16.5).works(20)

    assert day.log.rows[1].how is How.ACCEPTED
    day.breaks("11:30 away 5:00")


def test_ten_minutes_after_start_the_usual_threshold_holds_again() -> None:
    day = Workday().works(10).says(Started("walk-break")).works(19).rests(22)

    assert day.posture() is Posture.SITTING


def test_an_unanswered_reminder_leaves_the_usual_threshold() -> None:
    assert Workday().works(34).rests(38).posture() is Posture.SITTING


def test_a_chair_exercise_is_an_activation_and_resets_nothing() -> None:
    day = Workday().works(10).says(Started(IN_THE_CHAIR)).works(12).says(Finished()).works(20)

    assert day.count == minutes(20)
    day.saw(
        "10:00 exercise-end",
        "11:45 exercise-end",
        "12:00 withdrawn",
        "12:00 activation",
        "12:00 exercise-end",
    )
    assert day.log.exercises[0].length == minutes(2)


def test_chair_exercises_now_and_then_put_no_reminder_off() -> None:
    day = Workday()
    for minute in (10, 25, 40, 55):
        day.works(minute).says(Started(IN_THE_CHAIR)).works(minute + 2).says(Finished())
    day.works(74)

    assert [entry for entry in day.diary() if "reminder" in entry] == ["33:00 reminder 1", "73:00 reminder 1"]


def test_an_exercise_off_the_chair_is_a_reset_however_short() -> None:
    day = Workday().works(20).says(Started("walk-break")).works(20.5).says(Finished()).works(30)

    assert day.count == minutes(9.5)
    day.breaks("20:00 moved 0:30")
    assert day.spent(Posture.MOVING) == minutes(0.5)


def test_starting_the_switch_to_standing_is_standing() -> None:
    day = Workday().works(20).says(Started(TO_STANDING))

    assert day.told() is Told.STANDING
    day.says(Started(TO_STANDING))

    assert day.told() is Told.ALREADY
    day.breaks("20:00 stood 0:00")


def test_standing_up_in_the_middle_of_an_exercise_leaves_it() -> None:
    day = Workday().works(20).says(Started("walk-break")).works(21).says(StoodUp()).works(22)

    assert day.view().exercise is None
    assert day.log.exercises == []


def test_done_with_nothing_started_books_the_walk_just_taken() -> None:
    day = Workday().works(20).rests(30).says(Finished())

    assert day.told() is Told.WALKED
    day.breaks("20:00 moved 10:00")
    assert day.spent(Posture.MOVING) == minutes(10)
    assert day.works(35).count == minutes(5)


def test_done_right_after_the_return_speaks_of_the_absence() -> None:
    day = Workday().works(20).locks().rests(30).unlocks().works(31).says(Finished())

    assert day.told() is Told.WALKED
    assert day.count == minutes(1)
    assert day.spent(Posture.MOVING) == minutes(10)


@pytest.mark.parametrize("since", [0.5, 5.0])
def test_done_with_nothing_to_end_says_so(since: float) -> None:
    day = Workday().works(20).locks().rests(20 + since).unlocks().works(30).says(Finished())

    assert day.told() is Told.NOTHING_TO_END


def test_done_while_nothing_is_tracked_moves_nobody() -> None:
    day = Workday().works(20).says(TrackingStopped()).says(Started("walk-break")).rests(25).says(Finished())

    assert day.told() is Told.DONE
    assert day.spent(Posture.MOVING) == minutes(0)


def test_the_question_whether_one_still_stands_can_be_left_out() -> None:
    day = Workday(replace(Rules(), still_standing_after=None)).works(10).says(StoodUp()).works(200)

    assert day.spent(Posture.STANDING) == minutes(190)


def test_a_standing_reminder_that_nobody_took_is_said_to_be_undelivered() -> None:
    day = Workday().loses_its_server().works(10).says(StoodUp()).works(42)

    day.saw("10:00 break stood", "40:00 standing 1", "40:00 undelivered")


def test_a_walk_while_the_sensor_was_lost_can_be_booked_and_taken_back() -> None:
    day = Workday().works(20).senses(blind=True).rests(40).senses(blind=False).works(41)
    day.says(Finished())

    assert day.told() is Told.WALKED
    assert day.spent(Posture.MOVING) == minutes(20)
    day.says(Undid())

    assert day.spent(Posture.UNKNOWN) == minutes(20)
    day.breaks()
