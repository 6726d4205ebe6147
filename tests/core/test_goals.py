"""What a person aims at: pro-rated, patient, and without reproach."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deskbreak.core.goals import Aim, Kept, Progress, complete, kept, progress
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Bout, Day

NOTHING = timedelta(0)
SIX_HOURS = timedelta(hours=6)
MONDAY = date(2025, 6, 2)
NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def day(*bouts: float, tracked: float, at: int = 0) -> Day:
    """A day, `at` days after Monday, of so many tracked hours, with bouts of so many hours."""
    on = MONDAY + timedelta(days=at)
    sat = tuple(Bout(NINE, NOTHING, hours(h), on, Posture.STANDING) for h in bouts)
    spent = tuple(
        (posture, hours(sum(bouts)) if posture is Posture.SITTING else NOTHING) for posture in Posture
    )
    return Day(on, spent, (), (), 0, sat, 0, 0, hours(tracked))


def on_the_next_day(lived: Day) -> tuple[Progress, ...]:
    return progress(lived, SIX_HOURS, lived.day + timedelta(days=1))


def test_six_hours_of_an_eight_hour_day_are_just_right() -> None:
    sitting, longest, share = on_the_next_day(day(*[0.5] * 12, tracked=8))

    assert sitting == Progress(Aim.SITTING, hours(6), hours(6), True)
    assert sitting.part == 1.0
    assert longest == Progress(Aim.LONGEST, hours(0.5), hours(1), True)
    assert share == Progress(Aim.LONG_SHARE, hours(6), hours(3), False)
    assert [each.aim for each in (sitting, longest, share)] == list(Aim)


def test_who_works_half_a_day_may_sit_half_as_long() -> None:
    assert on_the_next_day(day(*[0.25] * 12, tracked=4))[0] == Progress(Aim.SITTING, hours(3), hours(3), True)
    assert on_the_next_day(day(*[0.25] * 13, tracked=4))[0].met is False


def test_who_stays_for_ten_hours_may_not_sit_longer() -> None:
    assert on_the_next_day(day(*[0.5] * 12, tracked=10))[0].limit == SIX_HOURS
    assert on_the_next_day(day(*[0.5] * 13, tracked=10))[0].met is False


def test_an_hour_in_one_go_is_not_under_an_hour() -> None:
    assert on_the_next_day(day(1, 1, tracked=5))[1].met is False
    assert on_the_next_day(day(0.999, 1, 0.5, tracked=5))[1].reached == hours(1)
    assert on_the_next_day(day(0.999, tracked=5))[1].met is True


def test_just_half_of_the_sitting_in_long_bouts_is_not_under_a_half() -> None:
    assert on_the_next_day(day(0.5, 0.25, 0.25, tracked=5))[2].met is False
    assert on_the_next_day(day(0.5, 0.25, 0.26, tracked=5))[2].met is True


def test_who_did_not_sit_met_everything() -> None:
    reached = on_the_next_day(day(tracked=5))

    assert [each.met for each in reached] == [True, True, True]
    assert [each.part for each in reached] == [0.0, 0.0, 0.0]


def test_an_incomplete_day_is_not_judged() -> None:
    lived = day(1.5, 1.5, tracked=3.99)

    assert not complete(lived)
    assert [each.met for each in on_the_next_day(lived)] == [None, None, None]
    assert on_the_next_day(lived)[0].part == pytest.approx(3 / (6 * 3.99 / 8))
    assert complete(day(tracked=4))


def test_a_day_that_goes_on_is_not_judged_before_it_is_over() -> None:
    lived = day(0.5, 0.5, 0.5, tracked=5)

    assert [each.met for each in progress(lived, SIX_HOURS, MONDAY)] == [None, None, None]


def test_a_long_bout_is_a_long_bout_even_before_the_day_is_over() -> None:
    lived = day(1.25, tracked=5)

    assert [each.met for each in progress(lived, SIX_HOURS, MONDAY)] == [None, False, None]


FRIDAY = MONDAY + timedelta(days=4)


def ran(*days: Day, off: tuple[date, ...] = ()) -> Kept:
    return kept(days, Aim.LONGEST, SIX_HOURS, FRIDAY, off)


def test_nothing_is_kept_of_no_days() -> None:
    assert ran() == Kept(0, 0, 0)


def test_a_day_that_missed_the_aim_begins_the_run_anew() -> None:
    assert ran(day(0.5, tracked=8), day(2, tracked=8, at=1), day(0.5, tracked=8, at=2)) == Kept(2, 3, 1)


def test_days_off_sick_days_and_incomplete_days_break_no_run_and_do_not_count() -> None:
    monday, thursday = day(0.5, tracked=8), day(0.5, tracked=8, at=3)
    half_hearted = day(2, tracked=3, at=1)
    worked_all_the_same = day(2, tracked=8, at=2)

    found = ran(monday, half_hearted, worked_all_the_same, thursday, off=(worked_all_the_same.day,))

    assert found == ran(monday, thursday) == Kept(2, 2, 2)


def test_today_does_not_count_yet() -> None:
    assert ran(day(0.5, tracked=8), day(2, tracked=8, at=4)) == Kept(1, 1, 1)
