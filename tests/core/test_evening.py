"""The day in one sentence: when the work is over, when it is shown, and that it is shown once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskbreak.core.commands import Outcome, PromptKind, Rule, Urgency
from deskbreak.core.evening import end_of
from deskbreak.core.events import (
    EveningCame,
    Hold,
    HoursEnded,
    Paused,
    Snoozed,
    Started,
    StoodUp,
    Summed,
    TrackingStopped,
    Undid,
)
from deskbreak.core.hours import Week
from deskbreak.core.rules import Rules
from tests.workday import Workday, minutes

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2025, 6, 2)
OFFICE = Week(tuple([((time(9), time(12, 30)), (time(13, 30), time(17)))] * 5 + [()] * 2))
NIGHTS = Week(tuple([((time(22), time(6)),)] * 7))
HALF_AN_HOUR, FOUR_HOURS = minutes(30), minutes(240)
CALM = replace(Rules(), sit_limit=minutes(240))


def ends(week: Week, day: date = MONDAY, day_start: time = time(4)) -> tuple[str, timedelta] | None:
    end = end_of(week, day, day_start, BERLIN)
    return None if end is None else (f"{end[0].astimezone(BERLIN):%d %H:%M}", end[1].least)


def evening(day: Workday, least: timedelta = HALF_AN_HOUR) -> Workday:
    today = (day.now().wall - timedelta(hours=4)).date()
    return day.look(EveningCame(today, least))


def summaries(day: Workday) -> list[Summed | None]:
    return [prompt.summed for prompt in day.prompts if prompt.kind is PromptKind.EVENING]


# When the work is over.


def test_with_hours_it_is_over_at_the_end_of_the_last_of_the_day() -> None:
    assert ends(OFFICE) == ("02 17:00", HALF_AN_HOUR)


def test_nobody_works_on_a_day_without_hours_or_a_day_off() -> None:
    assert ends(OFFICE, date(2025, 6, 7)) is None
    assert ends(replace(OFFICE, days_off=frozenset({MONDAY}))) is None
    assert ends(Week(days_off=frozenset({MONDAY}))) is None


def test_without_hours_it_is_over_at_six_in_the_evening_after_four_hours_of_work() -> None:
    assert ends(Week()) == ("02 18:00", FOUR_HOURS)
    assert ends(Week(), day_start=time(20)) == ("03 18:00", FOUR_HOURS)


def test_a_night_shift_is_summed_up_before_its_day_is_over() -> None:
    assert ends(NIGHTS) == ("03 03:59", HALF_AN_HOUR)


def test_the_end_is_a_moment_and_the_word_for_it() -> None:
    assert end_of(OFFICE, MONDAY, time(4), BERLIN) == (
        datetime(2025, 6, 2, 15, tzinfo=UTC),
        EveningCame(MONDAY, HALF_AN_HOUR),
    )


# When it is shown.


def test_the_day_is_summed_up_quietly_and_booked() -> None:
    day = evening(Workday(CALM).works(60).locks().rests(70).unlocks().works(100))

    (prompt,) = day.prompts
    assert prompt.summed == Summed(MONDAY, minutes(90), minutes(90), 1, minutes(60))
    assert (prompt.urgency, prompt.buttons) == (Urgency.LOW, ())
    row = day.log.prompts[prompt.number]
    assert (row.kind, row.outcome) == (PromptKind.EVENING, None)
    assert row.decision is not None
    assert (row.decision.rule, row.decision.count) == (Rule.EVENING, minutes(30))


def test_it_comes_once_a_day_whatever_the_calendar_says() -> None:
    day = evening(Workday(CALM).works(60))
    evening(day).works(70)
    evening(day)

    assert len(summaries(day)) == 1
    day.rests(24 * 60).works(25 * 60)
    evening(day)

    assert len(summaries(day)) == 2


def test_it_survives_a_restart_and_is_not_shown_again() -> None:
    day = evening(Workday(CALM).works(60)).works(61).is_killed().rests(62).starts_again().works(63)
    evening(day)

    assert len(summaries(day)) == 1


def test_what_was_due_when_the_program_ended_is_shown_after_its_start() -> None:
    day = evening(Workday(CALM).works(60).is_shown(Hold.CALL)).quits().rests(62).starts_again().works(64)
    day.is_shown().works(65)

    assert len(summaries(day)) == 1


def test_who_is_away_gets_it_on_their_return_beyond_doubt() -> None:
    day = evening(Workday(CALM).works(60).rests(70)).rests(130).bumps_the_mouse().rests(130.1)
    assert summaries(day) == []

    day.works(131)

    assert len(summaries(day)) == 1


def test_a_key_or_two_on_the_way_past_the_desk_do_not_bring_it() -> None:
    day = evening(Workday(CALM).works(60).rests(70)).rests(130).works(130.05)
    assert summaries(day.rests(132)) == []

    day.works(132.2)

    assert len(summaries(day)) == 1


def test_who_does_not_come_back_that_day_gets_none() -> None:
    day = evening(Workday(CALM).works(60).locks().rests(70)).rests(20 * 60).unlocks().works(20 * 60 + 5)

    assert summaries(day) == []
    assert day.state.evening is None


def test_what_the_calendar_says_of_another_day_is_too_late() -> None:
    day = Workday(CALM).works(60).look(EveningCame(MONDAY - timedelta(days=1), HALF_AN_HOUR)).works(70)

    assert summaries(day) == []


@pytest.mark.parametrize("hold", [Hold.CALL, Hold.FULLSCREEN, Hold.SHARING, Hold.DND])
def test_it_is_held_as_reminders_are(hold: Hold) -> None:
    day = evening(Workday(CALM).works(60).is_shown(hold)).works(65)
    assert summaries(day) == []

    day.is_shown().works(66)

    assert len(summaries(day)) == 1


def test_a_pause_holds_it_too() -> None:
    day = evening(Workday(CALM).works(60).says(Paused(minutes(20)))).works(79)
    assert summaries(day) == []

    assert len(summaries(day.works(82))) == 1


def test_the_end_of_the_hours_does_not_hold_it() -> None:
    assert len(summaries(evening(Workday(CALM).works(60).look(HoursEnded())))) == 1


def test_while_nothing_is_tracked_nothing_is_summed_up() -> None:
    assert summaries(evening(Workday(CALM).works(60).says(TrackingStopped())).rests(70)) == []


def test_it_covers_no_reminder_that_may_still_be_read() -> None:
    day = evening(Workday().works(33.1))
    assert day.on_screen == {1}

    day.works(34.2)

    assert len(summaries(day)) == 1


def test_it_waits_for_a_reminder_that_stays_until_it_is_answered() -> None:
    day = evening(Workday().works(63.5))
    assert day.prompts[-1].urgency is Urgency.CRITICAL

    assert summaries(day.works(70)) == []
    assert len(summaries(day.says(Snoozed()).works(71))) == 1


def test_it_waits_for_a_question_to_be_read_and_for_an_exercise_to_end() -> None:
    asked = evening(Workday(CALM).works(60).rests(70).works(70.5))
    assert asked.view().question is not None
    assert summaries(asked) == []
    assert len(summaries(asked.works(72))) == 1

    busy = evening(Workday(CALM).works(60).says(Started("walk-break")))
    assert summaries(busy) == []


def test_who_worked_too_little_gets_it_as_soon_as_it_was_enough() -> None:
    day = evening(Workday(CALM).works(200), FOUR_HOURS)
    assert summaries(day) == []

    day.works(239)
    assert summaries(day) == []

    day.says(StoodUp()).works(242)
    (summed,) = summaries(day)
    assert summed is not None
    assert summed.worked >= FOUR_HOURS > summed.sitting


def test_who_wants_none_gets_none() -> None:
    assert summaries(evening(Workday(replace(CALM, sums_up=False)).works(60)).works(70)) == []


def test_a_summary_that_nobody_asked_for_is_not_shown() -> None:
    day = Workday(CALM).works(60)

    assert summaries(day.look(Summed(MONDAY, minutes(60), minutes(60), 0, minutes(60)))) == []


def test_a_day_that_is_added_up_twice_is_shown_once() -> None:
    day = evening(Workday(CALM).works(60))

    day.look(Summed(MONDAY, minutes(60), minutes(60), 0, minutes(60)))

    assert len(summaries(day)) == len(day.log.prompts) == 1


# What no desktop takes.


def test_what_no_server_took_is_shown_by_the_next_one() -> None:
    day = evening(Workday(CALM).works(60).loses_its_server())
    (row,) = day.log.prompts.values()
    assert row.outcome is Outcome.UNDELIVERED

    evening(day.works(70))
    assert len(summaries(day)) == 1
    day.finds_a_server().works(71)

    assert len(summaries(day)) == 2
    assert len(summaries(day.finds_a_server().works(72))) == 2


def test_a_reminder_that_no_server_took_is_no_summary() -> None:
    day = Workday().loses_its_server().works(34)

    assert day.state.evening is None
    assert evening(day).state.evening is not None


def test_undo_of_a_command_before_it_does_not_bring_it_again() -> None:
    day = evening(Workday(CALM).works(60).says(StoodUp()).works(60.2)).works(60.3).says(Undid()).works(63)

    assert len(summaries(day)) == 1
