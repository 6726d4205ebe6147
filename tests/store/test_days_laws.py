"""What holds for the days of every log: nothing is lost, nothing is told twice, whatever is asked for."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core import naming
from deskbreak.core.commands import Record, RecordCorrection, Uncorrect
from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.naming import Naming
from deskbreak.core.postures import Correction, How, Posture, Stretch
from deskbreak.core.rules import Rules
from deskbreak.core.totals import Day
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from tests.fakes import FakeClock
from tests.store.by_the_second import BySecond, Counted, Sat
from tests.years import fill

EVER = date.min, date.max
NOTHING = timedelta(0)
ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Beirut", "Pacific/Auckland")


@contextmanager
def a_log() -> Iterator[tuple[sqlite3.Connection, SqliteLog]]:
    connection = in_memory()
    with closing(SqliteLog(connection, IN_MEMORY, FakeClock().mark)) as log:
        yield connection, log


def as_counted(day: Day) -> Counted:
    second = timedelta(seconds=1)
    return Counted(
        {posture.value: length // second for posture, length in day.spent},
        {posture.value: length // second for posture, length in day.inferred},
        day.tracked // second,
        tuple(
            Sat(bout.start_at, bout.length // second, None if bout.then is None else bout.then.value)
            for bout in day.bouts
        ),
        {kind.value: number for kind, number in day.breaks},
        day.self_started,
        day.exercises,
        day.activations,
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_year_is_what_it_comes_to_second_by_second(seed: int) -> None:
    chance = Random(seed)
    zone = ZoneInfo(ZONES[seed])
    first = date(2018, 1, 1) + timedelta(days=chance.randrange(1500))
    with a_log() as (connection, log):
        made = fill(connection, first, first + timedelta(days=365), chance, zone)
        connection.execute("DELETE FROM corrections")

        counted = BySecond(connection, zone).days()
        told = {day.day: as_counted(day) for day in log.days(*EVER)}

    assert made.stretches > 10_000
    assert list(told) == sorted(counted)
    for day, expected in counted.items():
        assert told[day] == expected, day


@pytest.mark.parametrize("seed", range(3, 5))
def test_so_is_a_year_that_the_person_corrected(seed: int) -> None:
    chance = Random(seed)
    zone = ZoneInfo(ZONES[seed])
    first = date(2018, 1, 1) + timedelta(days=chance.randrange(1500))
    with a_log() as (connection, log):
        made = fill(connection, first, first + timedelta(days=365), chance, zone)

        counted = BySecond(connection, zone).days()
        told = {day.day: as_counted(day) for day in log.days(*EVER)}

    assert made.corrections > 30
    assert list(told) == sorted(counted)
    for day, expected in counted.items():
        # What becomes of a break is said by `corrected_breaks`, which has its own law below.
        assert replace(told[day], breaks={}, self_started=0) == replace(
            expected, breaks={}, self_started=0
        ), day


POSTURES = st.sampled_from(Posture)
HOWS = st.sampled_from(How)
SECONDS = st.one_of(st.integers(1, 200), st.integers(1, 4 * 3600)).map(lambda count: timedelta(seconds=count))
BEGINNING = datetime(2025, 3, 28, 9, tzinfo=UTC)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Some days of a life, around a change of the clock in Berlin."""
    at, life = NOTHING, []
    for posture, how, length in draw(st.lists(st.tuples(POSTURES, HOWS, SECONDS), min_size=1, max_size=40)):
        life.append(Stretch(at, at + length, posture, how))
        at += length
    return tuple(life)


@st.composite
def words(draw: st.DrawFn) -> tuple[Correction, ...]:
    told = draw(
        st.lists(
            st.tuples(st.integers(0, 2 * 86_400), st.integers(1, 7200), POSTURES), min_size=1, max_size=6
        )
    )
    return tuple(
        Correction(
            timedelta(seconds=began),
            timedelta(seconds=length),
            BEGINNING + timedelta(seconds=began),
            NOTHING,
            posture,
            BEGINNING + timedelta(days=number),
        )
        for number, (began, length, posture) in enumerate(told)
    )


def booked(log: SqliteLog, life: Iterable[Stretch], zone: tzinfo, day_start: time, since: datetime) -> None:
    namings = (Naming(NOTHING, since, zone),)
    log.write(
        tuple(Record(row) for stretch in life for row in naming.rows(stretch, namings, day_start)), "{}"
    )


def berlin(log: SqliteLog, life: Iterable[Stretch]) -> None:
    booked(log, life, ZoneInfo("Europe/Berlin"), time(4), BEGINNING)


@given(lives(), words())
def test_the_totals_of_a_span_are_those_of_its_days(
    life: tuple[Stretch, ...], said: tuple[Correction, ...]
) -> None:
    with a_log() as (_connection, log):
        berlin(log, life)
        log.write(tuple(RecordCorrection(word) for word in said), "{}")

        span = log.days(*EVER)

        assert tuple(day for each in span for day in log.days(each.day, each.day)) == span
        assert tuple(row for day in span for row in log.lived(day.day, day.day)) == tuple(log.lived(*EVER))
        for day in span:
            alone = log.day(day.day)
            assert (alone.by_posture, alone.breaks) == (day.spent, day.breaks)
            assert alone.longest == max((bout.length for bout in day.bouts), default=NOTHING)


@given(lives(), words(), st.randoms(use_true_random=False))
def test_what_was_corrected_and_taken_back_is_as_it_was(
    life: tuple[Stretch, ...], said: tuple[Correction, ...], chance: Random
) -> None:
    with a_log() as (_connection, log):
        berlin(log, life)
        before = log.days(*EVER), tuple(log.lived(*EVER))

        log.write(tuple(RecordCorrection(word) for word in said), "{}")
        taken_back = chance.sample(said, len(said))
        log.write(tuple(Uncorrect(word) for word in taken_back), "{}")

        assert (log.days(*EVER), tuple(log.lived(*EVER))) == before


@given(lives(), words())
def test_what_the_person_says_adds_no_time_and_loses_none(
    life: tuple[Stretch, ...], said: tuple[Correction, ...]
) -> None:
    with a_log() as (_connection, log):
        berlin(log, life)
        log.write(tuple(RecordCorrection(word) for word in said), "{}")

        lived, days = tuple(log.lived(*EVER)), log.days(*EVER)

    assert sum((row.length for row in lived), NOTHING) == life[-1].ended
    assert all(one.began + one.length == two.began for one, two in pairwise(lived))
    by_posture = dict.fromkeys(Posture, NOTHING)
    for row in lived:
        by_posture[row.posture] += row.length
    for posture, length in by_posture.items():
        told = sum((dict(day.spent)[posture] for day in days), NOTHING)
        assert told <= length if posture is Posture.UNKNOWN else told == length


@contextmanager
def a_muddled_log(seed: int) -> Iterator[SqliteLog]:
    """Three weeks of which the person said, again and again, that they were something else."""
    chance = Random(seed)
    with a_log() as (connection, log):
        fill(connection, date(2025, 3, 17), date(2025, 4, 6), chance, ZoneInfo("Europe/Berlin"))
        lived = connection.execute(
            "SELECT began, length FROM stretches WHERE posture <> 'unknown'"
        ).fetchall()
        for word in range(80):
            began, length = chance.choice(lived)
            if word % 2:
                # Not just about one stretch.
                began, length = began + chance.randrange(600) * 1000, chance.randrange(60, 5400) * 1000
            connection.execute(
                "INSERT INTO corrections (began, length, start_at, utc_offset, posture, said_at)"
                " VALUES (?, ?, ?, 0, ?, 0)",
                (began, min(length, 7_200_000), began, chance.choice(list(Posture)).value),
            )
        yield log


@pytest.mark.parametrize("seed", range(4))
def test_so_they_are_in_a_log_with_breaks_and_reminders(seed: int) -> None:
    with a_muddled_log(seed) as log:
        span = log.days(*EVER)

        assert tuple(day for each in span for day in log.days(each.day, each.day)) == span
        week = span[7].day, span[13].day
        assert log.days(*week) == span[7:14]


@pytest.mark.parametrize("seed", range(4))
def test_breaks_are_those_of_the_whole_log_corrected_at_once(seed: int) -> None:
    with a_muddled_log(seed) as log:
        wide = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 4, 20, tzinfo=UTC)
        said = log.corrections(timedelta(days=-9), timedelta(days=99))
        lived = tuple(corrected(log.stretches(*wide), said))
        expected = corrected_breaks(log.breaks(*wide), lived, said, Rules().break_min)

        told = log.days(*EVER)

    assert len(said) >= 60
    for day in told:
        kinds = [one.kind for one in expected if one.day == day.day]
        assert dict(day.breaks) == {kind: kinds.count(kind) for kind, _number in day.breaks}, day.day


MIDNIGHT, FOUR, HALF_PAST_TWO = time(0), time(4), time(2, 30)
# Places and the week in which their clocks change, or in which a day has no midnight or is left out.
CHANGES = (
    ("Europe/Berlin", datetime(2025, 3, 28, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2025, 10, 24, tzinfo=UTC)),
    ("America/New_York", datetime(2025, 3, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2025, 10, 31, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 2, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 2, 16, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2024, 3, 29, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2024, 10, 25, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2025, 4, 4, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2025, 10, 3, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 28, tzinfo=UTC)),
    ("Antarctica/Troll", datetime(2025, 3, 28, tzinfo=UTC)),
    ("UTC", datetime(2025, 3, 28, tzinfo=UTC)),
)


@given(
    st.sampled_from(CHANGES),
    st.sampled_from((MIDNIGHT, FOUR, HALF_PAST_TWO)),
    st.timedeltas(NOTHING, timedelta(days=3)),
    st.lists(st.timedeltas(timedelta(milliseconds=1), timedelta(days=2)), min_size=1, max_size=8),
)
def test_cutting_at_the_days_start_loses_no_second_anywhere(
    place: tuple[str, datetime], day_start: time, into: timedelta, lengths: list[timedelta]
) -> None:
    tick = timedelta(milliseconds=1)
    zone, week = ZoneInfo(place[0]), place[1]
    life, at = [], NOTHING
    for number, length in enumerate(lengths):
        posture = Posture.STANDING if number % 2 else Posture.SITTING
        life.append(Stretch(at, at + length // tick * tick, posture, How.USER))
        at = life[-1].ended
    with a_log() as (_connection, log):
        booked(log, life, zone, day_start, week + into)

        days = log.days(*EVER)
        lived = tuple(log.lived(*EVER))

    for posture in (Posture.SITTING, Posture.STANDING):
        told = sum((dict(day.spent)[posture] for day in days), NOTHING)
        whole = sum((one.length for one in life if one.posture is posture), NOTHING)
        # The log keeps milliseconds, and what meets still meets.
        assert abs(told - whole) <= len(lived) * tick
    assert sum((length for day in days for _posture, length in day.spent), NOTHING) == at // tick * tick
    assert all(one.began + one.length == two.began for one, two in pairwise(lived))
    assert [bout.length for day in days for bout in day.bouts]
    for day in days:
        assert sum((length for _posture, length in day.spent), NOTHING) <= timedelta(hours=49)
