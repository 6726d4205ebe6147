"""Lone inputs, evidence, reading mode and lost sensors: rules.md section 3, told as days."""

from dataclasses import replace

from deskbreak.core.events import Finished, Reading, SaidHere, Sensed, Started
from deskbreak.core.postures import Posture
from deskbreak.core.rules import Rules
from tests.workday import Workday, minutes


def test_a_bumped_mouse_is_worth_nothing_and_divides_no_absence() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(31)

    assert day.posture() is Posture.SITTING
    day.rests(36)

    assert day.posture() is Posture.AWAY
    day.works(45)

    day.breaks("10:00 away 26:00")
    assert day.spent(Posture.SITTING) == minutes(19)


def test_two_bumps_far_apart_are_two_bumps() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(37).bumps_the_mouse().rests(60)

    day.saw("15:00 break away")
    assert day.spent(Posture.SITTING) == minutes(10)
    assert day.spent(Posture.AWAY) == minutes(50)


def test_a_second_proof_makes_the_first_one_the_return() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(34).works(40)

    assert day.count == minutes(10)
    day.breaks("10:00 away 20:00")


def test_the_first_proof_of_all_may_be_a_bumped_mouse() -> None:
    day = Workday().rests(10).bumps_the_mouse().rests(20)

    assert day.posture() is Posture.AWAY
    day.works(30).rests(31)

    day.booked("20:00 - 30:00 sitting input")


def test_a_call_carries_presence_along() -> None:
    day = Workday().works(10).senses(call=True).rests(40)

    assert day.posture() is Posture.SITTING
    day.senses(call=False).works(50)

    assert day.spent(Posture.SITTING) == minutes(50)
    day.booked("0:00 - 10:00 sitting input", "10:00 - 40:00 sitting call", "40:00 - 50:00 sitting input")


def test_away_begins_at_the_end_of_the_call_and_not_at_the_last_proof() -> None:
    day = Workday().works(10).senses(call=True).rests(40).senses(call=False).rests(50).works(60)

    day.breaks("40:00 away 10:00")
    assert day.spent(Posture.SITTING) == minutes(50)


def test_evidence_carries_for_two_hours_at_most() -> None:
    day = Workday().works(10).senses(media=True).rests(200)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(130)
    day.breaks("130:00 away 5:00")


def test_evidence_that_begins_after_the_person_has_gone_carries_nobody() -> None:
    day = Workday().works(10).rests(16).senses(media=True).rests(40)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(10)


def test_one_evidence_hands_over_to_another() -> None:
    day = Workday().works(10).senses(call=True).rests(30).senses(call=False, media=True).rests(50)

    assert day.posture() is Posture.SITTING
    day.senses(media=False).works(60)

    assert [row.how.value for row in day.log.rows] == ["input", "call", "media", "input"]


def test_a_lock_is_surer_than_a_call() -> None:
    day = Workday().works(10).senses(call=True).rests(12).locks().rests(30)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(12)


def test_reading_mode_makes_quiet_no_absence() -> None:
    day = Workday().works(10).says(SaidHere(minutes(60))).rests(69)

    assert day.posture() is Posture.SITTING
    assert day.view().reading_until is not None
    day.rests(76)

    assert day.posture() is Posture.AWAY
    assert day.view().reading_until is None
    assert day.spent(Posture.SITTING) == minutes(70)


def test_reading_mode_without_an_end_lasts_until_the_lock() -> None:
    day = Workday().works(10).says(SaidHere()).rests(400)

    assert day.posture() is Posture.SITTING
    day.locks().rests(405)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(400)
    assert day.unlocks().works(406).view().reading_until is None


def test_a_later_reading_mode_replaces_an_earlier() -> None:
    day = Workday().works(10).says(SaidHere(minutes(60))).says(SaidHere(minutes(5))).rests(21)

    assert day.posture() is Posture.AWAY


def test_a_reading_that_cannot_be_used_has_no_effect() -> None:
    day = Workday().works(10).rests(12).look(Sensed(Reading(idle=None))).rests(20)

    day.saw("15:00 break away")
    assert day.spent(Posture.SITTING) == minutes(10)


def test_a_lost_sensor_is_bridged_when_it_is_back_in_time() -> None:
    day = Workday().works(10).senses(blind=True).rests(14).senses(blind=False).works(20)

    assert day.count == minutes(20)
    day.rests(22).breaks()
    day.booked(
        "0:00 - 10:00 sitting input",
        "10:00 - 14:00 sitting gap",
        "14:00 - 20:00 sitting input",
    )


def test_a_sensor_that_stays_lost_makes_the_time_unknown() -> None:
    day = Workday().works(10).senses(blind=True).rests(30)

    assert day.posture() is Posture.UNKNOWN
    assert day.view().blind
    day.senses(blind=False).works(40)

    assert day.count == minutes(10)
    assert day.spent(Posture.UNKNOWN) == minutes(20)
    assert day.spent(Posture.SITTING) == minutes(20)
    # A break is what was seen to be one.
    day.breaks()


def test_an_absence_half_seen_is_a_break_once_enough_of_it_was_seen() -> None:
    day = Workday().works(10).senses(blind=True).rests(20).senses(blind=False).rests(21.9)

    day.breaks()
    day.rests(22)

    day.saw("22:00 break away")
    day.works(30)

    day.breaks("10:00 away 12:00")


def test_a_lock_is_seen_while_the_sensor_is_lost() -> None:
    day = Workday().works(10).senses(blind=True).rests(12).locks().rests(20).senses(blind=False)
    day.rests(21).unlocks().works(30)

    assert day.spent(Posture.AWAY) == minutes(9)
    assert day.spent(Posture.UNKNOWN) == minutes(2)


def test_a_change_of_break_min_applies_to_the_absence_in_progress() -> None:
    day = Workday(replace(Rules(), break_min=minutes(10))).works(10).rests(17)

    day.breaks()
    day.sets(Rules()).rests(18)

    day.breaks("10:00 away 7:00")


def test_many_events_of_one_bump_are_one_input() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(30.01)
    day.look(Sensed(Reading(idle=minutes(0)))).rests(40)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(10)


def test_a_restart_behind_the_lock_goes_on_being_locked() -> None:
    day = Workday().works(10).locks().rests(12).quits().rests(14).starts_again().rests(30)

    assert day.posture() is Posture.AWAY
    day.unlocks().works(40)

    assert day.count == minutes(10)
    assert day.spent(Posture.SITTING) == minutes(20)


def test_reading_mode_outlasts_an_exercise() -> None:
    day = Workday().works(10).says(SaidHere()).rests(30).says(Started("hip-hinge")).rests(31).says(Finished())
    day.rests(60)

    assert day.posture() is Posture.SITTING
    assert day.count == minutes(29)
    day.locks().unlocks().rests(70)

    assert day.posture() is Posture.AWAY


def test_a_sensor_lost_before_an_exercise_is_lost_after_it() -> None:
    day = Workday().works(10).senses(blind=True).says(Started("hip-hinge")).rests(11).says(Finished())
    day.rests(60).senses(blind=False).works(61)

    assert day.spent(Posture.MOVING) == minutes(1)
    assert day.spent(Posture.UNKNOWN) == minutes(49)
    assert day.spent(Posture.AWAY) == minutes(0)


def test_a_bump_before_the_night_does_not_come_back_with_the_morning() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(30.2).locks()
    day.closes_the_lid(signal=False).rests(600).opens_the_lid(signal=False).unlocks().works(610)

    assert day.spent(Posture.SITTING) == minutes(20)
    day.breaks("10:00 away 590:00")
