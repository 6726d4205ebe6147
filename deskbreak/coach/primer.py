"""The minutes before a run: which exercises, for how long, and when they are offered (selection.md 3.5)."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from deskbreak.coach.exercise import Exercise
from deskbreak.coach.situation import Person

WALK = "walk-break"
"""Walking is new to nobody: it may be in a primer before it was ever done from here."""
BEFORE = timedelta(minutes=5)
HUSH = timedelta(minutes=20)
AGAIN = timedelta(minutes=10)
_FULL_FROM = timedelta(hours=6)
_SHORT_FROM = timedelta(hours=3)
_SECOND = timedelta(seconds=1)


class Kind(Enum):
    FULL = "full"
    SHORT = "short"
    THREE_MINUTES = "three-minutes"


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

    def again(self, now: datetime) -> datetime | None:
        """When it is offered next after "In 10 min", or None: by then the run has begun."""
        at = now + AGAIN
        return at if at < self.expires_at else None


@dataclass(frozen=True, slots=True)
class _Move:
    """An exercise in the dose of the primer; `seconds` holds, `sides` doubles it, `beaten` has a beat."""

    exercise: str
    reps: int = 1
    seconds: int = 0
    sides: bool = False
    beaten: bool = False


@dataclass(frozen=True, slots=True)
class _Slot:
    """`moves`: what may be done here, the one to be preferred first."""

    seconds: int
    moves: tuple[_Move, ...]


_MARCH = (_Move("standing-march"), _Move(WALK))
_RHYTHM_303 = "standing-alternating-squeeze"
_RHYTHM = (
    _Move(_RHYTHM_303, beaten=True),
    _Move("alternating-squeeze", beaten=True),
    _Move("standing-squeeze", 7, 5),
    _Move("seated-squeeze", 7, 5),
)
_CLIMB = (90, 120, 150, 180)
_STANDING_SQUEEZE = _Move("standing-squeeze", 8, 4)


def _flexor(seconds: int) -> tuple[_Move, ...]:
    return (_Move("standing-flexor-stretch", 1, seconds, sides=True),)


def _bridges(*after: _Move) -> tuple[_Move, ...]:
    return (
        _Move("single-leg-bridge", 6, 2, sides=True),
        _Move("marching-bridge", 6, 2, sides=True),
        _Move("glute-bridge", 10, 2),
        *after,
    )


_FLOOR = (
    _Slot(60, _MARCH),
    _Slot(60, (_Move("half-kneeling-flexor-stretch", 1, 25, sides=True), *_flexor(25))),
    _Slot(60, (_Move("glute-bridge", 12, 2), _STANDING_SQUEEZE)),
    _Slot(50, _bridges(_STANDING_SQUEEZE)),
    _Slot(
        70,
        (
            _Move("side-lying-abduction", 10, 2, sides=True),
            _Move("clamshell", 10, 1, sides=True),
            _Move("standing-hip-abduction", 10, 2, sides=True),
        ),
    ),
    _Slot(40, (_Move("hip-hinge", 10, 1),)),
    _Slot(60, _RHYTHM),
)
_NO_FLOOR = (
    _Slot(60, _MARCH),
    _Slot(60, _flexor(25)),
    _Slot(50, (_STANDING_SQUEEZE,)),
    _Slot(60, (_Move("standing-hip-extension", 8, 2, sides=True),)),
    _Slot(60, (_Move("standing-hip-abduction", 8, 2, sides=True),)),
    _Slot(60, _RHYTHM),
)
_SHORT = (
    _Slot(45, _MARCH),
    _Slot(45, _flexor(20)),
    _Slot(50, _bridges(_STANDING_SQUEEZE)),
    _Slot(
        60,
        (
            _Move("side-lying-abduction", 8, 2, sides=True),
            _Move("standing-hip-abduction", 8, 2, sides=True),
            _Move("clamshell", 8, 1, sides=True),
        ),
    ),
    _Slot(30, (_Move("hip-hinge", 8, 1),)),
    _Slot(60, _RHYTHM),
)
_THREE = (_Slot(60, _MARCH), _Slot(45, _flexor(20)), _Slot(60, _RHYTHM))


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
    tried: Set[str],
    tempo: int,
) -> Primer | None:
    """The steps of this primer for this person; None where nothing is left that they may do.

    `tried` are the ids ever done: nothing else is in it, but for the walk. Each slot has the person's own
    level; a slot in which they may do nothing is walked, and left out only for one who may neither walk nor
    march. `tempo` is where they are on the ladder of
    `doses`: no beat is faster.
    """
    allowed = {
        id_
        for id_, each in known.items()
        if (id_ in tried or id_ == WALK)
        and id_ not in person.excluded | person.hidden
        and each.family not in person.resting
        and each.level <= person.level(each.family)
        and (lying or not each.needs_floor)
    }
    steps: list[Step] = []
    takes = length(which, lying)
    for slot in _slots(which, lying):
        step = _fill(slot, allowed, tempo)
        if step is not None:
            steps.append(step)
        else:
            takes -= slot.seconds * _SECOND
    return Primer(which, takes, tuple(_timed(steps, takes))) if steps else None


def _slots(which: Kind, lying: bool) -> Sequence[_Slot]:
    if which is Kind.FULL:
        return _FLOOR if lying else _NO_FLOOR
    return _SHORT if which is Kind.SHORT else _THREE


def _fill(slot: _Slot, allowed: Set[str], tempo: int) -> Step | None:
    moves = (*slot.moves, *_MARCH[::-1])
    move = next((move for move in moves if move.exercise in allowed), None)
    if move is None:
        return None
    takes = slot.seconds * _SECOND
    beats = _beats(move, takes, tempo) if move.beaten else ()
    return Step(move.exercise, takes, move.reps, move.seconds * _SECOND, move.sides, beats)


def _beats(move: _Move, takes: timedelta, tempo: int) -> tuple[Beat, ...]:
    if move.exercise != _RHYTHM_303:
        return (Beat(tempo, takes),)
    return tuple(Beat(min(beats, tempo), takes / len(_CLIMB)) for beats in _CLIMB)


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
