"""The log for other programs: every format holds the same rows, and an anonymous one gives nobody away."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.commands import ExerciseRow, Outcome, PromptKind, PromptRow
from deskbreak.core.events import Rating
from deskbreak.core.postures import Break, BreakKind, How, Posture, Row
from deskbreak.report.export import COLUMNS, Entry, anonymous, as_array, as_buckets, as_csv, as_lines

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
BERLIN = timedelta(hours=1)
FOUR = timedelta(hours=4)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def stretch(since: float, until: float, posture: Posture = Posture.SITTING, how: How = How.INPUT) -> Row:
    at = NINE + minutes(since)
    return Row(
        minutes(since), minutes(until - since), at, NINE + minutes(until), BERLIN, MONDAY, posture, how
    )


A_DAY: tuple[Entry, ...] = (
    stretch(0, 41.5),
    PromptRow(
        3, PromptKind.REMINDER, 1, "glute-bridge", NINE + minutes(30), BERLIN, None, Outcome.SNOOZED, None
    ),
    stretch(41.5, 45, Posture.AWAY, How.LOCK),
    Break(1, BreakKind.AWAY, minutes(41.5), minutes(3.5), NINE + minutes(41.5), BERLIN, MONDAY),
    ExerciseRow(4, "auntie's", NINE + minutes(50), BERLIN, minutes(1), minutes(1.5), True, Rating.EASY),
    PromptRow(5, PromptKind.WELCOME, 0, None, NINE + minutes(51), BERLIN, None, None, None),
)

CSV = """\
record,day,start,end,seconds,kind,how,level,exercise,outcome,dose,rating,activation
stretch,2026-11-23,2026-11-23T09:00:00.000+01:00,2026-11-23T09:41:30.000+01:00,2490,sitting,input,,,,,,
prompt,2026-11-23,2026-11-23T09:30:00.000+01:00,,,reminder,,1,glute-bridge,snoozed,,,
stretch,2026-11-23,2026-11-23T09:41:30.000+01:00,2026-11-23T09:45:00.000+01:00,210,away,lock,,,,,,
break,2026-11-23,2026-11-23T09:41:30.000+01:00,2026-11-23T09:45:00.000+01:00,210,away,,,,,,,
exercise,2026-11-23,2026-11-23T09:50:00.000+01:00,2026-11-23T09:51:00.000+01:00,60,,,,auntie's,,90,easy,true
prompt,2026-11-23,2026-11-23T09:51:00.000+01:00,,,welcome,,,,,,,
"""


def text(pieces: Iterator[str]) -> str:
    return "".join(pieces)


def test_csv_has_a_row_for_everything_and_its_documented_columns() -> None:
    assert text(as_csv(A_DAY, FOUR)) == CSV.replace("\n", "\r\n")


def test_json_and_json_lines_hold_what_csv_holds() -> None:
    lines = [json.loads(line) for line in text(as_lines(A_DAY, FOUR)).splitlines()]

    assert json.loads(text(as_array(A_DAY, FOUR))) == lines
    assert [list(line) for line in lines] == [list(COLUMNS)] * len(A_DAY)
    said = [
        {key: "" if cell is None else cell for key, cell in line.items() if key != "activation"}
        for line in lines
    ]
    told = list(csv.DictReader(io.StringIO(CSV)))
    assert [line["start"] for line in told] == [line["start"] for line in said]
    assert [float(line["seconds"] or 0) for line in told] == [line["seconds"] or 0 for line in said]


def test_of_nothing_every_format_is_whole() -> None:
    assert text(as_csv((), FOUR)).count("\n") == 1
    assert text(as_lines((), FOUR)) == ""
    assert json.loads(text(as_array((), FOUR))) == []
    assert [b["events"] for b in json.loads(text(as_buckets(tuple, "desk", NOON)))["buckets"].values()] == [
        [],
        [],
    ]


def test_the_small_hours_belong_to_the_day_before() -> None:
    at_three = PromptRow(
        1, PromptKind.REMINDER, 1, None, datetime(2026, 11, 24, 2, tzinfo=UTC), BERLIN, None, None, None
    )

    (line,) = (json.loads(line) for line in as_lines((at_three,), FOUR))

    assert (line["day"], line["start"][:10]) == ("2026-11-23", "2026-11-24")


def test_what_a_name_holds_breaks_no_format() -> None:
    name = 'line\nbreak, "quote"; =1+1 ☕\r'
    row = ExerciseRow(4, name, NINE, BERLIN, minutes(1), minutes(1), False, None)

    (told,) = list(csv.DictReader(io.StringIO(text(as_csv((row,), FOUR)), newline="")))
    lines = text(as_lines((row,), FOUR)).split("\n")

    assert told["exercise"] == name
    assert json.loads(lines[0])["exercise"] == name
    assert lines[1:] == [""]


# --- ActivityWatch ---------------------------------------------------------------------------------


def test_activitywatch_gets_a_bucket_of_presence_and_one_of_postures() -> None:
    rows = (stretch(0, 30), stretch(30, 40, Posture.AWAY, How.LOCK), stretch(40, 50, Posture.STANDING))

    buckets = json.loads(text(as_buckets(lambda: rows, "desk", NOON)))["buckets"]

    assert list(buckets) == ["deskbreak-afk_desk", "deskbreak-posture_desk"]
    afk = buckets["deskbreak-afk_desk"]
    assert {key: afk[key] for key in afk if key != "events"} == {
        "id": "deskbreak-afk_desk",
        "type": "afkstatus",
        "client": "deskbreak",
        "hostname": "desk",
        "created": "2026-11-23T11:00:00+00:00",
    }
    assert afk["events"] == [
        {"timestamp": "2026-11-23T08:00:00.000+00:00", "duration": 1800.0, "data": {"status": "not-afk"}},
        {"timestamp": "2026-11-23T08:30:00.000+00:00", "duration": 600.0, "data": {"status": "afk"}},
        {"timestamp": "2026-11-23T08:40:00.000+00:00", "duration": 600.0, "data": {"status": "not-afk"}},
    ]
    assert [event["data"] for event in buckets["deskbreak-posture_desk"]["events"]] == [
        {"posture": "sitting", "how": "input"},
        {"posture": "away", "how": "lock"},
        {"posture": "standing", "how": "input"},
    ]


def test_time_that_nobody_observed_is_in_no_bucket() -> None:
    rows = (stretch(0, 30, Posture.UNKNOWN, How.GAP), stretch(30, 40, Posture.MOVING, How.EXERCISE))

    buckets = json.loads(text(as_buckets(lambda: rows, "desk", NOON)))["buckets"]

    assert [len(bucket["events"]) for bucket in buckets.values()] == [1, 1]
    assert buckets["deskbreak-afk_desk"]["events"][0]["data"] == {"status": "afk"}


# --- anonymous -------------------------------------------------------------------------------------


def test_an_anonymous_day_keeps_weekday_and_time_of_day_and_nothing_that_tells_whose_it_is() -> None:
    known = {"glute-bridge"}

    told = text(as_csv(anonymous(A_DAY, MONDAY, known), FOUR)).split("\r\n")

    assert told[1:6] == [
        "stretch,2001-01-01,2001-01-01T09:00:00.000+00:00,2001-01-01T09:41:30.000+00:00,2490,sitting,input,,,,,,",
        "prompt,2001-01-01,2001-01-01T09:30:00.000+00:00,,,reminder,,1,glute-bridge,snoozed,,,",
        "stretch,2001-01-01,2001-01-01T09:41:00.000+00:00,2001-01-01T09:44:30.000+00:00,210,away,lock,,,,,,",
        "break,2001-01-01,2001-01-01T09:41:00.000+00:00,2001-01-01T09:44:30.000+00:00,210,away,,,,,,,",
        "exercise,2001-01-01,2001-01-01T09:50:00.000+00:00,2001-01-01T09:51:00.000+00:00,60,,,,own,,90,easy,true",
    ]
    assert "2026" not in "".join(told)
    assert "auntie" not in "".join(told)


@given(st.dates(date(1975, 1, 1), date(2100, 1, 1)), st.integers(0, 50_000), st.sampled_from([-11, 0, 14]))
def test_an_anonymous_row_is_as_long_as_it_was_and_of_the_same_weekday(
    day: date, milliseconds: int, zone: int
) -> None:
    offset, length = timedelta(hours=zone), timedelta(milliseconds=milliseconds)
    at = datetime(day.year, day.month, day.day, 12, 34, 56, 789, tzinfo=UTC) - offset
    row = Row(timedelta(), length, at, at + length, offset, day, Posture.SITTING, How.INPUT)

    (told,) = anonymous((row,), day, frozenset())

    assert isinstance(told, Row)
    assert told.day.weekday() == day.weekday()
    assert date(2001, 1, 1) <= told.day < date(2001, 1, 8)
    assert (told.start_at.hour, told.start_at.minute, told.start_at.second) == (12, 34, 0)
    assert told.offset == timedelta()
    assert told.length == timedelta(seconds=milliseconds // 1000)


@pytest.mark.parametrize("weeks", [0, 7, 400])
def test_what_lay_weeks_apart_still_does(weeks: int) -> None:
    apart = timedelta(weeks=weeks)
    earlier = stretch(0, 10)
    later = Row(
        minutes(5), minutes(5), earlier.start_at + apart, earlier.end_at + apart, BERLIN, MONDAY + apart,
        Posture.SITTING, How.INPUT,
    )  # fmt: skip

    first, second = anonymous((earlier, later), MONDAY, frozenset())

    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert second.start_at - first.start_at == apart
    assert second.day - first.day == apart
