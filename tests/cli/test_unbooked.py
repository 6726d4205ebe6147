"""What a running daemon knows, added to what the log says."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from deskbreak.cli.unbooked import with_unbooked
from deskbreak.core.postures import How, Posture, Row
from deskbreak.core.totals import Day
from tests.report.days import WINTER, at, counted, lived

ROWS = lived("09:00", "sitting 40", "away 5 lock", "sitting 10")
NOW = at("09:56").astimezone(timezone(WINTER))
NOTHING = timedelta()


def added(rows: tuple[Row, ...], now: datetime = NOW, **seconds: float) -> tuple[Day, tuple[Row, ...]]:
    booked = dict(counted(rows).spent)
    said = {f"{posture.value}_s": booked[posture].total_seconds() for posture in Posture}
    more = {key: said[key] + value for key, value in seconds.items()}
    return with_unbooked(counted(rows), rows, {"today": said | more}, now.astimezone(NOW.tzinfo))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_bout_goes_on_where_the_log_ends() -> None:
    day, rows = added(ROWS, sitting_s=45)

    assert dict(day.spent)[Posture.SITTING] == minutes(50.75)
    assert [bout.length for bout in day.bouts] == [minutes(40), minutes(10.75)]
    assert day.tracked == minutes(55.75)
    assert rows[-1] == replace(
        ROWS[-1],
        began=ROWS[-1].began + minutes(10),
        length=minutes(0.75),
        start_at=at("09:55"),
        end_at=at("09:55") + minutes(0.75),
    )


def test_who_sat_down_just_now_begins_a_bout() -> None:
    rows = ROWS[:2]

    day, told = added(rows, sitting_s=30, now=at("09:45"))

    assert [(bout.start_at, bout.length, bout.then) for bout in day.bouts][-1] == (
        at("09:45"),
        minutes(0.5),
        None,
    )
    assert told[-1].posture is Posture.SITTING


def test_who_stood_up_just_now_stands() -> None:
    day, rows = added(ROWS, standing_s=20)

    assert dict(day.spent)[Posture.STANDING] == timedelta(seconds=20)
    assert len(day.bouts) == 2
    assert (rows[-1].posture, rows[-1].how) == (Posture.STANDING, How.INPUT)


def test_who_is_away_adds_to_no_day_that_was_tracked() -> None:
    day, rows = added(ROWS, away_s=600)

    assert dict(day.spent)[Posture.AWAY] == minutes(15)
    assert day.tracked == counted(ROWS).tracked
    assert rows[-1].posture is Posture.AWAY


def test_the_first_minute_of_a_log_is_told_as_well() -> None:
    nothing = replace(
        counted(ROWS), spent=tuple((posture, NOTHING) for posture in Posture), bouts=(), tracked=NOTHING
    )

    day, rows = with_unbooked(nothing, (), {"today": {"sitting_s": 30}}, NOW)

    assert [bout.length for bout in day.bouts] == [minutes(0.5)]
    assert (rows[0].start_at, rows[0].end_at) == (at("09:56") - minutes(0.5), at("09:56"))
    assert rows[0].offset == WINTER


def test_who_comes_back_after_a_gap_in_the_log_goes_on_with_no_bout() -> None:
    booked = {f"{posture.value}_s": length.total_seconds() for posture, length in counted(ROWS).spent}
    noon = at("12:00").astimezone(timezone(WINTER))

    day, rows = with_unbooked(counted(ROWS), ROWS, {"today": booked | {"sitting_s": 3060}}, noon)

    assert [bout.length for bout in day.bouts] == [minutes(40), minutes(10), minutes(1)]
    assert (rows[-1].start_at, rows[-1].end_at) == (at("11:59"), at("12:00"))
    assert rows[-1].began - ROWS[-1].began == minutes(10) + minutes(124)


@pytest.mark.parametrize(
    "status",
    [
        None,
        {},
        {"today": None},
        {"today": {"sitting_s": "much", "away_s": None}},
        {"today": {"sitting_s": 3000.9}},
        {"today": {"sitting_s": 0, "unknown_s": 9000}},
    ],
)
def test_what_says_nothing_new_changes_nothing(status: object) -> None:
    assert with_unbooked(counted(ROWS), ROWS, status, NOW) == (counted(ROWS), ROWS)
