"""The working hours of the settings: rules.md section 9, and `until-tomorrow` of section 5."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskbreak.core.hours import Week, next_change, tomorrow, working

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Week(tuple([((time(9), time(12, 30)), (time(13, 30), time(18)))] * 5 + [()] * 2))
NIGHTS = Week(tuple([((time(22), time(6)),)] * 7))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "is_one"),
    [
        ("2025-06-02T08:59", False),
        ("2025-06-02T09:00", True),
        ("2025-06-02T12:30", False),
        ("2025-06-02T17:59", True),
        ("2025-06-07T10:00", False),
    ],
)
def test_hours_have_a_start_and_an_end(moment: str, is_one: bool) -> None:
    assert working(OFFICE, at(moment), BERLIN) is is_one


def test_hours_may_go_on_past_midnight() -> None:
    assert working(NIGHTS, at("2025-06-03T02:00"), BERLIN)
    assert not working(NIGHTS, at("2025-06-03T07:00"), BERLIN)
    assert next_change(NIGHTS, at("2025-06-03T02:00"), BERLIN) == at("2025-06-03T06:00")


def test_without_hours_it_is_always_a_working_hour_except_on_a_day_off() -> None:
    week = Week(days_off=frozenset({date(2025, 6, 3)}))

    assert working(week, at("2025-06-02T03:00"), BERLIN)
    assert not working(week, at("2025-06-03T12:00"), BERLIN)
    assert next_change(week, at("2025-06-02T12:00"), BERLIN) == at("2025-06-03T00:00")
    assert next_change(Week(), at("2025-06-02T12:00"), BERLIN) is None


def test_a_day_off_has_no_hours() -> None:
    week = Week(OFFICE.spans, frozenset({date(2025, 6, 2)}))

    assert not working(week, at("2025-06-02T10:00"), BERLIN)
    assert next_change(week, at("2025-06-02T10:00"), BERLIN) == at("2025-06-03T09:00")


@pytest.mark.parametrize(
    ("week", "said", "ends"),
    [
        (OFFICE, "2025-06-02T16:00", "2025-06-03T09:00"),
        (OFFICE, "2025-06-03T02:00", "2025-06-03T09:00"),
        (OFFICE, "2025-06-06T16:00", "2025-06-09T09:00"),
        (Week(), "2025-06-02T16:00", "2025-06-03T06:00"),
        (Week(), "2025-06-03T02:00", "2025-06-03T06:00"),
        (Week(), "2025-10-25T16:00", "2025-10-26T06:00"),
        (NIGHTS, "2025-06-02T16:00", "2025-06-03T22:00"),
    ],
)
def test_until_tomorrow_is_the_first_start_of_hours_after_the_next_start_of_a_day(
    week: Week, said: str, ends: str
) -> None:
    assert tomorrow(week, at(said), BERLIN, time(4)) == at(ends)


def test_a_day_that_starts_late_has_its_tomorrow_the_morning_after() -> None:
    assert tomorrow(Week(), at("2025-06-02T16:00"), BERLIN, time(8)) == at("2025-06-04T06:00")


def test_with_no_hours_in_sight_tomorrow_is_the_start_of_the_day() -> None:
    closed = Week(OFFICE.spans, frozenset(date(2025, 6, 2) + timedelta(days=n) for n in range(12)))

    assert tomorrow(closed, at("2025-06-02T16:00"), BERLIN, time(4)) == at("2025-06-03T04:00")
