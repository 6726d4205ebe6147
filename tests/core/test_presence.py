"""Present or away by input, lock and sleep: rules.md section 3, told as days."""

from dataclasses import replace

import pytest

from deskbreak.core.postures import How, Posture
from deskbreak.core.rules import Rules
from tests.workday import Workday, minutes


def test_a_bump_before_a_sleep_and_one_after_it_are_two_bumps() -> None:
    day = Workday().works(10).rests(30).bumps_the_mouse().closes_the_lid(signal=False).rests(40)

    day.opens_the_lid(signal=False).works(40.05).rests(50)

    assert day.spent(Posture.SITTING) == minutes(10)


def test_a_bumped_mouse_between_two_sleeps_is_no_sitting_in_the_second() -> None:
    day = Workday().closes_the_lid(signal=False).rests(0.5).opens_the_lid(signal=False).bumps_the_mouse()

    day.closes_the_lid(signal=False).rests(1).opens_the_lid(signal=False)

    assert day.spent(Posture.SITTING) == minutes(0)


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


def test_a_silent_sleep_is_noticed_also_after_one_that_was_told() -> None:
    day = Workday().closes_the_lid().rests(0.1).opens_the_lid().rests(0.2).works(1)
    day.closes_the_lid(signal=False).rests(30).opens_the_lid(signal=False).rests(31)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(0.8)
