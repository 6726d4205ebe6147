"""What a made-up person has before them on each day of a month: work, breaks, calls, films, days without."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum, auto
from random import Random

from deskbreak.core.postures import Posture, Word
from deskbreak.sample.desk import Act, Desk
from deskbreak.sample.person import Person

LENGTH = timedelta(days=31)
"""Of the whole month."""

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_WEEKEND = 5
_RUNS_ON = 1
_LONGEST_PAUSE = timedelta(minutes=55)
"""Whatever comes between two times of typing is over before the day's work is."""


class Kind(Enum):
    """What is out of the ordinary about a day."""

    FREE = auto()
    """The machine stays off: a day off, or in bed."""
    SHORT = auto()
    """The dentist waits."""
    DEADLINE = auto()
    """No time for breaks, it seems."""
    FILM = auto()
    """A long one, in the evening."""
    LATE = auto()
    """Up until after midnight."""
    SILENT = auto()
    """For some hours there is nobody to show a notification."""
    WHITEBOARD = auto()
    """Half an hour of it, which nobody but the person can know of."""
    MISTAKEN = auto()
    """They correct the log, and then think better of it."""


# By how many working days before the last one.
_UNUSUAL = {
    2: Kind.MISTAKEN, 3: Kind.FILM, 5: Kind.SILENT, 6: Kind.FREE, 7: Kind.WHITEBOARD, 8: Kind.SHORT,
    9: Kind.LATE, 11: Kind.FREE, 12: Kind.WHITEBOARD, 14: Kind.FILM, 15: Kind.DEADLINE, 17: Kind.FILM,
}  # fmt: skip


def working_days(last: date) -> tuple[date, ...]:
    """Those of the month that ends with this day, the last one first."""
    days = (last - number * _DAY for number in range(LENGTH.days))
    return tuple(day for day in days if day.weekday() < _WEEKEND)


def kind(day: date, last: date) -> Kind | None:
    """None for an ordinary day."""
    working = working_days(last)
    return _UNUSUAL.get(working.index(day)) if day in working else None


class Days:
    """Puts a month that ends at `ends` into the agenda of a desk, for this person."""

    def __init__(self, desk: Desk, person: Person, ends: datetime, zone: tzinfo, seed: int) -> None:
        self._desk = desk
        self._person = person
        self._ends = ends
        self._zone = zone
        self._seed = seed

    def plan(self, last: date) -> None:
        """All of them, with this local day as the last one."""
        for number in range(LENGTH.days):
            day = last - (LENGTH - _DAY) + number * _DAY
            chance = Random(self._seed * 1000 + number)
            # Better over the month, but not every day.
            habit = 0.2 + 0.5 * number / LENGTH.days + chance.uniform(-0.1, 0.1)
            if day.weekday() < _WEEKEND:
                self._weekday(day, kind(day, last), chance, habit)
            elif number % 14 < 7:
                self._weekend(day, chance, habit)
        self._desk.at(self._ends, self._desk.is_over)

    def _weekday(self, day: date, unusual: Kind | None, chance: Random, habit: float) -> None:
        begins = self._moment(day, chance.gauss(8.75, 0.3))
        hours = chance.gauss(8.4, 0.35)
        match unusual:
            case Kind.FREE:
                return
            case Kind.SHORT:
                hours = 2.6
            case Kind.DEADLINE:
                hours, habit = 10.4, 0.05
            case Kind.FILM:
                self._film(self._moment(day, 20.5), chance)
            case Kind.LATE:
                self._works(self._moment(day, 21.8), 3.1, chance, habit)
            case Kind.SILENT:
                self._at(self._moment(day, 10), self._desk.loses_its_server)
                self._at(self._moment(day, 12.5), self._desk.finds_a_server)
            case Kind.WHITEBOARD:
                board = Word(
                    self._moment(day, 13.75), self._moment(day, 14.4), Posture.STANDING, "at the whiteboard"
                )
                self._at(self._moment(day, 15.1), lambda: self._person.says(board, False))
            case Kind.MISTAKEN:
                walk = Word(
                    self._moment(day, 10.5), self._moment(day, 10.75), Posture.MOVING, "to the post office"
                )
                self._at(self._moment(day, 14.3), lambda: self._person.says(walk, True))
            case None:
                pass
        self._begins(begins, chance, habit)
        self._works(begins, hours, chance, habit)
        ends = begins + hours * _HOUR
        if day.weekday() == _RUNS_ON:
            self._at(ends - 14 * _MINUTE, self._person.prepares_for_a_run)
        if day.weekday() == _WEEKEND - 1 and unusual not in (Kind.FILM, Kind.LATE):
            self._at(ends + _MINUTE, self._desk.shuts_down)

    def _weekend(self, day: date, chance: Random, habit: float) -> None:
        begins = self._moment(day, chance.uniform(10, 11.5))
        self._begins(begins, chance, habit)
        self._works(begins, chance.uniform(1.6, 2.8), chance, habit)
        if day.weekday() > _WEEKEND:
            self._film(self._moment(day, 20.2), chance)

    def _begins(self, at: datetime, chance: Random, habit: float) -> None:
        answers = Random(chance.random())
        self._at(at, lambda: self._person.begins_a_day(answers, habit))

    def _works(self, begins: datetime, hours: float, chance: Random, habit: float) -> None:
        person, ends = self._person, begins + hours * _HOUR
        lunch = begins + chance.uniform(3.1, 3.9) * _HOUR if hours > 6 else None
        self._at(begins, person.comes)
        at = begins
        while True:
            at += _MINUTE * min(max(chance.lognormvariate(3.35, 0.45) * (1.4 - 0.8 * habit), 8), 95)
            if at + _LONGEST_PAUSE >= ends:
                break
            if lunch is not None and at >= lunch:
                lunch = None
                self._at(at, chance.choice((person.locks, person.locks, person.closes_the_lid)))
                at += _MINUTE * chance.uniform(28, 52)
                self._at(at, person.comes)
            else:
                at = self._between(at, chance, habit)
        self._at(ends - 3 * _MINUTE, person.takes_the_next_level)
        self._at(ends, person.closes_the_lid)

    def _between(self, at: datetime, chance: Random, habit: float) -> datetime:
        """Something between two times of typing; returns when it is over."""
        draw = chance.random()
        for share, way in self._ways(habit):
            draw -= share
            if draw < 0:
                begin, end, least, most = way
                break
        over = at + _MINUTE * chance.uniform(least, most)
        self._at(at, begin)
        self._at(over, end)
        return over

    def _ways(self, habit: float) -> Iterator[tuple[float, tuple[Act, Act, float, float]]]:
        person = self._person
        yield 0.15, (person.reads, person.goes_on, 1.5, 7)
        yield 0.12, (person.talks, person.hangs_up, 18, 48)
        yield 0.08, (person.leaves, person.comes, 0.7, 1.8)
        yield 0.05 + 0.15 * habit, (person.stands, person.sits, 14, 38)
        yield 0.14 + 0.1 * habit, (person.leaves, person.comes, 2.5, 8)
        yield 1, (person.locks, person.comes, 2.5, 11)

    def _film(self, begins: datetime, chance: Random) -> None:
        person = self._person
        self._at(begins, person.comes)
        self._at(begins + 4 * _MINUTE, person.watches)
        pause = begins + chance.uniform(48, 66) * _MINUTE
        ends = begins + chance.uniform(125, 155) * _MINUTE
        self._at(pause, person.stops_watching)
        self._at(pause + 1 * _MINUTE, person.leaves)
        self._at(pause + 7 * _MINUTE, person.comes)
        self._at(pause + 8 * _MINUTE, person.watches)
        self._at(ends, person.stops_watching)
        self._at(ends + 3 * _MINUTE, person.closes_the_lid)

    def _moment(self, day: date, hours: float) -> datetime:
        """When the clock on the wall says so, in UTC; past 24 it is the night after the day."""
        return (datetime.combine(day, time(), self._zone) + hours * _HOUR).astimezone(UTC)

    def _at(self, moment: datetime, act: Act) -> None:
        if moment < self._ends:
            self._desk.at(moment, act)
