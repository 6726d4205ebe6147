"""The minutes before a run: which exercises, for how long, and when they are offered (selection.md 3.5)."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deskbreak.coach.exercise import Exercise
from deskbreak.coach.load import spent
from deskbreak.coach.situation import Done, Person
from deskbreak.coach.slots import CLIMB, MARCH, RHYTHM_303, WALK, Kind, Move, Slot, slots

BEFORE = timedelta(minutes=5)
HUSH = timedelta(minutes=20)
_FULL_FROM = timedelta(hours=6)
_SHORT_FROM = timedelta(hours=3)
_SECOND = timedelta(seconds=1)
_IDS = "primer-"


@dataclass(frozen=True, slots=True)
class Beat:
    """So many beats a minute for so long."""

    beats: int
    length: timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """`reps` (a side, where `per_side`) of `hold` each, all of it within `length`; `then` to change over.

    `beats` follow one another and fill `length`.
    """

    exercise: str
    length: timedelta
    reps: int = 1
    hold: timedelta = timedelta()
    per_side: bool = False
    beats: tuple[Beat, ...] = ()
    then: timedelta = timedelta()

    @property
    def goes_on(self) -> bool:
        """Whether nothing is counted: it just goes on for its length, as a walk does."""
        return self.reps == 1 and not self.hold and not self.beats


@dataclass(frozen=True, slots=True)
class Primer:
    """One guided sequence; its steps and changeovers last exactly `length`."""

    kind: Kind
    length: timedelta
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a planned run's primer is offered; no reminder is given from `hush_from` to `expires_at`."""

    hush_from: datetime
    offer_at: datetime
    expires_at: datetime


def id_of(which: Kind) -> str:
    """What the log and the prompts call it, as they call an exercise by its id."""
    return _IDS + which.value


def kind_of(exercise: str) -> Kind | None:
    """The primer of this id; None: it is an exercise's."""
    return next((which for which in Kind if id_of(which) == exercise), None)


def kind(sat: timedelta) -> Kind:
    """Which primer a day with so much sitting asks for."""
    if sat >= _FULL_FROM:
        return Kind.FULL
    return Kind.SHORT if sat >= _SHORT_FROM else Kind.THREE_MINUTES


def length(which: Kind, lying: bool) -> timedelta:
    """How long it takes; `lying`: the person may lie down there."""
    if which is Kind.FULL:
        return timedelta(minutes=7 if lying else 6)
    return timedelta(minutes=5 if which is Kind.SHORT else 3)


def appointment(run_at: datetime, takes: timedelta) -> Appointment:
    """When the primer that takes so long is offered for a run at that moment (aware)."""
    offer_at = run_at - takes - BEFORE
    return Appointment(offer_at - HUSH, offer_at, run_at)


def primer(
    which: Kind,
    lying: bool,
    known: Mapping[str, Exercise],
    person: Person,
    done: Sequence[Done],
    tempo: int,
) -> Primer | None:
    """The steps of this primer for this person; None where nothing is left that they may do.

    What was never `done` is not in it, but for the walk, nor is what today has had enough of. Each slot has
    the person's own level; a slot in which they may do nothing is walked, and left out only for one who may
    neither walk nor march. `tempo` is where they are on the ladder of `doses`: no beat is faster.
    """
    tried = {WALK, *(each.exercise for each in done)}
    allowed = {
        id_
        for id_, each in known.items()
        if id_ in tried
        and id_ not in person.excluded | person.hidden
        and each.family not in person.resting
        and each.level <= person.level(each.family)
        and (lying or not each.needs_floor)
        and not spent(each, done, known)
    }
    steps: list[Step] = []
    takes = length(which, lying)
    for slot in slots(which, lying):
        step = _fill(slot, allowed, tempo)
        if step is not None:
            steps.append(step)
        else:
            takes -= slot.seconds * _SECOND
    return Primer(which, takes, tuple(_timed(steps, takes))) if steps else None


def _fill(slot: Slot, allowed: Set[str], tempo: int) -> Step | None:
    moves = (*slot.moves, *MARCH[::-1])
    move = next((move for move in moves if move.exercise in allowed), None)
    if move is None:
        return None
    takes = slot.seconds * _SECOND
    beats = _beats(move, takes, tempo) if move.beaten else ()
    return Step(move.exercise, takes, move.reps, move.seconds * _SECOND, move.sides, beats)


def _beats(move: Move, takes: timedelta, tempo: int) -> tuple[Beat, ...]:
    if move.exercise != RHYTHM_303:
        return (Beat(tempo, takes),)
    return tuple(Beat(min(beats, tempo), takes / len(CLIMB)) for beats in CLIMB)


def _timed(filled: Sequence[Step], takes: timedelta) -> Iterator[Step]:
    """The steps with the rest of the time between them; two walks in a row are one."""
    steps: list[Step] = []
    for step in filled:
        if steps and step.goes_on and steps[-1].exercise == step.exercise:
            steps[-1] = replace(steps[-1], length=steps[-1].length + step.length)
        else:
            steps.append(step)
    left = takes - sum((step.length for step in steps), timedelta())
    if len(steps) == 1:
        [only] = steps
        yield replace(only, length=takes) if only.goes_on else replace(only, then=left)
        return
    gaps = len(steps) - 1
    share, odd = divmod(left // _SECOND, gaps)
    for n, step in enumerate(steps[:-1]):
        # The seconds that cannot be shared out go to the last changeovers, which come after the work.
        yield replace(step, then=(share + (n >= gaps - odd)) * _SECOND)
    yield steps[-1]
