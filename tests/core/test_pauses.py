"""Tracking off and on, undo, restarts, clocks: rules.md sections 2, 3, 5 and 6."""

from zoneinfo import ZoneInfo

import pytest

from deskbreak.core.commands import Told
from deskbreak.core.events import (
    Delivered,
    Event,
    Finished,
    Hold,
    Offered,
    Paused,
    Resumed,
    SaidHere,
    Sensed,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TomorrowCame,
    TrackingStopped,
    Undelivered,
    Undid,
    Until,
)
from deskbreak.core.machine import step
from deskbreak.core.postures import How, Posture
from deskbreak.core.state import fresh
from tests.workday import IN_THE_CHAIR, Workday, minutes, seconds


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


COMMANDS: tuple[Event, ...] = (
    StoodUp(),
    SaidHere(),
    Started(),
    Started("walk-break"),
    Started(IN_THE_CHAIR),
    Snoozed(),
    Skipped(),
    Paused(minutes(60)),
    TrackingStopped(),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_undo_takes_the_last_command_back_with_all_it_did(command: Event) -> None:
    day = Workday().works(34)
    twin = Workday().works(34)
    day.says(command).works(34.5)

    assert day.view().undoable is not None
    day.says(Undid())

    assert day.told() is Told.UNDONE
    for one in (day, twin):
        one.works(60)
    assert (day.count, day.posture()) == (twin.count, twin.posture())
    assert [day.spent(posture) for posture in Posture] == [twin.spent(posture) for posture in Posture]
    assert day.log.breaks == twin.log.breaks
    assert [(p.level, p.outcome) for p in day.log.prompts.values()] == [
        (p.level, p.outcome) for p in twin.log.prompts.values()
    ]
    assert len(day.on_screen) == len(twin.on_screen) == 1


def test_undo_of_a_walk_makes_it_the_absence_it_was() -> None:
    day = Workday().works(20).locks().rests(30).unlocks().works(31).says(Finished()).says(Undid()).works(40)

    day.breaks("20:00 away 10:00")
    assert day.spent(Posture.AWAY) == minutes(10)
    assert day.count == minutes(10)


def test_undo_of_an_exercise_that_was_done_makes_the_absence_one_again() -> None:
    day = Workday().works(20).says(Started("walk-break")).rests(25).works(26).says(Finished())
    day.says(Undid()).works(30)

    day.breaks("20:00 away 5:00")
    assert day.log.exercises == []
    assert day.view().exercise == "walk-break"


def test_undo_is_for_a_minute_and_for_once() -> None:
    day = Workday().works(10).says(StoodUp()).works(11.1).says(Undid())

    assert day.told() is Told.NOTHING_TO_UNDO
    assert day.posture() is Posture.STANDING
    day.says(Snoozed()).says(Undid()).says(Undid())

    assert day.told() is Told.NOTHING_TO_UNDO


def test_a_reminder_that_fell_due_under_a_pause_undone_comes_after_all() -> None:
    day = Workday().works(29.5).says(Paused(minutes(60))).rests(30.2).says(Undid()).rests(31)

    assert [p.kind.value for p in day.prompts] == ["reminder"]
    assert day.view().open is not None


def test_a_reminder_withdrawn_by_the_command_is_shown_again() -> None:
    day = Workday().works(34).says(Snoozed()).works(34.2).says(Undid()).works(35)

    assert day.on_screen == {1}
    assert day.log.prompts[1].outcome is None


def test_undo_shows_nothing_that_had_been_withdrawn_before() -> None:
    day = Workday().works(34).is_shown(Hold.DND).says(Snoozed()).says(Undid()).works(35)

    assert day.on_screen == set()
    assert day.log.prompts[1].outcome is None


def test_a_restart_remembers_all_that_was() -> None:
    day = Workday().works(25).says(Paused(minutes(60))).quits().rests(26).starts_again().works(30)

    assert day.count == minutes(30)
    assert day.view().paused_until is not None
    day.booked("0:00 - 25:00 sitting input", "25:00 - 26:00 sitting gap", "26:00 - 30:00 sitting input")


def test_a_reminder_given_is_not_given_again_after_a_restart() -> None:
    day = Workday().works(34).is_killed().rests(35).starts_again().works(40)

    day.saw("33:00 reminder 1")
    assert day.view().open is not None


def test_after_a_kill_at_most_a_heartbeat_is_lost() -> None:
    day = Workday().works(20.9).is_killed().rests(60).starts_again().works(70)

    assert minutes(29) <= day.spent(Posture.SITTING) <= minutes(31)


def test_down_time_longer_than_away_after_is_unknown_and_resets_without_a_break() -> None:
    day = Workday().works(20).quits().rests(40).starts_again().works(50)

    assert day.count == minutes(10)
    assert day.spent(Posture.UNKNOWN) == minutes(20)
    day.breaks()


def test_down_time_across_a_reboot_is_away() -> None:
    day = Workday().works(20).quits().rests(40).starts_again(rebooted=True).rests(40.1).works(50)

    assert day.log.rows[1].posture is Posture.AWAY
    assert day.log.rows[1].how is How.GAP
    assert len(day.log.breaks) == 1


def test_standing_and_reading_mode_survive_a_restart() -> None:
    day = Workday().works(20).says(StoodUp()).says(SaidHere()).quits().rests(21).starts_again().rests(40)

    assert day.posture() is Posture.STANDING
    assert day.view().reading_until is Until.INDEFINITELY


def test_evidence_ends_with_the_program() -> None:
    day = Workday().works(20).senses(call=True).rests(22).quits().rests(23)
    day.senses(call=False).starts_again().rests(40)

    assert day.posture() is Posture.AWAY


@pytest.mark.parametrize("until", [minutes(10), Until.INDEFINITELY, Until.TOMORROW])
def test_track_off_survives_a_restart(until: "Until") -> None:
    day = Workday().works(20).says(TrackingStopped(until)).rests(22).quits().rests(50).starts_again()

    assert day.view().tracking is not isinstance(until, Until)
    day.says(Resumed()).works(60)

    assert day.count >= minutes(10)
    assert day.spent(Posture.SITTING) == minutes(30)


def test_a_clock_set_back_changes_no_duration_and_cuts_the_row() -> None:
    day = Workday().works(10).sets_the_clock(minutes(-120)).works(20).rests(22)

    assert day.spent(Posture.SITTING) == minutes(20) + minutes(2)
    assert [row.length for row in day.log.rows] == [minutes(10), minutes(10)]
    assert day.log.rows[1].start_at < day.log.rows[0].start_at


def test_a_journey_to_another_zone_cuts_the_row_and_books_the_new_day() -> None:
    day = Workday().works(10).travels(ZoneInfo("Pacific/Kiritimati")).works(20).rests(22)

    assert [row.length for row in day.log.rows] == [minutes(10), minutes(10)]
    assert (day.log.rows[1].day - day.log.rows[0].day).days == 0
    assert day.log.rows[1].offset == minutes(14 * 60)


def test_a_clock_step_fires_nothing_and_silences_nothing() -> None:
    Workday().works(10).sets_the_clock(minutes(600)).works(35).saw("33:00 reminder 1")


def test_the_slewed_clock_is_no_step() -> None:
    day = Workday().works(10).sets_the_clock(seconds(0.4)).works(20).rests(22)

    assert len(day.log.rows) == 1


def test_news_of_a_prompt_that_is_gone_changes_nothing() -> None:
    day = Workday().works(34).says(Skipped())
    before = day.state
    stale = Offered(99, "walk-break", 1, minutes(1), False, False)
    for news in (Undelivered(99), Delivered(99), stale):
        day.state, commands = step(day.state, (news,), day.now(), day.rules)

        assert commands == ()
    assert day.state.spell == before.spell
    assert day.state.open is None


def test_the_view_of_a_machine_never_used() -> None:
    day = Workday()

    assert day.state.proof_at is None
    assert day.view().posture is Posture.AWAY
    assert fresh(day.now()).settled_at == day.elapsed


def test_a_hold_that_was_on_before_a_restart_is_looked_for_again() -> None:
    day = Workday().works(20).is_shown(Hold.DND).works(25).is_killed()
    day.reading = Sensed(day.reading).reading
    day.works(26).starts_again().works(40)

    assert day.view().hold is Hold.DND
    assert [p.kind.value for p in day.prompts] == []
