"""What a person means by a time of the day: rules.md sections 2 and 6, and both changes of the clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.clocktimes import Meant, Unclear, Written, meant

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2025, 6, 2)
BACK = date(2025, 10, 26)
"""The clocks go from 03:00 back to 02:00."""
FORWARD = date(2025, 3, 30)
"""The clocks go from 02:00 forward to 03:00."""


def clock(text: str) -> Written:
    day, _, at = text.rpartition(" ")
    return Written(time.fromisoformat(at), date.fromisoformat(day) if day else None)


def means(span: str, day: date = MONDAY, second: bool = False) -> str:
    """Local names of the moments, those that come twice with a star; or why there are none."""
    start, end = span.split("-to-")
    found = meant(clock(start), None if end == "now" else clock(end), day, time(4), BERLIN, second)
    if isinstance(found, Unclear):
        return found.value
    names = [_name(at, found) for at in (found.start, found.end) if at is not None]
    return " to ".join(names)


def _name(at: datetime, found: Meant) -> str:
    local = at.astimezone(BERLIN)
    return f"{local:%d %H:%M %z}" + ("*" if local.replace(tzinfo=None) in found.twice else "")


def test_times_are_those_of_the_day_and_of_the_night_after_it() -> None:
    assert means("14:00-to-14:40") == "02 14:00 +0200 to 02 14:40 +0200"
    assert means("01:30-to-01:45") == "03 01:30 +0200 to 03 01:45 +0200"


def test_a_span_may_go_over_midnight_and_over_the_start_of_the_day() -> None:
    assert means("23:50-to-00:20") == "02 23:50 +0200 to 03 00:20 +0200"
    assert means("03:50-to-04:20") == "03 03:50 +0200 to 03 04:20 +0200"


def test_the_start_of_the_day_is_its_first_moment() -> None:
    assert means("04:00-to-05:00") == "02 04:00 +0200 to 02 05:00 +0200"


def test_what_ends_before_it_begins_or_at_once_is_no_span() -> None:
    assert means("14:40-to-14:00") == "reversed"
    assert means("14:00-to-14:00") == "reversed"
    assert means("2025-06-02 14:00-to-2025-06-01 15:00") == "reversed"
    assert means("2025-06-02 01:00-to-00:30") == "reversed"


def test_dates_say_which_day_is_meant() -> None:
    assert means("2025-06-01 14:00-to-14:40") == "01 14:00 +0200 to 01 14:40 +0200"
    assert means("2025-06-01 23:50-to-00:20") == "01 23:50 +0200 to 02 00:20 +0200"
    assert means("2025-06-01 03:50-to-04:20") == "01 03:50 +0200 to 01 04:20 +0200"
    assert means("2025-06-01 23:50-to-2025-06-03 00:20") == "01 23:50 +0200 to 03 00:20 +0200"


def test_an_open_end_is_now() -> None:
    found = meant(Written(time(14)), None, MONDAY, time(4), BERLIN)

    assert found == Meant(datetime(2025, 6, 2, 12, tzinfo=UTC), None, ())


def test_of_an_hour_that_comes_twice_the_first_is_meant_unless_said() -> None:
    night = date(2025, 10, 25)

    assert means("02:10-to-02:40", night) == "26 02:10 +0200* to 26 02:40 +0200*"
    assert means("02:10-to-02:40", night, second=True) == "26 02:10 +0100* to 26 02:40 +0100*"
    assert means("01:30-to-02:30", night) == "26 01:30 +0200 to 26 02:30 +0200*"
    assert means("01:30-to-02:30", night, second=True) == "26 01:30 +0200 to 26 02:30 +0100*"
    assert means("02:30-to-03:30", night) == "26 02:30 +0200* to 26 03:30 +0100"


def test_what_can_only_end_in_the_second_of_the_two_hours_ends_there() -> None:
    assert means("02:40-to-02:10", date(2025, 10, 25)) == "26 02:40 +0200* to 26 02:10 +0100*"


@pytest.mark.parametrize("span", ["02:30-to-03:30", "01:30-to-02:30", "02:30-to-now"])
def test_an_hour_that_was_skipped_is_no_time(span: str) -> None:
    assert means(span, date(2025, 3, 29)) == "skipped"


@given(
    st.times(),
    st.times(),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)) | st.sampled_from([BACK, FORWARD]),
    st.sampled_from([time(0), time(4), time(23)]),
    st.booleans(),
)
def test_what_is_meant_is_never_reversed_and_shows_what_was_written(
    start: time, end: time, day: date, day_start: time, second: bool
) -> None:
    found = meant(Written(start), Written(end), day, day_start, BERLIN, second)

    if isinstance(found, Meant):
        assert found.end is not None
        assert found.start < found.end
        assert found.start.astimezone(BERLIN).time() == start
        assert found.end.astimezone(BERLIN).time() == end
