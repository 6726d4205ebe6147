"""A made-up life at a desk, as many years of it as are wanted, written straight into a log.

The same seed makes the same life, to the second. It works on weekdays and on some evenings, goes on holidays,
sleeps, crosses both changes of the clock each year, and is now and then corrected by the person.
`python -m tests.years FILE` writes ten years of it.
"""

import sqlite3
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from deskbreak.core.commands import Decision, Outcome, PromptKind, Rule
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.store import rows, snapshot
from deskbreak.store.migrate import migrate, migrations, transaction

BERLIN = ZoneInfo("Europe/Berlin")
DAY_START = time(4)
LAST = date(2025, 6, 1)

_SECOND, _MINUTE = 1_000, 60_000
_BREAK_MIN = 2 * _MINUTE
_LIMIT = 30 * _MINUTE
_EXERCISES = ("glute-bridge", "hip-flexor-stretch", "sit-to-stand", "hip-hinge", "seated-glute-squeeze")
_OUTCOMES = (
    *(Outcome.STARTED,) * 3, Outcome.DONE, *(Outcome.LEFT,) * 2, *(Outcome.SNOOZED,) * 3,
    *(Outcome.SKIPPED,) * 2, *(Outcome.IGNORED,) * 3, Outcome.HELD, Outcome.UNDELIVERED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: the local days it covers, and how much of everything."""

    first: date
    last: date
    stretches: int
    breaks: int
    prompts: int
    exercises: int
    corrections: int


def live(path: Path, years: float = 10, seed: int = 1, zone: ZoneInfo = BERLIN, last: date = LAST) -> Made:
    """Writes the log of a life of so many years up to the day `last` into a new file."""
    first = last - timedelta(days=round(years * 365.25) - 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        migrate(connection, migrations())
        return fill(connection, first, last, Random(seed), zone)


def fill(connection: sqlite3.Connection, first: date, last: date, chance: Random, zone: ZoneInfo) -> Made:
    """The same into an empty log that is open already."""
    life = _Life(chance, _Calendar(first, last, zone))
    life.pass_by()
    with transaction(connection):
        for table, columns, cells in (
            ("stretches", rows.STRETCH, life.stretches),
            ("breaks", rows.BREAK, life.breaks),
            ("prompts", rows.PROMPT, life.prompts),
            ("exercises", rows.EXERCISE, life.exercises),
            ("corrections", f"{rows.CORRECTION}, undoes", life.corrections),
        ):
            marks = ", ".join("?" * (columns.count(",") + 1))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", cells)
    return Made(
        first, last, len(life.stretches), len(life.breaks), len(life.prompts), len(life.exercises),
        len(life.corrections),
    )  # fmt: skip


class _Calendar:
    """When, in milliseconds since 1970, days begin and the clock is changed."""

    def __init__(self, first: date, last: date, zone: ZoneInfo) -> None:
        self.first = first
        self.last = last
        self._zone = zone
        self._edges = sorted(self._starts())
        self._names = [self._named(edge) for edge in self._edges]

    def _starts(self) -> Iterator[int]:
        before = None
        for number in range(-1, (self.last - self.first).days + 3):
            edge = self.at(self.first + timedelta(days=number), 0)
            if before is not None and self._offset(before) != self._offset(edge):
                yield self._change(before, edge)
            yield edge
            before = edge

    def _change(self, low: int, high: int) -> int:
        old = self._offset(low)
        while high - low > _SECOND:
            middle = (low + high) // 2 // _SECOND * _SECOND
            low, high = (middle, high) if self._offset(middle) == old else (low, middle)
        return high

    def _local(self, at: int) -> datetime:
        return rows.moment(at).astimezone(self._zone)

    def _offset(self, at: int) -> timedelta:
        return self._local(at).utcoffset() or timedelta(0)

    def _named(self, edge: int) -> tuple[int, int]:
        day = (self._local(edge).replace(tzinfo=None) - timedelta(hours=DAY_START.hour)).date()
        return rows.number_of(day), self._offset(edge) // timedelta(seconds=1)

    def at(self, day: date, hours: float) -> int:
        """So many hours after the start of the day, by a clock that nobody changes in between."""
        start = datetime.combine(day, DAY_START, self._zone).astimezone(UTC)
        return rows.ms_at(start) + _lasting(hours * 60)

    def named(self, at: int) -> tuple[int, int]:
        """The day as the log has it, and the offset in seconds."""
        return self._names[bisect_right(self._edges, at) - 1]

    def pieces(self, began: int, ended: int) -> Iterator[tuple[int, int]]:
        """`[began, ended)`, cut where a day begins or the offset changes."""
        while began < ended:
            index = bisect_right(self._edges, began)
            until = min(ended, self._edges[index]) if index < len(self._edges) else ended
            yield began, until
            began = until


def _lasting(minutes: float) -> int:
    return round(minutes * 60) * _SECOND


class _Life:
    """Lives day after day; `at` is now, in milliseconds since 1970."""

    def __init__(self, chance: Random, calendar: _Calendar) -> None:
        self.stretches: list[rows.Cells] = []
        self.breaks: list[rows.Cells] = []
        self.prompts: list[rows.Cells] = []
        self.exercises: list[rows.Cells] = []
        self.corrections: list[rows.Cells] = []
        self._chance = chance
        self._calendar = calendar
        self._at = self._zero = calendar.at(calendar.first, 0) - 30 * _MINUTE
        self._count = 0
        self._reminded = 0
        self._spell = 1
        self._decisions = [
            snapshot.dump(
                Decision(
                    Rule.LIMIT,
                    timedelta(minutes=30 + step),
                    timedelta(minutes=30),
                    timedelta(seconds=step),
                    timedelta(seconds=20 * step),
                    (),
                )
            )
            for step in range(20)
        ]

    def pass_by(self) -> None:
        calendar, chance = self._calendar, self._chance
        holidays = 0
        for number in range((calendar.last - calendar.first).days + 1):
            day = calendar.first + timedelta(days=number)
            holidays = (
                chance.randint(5, 14) if not holidays and chance.random() < 0.008 else max(holidays - 1, 0)
            )
            if holidays:
                continue
            if day.weekday() < 5:
                self._work(day, chance.gauss(4.6, 0.4), chance.gauss(8.8, 0.7))
                self._ponder(day)
            if chance.random() < (0.75 if day.weekday() < 5 else 0.85):
                self._work(day, chance.gauss(15.4, 0.5), abs(chance.gauss(2.6, 1.0)) + 0.3)
            if chance.random() < 0.01:
                # A night at the desk, over the start of the next day.
                self._work(day, 21.0, chance.uniform(2.0, 4.5))

    def _work(self, day: date, after: float, hours: float) -> None:
        begins = self._calendar.at(day, after)
        if begins <= self._at:
            return
        self._gone(begins)
        ends = begins + _lasting(hours * 60)
        lunch = begins + _lasting(self._chance.gauss(216, 18)) if hours > 6 else ends
        while self._at < ends:
            self._sit(self._chance.lognormvariate(2.5, 0.8))
            if lunch <= self._at < ends:
                lunch = ends
                self._leave(How.LOCK, self._chance.uniform(30, 60))
            elif self._at < ends:
                self._get_up()

    def _gone(self, until: int) -> None:
        """Between two times at the desk."""
        draw = self._chance.random()
        if draw < 0.04:
            # The program was down: nothing is known, and no break is logged.
            self._book(Posture.UNKNOWN, How.GAP, until - self._at)
            self._reset()
        else:
            how = How.GAP if draw < 0.3 else How.SUSPEND if draw < 0.8 else How.LOCK
            self._leave(how, (until - self._at) / _MINUTE)

    def _sit(self, minutes: float) -> None:
        left = max(_lasting(min(minutes, 170)), 5 * _SECOND)
        while left > 0:
            draw = self._chance.random()
            length = left if draw < 0.55 else min(left, _lasting(self._chance.uniform(1, 15)))
            how = How.CALL if 0.7 < draw < 0.8 else How.MEDIA if draw >= 0.9 else How.INPUT
            if self._chance.random() < 0.01:
                how = How.GAP
            self._book(Posture.SITTING, how, length)
            left -= length
        if self._count >= _LIMIT * (self._reminded + 1):
            self._reminded += 1
            self._remind(min(self._reminded, 3))

    def _get_up(self) -> None:
        draw = self._chance.random()
        if draw < 0.18:
            posture, how = (Posture.STANDING, How.DESK) if draw < 0.05 else (Posture.AWAY, How.LOCK)
            self._book(posture, how, self._chance.randint(3, 59) * _SECOND)
        elif draw < 0.24:
            self._book(Posture.AWAY, How.LOCK, self._chance.randint(60, 119) * _SECOND)
        elif draw < 0.70:
            how = self._chance.choice((How.IDLE, How.LOCK, How.LOCK, How.ACCEPTED))
            self._leave(how, 2.0 + self._chance.expovariate(1 / 6))
        elif draw < 0.82:
            self._break(BreakKind.STOOD, Posture.STANDING, How.USER, self._chance.uniform(3, 40))
        elif draw < 0.94:
            self._move()
        elif draw < 0.95:
            self._book(Posture.UNKNOWN, How.USER, _lasting(self._chance.uniform(5, 40)))
        elif draw < 0.96:
            self._book(Posture.UNKNOWN, How.GAP, _lasting(self._chance.uniform(5, 20)))
            self._reset()
        else:
            self._exercise(30 * _SECOND, seated=True)

    def _move(self) -> None:
        length = self._chance.uniform(1.0, 4.0)
        self._exercise(_lasting(length), seated=False)
        self._break(BreakKind.MOVED, Posture.MOVING, How.EXERCISE, length)

    def _leave(self, how: How, minutes: float) -> None:
        self._break(BreakKind.AWAY, Posture.AWAY, how, minutes)

    def _break(self, kind: BreakKind, posture: Posture, how: How, minutes: float) -> None:
        length = _lasting(minutes)
        if kind is not BreakKind.AWAY or length >= _BREAK_MIN:
            day, offset = self._calendar.named(self._at)
            began = self._at - self._zero
            self.breaks.append((self._spell, kind.value, began, length, self._at, offset, day))
            self._reset()
        self._book(posture, how, length)

    def _reset(self) -> None:
        self._spell += 1
        self._count = self._reminded = 0

    def _book(self, posture: Posture, how: How, length: int) -> None:
        for began, ended in self._calendar.pieces(self._at, self._at + length):
            day, offset = self._calendar.named(began)
            self.stretches.append(
                (began - self._zero, ended - began, began, ended, offset, day, posture.value, how.value)
            )
        self._at += length
        if posture is Posture.SITTING:
            self._count += length

    def _remind(self, level: int) -> None:
        outcome = self._chance.choice(_OUTCOMES)
        at = self._at - self._chance.randrange(10) * _SECOND
        self.prompts.append(
            (
                len(self.prompts) + 1,
                PromptKind.REMINDER.value,
                level,
                self._chance.choice(_EXERCISES),
                at,
                self._calendar.named(at)[1],
                self._chance.choice(self._decisions),
                outcome.value,
                at + self._chance.randrange(300) * _SECOND,
            )
        )

    def _exercise(self, length: int, seated: bool) -> None:
        exercise = _EXERCISES[-1] if seated else self._chance.choice(_EXERCISES[:-1])
        rating = self._chance.choice((None, "easy", "right", "right", "hard"))
        offset = self._calendar.named(self._at)[1]
        self.exercises.append(
            (len(self.exercises) + 1, exercise, self._at, offset, length, length, int(seated), rating)
        )

    def _ponder(self, day: date) -> None:
        """Now and then the person says what a time of this day was, and now and then takes it back."""
        if self._chance.random() > 0.15:
            return
        for _word in range(self._chance.randint(1, 3)):
            start_at = self._calendar.at(day, self._chance.uniform(4.0, 12.0))
            if start_at < self._zero:
                continue
            length = _lasting(self._chance.uniform(2, 45))
            posture = self._chance.choice(("sitting", "standing", "moving", "away"))
            said_at = self._calendar.at(day, 14)
            word = start_at - self._zero, length, start_at, self._calendar.named(start_at)[1]
            self.corrections.append((*word, posture, said_at, None))
            if self._chance.random() < 0.2:
                self.corrections.append((*word, None, said_at, len(self.corrections)))


def main(arguments: Sequence[str]) -> int:
    """Takes the name of one new file, and only that: what looks like an option is never made a file."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python -m tests.years FILE", file=sys.stderr)
        return 2
    print(live(Path(arguments[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
