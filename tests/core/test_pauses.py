"""Tracking off and on: rules.md section 5."""

from deskbreak.core.commands import Told
from deskbreak.core.events import (
    Paused,
    Resumed,
    TomorrowCame,
    TrackingStopped,
    Until,
)
from deskbreak.core.postures import Posture
from tests.workday import Workday, minutes


def test_track_off_makes_time_unknown_and_freezes_the_count() -> None:
    day = Workday().works(20).says(TrackingStopped())

    assert day.told() is Told.TRACKING_OFF
    day.works(120)

    seen = day.view()
    assert (seen.posture, seen.count, seen.tracking) == (Posture.UNKNOWN, minutes(20), False)
    assert seen.tracking_until is Until.INDEFINITELY
    day.says(Resumed())

    assert day.told() is Told.RESUMED
    day.works(125)

    assert day.count == minutes(25)
    assert day.spent(Posture.UNKNOWN) == minutes(100)
    day.saw()


def test_track_off_takes_an_open_reminder_away() -> None:
    day = Workday().works(34).says(TrackingStopped())

    day.saw("33:00 reminder 1", "34:00 held")


def test_track_off_ends_by_its_timer_and_nobody_has_been_seen() -> None:
    day = Workday().works(20).says(TrackingStopped(minutes(30))).rests(50)

    assert day.view().tracking
    assert day.posture() is Posture.AWAY
    day.rests(60).works(70)

    assert day.spent(Posture.UNKNOWN) == minutes(30)
    assert day.spent(Posture.AWAY) == minutes(10)


def test_track_off_until_tomorrow_ends_when_tomorrow_comes() -> None:
    day = Workday().works(20).says(TrackingStopped(Until.TOMORROW)).rests(900).look(TomorrowCame())

    assert day.view().tracking


def test_a_later_track_off_changes_the_end_and_not_the_beginning() -> None:
    day = Workday().works(20).says(TrackingStopped()).works(25).says(TrackingStopped(minutes(5))).works(40)

    assert day.spent(Posture.UNKNOWN) == minutes(10)


def test_a_lock_and_a_lost_sensor_outlast_track_off() -> None:
    day = Workday().works(20).says(TrackingStopped(minutes(10)))
    day.locks().senses(blind=True).rests(40)

    assert day.posture() is Posture.AWAY
    day.senses(blind=False).unlocks().works(50)

    assert day.spent(Posture.SITTING) == minutes(30)


def test_tracking_can_be_stopped_before_anybody_was_seen() -> None:
    day = Workday().rests(5).says(TrackingStopped()).rests(20).says(Resumed()).works(30)

    assert day.count == minutes(10)


def test_resume_ends_a_pause_and_says_when_there_is_none() -> None:
    day = Workday().works(10).says(Paused(Until.INDEFINITELY)).works(20).says(Resumed())

    assert day.told() is Told.RESUMED
    day.says(Resumed())

    assert day.told() is Told.NOTHING_TO_RESUME


def test_a_silent_sleep_is_noticed_also_after_one_while_tracking_was_off() -> None:
    day = Workday().works(10).says(TrackingStopped()).closes_the_lid().rests(20).opens_the_lid()
    day.rests(21).says(Resumed()).works(22)
    day.closes_the_lid(signal=False).rests(24).opens_the_lid(signal=False).rests(25)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(11)
