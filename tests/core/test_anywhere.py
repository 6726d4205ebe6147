"""Which breaks there are when a desk and a laptop know of one person."""

from datetime import UTC, date, datetime, timedelta

from deskbreak.core.anywhere import breaks
from deskbreak.core.days import Reset
from deskbreak.core.postures import BreakKind, How, Posture, Row
from deskbreak.core.union import union

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
SITTING, STANDING, MOVING, AWAY, UNKNOWN = Posture


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def row(posture: Posture, since: float, until: float, how: How = How.INPUT) -> Row:
    at, length = NINE + minutes(since), minutes(until - since)
    return Row(minutes(since), length, at, at + length, timedelta(), MONDAY, posture, how)


def reset(kind: BreakKind, since: float, until: float) -> Reset:
    return Reset(kind, MONDAY, NINE + minutes(since), NINE + minutes(until))


def told(own: list[Row], other: list[Row], *resets: Reset) -> list[tuple[str, float, float]]:
    found = breaks(resets, own, list(union(own, other)), minutes(2))
    return [(b.kind.value, (b.start_at - NINE) / minutes(1), (b.end_at - NINE) / minutes(1)) for b in found]


def test_without_another_machine_the_breaks_are_those_of_the_log() -> None:
    own = [row(SITTING, 0, 30), row(AWAY, 30, 40), row(STANDING, 40, 50), row(MOVING, 50, 51)]
    resets = (
        reset(BreakKind.AWAY, 30, 40),
        reset(BreakKind.STOOD, 40, 40),
        reset(BreakKind.MOVED, 50, 51),
    )

    assert told(own, [], *resets) == [("away", 30, 40), ("stood", 40, 40), ("moved", 50, 51)]


def test_who_was_away_from_the_desk_and_sat_at_the_laptop_had_no_break() -> None:
    own = [row(SITTING, 0, 30), row(AWAY, 30, 60), row(SITTING, 60, 90)]

    assert told(own, [row(SITTING, 31, 59)], reset(BreakKind.AWAY, 30, 60)) == []


def test_a_break_before_it_does_not_stand_in_for_one_that_was_none() -> None:
    own = [row(AWAY, 0, 10), row(SITTING, 10, 30), row(AWAY, 30, 60), row(SITTING, 60, 90)]
    resets = (reset(BreakKind.AWAY, 0, 10), reset(BreakKind.AWAY, 30, 60))

    assert told(own, [row(SITTING, 30, 60)], *resets) == [("away", 0, 10)]


def test_a_break_stays_where_enough_of_it_is_left() -> None:
    own = [row(SITTING, 0, 30), row(AWAY, 30, 60), row(SITTING, 60, 90)]

    assert told(own, [row(SITTING, 40, 60)], reset(BreakKind.AWAY, 30, 60)) == [("away", 30, 60)]


def test_a_short_break_that_the_log_has_stays_as_it_is() -> None:
    own = [row(SITTING, 0, 30), row(AWAY, 30, 31), row(SITTING, 31, 60)]

    assert told(own, [], reset(BreakKind.AWAY, 30, 31)) == [("away", 30, 31)]


def test_what_only_the_laptop_saw_is_new() -> None:
    own = [row(SITTING, 0, 30), row(SITTING, 200, 230)]
    laptop = [
        row(SITTING, 40, 60),
        row(AWAY, 60, 61),
        row(SITTING, 61, 70),
        row(AWAY, 70, 80),
        row(SITTING, 80, 90),
        row(STANDING, 90, 95),
        row(STANDING, 95, 96, How.USER),
        row(MOVING, 96, 97),
    ]

    assert told(own, laptop) == [("away", 70, 80), ("stood", 90, 96), ("moved", 96, 97)]


def test_an_absence_that_goes_on_is_no_break_yet_and_one_that_nobody_observed_is_none() -> None:
    laptop = [row(SITTING, 0, 10), row(AWAY, 10, 40, How.GAP), row(SITTING, 40, 50), row(AWAY, 50, 90)]

    assert told([], laptop) == []


def test_what_the_log_had_seen_and_counted_no_break_becomes_none() -> None:
    own = [row(SITTING, 0, 30), row(AWAY, 30, 40), row(SITTING, 40, 50)]

    assert told(own, [row(AWAY, 0, 50)]) == []


def test_one_break_after_the_other_are_told_in_order() -> None:
    own = [
        row(SITTING, 0, 30),
        row(AWAY, 30, 40),
        row(SITTING, 40, 50),
        row(AWAY, 50, 60),
        row(SITTING, 60, 61),
    ]
    resets = (reset(BreakKind.AWAY, 30, 40), reset(BreakKind.AWAY, 50, 60))

    assert told(own, [row(AWAY, 70, 80), row(SITTING, 80, 90)], *resets) == [
        ("away", 30, 40),
        ("away", 50, 60),
        ("away", 70, 80),
    ]


def test_standing_that_another_machine_knows_to_be_sitting_is_none() -> None:
    own = [row(STANDING, 0, 30)]

    assert told(own, [row(SITTING, 0, 30)], reset(BreakKind.STOOD, 0, 0)) == []
