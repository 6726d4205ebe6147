"""How the time of a dose runs, stage by stage; pure arithmetic, it neither speaks nor draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from math import ceil

from deskbreak.coach.exercise import Dose, Exercise, Family
from deskbreak.coach.slots import CLIMB

_NONE = timedelta()
_SECOND = timedelta(seconds=1)
_READY = timedelta(seconds=5)
_CHANGE = timedelta(seconds=5)
_MINUTE = timedelta(minutes=1)


class Kind(Enum):
    """What a stage is for. SLOWLY: before a beat, without one. CHANGE: the other side comes next."""

    READY = "ready"
    SLOWLY = "slowly"
    WORK = "work"
    REST = "rest"
    CHANGE = "change"


class Motion(Enum):
    """How the figure goes between its poses.

    THERE_AND_BACK: once a repetition. STAY: to the second pose, and there it stays. IN_TURNS: to the other
    pose at each repetition. ON_AND_ON: to and fro, as in walking; nothing is counted by it.
    """

    THERE_AND_BACK = "there-and-back"
    STAY = "stay"
    IN_TURNS = "in-turns"
    ON_AND_ON = "on-and-on"


_IN_TURN = {
    "standing-march": Motion.IN_TURNS,
    "marching-bridge": Motion.THERE_AND_BACK,
    "bird-dog": Motion.THERE_AND_BACK,
}
"""The exercises whose steps change sides at each repetition, not once half of them are done."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`reps` of `hold` each within `length`; `side` is 1 or 2, or 0 where it is for both.

    `in_turn`: each repetition is for the other side than the one before.

    `beats` a minute where it goes by a beat; each beat is a repetition then, the last one may be cut.
    """

    kind: Kind
    length: timedelta
    number: int = 1
    side: int = 0
    reps: int = 1
    hold: timedelta = _NONE
    motion: Motion = Motion.STAY
    beats: int | None = None
    in_turn: bool = False

    @property
    def each(self) -> timedelta:
        """How long one repetition takes."""
        return self.length / self.reps if self.beats is None else _MINUTE / self.beats


def course(exercise: Exercise) -> tuple[Stage, ...]:
    """The stages of the whole dose, in order; together they last exactly `dose.total`."""
    if exercise.dose.beats is not None:
        return tuple(_by_the_beat(exercise.dose, exercise.dose.beats))
    return tuple(_by_the_set(exercise))


def _by_the_beat(dose: Dose, beats: int) -> Iterator[Stage]:
    """One tempo, or the climb to it where it is faster than the climb begins."""
    climb = (*(step for step in CLIMB if step < beats), beats)
    squeezes = dose.reps * (2 if dose.per_side else 1)
    asked = round(squeezes * _MINUTE / sum(climb) / _SECOND) * _SECOND
    each = min(max(asked, _SECOND), dose.total / len(climb))
    before = dose.total - each * len(climb)
    if before > _NONE:
        yield Stage(Kind.SLOWLY, before, motion=Motion.THERE_AND_BACK)
    for number, step in enumerate(climb, 1):
        count = max(1, ceil(step * each / _MINUTE))
        yield Stage(Kind.WORK, each, number, reps=count, motion=Motion.IN_TURNS, beats=step)


def _by_the_set(exercise: Exercise) -> Iterator[Stage]:
    dose, in_turn = exercise.dose, _IN_TURN.get(exercise.id)
    sides = (1, 2) if dose.per_side and in_turn is None else (0,)
    rounds = [(number, side) for number in range(1, dose.sets + 1) for side in sides]
    reps = dose.reps * 2 if dose.per_side and in_turn is not None else dose.reps
    before, work, between = _shares(dose, reps, len(rounds))
    if before:
        yield Stage(Kind.READY, before)
    for n, (number, side) in enumerate(rounds):
        if n and between:
            yield Stage(Kind.CHANGE if side else Kind.REST, between, number, side)
        motion = _motion(exercise, in_turn)
        yield Stage(
            Kind.WORK, work, number, side, reps, dose.hold, motion, in_turn=dose.per_side and not side
        )


def _motion(exercise: Exercise, in_turn: Motion | None) -> Motion:
    if exercise.family is Family.WALK:
        return Motion.ON_AND_ON
    if exercise.dose.reps == 1:
        return Motion.STAY
    return in_turn or Motion.THERE_AND_BACK


def _shares(dose: Dose, reps: int, rounds: int) -> tuple[timedelta, timedelta, timedelta]:
    """How long to get ready, each round, and each time between rounds."""
    between = (dose.rest or (_CHANGE if dose.per_side else _NONE)) if rounds > 1 else _NONE
    if between * (rounds - 1) >= dose.total:
        between = _NONE
    left = dose.total - between * (rounds - 1)
    # A rest within a single round is one after each repetition.
    needed = dose.hold if reps == 1 else (dose.hold + (dose.rest if rounds == 1 else _SECOND)) * reps
    spare = left - needed * rounds
    if spare < _NONE:
        return _NONE, left / rounds, between
    before = min(spare, _READY) if needed else min(left / 10, _READY)
    if reps > 1 or not needed or rounds == 1:
        return before, (left - before) / rounds, between
    return before, needed, between + (spare - before) / (rounds - 1)
