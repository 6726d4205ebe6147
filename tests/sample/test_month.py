"""The made-up month is one that a person might have lived, and obeys the rules that every log obeys."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from deskbreak.coach.library import packaged
from deskbreak.coach.sessions import LevelSet
from deskbreak.core import figures
from deskbreak.core.commands import ExerciseRow, Outcome, PromptKind, PromptRow, Rule
from deskbreak.core.events import Rating
from deskbreak.core.goals import complete
from deskbreak.core.postures import Break, BreakKind, How, Posture, Row
from deskbreak.core.totals import Day
from deskbreak.paths import Places
from deskbreak.sample.month import write
from deskbreak.store.database import open_to_read
from deskbreak.store.log import SqliteLog
from deskbreak.store.soundness import findings
from tests.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 16, 40, tzinfo=BERLIN)
EVER, FOREVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
WEEKEND = 5
A_MOMENT = timedelta(milliseconds=1)
KINDS = {BreakKind.AWAY: Posture.AWAY, BreakKind.STOOD: Posture.STANDING, BreakKind.MOVED: Posture.MOVING}
REMINDERS = (PromptKind.REMINDER, PromptKind.STANDING)
# What the person asked for, or snoozed, comes when it comes.
EXEMPT = (Rule.SNOOZE_ENDED, Rule.ASKED)


class Month:
    """All that the log of one month holds."""

    def __init__(self, log: SqliteLog, first: date, last: date) -> None:
        self.first = first
        self.last = last
        self.rows: tuple[Row, ...] = tuple(log.stretches(EVER, FOREVER))
        self.breaks: tuple[Break, ...] = tuple(log.breaks(EVER, FOREVER))
        self.prompts: tuple[PromptRow, ...] = tuple(log.prompts(EVER, FOREVER))
        self.exercises: tuple[ExerciseRow, ...] = tuple(log.exercises(EVER, FOREVER))
        self.said = log.said()
        self.levels = tuple(log.levels())
        self.days: tuple[Day, ...] = log.days(first, last)

    @property
    def reminders(self) -> list[PromptRow]:
        return [each for each in self.prompts if each.kind is PromptKind.REMINDER]

    @property
    def given(self) -> list[PromptRow]:
        """The reminders that were put on the screen, those to sit down again too."""
        never = (Outcome.HELD, Outcome.UNDELIVERED)
        return [each for each in self.prompts if each.kind in REMINDERS and each.outcome not in never]

    @property
    def worked(self) -> list[Day]:
        return [day for day in self.days if complete(day)]


@contextmanager
def opened(path: Path) -> Iterator[SqliteLog]:
    with closing(open_to_read(path, writer_is_free=True)) as connection:
        yield SqliteLog(connection, path, FakeClock().mark)


def lived(folder: Path, ends: datetime) -> Month:
    path = folder / "log"
    assert ends.tzinfo is not None
    first, last = write(path, ends.astimezone(UTC), ends.tzinfo)
    with opened(path) as log:
        return Month(log, first, last)


def sat(day: Day) -> timedelta:
    return dict(day.spent)[Posture.SITTING]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    return lived(tmp_path_factory.mktemp("month"), FRIDAY)


def test_it_goes_up_to_the_moment_that_was_asked_for(month: Month) -> None:
    assert (month.first, month.last) == (date(2026, 10, 21), FRIDAY.date())
    assert abs(month.rows[-1].end_at - FRIDAY) < timedelta(minutes=1)
    assert month.rows[0].day == month.first


@pytest.mark.parametrize(
    "ends",
    [
        FRIDAY,
        datetime(2026, 4, 5, 2, 30, tzinfo=ZoneInfo("Australia/Lord_Howe")),
        datetime(2028, 3, 1, 12, tzinfo=ZoneInfo("America/New_York")),
    ],
    ids=["a Friday at work", "the night in which a clock is set back by half an hour", "after a 29 February"],
)
def test_no_second_is_lost_or_told_twice(tmp_path: Path, ends: datetime) -> None:
    made = lived(tmp_path, ends)
    places = Places(*(tmp_path / name for name in ("data", "config", "state", "run", "autostart")))
    with closing(open_to_read(tmp_path / "log", writer_is_free=True)) as connection:
        wrong = list(findings(connection, places, ends.astimezone(UTC)))

    assert wrong == []
    for before, after in pairwise(made.rows):
        assert abs(before.began + before.length - after.began) <= A_MOMENT
    assert len(made.worked) > 14


def test_the_same_moment_always_makes_the_same_month(month: Month, tmp_path: Path) -> None:
    again = lived(tmp_path, FRIDAY)

    assert vars(again) == vars(month)


def test_what_resets_the_count_is_what_the_person_did_then(month: Month) -> None:
    for reset in month.breaks:
        during = {row.posture for row in month.rows if row.began <= reset.began < row.began + row.length}
        assert during == {KINDS[reset.kind]}
    assert [each.spell for each in month.breaks] == sorted({each.spell for each in month.breaks})


def test_reminders_keep_their_distance_and_suggest_something_else_each_time(month: Month) -> None:
    fifteen, eight_hours = timedelta(minutes=15), timedelta(hours=8)
    for before, after in pairwise(month.given):
        exempt = after.decision is not None and after.decision.rule in EXEMPT
        assert exempt or after.at - before.at >= fifteen - timedelta(seconds=1)
    for first, last in zip(month.given, month.given[17:], strict=False):
        assert last.at - first.at > eight_hours
    # One that nobody could be shown has named its exercise, too.
    named = [each for each in month.prompts if each.kind in REMINDERS and each.exercise is not None]
    for three in zip(named, named[1:], named[2:], strict=False):
        assert len({each.exercise for each in three}) == 3


def test_reminders_come_to_every_end_there_is(month: Month) -> None:
    ends = {each.outcome for each in month.reminders}

    assert ends >= {
        Outcome.DONE, Outcome.STARTED, Outcome.SNOOZED, Outcome.SKIPPED, Outcome.LEFT, Outcome.IGNORED,
        Outcome.HELD, Outcome.UNDELIVERED,
    }  # fmt: skip
    assert {each.level for each in month.reminders} == {1, 2, 3}
    assert {each.kind for each in month.prompts} >= {PromptKind.STANDING, PromptKind.RETURN}


def test_all_that_a_page_can_show_has_happened(month: Month) -> None:
    assert {row.posture for row in month.rows} >= set(Posture) - {Posture.UNKNOWN}
    assert {row.how for row in month.rows} >= {
        How.INPUT, How.CALL, How.MEDIA, How.USER, How.LOCK, How.SUSPEND, How.IDLE, How.EXERCISE, How.GAP,
    }  # fmt: skip
    assert {each.rating for each in month.exercises} == {Rating.EASY, Rating.RIGHT, Rating.HARD, None}
    assert any(each.activation for each in month.exercises)
    assert any(each.exercise.startswith("primer") for each in month.exercises)
    assert any(isinstance(each, LevelSet) for each in month.levels)
    assert any(each.correction.note for each in month.said)
    assert any(each.undone for each in month.said)


def test_exercises_are_of_the_library_or_a_primer(month: Month) -> None:
    known = packaged().known
    names = {each.exercise for each in month.exercises if not each.exercise.startswith("primer")}

    assert names <= set(known)
    assert len(names) >= 6


def test_there_are_days_without_work_and_one_that_is_too_short_to_count(month: Month) -> None:
    present = {day.day for day in month.days if day.tracked}
    all_days = [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]

    assert sum(day not in present for day in all_days if day.weekday() < WEEKEND) == 2
    assert any(day not in present for day in all_days if day.weekday() >= WEEKEND)
    assert any(day.day.weekday() < WEEKEND and day.tracked and not complete(day) for day in month.days)


def test_the_days_are_neither_saintly_nor_absurd(month: Month) -> None:
    hours = [sat(day) / timedelta(hours=1) for day in month.worked]
    breaks = [sum(number for _kind, number in day.breaks) for day in month.worked]

    assert 5.5 < mean(hours) < 7.5
    assert max(hours) < 11
    assert 8 < mean(breaks) < 16
    assert 0.05 < mean(dict(day.spent)[Posture.STANDING] / sat(day) for day in month.worked) < 0.3


def test_habits_get_better_but_not_every_day(month: Month) -> None:
    longest = [figures.longest([bout.length for bout in day.bouts]) or timedelta() for day in month.worked]
    half = len(longest) // 2
    early, late = sum(longest[:half], timedelta()) / half, sum(longest[-half:], timedelta()) / half

    assert late < early
    assert any(after > before for before, after in pairwise(longest[-half:]))
