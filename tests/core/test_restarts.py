"""Restarts and clocks: rules.md sections 2 and 3."""

from zoneinfo import ZoneInfo

import pytest

from deskbreak.core.events import (
    Delivered,
    Hold,
    Offered,
    Paused,
    Resumed,
    SaidHere,
    Sensed,
    Skipped,
    StoodUp,
    TrackingStopped,
    Undelivered,
    Until,
)
from deskbreak.core.machine import step
from deskbreak.core.postures import How, Posture
from deskbreak.core.state import fresh
from tests.workday import Workday, minutes, seconds


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
