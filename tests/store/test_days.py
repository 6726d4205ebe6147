"""Days of the log, as the person corrected them: what each held, and what it owes to its neighbours."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from deskbreak.core.commands import (
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Uncorrect,
)
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.core.totals import Day
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from tests.fakes import FakeClock
from tests.store.diary import (
    BERLIN,
    MONDAY,
    NINE,
    minutes,
    said,
    sat,
    stood,
    stretch,
    took_a_break,
    was_away,
)

TUESDAY, WEDNESDAY = date(2025, 6, 3), date(2025, 6, 4)
EVER = date.min, date.max


@pytest.fixture
def log() -> Iterator[SqliteLog]:
    with closing(SqliteLog(in_memory(), IN_MEMORY, FakeClock().mark)) as opened:
        yield opened


def monday(log: SqliteLog) -> Day:
    (found,) = log.days(MONDAY, MONDAY)
    return found


def sitting(day: Day) -> timedelta:
    return dict(day.spent)[Posture.SITTING]


def unknown(since: float, until: float, how: How = How.GAP, day: date = MONDAY) -> Record:
    return Record(stretch(Posture.UNKNOWN, minutes(since), minutes(until), how, day))


def quiet(since: float, until: float) -> Record:
    return Record(stretch(Posture.AWAY, minutes(since), minutes(until), How.IDLE))


def left(spell: int, since: float, length: float, kind: BreakKind = BreakKind.AWAY) -> RecordBreak:
    return RecordBreak(took_a_break(spell, since, length, kind))


def reminded(at: float, outcome: Outcome | None = Outcome.LEFT, number: int = 1) -> RecordPrompt:
    kind = PromptKind.REMINDER
    return RecordPrompt(
        PromptRow(number, kind, 1, None, NINE + minutes(at), BERLIN, None, outcome, NINE + minutes(at))
    )


def did(at: float, seated: bool = False) -> RecordExercise:
    start_at, length = NINE + minutes(at), minutes(1)
    return RecordExercise(
        ExerciseRow(round(at), "glute-bridge", start_at, BERLIN, length, length, seated, None)
    )


def test_a_day_tells_the_time_in_every_posture_and_how_much_of_it_was_inferred(log: SqliteLog) -> None:
    by_gap = Record(stretch(Posture.SITTING, minutes(40), minutes(43), How.GAP))

    log.write((sat(0, 30), quiet(30, 40), by_gap, stood(43, 50), was_away(50, 60)), "{}")

    assert dict(monday(log).spent) == {
        Posture.SITTING: minutes(33),
        Posture.STANDING: minutes(7),
        Posture.MOVING: minutes(0),
        Posture.AWAY: minutes(20),
        Posture.UNKNOWN: minutes(0),
    }
    assert {posture: length for posture, length in monday(log).inferred if length} == {
        Posture.SITTING: minutes(3),
        Posture.AWAY: minutes(10),
    }


def test_a_walk_is_time_of_its_own(log: SqliteLog) -> None:
    walk = Record(stretch(Posture.MOVING, minutes(10), minutes(14), How.EXERCISE))

    log.write((sat(0, 10), walk, sat(14, 20)), "{}")

    assert dict(monday(log).spent)[Posture.MOVING] == minutes(4)
    assert monday(log).tracked == minutes(20)


def test_unknown_time_counts_only_between_the_first_and_the_last_proof_of_the_day(log: SqliteLog) -> None:
    log.write((unknown(0, 10), sat(10, 30), unknown(30, 35), was_away(35, 40), unknown(40, 42)), "{}")
    log.write((sat(42, 60), unknown(60, 90), was_away(90, 100)), "{}")

    day = monday(log)
    assert dict(day.spent)[Posture.UNKNOWN] == minutes(7)
    assert dict(log.day(MONDAY).by_posture)[Posture.UNKNOWN] == minutes(7)
    assert dict(day.spent)[Posture.AWAY] == minutes(15)


def test_what_was_tracked_is_the_time_from_the_first_proof_to_the_last_without_the_unknown(
    log: SqliteLog,
) -> None:
    log.write((was_away(0, 10), sat(10, 30), unknown(30, 35), was_away(35, 40), stood(40, 60)), "{}")
    log.write((was_away(60, 100),), "{}")

    assert monday(log).tracked == minutes(45)


def test_the_proofs_of_another_day_prove_nothing_about_this_one(log: SqliteLog) -> None:
    log.write((sat(0, 10), unknown(10, 20), unknown(20, 30, day=TUESDAY), sat(30, 40, TUESDAY)), "{}")

    assert [dict(day.spent)[Posture.UNKNOWN] for day in log.days(MONDAY, TUESDAY)] == [minutes(0)] * 2


def test_only_days_with_a_record_are_told_and_in_order(log: SqliteLog) -> None:
    friday = date(2025, 6, 6)
    log.write((sat(0, 10), sat(4000, 4010, friday)), "{}")

    assert [day.day for day in log.days(*EVER)] == [MONDAY, friday]
    assert [day.day for day in log.days(TUESDAY, WEDNESDAY)] == []
    assert [day.day for day in log.days(TUESDAY, date.max)] == [friday]


def test_an_empty_log_has_no_days(log: SqliteLog) -> None:
    assert log.days(*EVER) == ()
    assert list(log.lived(*EVER)) == []


def test_a_bout_is_told_on_the_day_it_began_with_what_ended_it(log: SqliteLog) -> None:
    log.write((sat(0, 50), sat(50, 120, TUESDAY), was_away(120, 130, TUESDAY), sat(130, 140, TUESDAY)), "{}")

    first, second = log.days(MONDAY, TUESDAY)

    assert [(bout.length, bout.then, bout.start_at) for bout in first.bouts] == [
        (minutes(120), Posture.AWAY, NINE)
    ]
    assert [(bout.length, bout.then) for bout in second.bouts] == [(minutes(10), None)]
    assert (sitting(first), sitting(second)) == (minutes(50), minutes(80))


def test_a_day_alone_is_the_same_as_among_others(log: SqliteLog) -> None:
    log.write((sat(0, 50), sat(50, 120, TUESDAY), was_away(120, 130, TUESDAY)), "{}")
    log.write((sat(130, 140, TUESDAY), sat(140, 200, WEDNESDAY), stood(200, 210, WEDNESDAY)), "{}")

    days = log.days(*EVER)

    assert [log.days(each.day, each.day) for each in days] == [(each,) for each in days]
    assert [bout.length for day in days for bout in day.bouts] == [minutes(120), minutes(70)]


def test_a_bout_of_three_days_is_one(log: SqliteLog) -> None:
    day = timedelta(days=1)
    log.write(
        tuple(
            Record(stretch(Posture.SITTING, number * day, (number + 1) * day, day=MONDAY + number * day))
            for number in range(5)
        ),
        "{}",
    )

    assert [bout.length for bout in monday(log).bouts] == [5 * day]
    assert [len(each.bouts) for each in log.days(*EVER)] == [1, 0, 0, 0, 0]


def test_breaks_are_told_by_kind(log: SqliteLog) -> None:
    log.write((sat(0, 60), left(1, 10, 5), left(2, 30, 9), left(3, 50, 0, BreakKind.STOOD)), "{}")

    assert dict(monday(log).breaks) == {BreakKind.AWAY: 2, BreakKind.STOOD: 1, BreakKind.MOVED: 0}


def test_a_break_before_any_reminder_of_its_spell_is_self_started(log: SqliteLog) -> None:
    log.write((sat(0, 120), left(1, 20, 5), reminded(55), left(2, 57, 5), left(3, 80, 5)), "{}")

    assert (monday(log).self_started, sum(dict(monday(log).breaks).values())) == (2, 3)


@pytest.mark.parametrize("outcome", [Outcome.HELD, Outcome.UNDELIVERED])
def test_a_reminder_that_nobody_saw_reminded_nobody(log: SqliteLog, outcome: Outcome) -> None:
    log.write((sat(0, 60), reminded(30, outcome), left(1, 40, 5)), "{}")

    assert monday(log).self_started == 1


def test_a_reminder_still_on_the_screen_reminds(log: SqliteLog) -> None:
    log.write((sat(0, 60), reminded(30, outcome=None), left(1, 40, 5)), "{}")

    assert monday(log).self_started == 0


def test_other_prompts_remind_of_no_break(log: SqliteLog) -> None:
    asked = replace(reminded(30).row, kind=PromptKind.RETURN, level=0)

    log.write((sat(0, 60), RecordPrompt(asked), left(1, 40, 5)), "{}")

    assert monday(log).self_started == 1


def test_a_reminder_that_came_while_the_person_was_leaving_did_not_send_them(log: SqliteLog) -> None:
    log.write((sat(0, 60), left(1, 29, 10), reminded(30), left(2, 50, 5)), "{}")

    assert monday(log).self_started == 2


def test_last_nights_reminder_counts_for_this_mornings_first_break_only_without_a_break_between(
    log: SqliteLog,
) -> None:
    def mornings(*evening: RecordBreak) -> int:
        log.write((sat(0, 40), sat(40, 80, TUESDAY), reminded(30), *evening), "{}")
        tuesdays = replace(left(9, 70, 5).pause, day=TUESDAY)
        log.write((RecordBreak(tuesdays),), "{}")
        (tuesday,) = log.days(TUESDAY, TUESDAY)
        return tuesday.self_started

    assert mornings() == 0
    assert mornings(left(1, 35, 5)) == 1


def test_unknown_time_is_a_reset_without_a_break(log: SqliteLog) -> None:
    log.write((sat(0, 40), unknown(40, 45), sat(45, 60), reminded(30), left(2, 55, 5)), "{}")

    assert monday(log).self_started == 1


def test_unknown_time_of_just_a_break_is_a_reset(log: SqliteLog) -> None:
    log.write((sat(0, 40), unknown(40, 42), sat(42, 60), reminded(30), left(2, 55, 5)), "{}")

    assert monday(log).self_started == 1


def test_an_absence_long_ago_makes_no_reset_of_a_moment_of_unknown_time(log: SqliteLog) -> None:
    log.write((sat(0, 10), was_away(10, 15), sat(15, 40), unknown(40, 41), sat(41, 60)), "{}")

    log.write((left(1, 10, 5), reminded(30), left(2, 55, 5)), "{}")

    assert monday(log).self_started == 1


def test_a_reminder_at_the_very_moment_of_coming_back_belongs_to_what_follows(log: SqliteLog) -> None:
    log.write((sat(0, 20), was_away(20, 25), sat(25, 60), unknown(60, 65), sat(65, 120)), "{}")

    log.write((left(1, 20, 5), reminded(25, number=1), left(2, 40, 5)), "{}")
    log.write((reminded(65, number=2), left(3, 80, 5)), "{}")

    assert monday(log).self_started == 1


def test_a_break_that_was_taken_back_is_not_the_one_before_the_next_days(log: SqliteLog) -> None:
    sunday = date(2025, 6, 1)
    log.write((sat(-900, -800, sunday), sat(0, 60), sat(1440, 1500, TUESDAY)), "{}")
    first = replace(left(1, -830, 5).pause, day=sunday)
    third = replace(left(3, 1480, 5).pause, day=TUESDAY)
    log.write((reminded(-840), RecordBreak(first), left(2, 30, 5), RecordBreak(third)), "{}")

    log.write((RecordCorrection(said(30, 35, Posture.SITTING)),), "{}")

    assert [sum(dict(day.breaks).values()) for day in log.days(*EVER)] == [1, 0, 1]
    assert [day.self_started for day in log.days(*EVER)] == [0, 0, 1]
    assert [day.self_started for day in log.days(TUESDAY, TUESDAY)] == [1]


def test_unknown_time_too_short_for_a_break_or_asked_for_resets_nothing(log: SqliteLog) -> None:
    log.write((sat(0, 40), unknown(40, 41), sat(41, 42), unknown(42, 50, How.USER), sat(50, 60)), "{}")

    log.write((reminded(30), left(2, 55, 5)), "{}")

    assert monday(log).self_started == 0


def test_exercises_are_told_with_those_of_them_done_in_the_chair(log: SqliteLog) -> None:
    log.write((sat(0, 60), did(10), did(20, seated=True), did(30)), "{}")

    assert (monday(log).exercises, monday(log).activations) == (3, 1)


def test_the_exercises_of_the_days_around_are_not_told(log: SqliteLog) -> None:
    log.write((sat(0, 60), sat(1440, 1500, TUESDAY), did(10), did(1450)), "{}")

    assert [day.exercises for day in log.days(TUESDAY, TUESDAY)] == [1]


def test_an_exercise_belongs_to_the_day_that_starts_when_it_is_set_to(log: SqliteLog) -> None:
    # Nine in UTC is eleven in Berlin: at 3:59 and 4:01 of the next day.
    log.write((sat(0, 60), sat(1000, 1030, TUESDAY), did(16 * 60 + 59), did(17 * 60 + 1)), "{}")

    assert [day.exercises for day in log.days(MONDAY, TUESDAY)] == [1, 1]
    log.put_in_force({"day_start": '"05:00"'}, NINE)

    assert [day.exercises for day in log.days(MONDAY, TUESDAY)] == [2, 0]


def test_what_the_person_said_is_told_and_what_they_took_back_is_not(log: SqliteLog) -> None:
    log.write((sat(0, 30), quiet(30, 40), sat(40, 60), left(1, 30, 10)), "{}")
    before = monday(log)
    word, later = said(30, 40, Posture.SITTING), said(35, 40, Posture.STANDING)

    log.write((RecordCorrection(word), RecordCorrection(later)), "{}")

    day = monday(log)
    assert dict(day.spent)[Posture.STANDING] == minutes(5)
    assert [bout.length for bout in day.bouts] == [minutes(35), minutes(20)]
    assert dict(day.breaks) == {BreakKind.AWAY: 0, BreakKind.STOOD: 1, BreakKind.MOVED: 0}
    assert dict(day.inferred)[Posture.AWAY] == minutes(0)
    log.write((Uncorrect(later),), "{}")
    assert [bout.length for bout in monday(log).bouts] == [minutes(60)]
    log.write((Uncorrect(word),), "{}")
    assert monday(log) == before


def test_a_word_in_the_middle_of_the_last_stretch_leaves_none_of_it_out(log: SqliteLog) -> None:
    log.write((sat(0, 10),), "{}")

    log.write((RecordCorrection(said(2, 5, Posture.STANDING)),), "{}")

    assert [length for _posture, length in monday(log).spent if length] == [minutes(7), minutes(3)]
    assert [bout.length for bout in monday(log).bouts] == [minutes(2), minutes(5)]


def test_the_stretches_of_some_days_are_told_as_they_were_corrected(log: SqliteLog) -> None:
    log.write((sat(0, 30), quiet(30, 40), sat(40, 60), sat(60, 90, TUESDAY)), "{}")

    log.write((RecordCorrection(said(35, 70, Posture.MOVING)),), "{}")

    told = [(row.posture.value, row.length // minutes(1)) for row in log.lived(MONDAY, MONDAY)]
    assert told == [("sitting", 30), ("away", 5), ("moving", 5), ("moving", 20)]
    assert [row.day for row in log.lived(TUESDAY, TUESDAY)] == [TUESDAY, TUESDAY]
    assert sum((row.length for row in log.lived(*EVER)), timedelta(0)) == minutes(90)


def test_two_words_about_parts_of_one_break_are_weighed_together(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 36), sat(36, 60), left(1, 30, 6)), "{}")

    log.write((RecordCorrection(said(30, 32.5, Posture.SITTING)),), "{}")
    assert dict(monday(log).breaks)[BreakKind.AWAY] == 1
    log.write((RecordCorrection(said(33, 36, Posture.SITTING)),), "{}")

    assert dict(monday(log).breaks)[BreakKind.AWAY] == 0


def test_a_short_break_within_a_long_one_is_found_by_a_word_about_the_long_one(log: SqliteLog) -> None:
    standing = left(1, 10, 60, BreakKind.STOOD)
    log.write((sat(0, 10), stood(10, 30), was_away(30, 35), stood(35, 70), sat(70, 90)), "{}")
    log.write((standing, left(2, 30, 5)), "{}")

    log.write((RecordCorrection(said(10, 70, Posture.SITTING)),), "{}")

    assert sum(dict(monday(log).breaks).values()) == 0
    assert [bout.length for bout in monday(log).bouts] == [minutes(90)]


def test_what_is_said_goes_on_in_what_was_judged_after_it(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 31.5), sat(31.5, 60)), "{}")

    log.write((RecordCorrection(said(29, 30, Posture.AWAY)),), "{}")

    assert dict(monday(log).breaks)[BreakKind.AWAY] == 1


def test_what_was_judged_goes_on_in_what_is_said_of_the_time_after_it(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 30.5), quiet(30.5, 31), was_away(31, 31.5), sat(31.5, 60)), "{}")

    log.write((RecordCorrection(said(31.5, 32, Posture.AWAY)),), "{}")

    assert dict(monday(log).breaks)[BreakKind.AWAY] == 1
    (reset,) = log.resets(MONDAY, MONDAY)
    assert reset.start_at == NINE + minutes(30)


def test_it_is_a_break_of_the_day_on_which_the_person_left(log: SqliteLog) -> None:
    log.write((sat(0, 30), quiet(30, 31), was_away(31, 31.5, TUESDAY), sat(31.5, 60, TUESDAY)), "{}")

    log.write((RecordCorrection(said(31.5, 32, Posture.AWAY)),), "{}")

    assert [dict(day.breaks)[BreakKind.AWAY] for day in log.days(*EVER)] == [1, 0]
    assert [dict(log.day(day).breaks)[BreakKind.AWAY] for day in (MONDAY, TUESDAY)] == [1, 0]


def test_an_absence_that_goes_on_from_a_break_and_a_moment_more_is_that_break(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 40), quiet(40, 41), sat(41, 60), left(1, 30, 10)), "{}")

    log.write((RecordCorrection(said(41, 50, Posture.AWAY)),), "{}")

    assert dict(monday(log).breaks)[BreakKind.AWAY] == 1


def test_an_absence_after_time_that_nothing_is_known_of_did_not_begin_before_it(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 31.5), was_away(32, 33), sat(33, 60)), "{}")

    log.write((RecordCorrection(said(33, 33.5, Posture.AWAY)),), "{}")

    assert dict(monday(log).breaks)[BreakKind.AWAY] == 0


def test_standing_again_within_a_long_break_is_no_other_one(log: SqliteLog) -> None:
    log.write((sat(0, 10), stood(10, 30), was_away(30, 35), stood(35, 50), quiet(50, 51)), "{}")
    log.write((stood(51, 70), sat(70, 90), left(1, 10, 60, BreakKind.STOOD), left(2, 30, 5)), "{}")

    log.write((RecordCorrection(said(50.5, 51, Posture.STANDING)),), "{}")

    assert dict(monday(log).breaks) == {BreakKind.AWAY: 1, BreakKind.STOOD: 1, BreakKind.MOVED: 0}


def test_a_word_about_a_long_break_leaves_a_short_one_within_it_alone(log: SqliteLog) -> None:
    standing = left(1, 10, 60, BreakKind.STOOD)
    log.write((sat(0, 10), stood(10, 30), was_away(30, 35), stood(35, 70), sat(70, 90)), "{}")
    log.write((standing, left(2, 30, 5)), "{}")

    log.write((RecordCorrection(said(50, 60, Posture.SITTING)),), "{}")

    # The person stood again after it, which is a break as well.
    assert dict(monday(log).breaks)[BreakKind.AWAY] == 1
    assert [bout.length for bout in monday(log).bouts] == [minutes(10), minutes(10), minutes(20)]


def test_a_word_about_a_later_day_changes_nothing_before(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 40), sat(40, 60, TUESDAY), stood(60, 70, TUESDAY)), "{}")
    before = monday(log), list(log.lived(MONDAY, MONDAY))

    log.write((RecordCorrection(said(50, 60, Posture.MOVING)),), "{}")

    assert (monday(log), list(log.lived(MONDAY, MONDAY))) == before


def test_a_word_far_from_a_break_leaves_it_alone(log: SqliteLog) -> None:
    log.write((sat(0, 30), was_away(30, 36), sat(36, 90), left(1, 30, 6)), "{}")

    log.write((RecordCorrection(said(60, 70, Posture.STANDING)),), "{}")

    assert dict(monday(log).breaks) == {BreakKind.AWAY: 1, BreakKind.STOOD: 1, BreakKind.MOVED: 0}


def test_damaged_rows_spoil_nothing_but_themselves(log: SqliteLog, caplog: pytest.LogCaptureFixture) -> None:
    log.write((sat(0, 30), was_away(30, 40), left(1, 30, 10)), "{}")
    whole = monday(log)
    far, small, start_at, day = 2**62, 60_000, 1_748_854_800_000, 20250602
    for began, length, start, offset in (
        (-(2**63), small, start_at, 7200),
        (far, small, start_at, 7200),
        (41 * small, far, start_at, 7200),
        (42 * small, small, far, 7200),
        (43 * small, small, start_at, far),
    ):
        log._connection.execute(
            "INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?, 'sitting', 'input')",
            (began, length, start, start, offset, day),
        )
    for spell, began, break_day in ((7, small, 20250699), (8, -(2**63), 20250602), (9, far, 20250602)):
        log._connection.execute(
            "INSERT INTO breaks VALUES (?, 'away', ?, 5, ?, 0, ?)", (spell, began, began, break_day)
        )

    assert monday(log) == whole
    assert list(log.days(*EVER)) == [whole]
    assert "damaged" in caplog.text
    log.write((RecordCorrection(said(5, 10, Posture.STANDING)),), "{}")
    assert dict(monday(log).spent)[Posture.STANDING] == minutes(5)
