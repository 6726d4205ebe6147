"""Days of a log to which another machine's was taken in: one person, one day."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings

from deskbreak.core.commands import Record, RecordBreak, RecordCorrection
from deskbreak.core.postures import Posture, Row
from deskbreak.core.totals import Day
from deskbreak.ports import Recorded
from deskbreak.store import rows
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.days import InForce, days, lived, totals
from deskbreak.store.log import SqliteLog
from tests.fakes import FakeClock
from tests.store.diary import MONDAY, minutes, said, sat, stood, stretch, took_a_break, was_away
from tests.store.lives import lives

TUESDAY = MONDAY + timedelta(days=1)
ALWAYS = date(1970, 1, 1), date(9000, 1, 1)
USUAL = InForce(minutes(2), time(4))


@pytest.fixture
def log() -> Iterator[sqlite3.Connection]:
    with closing(in_memory()) as connection:
        yield connection


def write(log: sqlite3.Connection, *recorded: Recorded) -> None:
    SqliteLog(log, IN_MEMORY, FakeClock().mark).write(recorded, "{}")


def elsewhere(log: sqlite3.Connection, *records: Record, machine: int = 1) -> None:
    log.execute("INSERT OR IGNORE INTO machines VALUES (?, ?, 0)", (machine, f"machine-{machine}"))
    for record in records:
        log.execute(
            f"INSERT OR REPLACE INTO elsewhere (machine, {rows.STRETCH}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (machine, *rows.of_stretch(record.row)),
        )


def told(log: sqlite3.Connection, first: date = MONDAY, last: date = MONDAY) -> list[tuple[str, float]]:
    return [(row.posture.value, row.length / minutes(1)) for row in lived(log, first, last, USUAL)]


def the_day(log: sqlite3.Connection, day: date = MONDAY) -> Day:
    (found,) = days(log, day, day, USUAL)
    return found


def spent(day: Day, posture: Posture) -> float:
    return dict(day.spent)[posture] / minutes(1)


def test_the_day_is_the_union_of_both(log: sqlite3.Connection) -> None:
    write(
        log,
        sat(0, 30),
        was_away(30, 90),
        sat(90, 100),
        RecordBreak(took_a_break(1, 30, 60)),
    )
    elsewhere(log, sat(20, 29), sat(30, 60), was_away(60, 100))

    day = the_day(log)

    assert told(log) == [
        ("sitting", 30),
        ("sitting", 30),
        ("away", 30),
        ("sitting", 10),
    ]
    assert (spent(day, Posture.SITTING), spent(day, Posture.AWAY)) == (70, 30)
    assert [bout.length for bout in day.bouts] == [minutes(60), minutes(10)]
    assert sum(number for _kind, number in day.breaks) == 1


def test_a_day_that_only_the_laptop_knows_is_told(log: sqlite3.Connection) -> None:
    write(log, sat(0, 30))
    elsewhere(log, sat(1440, 1470, TUESDAY), was_away(1470, 1480, TUESDAY), sat(1480, 1490, TUESDAY))

    tuesday = the_day(log, TUESDAY)

    assert told(log, TUESDAY, TUESDAY) == [("sitting", 30), ("away", 10), ("sitting", 10)]
    assert spent(tuesday, Posture.SITTING) == 40
    assert sum(number for _kind, number in tuesday.breaks) == 1
    assert [day.day for day in days(log, MONDAY, TUESDAY, USUAL)] == [MONDAY, TUESDAY]
    assert totals(log, TUESDAY, USUAL).spent == tuesday.spent


def test_a_machine_that_was_just_set_up_shows_the_other_ones_days(log: sqlite3.Connection) -> None:
    elsewhere(log, sat(0, 30))

    assert told(log) == [("sitting", 30)]


def test_the_persons_own_word_is_surer_than_another_machine(log: sqlite3.Connection) -> None:
    write(log, sat(0, 30), was_away(30, 90), RecordCorrection(said(30, 60, Posture.AWAY)))
    elsewhere(log, sat(30, 90))

    assert told(log) == [("sitting", 30), ("away", 30), ("sitting", 30)]


def test_a_word_about_this_machines_time_says_nothing_of_a_day_that_only_another_one_knows(
    log: sqlite3.Connection,
) -> None:
    write(log, sat(0, 30), RecordCorrection(said(0, 30, Posture.AWAY)))
    week = MONDAY + timedelta(days=7)
    there = stretch(Posture.SITTING, minutes(0), minutes(30), day=week)
    later = replace(
        there, start_at=there.start_at + timedelta(days=7), end_at=there.end_at + timedelta(days=7)
    )
    elsewhere(log, Record(later))

    assert told(log, week, week) == [("sitting", 30)]


def test_three_machines_are_one_person(log: sqlite3.Connection) -> None:
    write(log, was_away(0, 60))
    elsewhere(log, sat(0, 20))
    elsewhere(log, stood(10, 40), machine=2)

    assert told(log) == [("sitting", 20), ("standing", 20), ("away", 20)]


def test_what_lies_far_from_the_days_asked_for_costs_nothing(log: sqlite3.Connection) -> None:
    write(log, sat(0, 30))
    elsewhere(log, sat(0, 30, MONDAY - timedelta(days=300)))

    assert told(log) == [("sitting", 30)]


def test_damaged_rows_of_the_other_machine_are_left_out(
    log: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    write(log, sat(0, 30))
    elsewhere(log, sat(40, 50), sat(60, 70))
    log.execute("UPDATE elsewhere SET how = 'x' WHERE began = 2400000")

    assert told(log) == [("sitting", 30), ("sitting", 10)]
    assert "1 damaged row of the log is left out" in caplog.text


def test_all_days_there_are_can_be_asked_for(log: sqlite3.Connection) -> None:
    write(log, sat(0, 30))
    elsewhere(log, sat(40, 50))

    assert told(log, date.min, date.max) == [("sitting", 30), ("sitting", 10)]


def _on_its_day(row: Row) -> Record:
    """As the program dates it: by the wall clock, which may have been set."""
    local = row.start_at + row.offset - timedelta(hours=4)
    return Record(stretch(row.posture, row.began, row.began + row.length, row.how, local.date()))


@settings(max_examples=40, deadline=None)
@given(lives(), lives())
def test_days_told_together_are_as_long_as_what_was_lived(
    ours: tuple[Recorded, ...], theirs: tuple[Recorded, ...]
) -> None:
    with closing(in_memory()) as log:
        write(log, *(_on_its_day(one.row) for one in ours if isinstance(one, Record)))
        elsewhere(log, *(_on_its_day(one.row) for one in theirs if isinstance(one, Record)))

        whole = tuple(lived(log, *ALWAYS, USUAL))
        each = [
            row
            for turn in range(-5, 6)
            for row in lived(log, MONDAY + timedelta(days=turn), MONDAY + timedelta(days=turn), USUAL)
        ]
        counted = days(log, *ALWAYS, USUAL)

    assert sum((row.length for row in each), timedelta()) == sum((row.length for row in whole), timedelta())
    for posture in (Posture.SITTING, Posture.STANDING, Posture.MOVING, Posture.AWAY):
        lengths = sum((row.length for row in whole if row.posture is posture), timedelta())
        assert sum((dict(day.spent)[posture] for day in counted), timedelta()) == lengths
    if whole:
        span = whole[-1].began + whole[-1].length - whole[0].began
        assert sum((row.length for row in whole), timedelta()) <= span
