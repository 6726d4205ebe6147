"""Names for moments: rows cut at days, offsets and steps of the clock, and not a microsecond lost."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.naming import Naming, noticed, rows, since
from deskbreak.core.postures import How, Posture, Row, Stamp, Stretch

ZONES = (
    "Europe/Berlin",
    "America/Havana",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Monrovia",
    "America/Scoresbysund",
)
HOUR = timedelta(hours=1)
# 1990 and 2037 in seconds of the epoch.
NINETIES, THIRTIES = 631152000, 2114380800


def cut(zone: str, began: str, length: timedelta, day_start: time = time(4)) -> list[Row]:
    """The rows of a stretch that begins at this local time."""
    at = datetime.fromisoformat(began).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    namings = (Naming(timedelta(0), at, ZoneInfo(zone)),)
    return list(rows(Stretch(timedelta(0), length, Posture.SITTING, How.INPUT), namings, day_start))


def test_a_stretch_within_one_day_is_one_row() -> None:
    (row,) = cut("Europe/Berlin", "2025-06-02T09:00", 8 * HOUR)

    assert (row.length, row.day, row.offset) == (8 * HOUR, date(2025, 6, 2), 2 * HOUR)
    assert row.end_at - row.start_at == row.length


def test_the_day_starts_at_four() -> None:
    first, second = cut("Europe/Berlin", "2025-06-02T23:00", 8 * HOUR)

    assert (first.day, first.length) == (date(2025, 6, 2), 5 * HOUR)
    assert (second.day, second.length) == (date(2025, 6, 3), 3 * HOUR)


@pytest.mark.parametrize(
    ("began", "lengths"),
    [("2025-03-30T01:30", [0.5, 0.5, 4.0]), ("2025-10-26T01:30", [1.5, 2.0, 1.5])],
)
def test_a_change_of_the_clocks_cuts_and_loses_nothing(began: str, lengths: list[float]) -> None:
    cuts = cut("Europe/Berlin", began, 5 * HOUR, time(3 if "03-30" not in began else 4))

    assert sum((row.length for row in cuts), timedelta(0)) == 5 * HOUR
    assert cuts[0].length == lengths[0] * HOUR
    assert cuts[0].offset != cuts[-1].offset


def test_a_midnight_that_does_not_exist_starts_the_day_all_the_same() -> None:
    # Havana's clocks go from 00:00 to 01:00.
    before, after = cut("America/Havana", "2025-03-08T23:00", 3 * HOUR, time(0))

    assert (before.day, before.length) == (date(2025, 3, 8), HOUR)
    assert (after.day, after.length) == (date(2025, 3, 9), 2 * HOUR)


def test_a_day_that_does_not_exist_is_left_out() -> None:
    # Samoa crossed the date line at the end of 29 December 2011.
    cuts = cut("Pacific/Apia", "2011-12-29T20:00", 10 * HOUR, time(0))

    assert [row.day for row in cuts] == [date(2011, 12, 29), date(2011, 12, 31)]
    assert [row.length for row in cuts] == [4 * HOUR, 6 * HOUR]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(NINETIES, THIRTIES).map(lambda s: datetime.fromtimestamp(s, UTC)),
    st.timedeltas(timedelta(microseconds=1), timedelta(days=4)),
    st.times().filter(lambda t: t.microsecond == 0),
    st.none() | st.tuples(st.timedeltas(timedelta(0), timedelta(days=2)), st.sampled_from(ZONES)),
)
def test_cutting_loses_no_microsecond(
    zone: str,
    began: datetime,
    length: timedelta,
    day_start: time,
    journey: tuple[timedelta, str] | None,
) -> None:
    first = Naming(timedelta(0), began, ZoneInfo(zone))
    namings: tuple[Naming, ...] = (first,)
    if journey is not None:
        at, to = journey
        namings = noticed(namings, Stamp(at, at, first.zero_at + at + HOUR / 7, ZoneInfo(to)))
    stretch = Stretch(timedelta(seconds=1), timedelta(seconds=1) + length, Posture.SITTING, How.INPUT)
    cuts = list(rows(stretch, namings, day_start))

    assert cuts[0].began == stretch.began
    assert sum((row.length for row in cuts), timedelta(0)) == length
    for row, following in pairwise(cuts):
        assert row.began + row.length == following.began
        assert row.length > timedelta(0)
    for row in cuts:
        assert row.end_at - row.start_at == row.length


def test_old_names_are_forgotten_once_everything_before_is_booked() -> None:
    zone = ZoneInfo("UTC")
    names = tuple(Naming(n * HOUR, datetime(2025, 1, 1, n, tzinfo=UTC), zone) for n in range(3))

    assert since(names, 1.5 * HOUR) == names[1:]
    assert since(names, 5 * HOUR) == names[2:]
    assert since(names, HOUR / 2) == names
