"""When the day is summed up: by the settings, by the days in the log, and once a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from deskbreak.core.events import EveningCame
from deskbreak.core.postures import BreakKind, Posture, Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.state import Evening as Came
from deskbreak.core.state import State, fresh
from deskbreak.daemon.cards import card
from deskbreak.daemon.evenings import appointment, summed
from deskbreak.ports import DayTotals
from deskbreak.settings import Evening, Settings
from tests.daemon.test_companion import MINUTE, Stage
from tests.words.moments import summary

MONDAY = date(2025, 6, 2)
OFFICE = Settings(hours=tuple([((time(9), time(17)),)] * 5 + [()] * 2), evening_summary=Evening.ON)


def noon(day: date = MONDAY) -> Stamp:
    return Stamp(timedelta(1), timedelta(1), datetime(day.year, day.month, day.day, 12, tzinfo=UTC), UTC)


def next_summary(settings: Settings, state: State | None = None, days: int = 9, on: date = MONDAY) -> str:
    """When it comes, and after how many hours of work."""
    now = noon(on)
    found = appointment(settings, state or fresh(now), now, lambda _day, at_most: min(days, at_most))
    if not found:
        return "never"
    at, event = found["evening"]
    assert isinstance(event, EveningCame)
    return f"{at:%a %H:%M} {event.least / timedelta(hours=1):g} h"


def test_it_comes_at_the_end_of_the_hours_or_at_six_in_the_evening() -> None:
    assert next_summary(OFFICE) == "Mon 17:00 0.5 h"
    assert next_summary(replace(OFFICE, hours=())) == "Mon 18:00 4 h"


def test_at_the_week_end_and_on_a_day_off_the_next_day_of_work_is_waited_for() -> None:
    assert next_summary(OFFICE, on=date(2025, 6, 7)) == "Mon 17:00 0.5 h"
    assert next_summary(replace(OFFICE, days_off=(MONDAY, date(2025, 6, 3)))) == "Wed 17:00 0.5 h"


def test_what_came_today_comes_next_tomorrow() -> None:
    state = fresh(noon()).but(evening=Came(MONDAY, MINUTE))

    assert next_summary(OFFICE, state) == "Tue 17:00 0.5 h"
    assert (
        next_summary(OFFICE, fresh(noon()).but(evening=Came(date(2025, 6, 1), MINUTE))) == "Mon 17:00 0.5 h"
    )


def test_what_was_slept_through_is_still_due_on_that_day() -> None:
    late = replace(OFFICE, hours=tuple([((time(8), time(10)),)] * 7))

    assert next_summary(late) == "Mon 10:00 0.5 h"


def test_by_itself_it_comes_from_the_fourth_day_of_the_log_on() -> None:
    auto = replace(OFFICE, evening_summary=Evening.AUTO)

    assert next_summary(auto, days=2) == "never"
    assert next_summary(auto, days=3) == "Mon 17:00 0.5 h"
    assert next_summary(OFFICE, days=0) == "Mon 17:00 0.5 h"


def test_switched_off_it_never_comes() -> None:
    off = replace(OFFICE, evening_summary=Evening.OFF)

    assert next_summary(off) == "never"
    assert off.rules().sums_up is False
    assert OFFICE.rules().sums_up is True


def test_work_is_all_that_is_not_away_or_unknown() -> None:
    spent = ((Posture.SITTING, 5 * MINUTE), (Posture.STANDING, 4 * MINUTE), (Posture.MOVING, 3 * MINUTE))
    rest = ((Posture.AWAY, 60 * MINUTE), (Posture.UNKNOWN, 60 * MINUTE))
    totals = DayTotals(MONDAY, spent + rest, ((BreakKind.AWAY, 2), (BreakKind.MOVED, 1)), 2 * MINUTE)

    found = summed(totals)

    assert (found.worked, found.sitting, found.breaks, found.longest) == (
        12 * MINUTE,
        5 * MINUTE,
        3,
        2 * MINUTE,
    )


def test_the_card_is_quiet_even_where_prompts_are_to_be_heard() -> None:
    shown = card(summary(), Rules(), sound=True)

    assert (shown.title, shown.sound, shown.buttons) == ("Your day at the desk", False, ())
    assert shown.body == "5 h 12 min of sitting, 7 breaks, and 52 min in the longest stretch."


@pytest.mark.parametrize("wanted", list(Evening))
def test_the_running_program_sums_up_a_day_whose_hours_are_over(wanted: Evening) -> None:
    hours = tuple([((time(9), time(9, 40)),)] * 7)
    stage = Stage(settings=Settings(hours=hours, evening_summary=wanted, sit_limit=120 * MINUTE))

    stage.works(39 * MINUTE)
    assert stage.desk.cards == []
    stage.works(2 * MINUTE)

    shown = [(each.title, each.body) for each in stage.desk.cards]
    sentence = "40 min of sitting, 40 min of it in the longest stretch."
    # The log is one day old, so that nothing comes by itself yet.
    assert shown == ([("Your day at the desk", sentence)] if wanted is Evening.ON else [])
    stage.works(20 * MINUTE)

    assert len(stage.desk.cards) == len(shown)
