"""What is said about corrections: the times with the day they were on, and whole sentences."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from deskbreak.core.postures import Correction, Posture
from deskbreak.words.correcting import noted, span, taken_back, twice
from tests.words.moments import NOW, at, minutes


def said(start: datetime, length: timedelta, posture: Posture = Posture.AWAY) -> Correction:
    return Correction(timedelta(0), length, start, timedelta(hours=1), posture, NOW.wall)


def test_what_is_noted_is_told_by_its_local_times() -> None:
    assert noted((said(at(13, 0), minutes(40)),), NOW) == "Noted: away from 13:00 to 13:40."
    assert noted((said(at(12, 0), minutes(5)), said(at(12, 30), minutes(5))), NOW) == (
        "Noted: away from 12:00 to 12:35."
    )
    assert taken_back(said(at(13, 0), minutes(40), Posture.MOVING), NOW) == (
        "Taken back: moving from 13:00 to 13:40."
    )


def test_a_short_time_is_told_to_the_second() -> None:
    start, cut = at(14, 0) + timedelta(seconds=10), at(14, 0) + timedelta(milliseconds=10_300)

    assert span(start, start + timedelta(seconds=40), NOW) == "from 14:00:10 to 14:00:50"
    assert span(cut, cut + minutes(2), NOW) == "from 14:00:10 to 14:02:10"
    assert span(at(14, 0), at(14, 2), NOW) == "from 14:00 to 14:02"


def test_seconds_are_told_where_they_were_said_and_not_where_the_log_was_cut() -> None:
    said_at, cut = timedelta(seconds=10), timedelta(milliseconds=10_300)

    assert span(at(14, 0) + said_at, at(15, 0), NOW) == "from 14:00:10 to 15:00:00"
    assert span(at(14, 0) + cut, at(15, 0), NOW) == "from 14:00 to 15:00"


def test_another_day_is_named_once() -> None:
    start = at(14, 0) - timedelta(days=1)

    assert span(start, start + minutes(40), NOW) == "from yesterday 14:00 to 14:40"
    assert span(start + timedelta(hours=9, minutes=50), at(0, 20), NOW) == "from yesterday 23:50 to 00:20"
    assert span(start - timedelta(days=2), start, NOW) == "from 20 Nov 14:00 to yesterday 14:00"


def test_a_time_that_came_twice_is_named_with_its_day() -> None:
    local = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))

    assert twice(local, second=False) == (
        "02:30 came twice on 2026-10-25: the first one is meant (else: --second)."
    )
    assert twice(local, second=True) == "02:30 came twice on 2026-10-25: the second one is meant."
