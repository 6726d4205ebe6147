"""A primer exercise by exercise: how much of each, and how its time runs; pure arithmetic, as `course` is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from math import ceil

from deskbreak.coach.exercise import Dose, Exercise
from deskbreak.coach.library import Library
from deskbreak.coach.primer import Beat, Primer, Step
from deskbreak.report.course import Kind, Motion, Stage, course

_NONE = timedelta()
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Part:
    """`exercise` has the dose of its `step`. A first stage of the kind READY is the time to change over."""

    step: Step
    exercise: Exercise
    stages: tuple[Stage, ...]

    @property
    def length(self) -> timedelta:
        """With the time to change over to it."""
        return sum((stage.length for stage in self.stages), _NONE)


def parts(primer: Primer, library: Library) -> tuple[Part, ...]:
    """One for each step, in order; together they last exactly `primer.length`.

    What the steps leave to change over is changed over in before the next, and after the last one before
    the first: nothing is left to do when the last exercise ends. `library` knows every exercise of the
    primer.
    """
    befores = (primer.steps[-1].then, *(step.then for step in primer.steps[:-1]))
    return tuple(
        _part(step, library.known[step.exercise], before)
        for step, before in zip(primer.steps, befores, strict=True)
    )


def _part(step: Step, exercise: Exercise, before: timedelta) -> Part:
    dose = Dose(1, step.reps, step.hold, step.per_side, step.length)
    dosed = replace(exercise, dose=dose)
    ready, *rest = _stages(step, dosed)
    if ready.kind is not Kind.READY:
        ready, rest = Stage(Kind.READY, _NONE), [ready, *rest]
    ready = replace(ready, length=ready.length + before)
    return Part(step, dosed, (ready, *rest) if ready.length else tuple(rest))


def _stages(step: Step, dosed: Exercise) -> tuple[Stage, ...]:
    if step.goes_on:
        return (Stage(Kind.WORK, step.length, motion=Motion.ON_AND_ON),)
    return tuple(_beaten(step.beats)) if step.beats else course(dosed)


def _beaten(beats: tuple[Beat, ...]) -> Iterator[Stage]:
    """A stage for each tempo; who goes on at one goes on without a break."""
    for number, (tempo, same) in enumerate(groupby(beats, lambda beat: beat.beats), 1):
        length = sum((beat.length for beat in same), _NONE)
        reps = max(1, ceil(tempo * length / _MINUTE))
        yield Stage(Kind.WORK, length, number, reps=reps, motion=Motion.IN_TURNS, beats=tempo)
