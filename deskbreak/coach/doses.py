"""How the dose grows inside a level: the tempo of the alternating squeeze, sets and repetitions (3.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deskbreak.coach.exercise import Exercise, Level
from deskbreak.coach.load import STRENGTH
from deskbreak.coach.sessions import Session
from deskbreak.core.events import Rating

LADDER = (30, 45, 60, 75, 90, 120, 150, 180)
"""Beats a minute, one squeeze each. Always said as "90 beats, 45 each side", never as "90" alone."""
_TOP = {Level.L101: 90, Level.L202: 90, Level.L303: 180}
_CLEAN_RUN = timedelta(seconds=60)
_CLEAN_DAYS = 2
_BREAKS = 2
_AMOUNTS = ((1, 8), (1, 10), (1, 12), (2, 10))
_EASY_RUNNING = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A run of alternating squeezes at one tempo; `breaks`: so often the pattern was lost."""

    beats: int
    length: timedelta
    breaks: int
    at: datetime
    day: date


def each_side(beats: int) -> int:
    """How many of them a minute are for one side, the smaller half of an odd number."""
    return beats // 2


def tempo(runs: Iterable[Run], level: Level) -> int:
    """The beats a minute at which to go on; `level` is that of the squeeze family.

    One step up after clean runs of a minute at this tempo on two days, one down when the pattern breaks
    twice in a run. Beyond 90 only at 303, whatever was reached before.
    """
    steps = LADDER[: LADDER.index(_TOP[level]) + 1]
    at = 0
    clean: set[date] = set()
    for run in sorted(runs, key=lambda each: each.at):
        if run.breaks >= _BREAKS and run.beats <= steps[at]:
            at, clean = max(at - 1, 0), set()
        elif run.breaks == 0 and run.length >= _CLEAN_RUN and run.beats >= steps[at]:
            clean.add(run.day)
            if len(clean) == _CLEAN_DAYS:
                at, clean = min(at + 1, len(steps) - 1), set()
    return steps[at]


@dataclass(frozen=True, slots=True)
class Amount:
    """Sets and repetitions (a side, where the exercise is done a side) in a break at the desk."""

    sets: int
    reps: int


def amount(exercise: Exercise, sessions: Iterable[Session]) -> Amount:
    """How much of it to do next: 1 x 8, 1 x 10, 1 x 12, 2 x 10, by the sessions of it.

    More after two easy full doses running, less after one that was too hard or hurt. What is held, walked or
    goes by a beat does not grow: it keeps the dose of the library.
    """
    dose = exercise.dose
    if exercise.family not in STRENGTH or dose.reps == 1 or dose.beats is not None:
        return Amount(dose.sets, dose.reps)
    step = easy = 0
    for session in sorted(sessions, key=lambda each: each.at):
        if session.exercise != exercise.id:
            continue
        if session.rating in (Rating.HARD, Rating.PAIN):
            step, easy = max(step - 1, 0), 0
        elif session.full and session.rating is Rating.EASY:
            easy += 1
            if easy == _EASY_RUNNING:
                step, easy = min(step + 1, len(_AMOUNTS) - 1), 0
        else:
            easy = 0
    return Amount(*_AMOUNTS[step])
