"""A person's own four weeks: what is usual, and when nothing is yet."""

from datetime import UTC, date, datetime, timedelta

from deskbreak.core.postures import BreakKind, Posture
from deskbreak.core.totals import Bout, Day
from deskbreak.core.usual import LATELY, means, usual
from tests.workday import minutes

TODAY = date(2025, 6, 30)
NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)


def days_ago(number: int, *bouts: float, tracked: float = 480, self_started: int = 0, breaks: int = 0) -> Day:
    day = TODAY - timedelta(days=number)
    sat = {Posture.SITTING: minutes(sum(bouts)), Posture.STANDING: minutes(10)}
    return Day(
        day,
        tuple((posture, sat.get(posture, minutes(0))) for posture in Posture),
        tuple((posture, minutes(0)) for posture in Posture),
        ((BreakKind.AWAY, breaks), (BreakKind.STOOD, 1), (BreakKind.MOVED, 0)),
        self_started,
        tuple(Bout(NINE, minutes(0), minutes(length), day, Posture.AWAY) for length in bouts),
        exercises=4,
        activations=1,
        tracked=minutes(tracked),
    )


def test_what_is_usual_is_the_mean_of_the_last_days() -> None:
    week = (
        days_ago(3, 10, 50, self_started=1, breaks=3),
        days_ago(2, 20, 40, 30, self_started=2, breaks=5),
        days_ago(1, 90, tracked=420),
    )

    found = usual(week, TODAY)

    assert found is not None
    assert found.days == 3
    assert found.tracked == minutes(460)
    assert dict(found.spent) == {
        Posture.SITTING: minutes(80),
        Posture.STANDING: minutes(10),
        Posture.MOVING: minutes(0),
        Posture.AWAY: minutes(0),
        Posture.UNKNOWN: minutes(0),
    }
    assert (found.breaks, found.self_started, found.bouts) == (11 / 3, 1.0, 2.0)
    assert found.longest == minutes(60)
    assert found.in_long == minutes(70)
    assert found.long_share == 210 / 240
    assert (found.exercises, found.activations) == (4.0, 1.0)
    assert found.long_bouts == 4 / 3
    assert found.half_in == minutes(50)
    assert found.interruptions_per_hour == 6 / 4


def test_a_day_that_was_hardly_tracked_is_not_averaged() -> None:
    whole = days_ago(4, 60), days_ago(3, 60), days_ago(2, 60)

    found = usual((*whole, days_ago(1, 10, tracked=239)), TODAY)

    assert found is not None
    assert (found.days, found.longest) == (3, minutes(60))


def test_nothing_is_usual_before_the_third_complete_day() -> None:
    assert usual((days_ago(2, 60), days_ago(1, 60)), TODAY) is None


def test_the_day_itself_and_what_is_more_than_four_weeks_ago_are_no_part_of_it() -> None:
    around = days_ago(LATELY.days + 1, 200), days_ago(0, 200), days_ago(-1, 200)
    within = days_ago(LATELY.days, 60), days_ago(2, 60), days_ago(1, 60)

    found = usual((*around, *within), TODAY)

    assert found is not None
    assert (found.days, found.longest) == (3, minutes(60))


def test_days_without_sitting_have_no_share_of_it() -> None:
    found = usual((days_ago(3), days_ago(2), days_ago(1)), TODAY)

    assert found is not None
    assert (found.long_share, found.longest, found.in_long) == (None, minutes(0), minutes(0))
    assert (found.half_in, found.interruptions_per_hour) == (None, None)


def test_any_days_have_means_as_soon_as_one_of_them_is_complete() -> None:
    found = means((days_ago(400, 60), days_ago(1, 10, tracked=239)))

    assert found is not None
    assert (found.days, found.longest) == (1, minutes(60))
    assert means((days_ago(1, 10, tracked=239),)) is None
