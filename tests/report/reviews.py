"""Made-up logs as values: weeks of somebody who works at a desk, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import groupby
from random import Random

from deskbreak.coach.levels import standings
from deskbreak.coach.library import packaged
from deskbreak.coach.sessions import Now, Session
from deskbreak.core.bouts import bouts
from deskbreak.core.commands import ExerciseRow, Outcome, PromptKind, PromptRow
from deskbreak.core.events import Rating
from deskbreak.core.postures import BreakKind, How, Posture, Row
from deskbreak.core.totals import Day
from deskbreak.report.page import Review

LAST = date(2026, 11, 20)
WINTER = timezone(timedelta(hours=1))
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_MOVEMENTS = (
    "glute-bridge", "walk-break", "standing-march", "half-kneeling-flexor-stretch", "calf-raise",
    "sit-to-stand",
)  # fmt: skip
_ENDS = (
    (Outcome.DONE, 30), (Outcome.STARTED, 6), (Outcome.LEFT, 14), (Outcome.SNOOZED, 18),
    (Outcome.SKIPPED, 9), (Outcome.IGNORED, 17), (Outcome.HELD, 5), (Outcome.UNDELIVERED, 1),
)  # fmt: skip


@dataclass(slots=True)
class Life:
    """What has been lived so far."""

    chance: Random
    rows: list[Row] = field(default_factory=list)
    prompts: list[PromptRow] = field(default_factory=list)
    exercises: list[ExerciseRow] = field(default_factory=list)

    def spend(self, at: datetime, length: timedelta, posture: Posture, how: How, day: date) -> datetime:
        end = at + length
        offset = at.utcoffset()
        assert offset is not None
        self.rows.append(
            Row(at - _EPOCH, length, at.astimezone(UTC), end.astimezone(UTC), offset, day, posture, how)
        )
        return end

    def number(self) -> int:
        return len(self.prompts) + len(self.exercises) + 1

    def reminded(self, at: datetime, level: int) -> Outcome:
        outcome = self.chance.choices([end for end, _ in _ENDS], [weight for _, weight in _ENDS])[0]
        movement = self.chance.choice(_MOVEMENTS)
        kind, offset = PromptKind.REMINDER, at.utcoffset() or timedelta()
        row = PromptRow(
            self.number(),
            kind,
            level,
            movement,
            at.astimezone(UTC),
            offset,
            None,
            outcome,
            at.astimezone(UTC),
        )
        self.prompts.append(row)
        return outcome

    def exercised(self, at: datetime, movement: str, length: timedelta, activation: bool) -> None:
        offset, rating = at.utcoffset() or timedelta(), self.chance.choice([*Rating][:3])
        row = ExerciseRow(
            self.number(), movement, at.astimezone(UTC), offset, length, length, activation, rating
        )
        self.exercises.append(row)


def review(days: int = 28, last: date = LAST, seed: int = 7) -> Review:
    """So many days of the calendar, most of them with a log, up to and with `last`."""
    life = Life(Random(seed))
    for back in range(days - 1, -1, -1):
        day = last - timedelta(days=back)
        if life.chance.random() < (0.12 if day.weekday() > 4 else 0.95) or not back:
            _work(life, day)
    lived = tuple(_days(life))
    known = packaged().known
    done = [
        Session(each.exercise, each.start_at + each.length, each.start_at.date()) for each in life.exercises
    ]
    at = life.rows[-1].end_at.astimezone(WINTER)
    return Review(
        lived,
        tuple(life.rows),
        tuple(life.prompts),
        tuple(life.exercises),
        standings(done, known, Now(at, last)),
        timedelta(hours=6),
        time(4),
        at,
        last,
        last,
    )


def _work(life: Life, day: date) -> None:
    chance = life.chance
    at = datetime.combine(day, time(8, 20), WINTER) + chance.randrange(0, 80) * _MINUTE
    end = datetime.combine(day, time(17), WINTER) + chance.randrange(-60, 90) * _MINUTE
    lunch = datetime.combine(day, time(12), WINTER) + chance.randrange(0, 40) * _MINUTE
    while at < end:
        sat = min(timedelta(seconds=60 * chance.lognormvariate(3.3, 0.6) + 200), timedelta(hours=2))
        begun, how = at, How.CALL if chance.random() < 0.1 else How.INPUT
        at = life.spend(at, sat, Posture.SITTING, how, day)
        for level, after in ((1, 32), (2, 47), (3, 62)):
            if sat > after * _MINUTE and life.reminded(begun + after * _MINUTE, level) is not Outcome.IGNORED:
                break
        if begun < lunch <= at:
            at = life.spend(at, chance.randrange(28, 50) * _MINUTE, Posture.AWAY, How.LOCK, day)
            continue
        at = _pause(life, at, day)


def _pause(life: Life, at: datetime, day: date) -> datetime:
    chance, kind = life.chance, life.chance.random()
    if kind < 0.08:
        life.exercised(at - 6 * _MINUTE, "alternating-squeeze", timedelta(seconds=70), True)
    if kind < 0.3:
        length = timedelta(seconds=chance.randrange(60, 240))
        life.exercised(at, chance.choice(_MOVEMENTS), length, False)
        return life.spend(at, length, Posture.MOVING, How.EXERCISE, day)
    if kind < 0.45:
        return life.spend(at, chance.randrange(8, 40) * _MINUTE, Posture.STANDING, How.USER, day)
    if kind < 0.5:
        return life.spend(at, chance.randrange(6, 20) * _MINUTE, Posture.UNKNOWN, How.GAP, day)
    how = How.IDLE if chance.random() < 0.5 else How.LOCK
    return life.spend(at, timedelta(seconds=chance.randrange(150, 900)), Posture.AWAY, how, day)


def _days(life: Life) -> Iterator[Day]:
    sat = {day: tuple(found) for day, found in groupby(bouts(life.rows), lambda bout: bout.day)}
    for day, found in groupby(life.rows, lambda row: row.day):
        rows, spent, inferred = (
            tuple(found),
            dict.fromkeys(Posture, timedelta()),
            dict.fromkeys(Posture, timedelta()),
        )
        breaks = dict.fromkeys(BreakKind, 0)
        for row in rows:
            spent[row.posture] += row.length
            if row.how in (How.IDLE, How.GAP):
                inferred[row.posture] += row.length
            match row.posture:
                case Posture.AWAY:
                    breaks[BreakKind.AWAY] += 1
                case Posture.STANDING:
                    breaks[BreakKind.STOOD] += 1
                case Posture.MOVING:
                    breaks[BreakKind.MOVED] += 1
                case _:
                    pass
        done = [each for each in life.exercises if (each.start_at + each.offset).date() == day]
        yield Day(
            day,
            tuple(spent.items()),
            tuple(inferred.items()),
            tuple(breaks.items()),
            sum(breaks.values()) // 2,
            sat.get(day, ()),
            len(done),
            sum(each.activation for each in done),
            sum((length for posture, length in spent.items() if posture is not Posture.UNKNOWN), timedelta()),
        )


def with_names(made: Review, exercise: str) -> Review:
    """The same, and everything done is called so."""
    return replace(
        made,
        prompts=tuple(replace(each, exercise=exercise) for each in made.prompts),
        exercises=tuple(replace(each, exercise=exercise) for each in made.exercises),
    )
