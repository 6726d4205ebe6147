"""Present, away, unknown: rules.md section 3, told as days."""

from dataclasses import replace

import pytest

from deskbreak.core.events import Reading, SaidHere, Sensed
from deskbreak.core.postures import How, Posture
from deskbreak.core.rules import Rules
from tests.workday import Workday, minutes


def test_nothing_is_booked_before_anybody_was_seen() -> None:
    day = Workday().rests(60)

    assert day.posture() is Posture.AWAY
    day.works(70).rests(80)

    day.booked("60:00 - 70:00 sitting input")


@pytest.mark.parametrize("short", [1.0, 4.0, 4.2, 4.5, 4.9, 4.99])
def test_short_idle_is_sitting_to_the_second(short: float) -> None:
    day = Workday().works(10).rests(10 + short).works(20)

    assert day.count == minutes(20)
    day.breaks()


@pytest.mark.parametrize("away_after", [0.1, 1.0, 2.0, 15.0])
def test_any_limit_of_quiet_is_kept_to_the_second(away_after: float) -> None:
    rules = replace(Rules(), away_after=minutes(away_after), break_min=minutes(0.05))
    day = Workday(rules).works(10).rests(10 + 0.98 * away_after).works(30)

    assert day.count == minutes(30)
    day.rests(30 + away_after)

    assert day.posture() is Posture.AWAY


def test_quiet_for_away_after_was_an_absence_from_the_last_proof_on() -> None:
    day = Workday().works(10).rests(14.9)

    assert day.posture() is Posture.SITTING
    assert day.count == minutes(14.9)
    day.rests(15)

    assert day.posture() is Posture.AWAY
    assert day.count == minutes(0)
    assert day.spent(Posture.SITTING) == minutes(10)
    day.saw("15:00 break away")


def test_quiet_time_is_marked_as_not_yet_sure() -> None:
    day = Workday().works(10)

    assert day.view().sure
    day.rests(11.5)

    assert not day.view().sure
    day.rests(15)

    assert day.view().sure


def test_an_absence_is_booked_whole_when_the_person_is_back() -> None:
    day = Workday().works(10).rests(30).works(40).rests(50)

    day.booked("0:00 - 10:00 sitting input", "10:00 - 30:00 away idle", "30:00 - 40:00 sitting input")
    day.breaks("10:00 away 20:00", "40:00 away 5:00")


def test_an_absence_shorter_than_break_min_keeps_the_count() -> None:
    day = Workday().works(10).locks().rests(11.5).unlocks().works(20)

    assert day.count == minutes(18.5)
    day.rests(22).breaks()
    day.booked("0:00 - 10:00 sitting input", "10:00 - 11:30 away lock", "11:30 - 20:00 sitting input")


def test_an_absence_of_break_min_is_a_break_at_that_moment() -> None:
    day = Workday().works(10).locks().rests(11.9)

    day.breaks()
    day.rests(12)

    day.saw("12:00 break away")


def test_locked_is_away_from_the_lock_on() -> None:
    day = Workday().works(10).rests(13).locks().rests(14)

    assert day.posture() is Posture.AWAY
    assert day.view().count == minutes(13)


def test_after_away_after_a_lock_is_away_since_the_last_proof() -> None:
    day = Workday().works(10).rests(13).locks().rests(20).unlocks().works(25)

    day.breaks("10:00 away 10:00")
    assert day.spent(Posture.SITTING) == minutes(15)


def test_a_lock_that_comes_after_idling_is_away_since_the_last_proof() -> None:
    day = Workday().works(10).rests(17).locks().rests(20).unlocks().works(21)

    day.breaks("10:00 away 10:00")
    assert day.spent(Posture.SITTING) == minutes(11)


def test_typing_at_the_lock_screen_proves_nothing() -> None:
    day = Workday().works(10).locks().works(15)

    assert day.posture() is Posture.AWAY
    day.works(16).unlocks().rests(16.5)

    assert day.posture() is Posture.SITTING
    assert day.count == minutes(0.5)


def test_an_unlock_alone_is_a_return() -> None:
    day = Workday().works(29).locks().rests(40).unlocks().rests(44.9)

    assert day.posture() is Posture.SITTING
    assert day.count == minutes(4.9)


def test_a_program_started_behind_the_lock_screen_waits_for_the_unlock() -> None:
    day = Workday()
    day.locks().works(10)

    assert day.posture() is Posture.AWAY
    day.unlocks().works(20)

    assert day.count == minutes(10)


@pytest.mark.parametrize("signal", [True, False])
def test_a_sleeping_machine_has_nobody_at_it(signal: bool) -> None:
    day = Workday().works(20)
    day.closes_the_lid(signal).rests(500).opens_the_lid(signal).rests(510)

    assert day.posture() is Posture.AWAY
    day.works(520)

    assert day.count == minutes(10)
    assert day.spent(Posture.SITTING) == minutes(30)
    day.breaks("20:00 away 490:00")


def test_waking_up_is_not_coming_back() -> None:
    day = Workday().works(20).closes_the_lid().rests(21).opens_the_lid().rests(22.5)

    assert day.posture() is Posture.AWAY
    day.breaks("20:00 away 2:00")


def test_a_nap_shorter_than_break_min_keeps_the_count() -> None:
    day = Workday().works(20).closes_the_lid().rests(21).opens_the_lid().rests(21.5).works(30)

    assert day.count == minutes(28.5)
    day.breaks()


def test_a_wake_signal_that_was_lost_is_made_up_for_by_the_next_reading() -> None:
    day = Workday().works(20).closes_the_lid().rests(60).opens_the_lid(signal=False)
    day.senses(asleep=False).rests(61).works(70)

    assert day.count == minutes(9)
    day.breaks("20:00 away 41:00")


def test_input_between_the_last_look_and_an_unsignalled_sleep_counts() -> None:
    day = Workday().works(20).rests(20.2).closes_the_lid(signal=False).rests(60).opens_the_lid(signal=False)
    day.rests(63).works(70)

    day.breaks("20:00 away 43:00")


def test_a_silence_longer_than_the_program_allows_itself_is_a_sleep() -> None:
    day = Workday().works(20).rests(20.5).hangs(23).rests(23.5)

    assert day.posture() is Posture.AWAY
    day.works(30)

    assert day.count == minutes(6.5)
    assert day.log.rows[1].how is How.SUSPEND


def test_an_inactive_session_is_a_sleeping_machine() -> None:
    day = Workday().works(20).senses(asleep=True).rests(30)

    assert day.posture() is Posture.AWAY
    day.senses(asleep=False).works(40)

    day.breaks("20:00 away 10:00")
    assert "suspend" in day.log.rows[1].how.value


def test_locked_asleep_and_awake_again_is_one_absence() -> None:
    day = Workday().works(10).locks().rests(11).closes_the_lid().rests(50).opens_the_lid().rests(51)
    day.unlocks().works(60)

    day.breaks("10:00 away 41:00")
    assert day.count == minutes(9)


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


def test_a_bump_before_the_night_does_not_come_back_with_the_morning() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().rests(30.2).locks()
    day.closes_the_lid(signal=False).rests(600).opens_the_lid(signal=False).unlocks().works(610)

    assert day.spent(Posture.SITTING) == minutes(20)
    day.breaks("10:00 away 590:00")
