"""The figures that are shown, on lengths that can be checked in the head, and the laws that hold for all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core import figures
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Bout
from tests.workday import minutes

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
MONDAY = date(2025, 6, 2)
TUESDAY = date(2025, 6, 3)
NOTHING = timedelta(0)
LAW = settings(deadline=None)
LENGTHS = st.lists(st.integers(1, 10_000).map(lambda n: timedelta(seconds=n)), min_size=1, max_size=40)

FIVE = [minutes(m) for m in (5, 60, 15, 30, 10)]


def bout(lasted: float, then: Posture | None) -> Bout:
    return Bout(NINE, NOTHING, minutes(lasted), MONDAY, then)


def test_without_a_bout_counts_are_0_and_everything_else_is_undefined() -> None:
    assert figures.total([]) == figures.time_prolonged([]) == NOTHING
    assert figures.prolonged([]) == figures.interruptions([]) == figures.confirmed([]) == 0
    assert figures.cumulative([]) == ()
    for figure in (
        figures.mean,
        figures.median,
        figures.longest,
        figures.shortest,
        figures.share_prolonged,
        figures.bouts_per_hour,
        figures.satp,
        figures.usual_longest_first,
        figures.usual_nearest,
    ):
        assert figure([]) is None
    assert figures.interruptions_per_hour([]) is None


def test_the_middle_of_an_odd_number_is_one_of_them() -> None:
    assert figures.mean(FIVE) == minutes(24)
    assert figures.median(FIVE) == minutes(15)
    assert (figures.shortest(FIVE), figures.longest(FIVE)) == (minutes(5), minutes(60))


def test_the_middle_of_an_even_number_is_between_two() -> None:
    assert figures.median([minutes(40), minutes(10), minutes(20), minutes(1)]) == minutes(15)


def test_half_an_hour_sharp_is_prolonged() -> None:
    lengths = [minutes(30) - timedelta(microseconds=1), minutes(30), minutes(60)]

    assert figures.prolonged(lengths) == 2
    assert figures.time_prolonged(lengths) == minutes(90)
    assert figures.prolonged(lengths, figures.VERY_LONG) == 1
    assert figures.share_prolonged([minutes(10), minutes(30)]) == 0.75


def test_an_open_bout_is_not_interrupted_but_sat_all_the_same() -> None:
    bouts = [bout(30, Posture.STANDING), bout(30, None)]

    assert figures.interruptions(bouts) == 1
    assert figures.interruptions_per_hour(bouts) == 1.0
    assert figures.bouts_per_hour([b.length for b in bouts]) == 2.0
    assert figures.satp([b.length for b in bouts]) == pytest.approx(1 / 30)


def test_only_who_was_seen_on_their_feet_is_known_to_have_stood_up() -> None:
    bouts = [bout(10, then) for then in (*Posture, None) if then is not Posture.SITTING]

    assert figures.interruptions(bouts) == 4
    assert figures.confirmed(bouts) == 2


def test_half_of_the_sitting_was_in_stretches_of_so_many_minutes_or_longer() -> None:
    assert figures.usual_longest_first(FIVE) == minutes(60)
    assert figures.usual_nearest(FIVE) == minutes(30)
    assert figures.usual_nearest([minutes(10), minutes(30)]) == minutes(10)


def test_shares_add_up_over_equal_lengths_at_once() -> None:
    assert figures.cumulative([minutes(20), minutes(5), minutes(5)]) == (
        (minutes(5), minutes(10)),
        (minutes(20), minutes(30)),
    )


def test_minutes_belong_to_the_day_they_were_sat_and_the_class_to_the_whole_bout() -> None:
    late = Bout(NINE, NOTHING, minutes(45), MONDAY, None, ((MONDAY, minutes(20)), (TUESDAY, minutes(25))))
    bouts = [bout(10, Posture.AWAY), late]

    assert figures.time_on(bouts, MONDAY) == minutes(30)
    assert figures.time_on(bouts, MONDAY, figures.LONG) == minutes(20)
    assert figures.time_on(bouts, TUESDAY, figures.LONG) == minutes(25)
    assert figures.time_on(bouts, TUESDAY, figures.VERY_LONG) == NOTHING


@LAW
@given(LENGTHS)
def test_half_of_the_time_or_more_lies_at_the_usual_length_and_above_and_less_above_alone(
    lengths: list[timedelta],
) -> None:
    usual = figures.usual_longest_first(lengths)

    assert usual is not None
    assert 2 * figures.time_prolonged(lengths, usual) >= figures.total(lengths)
    assert 2 * figures.total([x for x in lengths if x > usual]) < figures.total(lengths)


@LAW
@given(LENGTHS)
def test_no_share_is_nearer_to_a_half_than_that_of_the_nearest_length(lengths: list[timedelta]) -> None:
    usual, half = figures.usual_nearest(lengths), figures.total(lengths) / 2

    def far(length: timedelta) -> timedelta:
        return abs(figures.total([x for x in lengths if x <= length]) - half)

    assert usual in lengths
    assert all(far(usual) <= far(x) for x in lengths)


@LAW
@given(LENGTHS)
def test_the_middle_has_as_many_below_as_above(lengths: list[timedelta]) -> None:
    middle = figures.median(lengths)

    assert middle is not None
    assert 2 * sum(x < middle for x in lengths) <= len(lengths)
    assert 2 * sum(x > middle for x in lengths) <= len(lengths)


@LAW
@given(LENGTHS, st.integers(1, 180).map(minutes))
def test_what_is_prolonged_and_what_is_not_is_everything(lengths: list[timedelta], least: timedelta) -> None:
    short = [x for x in lengths if x < least]

    assert figures.prolonged(lengths, least) + len(short) == len(lengths)
    assert figures.time_prolonged(lengths, least) + figures.total(short) == figures.total(lengths)
