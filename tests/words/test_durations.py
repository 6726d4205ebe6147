"""What a person reads for a duration or a moment, and what a person may write."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.words.durations import duration, moment, parse

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(seconds=59, milliseconds=999), "59 s"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(minutes=41, seconds=59), "41 min"),
        (timedelta(hours=5, minutes=12), "5 h 12 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(seconds=-3), "0 s"),
    ],
)
def test_a_duration_reads_as_one_says_it(length: timedelta, words: str) -> None:
    assert duration(length) == words


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("10", timedelta(minutes=10)),
        ("10m", timedelta(minutes=10)),
        ("10 min", timedelta(minutes=10)),
        ("90s", timedelta(seconds=90)),
        ("1h20m", timedelta(hours=1, minutes=20)),
        ("1h 20m", timedelta(hours=1, minutes=20)),
        ("1.5h", timedelta(minutes=90)),
        ("2H", timedelta(hours=2)),
    ],
)
def test_a_person_writes_minutes_seconds_or_hours(text: str, length: timedelta) -> None:
    assert parse(text) == length


@pytest.mark.parametrize(
    "text", ["", " ", "-5", "ten", "nan", "inf", "1e9", "5d", "m", "10mm", "20m1h", "٣", "9" * 5000, "9" * 30]
)
def test_what_is_no_duration_is_refused_with_what_is_understood(text: str) -> None:
    with pytest.raises(ValueError, match="write 10 \\(minutes\\), 90s, 20m or 1h20m"):
        parse(text)


@given(st.integers(min_value=60, max_value=20 * 3600).map(lambda s: timedelta(minutes=s // 60)))
def test_what_is_shown_can_be_written_again(length: timedelta) -> None:
    assert parse(duration(length)) == length


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 23, 13, 10, tzinfo=UTC), "14:10"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "tomorrow 09:00"),
        (datetime(2026, 11, 22, 8, 0, tzinfo=UTC), "yesterday 09:00"),
        (datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "Thu 09:00"),
        (datetime(2027, 2, 3, 8, 0, tzinfo=UTC), "3 Feb 09:00"),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), "20 Nov 09:00"),
    ],
)
def test_a_moment_is_named_in_the_local_zone_as_seen_from_now(at: datetime, words: str) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    assert moment(at, now, BERLIN) == words


def test_tomorrow_is_decided_by_the_local_date_and_not_by_utc() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    an_hour_on = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert moment(an_hour_on, late, BERLIN) == "tomorrow 00:30"
    assert moment(an_hour_on, late, UTC) == "23:30"
