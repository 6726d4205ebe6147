"""A desk at home and a laptop: one person, who sits on one chair at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.postures import How, Posture, Row
from deskbreak.core.union import union

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
SITTING, STANDING, MOVING, AWAY, UNKNOWN = Posture
ZERO = timedelta(0)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def row(
    posture: Posture, since: float, until: float, how: How = How.INPUT, elapsed: float | None = None
) -> Row:
    """From `since` to `until` after nine by its names; the elapsed clock was 0 at nine unless said."""
    began = minutes(since if elapsed is None else elapsed)
    start_at, end_at = NINE + minutes(since), NINE + minutes(until)
    return Row(began, end_at - start_at, start_at, end_at, ZERO, MONDAY, posture, how)


def told(own: list[Row], other: list[Row]) -> list[tuple[str, float, float]]:
    """The union as posture and minutes of the own elapsed clock."""
    return [
        (r.posture.value, r.began / minutes(1), (r.began + r.length) / minutes(1)) for r in union(own, other)
    ]


def test_without_another_machine_everything_is_as_it_was() -> None:
    own = [row(SITTING, 0, 30), row(AWAY, 30, 40, How.LOCK)]

    assert list(union(own, [])) == own
    assert list(union([], [])) == []


def test_sitting_at_the_laptop_is_sitting_although_the_desk_saw_nobody() -> None:
    desk = [row(SITTING, 0, 30), row(AWAY, 30, 90, How.LOCK), row(SITTING, 90, 100)]
    laptop = [row(SITTING, 40, 60, elapsed=7000), row(AWAY, 60, 100, elapsed=7020)]

    assert told(desk, laptop) == [
        ("sitting", 0, 30),
        ("away", 30, 40),
        ("sitting", 40, 60),
        ("away", 60, 90),
        ("sitting", 90, 100),
    ]


def test_what_the_laptop_says_keeps_how_it_is_known_and_gets_the_names_of_the_desk() -> None:
    desk = [row(AWAY, 0, 60, How.LOCK)]
    laptop = [row(SITTING, 20, 30, How.CALL, elapsed=500)]

    middle = list(union(desk, laptop))[1]

    assert middle == row(SITTING, 20, 30, How.CALL)


def test_who_sits_at_both_sits_once() -> None:
    assert told([row(SITTING, 0, 60)], [row(SITTING, 0, 60)]) == [("sitting", 0, 60)]


def test_away_from_the_laptop_says_nothing_of_the_desk() -> None:
    assert told([row(STANDING, 0, 60)], [row(AWAY, 0, 60)]) == [("standing", 0, 60)]
    assert told([row(UNKNOWN, 0, 60)], [row(AWAY, 0, 60)]) == [("away", 0, 60)]
    assert told([row(STANDING, 0, 60)], [row(SITTING, 0, 60)]) == [("sitting", 0, 60)]


def test_what_the_laptop_saw_while_the_desk_was_off_is_told_between() -> None:
    desk = [row(SITTING, 0, 10), row(SITTING, 60, 70)]
    laptop = [row(SITTING, 5, 20, elapsed=0), row(MOVING, 30, 65, elapsed=25)]

    assert told(desk, laptop) == [
        ("sitting", 0, 10),
        ("sitting", 10, 20),
        ("moving", 30, 60),
        ("sitting", 60, 70),
    ]


def test_what_was_before_the_log_began_and_after_it_ended_is_told_too() -> None:
    desk = [row(SITTING, 0, 10)]
    laptop = [row(SITTING, -60, -30, elapsed=5000), row(STANDING, 30, 40, elapsed=5090)]

    assert told(desk, laptop) == [("sitting", -60, -30), ("sitting", 0, 10), ("standing", 30, 40)]


def test_a_machine_without_a_log_of_its_own_shows_the_others() -> None:
    laptop = [row(SITTING, 0, 30, elapsed=500), row(SITTING, 60, 90, elapsed=560)]

    assert told([], laptop) == [("sitting", 500, 530), ("sitting", 560, 590)]


def test_an_hour_that_the_wall_clock_lived_twice_is_not_sat_twice() -> None:
    # At ten the desk's clock was set back to nine.
    desk = [row(AWAY, 0, 60), row(AWAY, 0, 60, elapsed=60)]
    laptop = [row(SITTING, 0, 60)]

    assert told(desk, laptop) == [("sitting", 0, 60), ("away", 60, 120)]


def test_a_clock_that_was_set_ahead_makes_no_room() -> None:
    # At 9:10 the desk's clock was set to ten; in those 50 minutes of no length the laptop saw its person sit.
    desk = [row(AWAY, 0, 10), row(AWAY, 60, 70, elapsed=15)]
    laptop = [row(SITTING, 12, 30), row(SITTING, 40, 50)]

    assert told(desk, laptop) == [("away", 0, 10), ("sitting", 12, 15), ("away", 15, 25)]


def test_a_laptop_whose_clock_was_set_back_tells_no_moment_twice() -> None:
    laptop = [row(SITTING, 0, 30), row(AWAY, 10, 40, elapsed=30), row(SITTING, 20, 30, elapsed=60)]

    assert told([], laptop) == [("sitting", 0, 30), ("away", 30, 40)]


def test_a_moment_without_length_stays_a_moment() -> None:
    assert told([row(AWAY, 5, 5)], [row(SITTING, 0, 10)]) == [
        ("sitting", 0, 5),
        ("away", 5, 5),
        ("sitting", 5, 10),
    ]


def test_three_machines_are_told_together() -> None:
    desk, laptop, office = [row(AWAY, 0, 60)], [row(SITTING, 0, 20)], [row(SITTING, 10, 40)]

    united = list(union(union(desk, laptop), office))

    assert [(r.posture, r.length) for r in united] == [
        (SITTING, minutes(20)),
        (SITTING, minutes(20)),
        (AWAY, minutes(20)),
    ]


# --- laws ------------------------------------------------------------------------------------------

lengths = st.integers(0, 20)
steps = st.sampled_from([0, 0, 0, 0, 3, 40, -3, -40])


@st.composite
def logs(draw: st.DrawFn, in_step: bool = False) -> list[Row]:
    """A log in the order of its elapsed clock, with gaps; unless `in_step` its wall clock is set at times."""
    rows: list[Row] = []
    elapsed, wall = minutes(draw(st.integers(-50, 50))), NINE + minutes(draw(st.integers(-50, 50)))
    for length, gap, step in draw(
        st.lists(st.tuples(lengths, st.sampled_from([0, 0, 7]), steps), max_size=8)
    ):
        elapsed, wall = elapsed + minutes(gap), wall + minutes(gap if in_step else gap + step)
        posture, how = draw(st.sampled_from(Posture)), draw(st.sampled_from(How))
        end_at = wall + minutes(length)
        rows.append(Row(elapsed, minutes(length), wall, end_at, ZERO, MONDAY, posture, how))
        elapsed, wall = elapsed + minutes(length), end_at
    return rows


def spent(rows: list[Row], *postures: Posture) -> timedelta:
    return sum((r.length for r in rows if r.posture in postures), ZERO)


@given(logs(), logs())
def test_a_union_never_exceeds_the_elapsed_time(own: list[Row], other: list[Row]) -> None:
    united = list(union(own, other))

    assert all(a.began + a.length <= b.began for a, b in pairwise(united))
    assert all(r.length >= ZERO for r in united)
    if united:
        assert spent(united, *Posture) <= united[-1].began + united[-1].length - united[0].began


@given(logs(), logs())
def test_sitting_is_what_either_saw_and_no_more(own: list[Row], other: list[Row]) -> None:
    united = list(union(own, other))

    assert spent(united, SITTING) >= spent(own, SITTING)
    assert spent(united, SITTING) <= spent(own, SITTING) + spent(other, SITTING)
    assert spent(united, *Posture) >= spent(own, *Posture)


@given(logs(), logs())
def test_taking_the_same_log_in_again_changes_nothing(own: list[Row], other: list[Row]) -> None:
    once = list(union(own, other))

    again = list(union(once, other))

    assert [spent(again, p) for p in Posture] == [spent(once, p) for p in Posture]


@given(logs())
def test_a_log_united_with_itself_is_itself(own: list[Row]) -> None:
    in_step = [replace(r, start_at=NINE + r.began, end_at=NINE + r.began + r.length) for r in own]

    assert [spent(list(union(in_step, in_step)), p) for p in Posture] == [spent(own, p) for p in Posture]


SURER = (SITTING, STANDING, MOVING, AWAY, UNKNOWN)


def by_the_minute(rows: list[Row]) -> dict[datetime, Posture]:
    return {
        row.start_at + minutes(turn): row.posture for row in rows for turn in range(row.length // minutes(1))
    }


@given(logs(in_step=True), logs(in_step=True))
def test_counted_minute_by_minute_it_is_the_same(own: list[Row], other: list[Row]) -> None:
    ours, theirs = by_the_minute(own), by_the_minute(other)

    assert by_the_minute(list(union(own, other))) == {
        at: min((side[at] for side in (ours, theirs) if at in side), key=SURER.index)
        for at in ours.keys() | theirs.keys()
    }
