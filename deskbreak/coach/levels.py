"""How far the person has come in each family, and what the next step asks for (selection.md 3.1).

A level goes up only by the person's word (`LevelSet`); it goes down by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from deskbreak.coach.doses import whole
from deskbreak.coach.exercise import Exercise, Family, Level
from deskbreak.coach.sessions import Entry, LevelSet, Now, Session
from deskbreak.core.events import Rating

REST = timedelta(days=3)
BACK_ONE = timedelta(days=14)
BACK_TO_FIRST = timedelta(days=28)
TESTED = frozenset({Family.BRIDGE, Family.SQUEEZE, Family.HIP, Family.FLEXOR, Family.SQUAT})
"""The families that have a test for 303."""
_LAST = 3
_TOO_HARD_RUNNING = 2


class What(Enum):
    """A condition of the next step."""

    SESSIONS = "sessions"
    """So many full doses at this level."""
    DAYS = "days"
    """So many days from the first of them to the last."""
    EASY = "easy"
    """So many of the latest sessions in a row felt easy, and were the full dose."""
    PAIN_FREE = "pain-free"
    """So many days without a report of pain in this family."""
    TEST = "test"
    """The family's test, passed at this level (1 of 1)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`have` is never more than `need`."""

    what: What
    have: int
    need: int

    @property
    def met(self) -> bool:
        return self.have >= self.need


@dataclass(frozen=True, slots=True)
class Step:
    """The next level and all that it asks for."""

    to: Level
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person stands in a family.

    `next` is None where the library has no higher level in the family; `rests_until` is a moment in the
    future, or None. `offered`: the next level may be offered now; it is never taken by itself.
    """

    family: Family
    level: Level
    next: Step | None
    rests_until: datetime | None

    @property
    def tested(self) -> bool:
        """Whether a test of the family's is among what the next step asks for."""
        asked = () if self.next is None else self.next.conditions
        return any(condition.what is What.TEST for condition in asked)

    @property
    def offered(self) -> bool:
        return self.next is not None and all(condition.met for condition in self.next.conditions)


@dataclass(frozen=True, slots=True)
class _Asked:
    sessions: int
    days: int
    pain_free: int
    test: bool


_ASKED = {Level.L202: _Asked(6, 10, 7, False), Level.L303: _Asked(9, 21, 14, True)}


def levels_of(family: Family, known: Mapping[str, Exercise]) -> frozenset[Level]:
    """Those that a person can be at: the first, and every one that an exercise of the family has."""
    return frozenset({Level.L101, *(each.level for each in known.values() if each.family is family)})


def standings(entries: Iterable[Entry], known: Mapping[str, Exercise], now: Now) -> tuple[Standing, ...]:
    """Every family's standing now, in the order of `Family`, from everything ever recorded.

    `known` holds the exercises by id; sessions of others count for nothing. Entries may come in any
    order and are taken in that of their moments.
    """
    tracks = {family: _Track() for family in Family}
    for entry in sorted(entries, key=lambda each: each.at):
        match entry:
            case Session():
                if (exercise := known.get(entry.exercise)) is not None:
                    tracks[exercise.family].do(entry, exercise)
            case LevelSet():
                tracks[entry.family].put(entry)
            case _:
                tracks[entry.family].tested = True
    return tuple(_standing(family, track, known, now) for family, track in tracks.items())


@dataclass(slots=True)
class _Track:
    """One family's story up to the entry that was taken last."""

    level: Level = Level.L101
    # The last day with the family: of a session, or of a level that the person set.
    active: date | None = None
    full: list[date] = field(default_factory=list)
    easy: int = 0
    too_hard: int = 0
    tested: bool = False
    pain: Session | None = None

    def do(self, session: Session, exercise: Exercise) -> None:
        self.fade(session.day)
        self.active = session.day
        self.too_hard = self.too_hard + 1 if session.rating is Rating.HARD else 0
        if session.rating is Rating.PAIN:
            self.pain = session
            self.easy = 0
            self._move(_lower(self.level))
        elif self.too_hard == _TOO_HARD_RUNNING and self.level is not Level.L101:
            self._move(_lower(self.level))
        # An easier one than the level's says nothing about this level.
        elif exercise.level >= self.level:
            full = whole(session, exercise)
            self.easy = self.easy + 1 if full and session.rating is Rating.EASY else 0
            if full:
                self.full.append(session.day)

    def put(self, said: LevelSet) -> None:
        self.fade(said.day)
        self._move(said.level)
        self.active = said.day

    def fade(self, day: date) -> None:
        """Go back for having been so long without the family by that day."""
        gap = timedelta() if self.active is None else day - self.active
        if gap >= BACK_TO_FIRST:
            self._begin(Level.L101)
        elif gap >= BACK_ONE:
            self._move(_lower(self.level))

    def _move(self, to: Level) -> None:
        if to is not self.level:
            self._begin(to)

    def _begin(self, level: Level) -> None:
        """What was done before counts no more."""
        self.level = level
        self.full, self.easy, self.too_hard, self.tested = [], 0, 0, False


def _lower(level: Level) -> Level:
    return Level.L202 if level is Level.L303 else Level.L101


def _standing(family: Family, track: _Track, known: Mapping[str, Exercise], now: Now) -> Standing:
    track.fade(now.day)
    rests_until = None if track.pain is None else track.pain.at + REST
    if rests_until is not None and rests_until <= now.at:
        rests_until = None
    return Standing(family, track.level, _next(family, track, known, now), rests_until)


def _next(family: Family, track: _Track, known: Mapping[str, Exercise], now: Now) -> Step | None:
    levels = {each.level for each in known.values() if each.family is family and each.level > track.level}
    to = min(levels, default=None)
    if to is None:
        return None
    asked = _ASKED[to]
    conditions = [
        (What.SESSIONS, len(track.full), asked.sessions),
        (What.DAYS, (track.full[-1] - track.full[0]).days if track.full else 0, asked.days),
        (What.EASY, track.easy, _LAST),
        (What.PAIN_FREE, _days_since(track.pain, now, asked.pain_free), asked.pain_free),
    ]
    if asked.test and family in TESTED:
        conditions.append((What.TEST, int(track.tested), 1))
    return Step(to, tuple(Condition(what, min(have, need), need) for what, have, need in conditions))


def _days_since(pain: Session | None, now: Now, at_most: int) -> int:
    return at_most if pain is None else max((now.day - pain.day).days, 0)
