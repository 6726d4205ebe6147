"""Sitting bouts: what interrupts them, what is part of them, and which day they belong to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.bouts import bouts, sat_on
from deskbreak.core.postures import How, Posture, Row
from deskbreak.core.totals import Bout

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
MONDAY = date(2025, 6, 2)
TUESDAY = date(2025, 6, 3)
NOTHING = timedelta(0)

SITS, STANDS, MOVES, AWAY, UNKNOWN = (
    Posture.SITTING,
    Posture.STANDING,
    Posture.MOVING,
    Posture.AWAY,
    Posture.UNKNOWN,
)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def row(began: timedelta, length: timedelta, posture: Posture, day: date = MONDAY) -> Row:
    start_at = NINE + began
    return Row(began, length, start_at, start_at + length, NOTHING, day, posture, How.INPUT)


def lived(*pieces: tuple[Posture | None, int] | tuple[Posture | None, int, date]) -> list[Row]:
    """Rows one after the other, each a posture and how many seconds; None: there is no row."""
    rows: list[Row] = []
    began = NOTHING
    for posture, lasted, *day in pieces:
        if posture is not None:
            rows.append(row(began, seconds(lasted), posture, *day))
        began += seconds(lasted)
    return rows


def told(found: Iterable[Bout]) -> list[str]:
    return [
        f"{(b.start_at - NINE) // seconds(1)}+{b.length // seconds(1)} {b.then and b.then.value}"
        for b in found
    ]


def test_nobody_sat() -> None:
    assert told(bouts(())) == []
    assert told(bouts(lived((STANDS, 600), (AWAY, 600)))) == []


def test_who_is_still_sitting_has_an_open_bout() -> None:
    assert told(bouts(lived((STANDS, 600), (SITS, 2400)))) == ["600+2400 None"]


def test_less_than_a_minute_up_is_part_of_the_bout() -> None:
    assert told(bouts(lived((SITS, 1200), (STANDS, 59), (SITS, 900), (AWAY, 300)))) == ["0+2159 away"]


def test_a_minute_up_interrupts() -> None:
    found = told(bouts(lived((SITS, 1200), (STANDS, 60), (SITS, 900), (AWAY, 300))))

    assert found == ["0+1200 standing", "1260+900 away"]


def test_the_minute_is_a_matter_of_the_research_field() -> None:
    rows = lived((SITS, 1200), (STANDS, 45), (SITS, 900))

    assert told(bouts(rows, interruption=seconds(10))) == ["0+1200 standing", "1245+900 None"]


def test_short_pieces_next_to_each_other_interrupt_together() -> None:
    found = told(bouts(lived((SITS, 1800), (STANDS, 30), (AWAY, 40), (SITS, 600), (AWAY, 1200))))

    assert found == ["0+1800 standing", "1870+600 away"]


def test_what_is_short_at_the_edge_of_the_record_is_not_sitting() -> None:
    assert told(bouts(lived((STANDS, 20), (SITS, 1500), (STANDS, 20)))) == ["20+1500 standing"]


def test_a_short_hole_in_the_record_is_bridged_and_a_long_one_is_not() -> None:
    assert told(bouts(lived((SITS, 600), (None, 59), (SITS, 600)))) == ["0+1259 None"]
    assert told(bouts(lived((SITS, 600), (None, 60), (SITS, 600)))) == ["0+600 unknown", "660+600 None"]


def test_a_hole_and_what_follows_it_interrupt_together() -> None:
    found = told(bouts(lived((SITS, 600), (None, 30), (MOVES, 30), (SITS, 600))))

    assert found == ["0+600 moving", "660+600 None"]


def test_a_moment_unknown_does_not_hide_that_the_person_stood_up() -> None:
    found = told(bouts(lived((SITS, 600), (UNKNOWN, 20), (STANDS, 600))))

    assert found == ["0+600 standing"]


def test_nobody_knows_how_sitting_ended_before_a_long_time_unknown() -> None:
    found = told(bouts(lived((SITS, 600), (UNKNOWN, 60), (STANDS, 600))))

    assert found == ["0+600 unknown"]


def test_sitting_that_is_known_in_several_ways_is_one_bout() -> None:
    rows = lived((SITS, 600), (SITS, 600), (SITS, 600), (STANDS, 60))

    assert told(bouts(rows)) == ["0+1800 standing"]


def test_a_row_without_length_is_nothing() -> None:
    rows = lived((SITS, 600), (STANDS, 0), (AWAY, 40), (SITS, 0), (AWAY, 40), (SITS, 60))

    assert told(bouts(rows)) == ["0+600 away", "680+60 None"]


def test_a_damaged_row_that_overlaps_the_next_one_ends_no_earlier() -> None:
    rows = [row(NOTHING, seconds(900), SITS), row(seconds(300), seconds(300), SITS)]

    assert told(bouts(rows)) == ["0+900 None"]


def test_a_bout_goes_on_over_the_start_of_the_day() -> None:
    rows = lived((SITS, 1200), (SITS, 1500, TUESDAY), (STANDS, 300, TUESDAY))

    (bout,) = bouts(rows)

    assert (bout.day, bout.length) == (MONDAY, seconds(2700))
    assert sat_on(bout) == ((MONDAY, seconds(1200)), (TUESDAY, seconds(1500)))


def test_a_bout_within_a_day_lies_wholly_on_it() -> None:
    (bout,) = bouts(lived((SITS, 1200), (STANDS, 300), (STANDS, 300, TUESDAY)))

    assert sat_on(bout) == ((MONDAY, seconds(1200)),)


def test_a_short_stand_over_the_start_of_the_day_is_shared_out_where_the_day_starts() -> None:
    rows = lived((SITS, 600), (STANDS, 20), (STANDS, 30, TUESDAY), (SITS, 600, TUESDAY))

    (bout,) = bouts(rows)

    assert sat_on(bout) == ((MONDAY, seconds(620)), (TUESDAY, seconds(630)))


def test_the_next_bout_after_the_start_of_the_day_is_the_new_days() -> None:
    rows = lived((SITS, 600), (AWAY, 300), (AWAY, 300, TUESDAY), (SITS, 600, TUESDAY))

    assert [(bout.day, bout.sat_on) for bout in bouts(rows)] == [(MONDAY, ()), (TUESDAY, ())]


def test_a_bout_is_named_by_where_it_began() -> None:
    first = replace(row(NOTHING, seconds(600), SITS), offset=timedelta(hours=2))
    second = replace(row(seconds(600), seconds(600), SITS), offset=timedelta(hours=1))

    (bout,) = bouts([first, second])

    assert (bout.start_at, bout.offset) == (NINE, timedelta(hours=2))


POSTURES = st.sampled_from([SITS, SITS, SITS, STANDS, MOVES, AWAY, UNKNOWN, None])
PIECES = st.lists(st.tuples(POSTURES, st.integers(1, 75), st.booleans()), max_size=30)
LAW = settings(deadline=None)


def rows_of(pieces: Sequence[tuple[Posture | None, int, bool]]) -> list[Row]:
    day = MONDAY
    dated: list[tuple[Posture | None, int, date]] = []
    for posture, lasted, new_day in pieces:
        day += timedelta(days=new_day)
        dated.append((posture, lasted, day))
    return lived(*dated)


def by_the_second(rows: Sequence[Row]) -> list[Bout]:
    """The same, slowly: every second is looked at, and nothing else is known of rows."""
    if not rows:
        return []
    end = (rows[-1].began + rows[-1].length) // seconds(1)
    postures: list[Posture | None] = [None] * end
    days: list[date | None] = [None] * end
    for each in rows:
        for at in range(each.began // seconds(1), (each.began + each.length) // seconds(1)):
            postures[at], days[at] = each.posture, each.day
    for at in range(1, end):
        days[at] = days[at] or days[at - 1]
    sits = [at for at in range(end) if postures[at] is SITS]
    seated = set(sits)
    for at in sits:
        later = [after for after in range(at + 1, min(at + 61, end)) if postures[after] is SITS]
        seated.update(range(at, max(later, default=at)))
    found = []
    for at in sorted(seated):
        if at - 1 in seated:
            continue
        length = next(n for n in range(1, end - at + 1) if at + n not in seated)
        after = postures[at + length :]
        known = [posture for posture in after[:60] if posture not in (None, UNKNOWN)]
        then = (known or [UNKNOWN])[0] if after else None
        on = [day for day in days[at : at + length] if day is not None]
        shares = tuple((day, seconds(on.count(day))) for day in sorted(set(on)))
        found.append(
            Bout(
                NINE + seconds(at),
                NOTHING,
                seconds(length),
                on[0],
                then,
                shares if len(shares) > 1 else (),
            )
        )
    return found


@LAW
@given(PIECES)
def test_bouts_are_what_a_count_by_the_second_finds(
    pieces: list[tuple[Posture | None, int, bool]],
) -> None:
    rows = rows_of(pieces)

    assert list(bouts(rows)) == by_the_second(rows)


@LAW
@given(PIECES)
def test_no_sitting_is_lost_and_none_is_made_but_of_short_gaps(
    pieces: list[tuple[Posture | None, int, bool]],
) -> None:
    rows = rows_of(pieces)
    found = list(bouts(rows))

    sitting = sum((r.length for r in rows if r.posture is SITS), NOTHING)
    inside = sum((b.length for b in found), NOTHING)
    outside = sum((after.start_at - ended(before) for before, after in pairwise(found)), NOTHING)
    sits = sum(r.posture is SITS for r in rows)
    assert sitting <= inside <= sitting + sits * seconds(60)
    assert all(after.start_at - ended(before) >= seconds(60) for before, after in pairwise(found))
    assert all(sum((length for _, length in sat_on(b)), NOTHING) == b.length for b in found)
    if found:
        assert inside + outside == ended(found[-1]) - found[0].start_at


def ended(bout: Bout) -> datetime:
    return bout.start_at + bout.length


@LAW
@given(PIECES, st.integers(1, 74))
def test_it_makes_no_difference_how_the_log_is_cut_into_rows(
    pieces: list[tuple[Posture | None, int, bool]], at: int
) -> None:
    rows = rows_of(pieces)
    halves = [half for each in rows for half in cut(each, seconds(at))]

    assert list(bouts(halves)) == list(bouts(rows))


def cut(each: Row, at: timedelta) -> tuple[Row, ...]:
    if each.length <= at:
        return (each,)
    return (
        row(each.began, at, each.posture, each.day),
        row(each.began + at, each.length - at, each.posture, each.day),
    )
