"""How the dose grows inside a level: the tempo of the alternating squeeze, sets and repetitions (3.1).

Every session was done in the dose that was in force then, so that the sessions alone tell the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from deskbreak.coach.exercise import Dose, Exercise, Family, Level
from deskbreak.coach.load import STRENGTH
from deskbreak.coach.sessions import Session
from deskbreak.coach.slots import CLIMB
from deskbreak.core.events import Rating

LADDER = (30, 45, 60, 75, 90, 120, 150, 180)
"""Beats a minute, one squeeze each. Always said as "90 beats, 45 each side", never as "90" alone."""
_TOP = {Level.L101: 90, Level.L202: 90, Level.L303: 180}
_CLEAN_DAYS = 2
_CLEAN = (Rating.EASY, Rating.RIGHT)
_AMOUNTS = ((1, 8), (1, 10), (1, 12), (2, 10))
_EASY_RUNNING = 2
_BETWEEN_SETS = timedelta(seconds=15)
_ROUNDED_TO = timedelta(seconds=5)
_MINUTE = timedelta(minutes=1)
# A dose in the log is one of the library of that day, which may have been a little less.
_ENOUGH = 0.9
_STEP = timedelta(seconds=15)


def tempo(sessions: Iterable[Session], known: Mapping[str, Exercise], level: Level) -> int:
    """The beats a minute at which to go on; `level` is that of the squeeze family.

    One step up after full doses (a minute at this tempo) on two days that were not too hard, one down after
    one that was: whoever loses the pattern says so by that. `known` holds the exercises as the library has
    them: no session of one leads beyond its own beats, and beyond 90 only at 303.
    """
    at = 0
    clean: set[date] = set()
    for session in sorted(sessions, key=lambda each: each.at):
        exercise = known.get(session.exercise)
        if exercise is None or exercise.family is not Family.SQUEEZE or exercise.dose.beats is None:
            continue
        if session.rating is Rating.HARD:
            at, clean = max(at - 1, 0), set()
        elif whole(session, exercise) and session.rating in _CLEAN and LADDER[at] < exercise.dose.beats:
            clean.add(session.day)
            if len(clean) == _CLEAN_DAYS:
                at, clean = at + 1, set()
    return min(LADDER[at], _TOP[level])


def whole(session: Session, exercise: Exercise) -> bool:
    """Whether it was a whole dose of it: a break that had no time for the least of its doses was none."""
    if session.dose is None or not session.full:
        return session.full
    return session.dose >= _ENOUGH * _least(exercise.family, exercise.dose)


@lru_cache(maxsize=1024)
def _least(family: Family, dose: Dose) -> timedelta:
    """How long the least of its doses takes: asked of every session there ever was."""
    return _with(dose, Amount(*_steps(family, dose)[0])).total


@dataclass(frozen=True, slots=True)
class Amount:
    """Sets and repetitions (a side, where the exercise is done a side) in a break at the desk."""

    sets: int
    reps: int


def amount(exercise: Exercise, sessions: Iterable[Session]) -> Amount:
    """How much of it to do next: 1 x 8, 1 x 10, 1 x 12, 2 x 10, by the sessions of it.

    More after two easy full doses running, less after one that was too hard or hurt. What the library begins
    with less of begins there. What is held, walked or goes by a beat does not grow: it keeps the dose of the
    library.
    """
    steps = _steps(exercise.family, exercise.dose)
    step = easy = 0
    of_it = (each for each in sessions if each.exercise == exercise.id)
    for session in sorted(of_it, key=lambda each: each.at):
        if session.rating in (Rating.HARD, Rating.PAIN):
            step, easy = max(step - 1, 0), 0
        elif whole(session, exercise) and session.rating is Rating.EASY:
            easy += 1
            if easy == _EASY_RUNNING:
                step, easy = min(step + 1, len(steps) - 1), 0
        else:
            easy = 0
    return Amount(*steps[step])


def grown(known: Mapping[str, Exercise], sessions: Iterable[Session], squeezes: Level) -> Mapping[str, Dose]:
    """By id, the dose for this person now of every exercise whose dose grows.

    `known` holds the exercises as the library has them, `squeezes` is the level of that family.
    """
    sessions = tuple(sessions)
    beats = tempo(sessions, known, squeezes)
    return {id_: _dose(each, sessions, beats) for id_, each in known.items()}


def _dose(exercise: Exercise, sessions: Iterable[Session], beats: int) -> Dose:
    dose = exercise.dose
    if dose.beats is not None:
        return _at_tempo(dose, min(beats, dose.beats)) if exercise.family is Family.SQUEEZE else dose
    return _with(dose, amount(exercise, sessions))


def _steps(family: Family, dose: Dose) -> tuple[tuple[int, int], ...]:
    """Sets and repetitions from the least on; one step alone for what does not grow."""
    own = (dose.sets, dose.reps)
    if family not in STRENGTH or dose.reps == 1 or dose.beats is not None:
        return (own,)
    fewer = dose.sets * dose.reps < _AMOUNTS[0][1]
    return (own, *_AMOUNTS) if fewer else _AMOUNTS


def _with(dose: Dose, now: Amount) -> Dose:
    """The same exercise in this amount."""
    if (now.sets, now.reps) == (dose.sets, dose.reps):
        return dose
    before, after = dose.sets * dose.reps, now.sets * now.reps
    rest = _rest(dose, now.sets)
    work = dose.total - (dose.rest * (dose.sets - 1))
    total = work * after / before + rest * (now.sets - 1)
    return replace(dose, sets=now.sets, reps=now.reps, rest=rest, total=_rounded(total))


def _rest(dose: Dose, sets: int) -> timedelta:
    """A rest within a single set is one after each repetition, else it is between the sets."""
    if (sets > 1) == (dose.sets > 1):
        return dose.rest
    return max(dose.rest, _BETWEEN_SETS) if sets > 1 else timedelta()


def _at_tempo(dose: Dose, beats: int) -> Dose:
    """The same minute at this tempo, or the climb to it."""
    if beats == dose.beats:
        return dose
    climb = (*(step for step in CLIMB if step < beats), beats)
    lasts = _STEP if len(climb) > 1 else _MINUTE
    squeezes = sum(step * (lasts / _MINUTE) for step in climb)
    return replace(dose, beats=beats, reps=round(squeezes / 2), tempo="")


def _rounded(length: timedelta) -> timedelta:
    return max(round(length / _ROUNDED_TO), 1) * _ROUNDED_TO
