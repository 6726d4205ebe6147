"""The corrected log: what was judged, and over it what the person said, the later word last."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from tests.workday import minutes

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
DAY = date(2025, 6, 2)
BREAK_MIN = minutes(2)


def row(began: float, ended: float, posture: Posture, how: How = How.INPUT) -> Row:
    start_at, length = NINE + minutes(began), minutes(ended - began)
    return Row(minutes(began), length, start_at, start_at + length, timedelta(0), DAY, posture, how)


def said(began: float, ended: float, posture: Posture) -> Correction:
    length = minutes(ended - began)
    return Correction(minutes(began), length, NINE + minutes(began), timedelta(0), posture, NINE)


def left(began: float, ended: float, kind: BreakKind = BreakKind.AWAY) -> Break:
    length = minutes(ended - began)
    return Break(1, kind, minutes(began), length, NINE + minutes(began), timedelta(0), DAY)


MORNING = (
    row(0, 10, Posture.SITTING),
    row(10, 22, Posture.AWAY, How.IDLE),
    row(22, 60, Posture.SITTING),
)


def lived(*corrections: Correction) -> list[str]:
    return [
        f"{r.began // minutes(1)}-{(r.began + r.length) // minutes(1)} {r.posture.value} {r.how.value}"
        for r in corrected(MORNING, corrections)
    ]


def broke(*corrections: Correction, breaks: tuple[Break, ...] = (left(10, 22),)) -> list[str]:
    return broken_by(MORNING, *corrections, breaks=breaks)


def broken_by(judged: tuple[Row, ...], *corrections: Correction, breaks: tuple[Break, ...] = ()) -> list[str]:
    rows = tuple(corrected(judged, corrections))
    return [
        f"{b.began // minutes(1)} {b.kind.value} {b.length // minutes(1)}"
        for b in corrected_breaks(breaks, rows, corrections, BREAK_MIN)
    ]


def test_without_a_word_it_is_the_log() -> None:
    assert tuple(corrected(MORNING, ())) == MORNING
    assert broke() == ["10 away 12"]


def test_a_word_about_a_whole_stretch_replaces_it() -> None:
    assert lived(said(10, 22, Posture.SITTING)) == [
        "0-10 sitting input",
        "10-22 sitting user",
        "22-60 sitting input",
    ]


def test_a_word_about_a_part_cuts_and_names_the_pieces_right() -> None:
    pieces = tuple(corrected(MORNING, (said(15, 30, Posture.STANDING),)))

    assert [p.posture.value for p in pieces] == ["sitting", "away", "standing", "standing", "sitting"]
    assert [p.start_at for p in pieces] == [NINE + minutes(m) for m in (0, 10, 15, 22, 30)]
    assert all(before.end_at == after.start_at for before, after in pairwise(pieces))
    assert sum((p.length for p in pieces), timedelta(0)) == minutes(60)


def test_the_later_word_wins() -> None:
    words = said(10, 22, Posture.SITTING), said(15, 22, Posture.MOVING)

    assert lived(*words)[1:3] == ["10-15 sitting user", "15-22 moving user"]


def test_an_absence_that_was_sitting_is_no_break() -> None:
    assert broke(said(10, 22, Posture.SITTING)) == []


def test_an_absence_that_was_sitting_in_part_stays_a_break_while_enough_is_left() -> None:
    assert broke(said(10, 20, Posture.SITTING)) == ["10 away 12"]
    assert broke(said(10, 20.5, Posture.SITTING)) == []


def test_a_break_of_when_less_was_enough_stays_one() -> None:
    short = left(10, 11)

    assert broke(said(30, 35, Posture.SITTING), breaks=(short,)) == ["10 away 1"]
    assert broke(said(10.5, 11, Posture.SITTING), breaks=(short,)) == []


def test_an_absence_that_was_standing_is_another_kind_of_break() -> None:
    assert broke(said(10, 22, Posture.STANDING)) == ["10 stood 12"]


def test_sitting_that_was_a_walk_is_one_more_break() -> None:
    assert broke(said(30, 35, Posture.MOVING)) == ["10 away 12", "30 moved 5"]


def test_sitting_that_was_an_absence_is_one_only_when_it_is_long_enough() -> None:
    assert broke(said(30, 31.9, Posture.AWAY)) == ["10 away 12"]
    assert broke(said(30, 32, Posture.AWAY)) == ["10 away 12", "30 away 2"]


def test_an_absence_confirmed_or_made_longer_is_still_one() -> None:
    assert broke(said(10, 22, Posture.AWAY)) == ["10 away 12"]
    assert broke(said(15, 30, Posture.AWAY)) == ["10 away 12"]
    assert broke(said(5, 22, Posture.AWAY)) == ["10 away 12"]


def test_two_words_that_meet_make_one_break() -> None:
    assert broke(said(30, 35, Posture.MOVING), said(35, 40, Posture.MOVING))[1:] == ["30 moved 10"]


def test_breaks_with_nothing_but_absence_between_are_one() -> None:
    noon = row(60, 70, Posture.AWAY, How.LOCK), row(70, 80, Posture.SITTING)
    rows = (*MORNING, *noon, row(80, 90, Posture.AWAY, How.IDLE), row(90, 99, Posture.SITTING))
    breaks = left(10, 22), replace(left(60, 70), spell=2), replace(left(80, 90), spell=3)
    words = said(22, 60, Posture.AWAY), said(70, 75, Posture.AWAY), said(75, 80, Posture.AWAY)

    told = corrected_breaks(breaks, tuple(corrected(rows, words)), words, BREAK_MIN)

    assert told == (left(10, 90),)


def test_an_absence_said_in_parts_that_leads_up_to_a_break_is_that_break() -> None:
    assert broke(said(2, 6, Posture.AWAY), said(6, 10, Posture.AWAY)) == ["10 away 12"]


def test_an_absence_too_short_by_itself_counts_with_what_was_said_of_the_time_after_it() -> None:
    rows = row(0, 10, Posture.SITTING), row(10, 11, Posture.AWAY, How.IDLE), row(11, 60, Posture.SITTING)
    words = (said(11, 12, Posture.AWAY),)

    told = corrected_breaks((), tuple(corrected(rows, words)), words, BREAK_MIN)

    assert told == (replace(left(10, 12), spell=0),)
    assert broken_by(rows, said(11, 11.9, Posture.AWAY)) == []


def test_so_it_does_in_pieces_and_with_what_was_said_of_the_time_before_it() -> None:
    rows = (
        row(0, 10, Posture.SITTING),
        row(10, 10.5, Posture.AWAY, How.LOCK),
        row(10.5, 11, Posture.AWAY, How.IDLE),
        row(11, 60, Posture.SITTING),
    )

    after = said(11, 12, Posture.AWAY)

    assert broken_by(rows, after) == ["10 away 2"]
    assert broken_by(rows, said(9, 10, Posture.AWAY), after) == ["9 away 3"]


def test_what_is_left_of_an_absence_counts_with_what_was_said_of_the_time_after_it() -> None:
    sat = said(10, 20.5, Posture.SITTING)

    assert broke(sat, said(22, 22.4, Posture.AWAY)) == []
    assert broke(sat, said(22, 30.5, Posture.AWAY)) == ["20 away 10"]


def test_an_absence_that_goes_on_from_a_break_and_a_moment_more_is_that_break() -> None:
    rows = (
        *MORNING[:2],
        row(22, 23, Posture.AWAY, How.LOCK),
        row(23, 60, Posture.SITTING),
    )

    assert broken_by(rows, said(23, 30, Posture.AWAY), breaks=(left(10, 22),)) == ["10 away 12"]


def test_standing_that_is_said_to_have_gone_on_is_no_other_break() -> None:
    rows = row(0, 10, Posture.SITTING), row(10, 12, Posture.STANDING), row(12, 60, Posture.SITTING)

    assert broken_by(rows, said(12, 20, Posture.STANDING)) == []


def test_a_break_after_sitting_at_its_beginning_is_another() -> None:
    rows = (*MORNING, row(60, 70, Posture.AWAY, How.LOCK), row(70, 80, Posture.SITTING))
    breaks = left(10, 22), replace(left(60, 70), spell=2)
    words = said(22, 60, Posture.AWAY), said(60, 65, Posture.SITTING)

    assert corrected_breaks(breaks, tuple(corrected(rows, words)), words, BREAK_MIN) == breaks


def test_standing_that_goes_on_is_a_break_unless_it_was_sitting() -> None:
    standing = replace(left(10, 10), kind=BreakKind.STOOD)

    assert broke(breaks=(standing,)) == ["10 stood 0"]
    assert broke(said(5, 22, Posture.SITTING), breaks=(standing,)) == []


def test_standing_that_was_sitting_for_a_while_is_still_a_break() -> None:
    assert broke(said(15, 22, Posture.SITTING), breaks=(left(10, 22, BreakKind.STOOD),)) == ["10 stood 12"]
    assert broke(said(10, 22, Posture.SITTING), breaks=(left(10, 22, BreakKind.STOOD),)) == []
