"""How much strength work a day holds (selection.md 3.1, "Load limit")."""

from collections.abc import Mapping, Sequence

from deskbreak.coach.exercise import Exercise, Family, Level
from deskbreak.coach.situation import Done

STRENGTH = frozenset({Family.SQUEEZE, Family.BRIDGE, Family.HIP, Family.SQUAT})
HARD_LEGS = STRENGTH - {Family.SQUEEZE}
EXERCISE_A_DAY = 3
FAMILY_A_DAY = 5
_SAME_DAY_OR_THE_NEXT = 1


def spent(exercise: Exercise, done: Sequence[Done], known: Mapping[str, Exercise]) -> bool:
    """Whether today has had enough of it.

    A strength exercise is done 3 times a day at most, its family 5 times; a 303 one for the legs not on
    the day of another, nor on the day after.
    """
    if exercise.family not in STRENGTH:
        return False
    today = [known[each.exercise] for each in done if each.days == 0 and each.exercise in known]
    if sum(each.id == exercise.id for each in today) >= EXERCISE_A_DAY:
        return True
    if sum(each.family is exercise.family for each in today) >= FAMILY_A_DAY:
        return True
    return _hard(exercise) and any(
        each.days <= _SAME_DAY_OR_THE_NEXT and each.exercise in known and _hard(known[each.exercise])
        for each in done
    )


def _hard(exercise: Exercise) -> bool:
    return exercise.family in HARD_LEGS and exercise.level is Level.L303
