"""The log and its stand-in: the same stories must end the same way."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from deskbreak.core.commands import (
    Decision,
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Rule,
    Uncorrect,
    Unrecord,
)
from deskbreak.core.events import Hold, Rating
from deskbreak.core.postures import BreakKind, How, Posture, Row
from deskbreak.ports import DayTotals
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.errors import StoreError
from deskbreak.store.log import Numbers, SqliteLog
from tests.fakes import FakeClock, FakeLog
from tests.store.diary import (
    BERLIN,
    MONDAY,
    NINE,
    minutes,
    named,
    said,
    sat,
    stood,
    stretch,
    took_a_break,
    was_away,
)

Either = SqliteLog | FakeLog
LONG_AGO, FAR_OFF = NINE - timedelta(days=4000), NINE + timedelta(days=4000)


@pytest.fixture
def log() -> Iterator[SqliteLog]:
    with closing(SqliteLog(in_memory(), IN_MEMORY, FakeClock().mark)) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "fake"])
def either(request: pytest.FixtureRequest) -> Iterator[Either]:
    if request.param == "fake":
        yield FakeLog()
    else:
        with closing(SqliteLog(in_memory(), IN_MEMORY, FakeClock().mark)) as opened:
            yield opened


def rows_of(log: Either) -> list[Row]:
    return log.rows if isinstance(log, FakeLog) else list(log.stretches(LONG_AGO, FAR_OFF))


def breaks_of(log: Either) -> list[int]:
    return (
        sorted(log.breaks) if isinstance(log, FakeLog) else [b.spell for b in log.breaks(LONG_AGO, FAR_OFF)]
    )


def exercises_of(log: Either) -> list[ExerciseRow]:
    return log.exercises if isinstance(log, FakeLog) else list(log.exercises(LONG_AGO, FAR_OFF))


def spent(totals: DayTotals, posture: Posture) -> timedelta:
    return dict(totals.by_posture)[posture]


def reminder(number: int = 1, outcome: Outcome | None = None) -> PromptRow:
    decision = Decision(
        Rule.LIMIT, minutes(30), minutes(30), timedelta(seconds=9), timedelta(0), (Hold.CALL, Hold.DND)
    )
    answered = None if outcome is None else NINE + minutes(31)
    return PromptRow(
        number, PromptKind.REMINDER, 1, "glute-bridge", NINE, BERLIN, decision, outcome, answered
    )


def exercise(at: float, activation: bool = False) -> ExerciseRow:
    return ExerciseRow(
        round(at), "glute-bridge", NINE + minutes(at), BERLIN, minutes(2), minutes(3), activation, None
    )


def test_each_heartbeat_lengthens_the_row_of_the_sitting_in_progress(either: Either) -> None:
    for minute in range(30):
        either.write((sat(minute, minute + 1),), "{}")

    assert rows_of(either) == [stretch(Posture.SITTING, minutes(0), minutes(30))]


def test_a_row_goes_on_only_in_the_same_posture_known_in_the_same_way(either: Either) -> None:
    by_call = Record(stretch(Posture.SITTING, minutes(10), minutes(20), How.CALL))

    either.write((sat(0, 10), by_call, was_away(20, 30)), "{}")

    assert [(row.posture, row.how) for row in rows_of(either)] == [
        (Posture.SITTING, How.INPUT),
        (Posture.SITTING, How.CALL),
        (Posture.AWAY, How.LOCK),
    ]


def test_a_new_day_begins_a_new_row(either: Either) -> None:
    either.write((sat(0, 10), sat(10, 20, date(2025, 6, 3))), "{}")

    assert [row.day for row in rows_of(either)] == [MONDAY, date(2025, 6, 3)]


def test_another_offset_begins_a_new_row(either: Either) -> None:
    winter = Record(replace(sat(10, 20).row, offset=timedelta(hours=1)))

    either.write((sat(0, 10), winter), "{}")

    assert [row.offset for row in rows_of(either)] == [BERLIN, timedelta(hours=1)]


def test_a_step_of_the_wall_clock_begins_a_new_row(either: Either) -> None:
    either.write((sat(0, 10), named(sat(10, 20), timedelta(hours=-2))), "{}")

    assert [row.length for row in rows_of(either)] == [minutes(10), minutes(10)]
    assert rows_of(either)[1].start_at == NINE + minutes(10) - timedelta(hours=2)


def test_a_wall_clock_that_is_slewed_a_little_begins_no_new_row(either: Either) -> None:
    either.write((sat(0, 10), named(sat(10, 20), timedelta(seconds=-0.9))), "{}")

    (row,) = rows_of(either)
    assert row.length == minutes(20)
    assert row.end_at == NINE + minutes(20) - timedelta(seconds=0.9)


def test_time_that_nobody_booked_stays_a_gap(either: Either) -> None:
    either.write((sat(0, 10), sat(10.001, 20)), "{}")

    assert [row.length for row in rows_of(either)] == [minutes(10), minutes(9.999)]


def test_what_is_booked_again_from_the_same_moment_counts_instead(either: Either) -> None:
    either.write((sat(0, 10), was_away(10, 20)), "{}")

    either.write((stood(10, 12),), "{}")

    assert [row.posture for row in rows_of(either)] == [Posture.SITTING, Posture.STANDING]


def test_boundaries_between_two_milliseconds_leave_no_gap_and_no_overlap(log: SqliteLog) -> None:
    third = timedelta(milliseconds=1000 + 1 / 3)
    for turn in range(0, 300, 2):
        sits = stretch(Posture.SITTING, turn * third, (turn + 1) * third)
        stands = stretch(Posture.STANDING, (turn + 1) * third, (turn + 2) * third)
        log.write((Record(sits), Record(stands)), "{}")

    found = list(log.stretches(LONG_AGO, FAR_OFF))
    assert all(one.began + one.length == two.began for one, two in pairwise(found))
    assert sum((row.length for row in found), timedelta(0)) == timedelta(milliseconds=300_099)


def test_undo_takes_back_the_rows_since_and_cuts_the_one_that_reaches_over(either: Either) -> None:
    either.write((sat(0, 30), stood(30, 35), sat(35, 40)), "{}")

    either.write((Unrecord(minutes(25), 1, 1),), "{}")

    assert rows_of(either) == [stretch(Posture.SITTING, minutes(0), minutes(25))]


def test_what_is_booked_after_an_undo_goes_on_from_the_cut(either: Either) -> None:
    either.write((sat(0, 30), stood(30, 31)), "{}")

    either.write((Unrecord(minutes(30), 1, 1), sat(30, 31)), "{}")

    assert rows_of(either) == [stretch(Posture.SITTING, minutes(0), minutes(31))]


def test_undo_takes_back_the_breaks_and_exercises_since(either: Either) -> None:
    either.write(
        (
            sat(0, 30),
            RecordBreak(took_a_break(1, 10, 5)),
            RecordBreak(took_a_break(2, 30, 0, BreakKind.STOOD)),
            RecordExercise(exercise(12)),
            RecordExercise(exercise(30)),
        ),
        "{}",
    )

    either.write((Unrecord(minutes(30), 2, 13),), "{}")

    assert breaks_of(either) == [1]
    assert exercises_of(either) == [exercise(12)]


def test_undo_of_everything_leaves_nothing(either: Either) -> None:
    either.write((sat(5, 30), RecordExercise(exercise(6))), "{}")

    either.write((Unrecord(minutes(5), 1, 1),), "{}")

    assert rows_of(either) == []
    assert exercises_of(either) == []


def test_a_break_in_progress_is_one_break_however_often_it_is_booked(either: Either) -> None:
    for length in (2, 3, 4):
        either.write((RecordBreak(took_a_break(7, 10, length)),), "{}")

    assert dict(either.day(MONDAY).breaks)[BreakKind.AWAY] == 1
    assert breaks_of(either) == [7]


def test_the_day_adds_up_what_was_done_in_it(either: Either) -> None:
    either.write(
        (
            sat(0, 30),
            was_away(30, 35),
            stood(35, 50),
            sat(50, 60),
            sat(60, 90, date(2025, 6, 3)),
            RecordBreak(took_a_break(1, 30, 5)),
            RecordBreak(took_a_break(2, 35, 15, BreakKind.STOOD)),
        ),
        "{}",
    )

    monday = either.day(MONDAY)

    assert spent(monday, Posture.SITTING) == minutes(40)
    assert spent(monday, Posture.STANDING) == minutes(15)
    assert spent(monday, Posture.AWAY) == minutes(5)
    assert spent(monday, Posture.MOVING) == spent(monday, Posture.UNKNOWN) == timedelta(0)
    assert dict(monday.breaks) == {BreakKind.AWAY: 1, BreakKind.STOOD: 1, BreakKind.MOVED: 0}


def test_unknown_time_before_the_first_proof_of_the_day_and_after_the_last_does_not_count(
    either: Either,
) -> None:
    def unknown(since: float, until: float) -> Record:
        return Record(stretch(Posture.UNKNOWN, minutes(since), minutes(until), How.GAP))

    either.write((unknown(0, 5), sat(5, 10), unknown(10, 17), was_away(17, 20), stood(20, 30)), "{}")
    either.write((unknown(30, 60),), "{}")

    assert spent(either.day(MONDAY), Posture.UNKNOWN) == minutes(7)
    assert spent(either.day(MONDAY), Posture.AWAY) == minutes(3)


def test_the_day_is_what_the_person_says_it_was(either: Either) -> None:
    either.write(
        (sat(0, 30), was_away(30, 35), sat(35, 60), RecordBreak(took_a_break(1, 30, 5))),
        "{}",
    )

    either.write((RecordCorrection(said(30, 35, Posture.SITTING)),), "{}")

    monday = either.day(MONDAY)
    assert spent(monday, Posture.SITTING) == monday.longest == minutes(60)
    assert spent(monday, Posture.AWAY) == timedelta(0)
    assert dict(monday.breaks)[BreakKind.AWAY] == 0
    assert [row.posture for row in rows_of(either)] == [Posture.SITTING, Posture.AWAY, Posture.SITTING]


def test_the_later_word_wins_and_can_be_taken_back(either: Either) -> None:
    first, second = said(30, 35, Posture.SITTING), said(30, 35, Posture.STANDING)
    either.write((sat(0, 30), was_away(30, 35), sat(35, 60)), "{}")
    either.write((RecordCorrection(first), RecordCorrection(second)), "{}")

    assert spent(either.day(MONDAY), Posture.STANDING) == minutes(5)
    either.write((Uncorrect(second),), "{}")

    assert spent(either.day(MONDAY), Posture.STANDING) == timedelta(0)
    assert spent(either.day(MONDAY), Posture.SITTING) == minutes(60)
    either.write((Uncorrect(first),), "{}")
    assert spent(either.day(MONDAY), Posture.AWAY) == minutes(5)


def test_a_correction_and_its_taking_back_both_stay_in_the_log(log: SqliteLog) -> None:
    word = said(30, 35, Posture.SITTING)
    log.write((RecordCorrection(word),), "{}")

    assert log.corrections(minutes(0), minutes(60)) == (word,)
    assert log.corrections(minutes(35), minutes(60)) == log.corrections(minutes(0), minutes(30)) == ()
    log.write((Uncorrect(word),), "{}")

    assert log.corrections(minutes(0), minutes(60)) == ()
    assert log._connection.execute("SELECT posture, undoes FROM corrections").fetchall() == [
        ("sitting", None),
        (None, 1),
    ]


@pytest.mark.parametrize("posture", [Posture.AWAY, Posture.STANDING], ids=str)
def test_a_break_told_of_across_the_days_start_is_one_break(either: Either, posture: Posture) -> None:
    tuesday = date(2025, 6, 3)
    either.write((sat(0, 30), sat(30, 31), sat(31, 35, tuesday), sat(35, 70, tuesday)), "{}")

    either.write((RecordCorrection(said(30, 35, posture)),), "{}")

    assert sum(dict(either.day(MONDAY).breaks).values()) == 1
    assert sum(dict(either.day(tuesday).breaks).values()) == 0
    assert spent(either.day(MONDAY), posture) == minutes(1)
    assert spent(either.day(tuesday), posture) == minutes(4)


def test_how_long_an_absence_must_be_to_be_a_break_is_as_it_was_set(log: SqliteLog) -> None:
    log.write((sat(0, 60), RecordCorrection(said(30, 33, Posture.AWAY))), "{}")

    assert dict(log.day(MONDAY).breaks)[BreakKind.AWAY] == 1
    log.put_in_force({"break_min": '"5m"'}, NINE)

    assert dict(log.day(MONDAY).breaks)[BreakKind.AWAY] == 0


def test_a_day_without_rows_is_a_day_of_nothing(either: Either) -> None:
    empty = either.day(MONDAY)

    assert empty.day == MONDAY
    assert spent(empty, Posture.SITTING) == empty.longest == timedelta(0)


def test_an_interruption_of_less_than_a_minute_is_part_of_the_bout(either: Either) -> None:
    either.write((sat(0, 20), was_away(20, 20.5), stood(20.5, 20.9), sat(20.9, 40)), "{}")

    assert either.day(MONDAY).longest == minutes(40)


def test_an_interruption_of_a_minute_ends_the_bout(either: Either) -> None:
    either.write((sat(0, 20), was_away(20, 21), sat(21, 45)), "{}")

    assert either.day(MONDAY).longest == minutes(24)


def test_short_interruptions_in_a_row_are_one_longer_interruption(either: Either) -> None:
    either.write((sat(0, 20), was_away(20, 20.6), stood(20.6, 21.2), sat(21.2, 30)), "{}")

    assert either.day(MONDAY).longest == minutes(20)


def test_a_bout_over_the_days_start_belongs_to_the_day_it_began_with_its_whole_length(
    either: Either,
) -> None:
    tuesday = date(2025, 6, 3)
    either.write(
        (sat(0, 50), sat(50, 120, tuesday), was_away(120, 130, tuesday), sat(130, 140, tuesday)), "{}"
    )

    assert either.day(MONDAY).longest == minutes(120)
    assert either.day(tuesday).longest == minutes(10)


def test_a_day_that_only_goes_on_with_yesterdays_bout_has_no_bout_of_its_own(either: Either) -> None:
    tuesday, wednesday = date(2025, 6, 3), date(2025, 6, 4)
    either.write((sat(0, 10), sat(10, 20, tuesday), sat(20, 30, wednesday)), "{}")

    assert either.day(MONDAY).longest == minutes(30)
    assert either.day(tuesday).longest == timedelta(0)
    assert either.day(wednesday).longest == timedelta(0)


def test_a_day_that_came_twice_by_a_clock_set_wrong_keeps_its_bouts_apart(either: Either) -> None:
    friday = date(2025, 6, 6)
    either.write((sat(0, 10), sat(10, 40, friday), sat(40, 45), was_away(45, 50), sat(50, 56)), "{}")

    assert either.day(MONDAY).longest == minutes(45)
    assert either.day(friday).longest == timedelta(0)


def test_the_state_is_what_was_written_last(either: Either) -> None:
    assert either.state() is None

    either.write((), '{"count":1}')
    either.write((sat(0, 1),), '{"count":2}')

    assert either.state() == '{"count":2}'


def test_a_prompt_is_kept_with_its_decision_and_then_with_its_outcome(log: SqliteLog) -> None:
    log.write((RecordPrompt(reminder(1)), RecordPrompt(reminder(2))), "{}")
    log.write((RecordPrompt(reminder(1, Outcome.SNOOZED)),), "{}")

    assert list(log.prompts(LONG_AGO, FAR_OFF)) == [reminder(1, Outcome.SNOOZED), reminder(2)]


def test_rows_come_back_to_the_millisecond(log: SqliteLog) -> None:
    tick = timedelta(milliseconds=1)
    row = stretch(Posture.MOVING, timedelta(days=9000) + tick, timedelta(days=9000) + 3 * tick, How.EXERCISE)
    done = ExerciseRow(
        1, "hip-flexor-stretch", NINE + tick, -BERLIN, 5 * tick, 7 * tick, activation=True, rating=Rating.HARD
    )

    log.write((Record(row), RecordExercise(done)), "{}")

    assert list(log.stretches(LONG_AGO, NINE + timedelta(days=9999))) == [row]
    assert list(log.exercises(LONG_AGO, FAR_OFF)) == [done]


def test_a_span_of_the_log_holds_the_rows_that_lie_in_it_in_part(log: SqliteLog) -> None:
    log.write((sat(0, 10), was_away(10, 20), sat(20, 30), was_away(30, 40)), "{}")

    found = [row.began for row in log.stretches(NINE + minutes(15), NINE + minutes(30))]

    assert found == [minutes(10), minutes(20)]


def test_a_wall_clock_slewed_back_inside_a_short_row_ends_it_no_earlier_than_it_began(log: SqliteLog) -> None:
    short = sat(0, 0.001).row

    log.write((Record(replace(short, end_at=short.start_at - timedelta(seconds=0.5))),), "{}")

    (row,) = log.stretches(LONG_AGO, FAR_OFF)
    assert (row.start_at, row.end_at, row.length) == (NINE, NINE, short.length)


def test_a_state_begun_afresh_can_count_on_from_the_numbers_in_the_log(log: SqliteLog) -> None:
    before = log.numbers()

    log.write((RecordBreak(took_a_break(41, 10, 2)), RecordPrompt(reminder(17))), "{}")

    assert (before, log.numbers()) == (Numbers(0, 0), Numbers(41, 17))


def test_a_setting_is_noted_when_it_changes_and_not_else(log: SqliteLog) -> None:
    log.put_in_force({"sit_limit": "30m", "sound": "false"}, NINE)
    log.put_in_force({"sit_limit": "30m", "sound": "true"}, NINE + minutes(1))

    assert [(s.key, s.value, s.since) for s in log.in_force()] == [
        ("sit_limit", "30m", NINE),
        ("sound", "true", NINE + minutes(1)),
    ]


def test_a_write_is_all_or_nothing(log: SqliteLog) -> None:
    log.write((sat(0, 10),), "before")
    impossible = Record(stretch(Posture.SITTING, minutes(20), minutes(19)))

    with pytest.raises(StoreError, match="CHECK"):
        log.write((sat(10, 20), impossible), "after")

    assert [row.length for row in log.stretches(LONG_AGO, FAR_OFF)] == [minutes(10)]
    assert log.state() == "before"


def test_the_day_is_quick_and_the_log_small_with_ten_years_of_history() -> None:
    years = [
        Record(
            stretch(
                Posture.SITTING if half % 2 else Posture.AWAY,
                minutes(half * 15),
                minutes(half * 15 + 15),
                How.INPUT if half % 2 else How.LOCK,
                MONDAY + timedelta(days=half // 32),
            )
        )
        for half in range(32 * 3650)
    ]
    connection = in_memory()
    log = SqliteLog(connection, IN_MEMORY, FakeClock().mark)
    log.write(tuple(years), "{}")

    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    connection.set_progress_handler(count, 100)
    longest = log.day(MONDAY + timedelta(days=3000)).longest
    connection.set_progress_handler(None, 100)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    log.close()

    assert longest == minutes(15)
    assert pages * 4096 < 9_000_000
    assert steps < 50, "a day must be found by the index, not by reading the log"


def test_all_that_was_ever_said_is_listed_with_its_number_and_its_note(either: Either) -> None:
    first = said(30, 35, Posture.SITTING)
    second = replace(said(10, 20, Posture.MOVING), note="a walk round the block")
    either.write((RecordCorrection(first), RecordCorrection(second)), "{}")

    assert [(each.number, each.correction, each.undone) for each in either.said()] == [
        (1, first, False),
        (2, second, False),
    ]
    assert [each.correction.note for each in either.said()] == [None, "a walk round the block"]
    either.write((Uncorrect(first),), "{}")

    assert [each.undone for each in either.said()] == [True, False]


def test_the_days_of_work_before_a_day_are_counted_up_to_so_many(either: Either) -> None:
    tuesday, wednesday = date(2025, 6, 3), date(2025, 6, 4)
    either.write((sat(0, 30), was_away(30, 35, tuesday), sat(40, 50, wednesday)), "{}")

    assert either.worked_before(MONDAY, 3) == 0
    assert either.worked_before(wednesday, 3) == 1
    assert either.worked_before(date(2025, 6, 5), 3) == 2
    assert either.worked_before(date(2025, 6, 5), 1) == 1
