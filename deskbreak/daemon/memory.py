"""What the coach remembers of the log: read once, then followed as things are recorded; it writes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from functools import cache
from itertools import chain
from typing import Protocol

from deskbreak.coach.exercise import Exercise
from deskbreak.coach.sessions import Entry, LevelSet, Mastered, Now, Session, done
from deskbreak.coach.situation import Came, Done, Offer
from deskbreak.core.commands import (
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordExercise,
    RecordPrompt,
    Unrecord,
)
from deskbreak.core.naming import local_day
from deskbreak.core.postures import Posture, Row
from deskbreak.ports import Recorded

# Longer than any rotation, and than the last three offers of each exercise that comes up at all.
_OFFERS = 64
# As long as it takes for a family to be new again (selection.md 3.1).
STANDING_FOR = timedelta(days=28)
PROMPTS_FOR = timedelta(days=14)
# So much of the dose is all of it: who ends an exercise by hand is a little early.
_FULL = 0.9
_EVER, _FOREVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_NOTHING = timedelta()
_SAME_MOMENT = timedelta(milliseconds=1)
_KINDS = (PromptKind.REMINDER, PromptKind.STANDING)


@dataclass(frozen=True, slots=True)
class Named:
    """Prompt `number` named this exercise; `wanted`: because the person did."""

    number: int
    exercise: str
    wanted: bool = False


class Past(Protocol):
    """What is read of the log; see `store.log.SqliteLog`."""

    def stretches(self, since: datetime, until: datetime) -> Iterable[Row]: ...

    def prompts(self, since: datetime, until: datetime) -> Iterable[PromptRow]: ...

    def exercises(self, since: datetime, until: datetime) -> Iterable[ExerciseRow]: ...

    def levels(self) -> Iterable[LevelSet | Mastered]: ...


def recalled(log: Past, now: datetime, day_start: time, offers: Iterable[Named] = ()) -> "Memory":
    """All exercises and levels, which the standings are worked out from; of the rest the last days."""
    # A wall clock that was set back must hide nothing of what was booked before.
    until = now + timedelta(days=1)
    stood = (row for row in log.stretches(now - STANDING_FOR, until) if row.posture is Posture.STANDING)
    exercises, prompts = log.exercises(_EVER, _FOREVER), log.prompts(now - PROMPTS_FOR, until)
    return Memory(offers, exercises, prompts, stood, day_start, log.levels())


class Memory:
    """`offers` are the latest ones, the last one last; they outlive the program."""

    def __init__(
        self,
        offers: Iterable[Named] = (),
        exercises: Iterable[ExerciseRow] = (),
        prompts: Iterable[PromptRow] = (),
        stretches: Iterable[Row] = (),
        day_start: time = time(4),
        said: Iterable[LevelSet | Mastered] = (),
    ) -> None:
        self.version = 0
        self._said = list(said)
        self._day_start = day_start
        self._sessions = {row.number: session(row, day_start) for row in exercises}
        self._outcomes: dict[int, tuple[str | None, Outcome | None]] = {}
        self._stood: list[Row] = []
        self.offers = tuple(offers)
        given = {offer.number for offer in self.offers}
        for prompt in prompts:
            self._outcomes[prompt.number] = prompt.exercise, prompt.outcome
            if prompt.number not in given and prompt.exercise is not None and prompt.kind in _KINDS:
                self.offers += (Named(prompt.number, prompt.exercise),)
        self.offers = tuple(sorted(self.offers, key=lambda offer: offer.number))[-_OFFERS:]
        for row in stretches:
            self._stand(row)

    @property
    def sessions(self) -> Iterable[Session]:
        """All of them, in no particular order; `version` changes when they do."""
        return self._sessions.values()

    @property
    def entries(self) -> Iterable[Entry]:
        """The sessions, and what the person said of their levels; the same holds for them."""
        return chain(self.sessions, self._said)

    def begin_days_at(self, day_start: time) -> None:
        """The settings say otherwise since."""
        if day_start != self._day_start:
            self._day_start = day_start
            self._sessions = {
                number: replace(each, day=local_day(each.at, _NOTHING, day_start))
                for number, each in self._sessions.items()
            }
            self.version += 1

    def offer(self, named: Named) -> None:
        self.offers = (*self.offers, named)[-_OFFERS:]

    def heed(self, booked: tuple[Recorded, ...]) -> None:
        """This is recorded."""
        for one in booked:
            match one:
                case RecordExercise(row):
                    self._sessions[row.number] = session(row, self._day_start)
                    self.version += 1
                case RecordPrompt(row=prompt):
                    self._outcomes[prompt.number] = prompt.exercise, prompt.outcome
                case Record(row=stretch):
                    self._stand(stretch)
                case Unrecord(since, _spell, number):
                    self._unrecord(since, number)
                case LevelSet() | Mastered():
                    self._said.append(one)
                    self.version += 1
                case _:
                    pass

    def came(self) -> tuple[Offer, ...]:
        """The offers, with what became of them."""
        return tuple(Offer(each.exercise, self._came(each), each.wanted) for each in self.offers)

    def done(self, known: Mapping[str, Exercise], now: Now) -> tuple[Done, ...]:
        """What was done on this day and the one before, and of each exercise the latest time."""
        latest: dict[str, Session] = {}
        recent: list[Session] = []
        for each in self.sessions:
            if (now.day - each.day).days <= 1:
                recent.append(each)
            elif each.exercise not in latest or latest[each.exercise].at < each.at:
                latest[each.exercise] = each
        return (*done((*latest.values(), *recent), now), *self._switched(known, now))

    def stood_ago(self, now: Now) -> timedelta | None:
        """Since the last standing of this day ended; None without one."""
        last = self._stood[-1] if self._stood else None
        if last is None or last.day != now.day:
            return None
        return max(now.at - last.end_at, timedelta())

    def _switched(self, known: Mapping[str, Exercise], now: Now) -> Iterator[Done]:
        """Who stood has done the switch to standing, which leaves no exercise in the log."""
        if self._stood:
            last = self._stood[-1]
            ago, days = max(now.at - last.end_at, timedelta()), max((now.day - last.day).days, 0)
            yield from (Done(each.id, ago, days) for each in known.values() if each.switch)

    def _came(self, offer: Named) -> Came:
        exercise, outcome = self._outcomes.get(offer.number, (None, None))
        if exercise == offer.exercise and outcome is Outcome.SKIPPED:
            return Came.SKIPPED
        # A break of the person's own has no prompt: its exercise comes next.
        own = self._sessions.get(offer.number + 1)
        if own is not None and own.exercise == offer.exercise:
            return Came.DONE
        done = exercise == offer.exercise and outcome is Outcome.DONE
        return Came.DONE if done else Came.NOTHING

    def _stand(self, row: Row) -> None:
        if self._stood and self._stood[-1].began == row.began:
            # What is booked from the very same moment again is the later word about it.
            self._stood.pop()
        if row.posture is not Posture.STANDING:
            return
        last = self._stood[-1] if self._stood else None
        if last is not None and last.day == row.day and row.began - _end(last) <= _SAME_MOMENT:
            longer = _end(row) - last.began
            self._stood[-1] = replace(last, length=longer, end_at=row.end_at)
        else:
            self._stood.append(row)

    def _unrecord(self, since: timedelta, number: int) -> None:
        self._sessions = {of: each for of, each in self._sessions.items() if of < number}
        self.version += 1
        self._stood = [row for row in self._stood if row.began < since]
        if self._stood and _end(self._stood[-1]) > since:
            last = self._stood[-1]
            left = since - last.began
            self._stood[-1] = replace(last, length=left, end_at=last.start_at + left)


def _end(row: Row) -> timedelta:
    return row.began + row.length


def session(row: ExerciseRow, day_start: time) -> Session:
    """What levels are worked out from, of a row of the log; days begin at `day_start`."""
    ended = row.start_at + row.length
    at, day = ended.astimezone(_zone(row.offset)), local_day(ended, row.offset, day_start)
    full = row.length >= row.dose * _FULL
    return Session(row.exercise, at, day, full, row.rating, row.dose)


@cache
def _zone(offset: timedelta) -> timezone:
    """There are two a year, and thousands of rows."""
    return timezone(offset)
