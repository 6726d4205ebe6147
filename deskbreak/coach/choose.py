"""Which exercise a reminder names: a rotation over what suits the place, the headline moves first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.coach.library import Exercise

# What the product is about comes round first; the rest follows in the order of the library.
HEADLINE = ("glute-bridge", "standing-flexor-stretch", "stand-up-desk", "standing-squeeze", "walk-break")
# Any three consecutive reminders name three different exercises.
APART = 2
EASIER_UP_TO = timedelta(seconds=80)
_FIRST_LEVEL = 101


@dataclass(frozen=True, slots=True)
class Place:
    """What the person's surroundings allow."""

    floor: bool = True
    discreet: bool = False
    standing_desk: bool = True


def choose(
    library: Sequence[Exercise], place: Place, recent: Sequence[str], easier: bool, standing: bool
) -> Exercise:
    """The next of the rotation: the one suggested longest ago that suits, never one of the last two.

    `recent` holds the ids suggested so far, the latest last; `easier` asks for a short one off the
    floor; `standing` says that the person stands already. A chair exercise is never chosen: it would
    not end the sitting.
    """
    suits = [e for e in library if _suits(e, place, standing)]
    short = [e for e in suits if not e.needs_floor and e.dose.total <= EASIER_UP_TO]
    pool = [e for e in (short if easier else suits) if e.id not in recent[-APART:]]
    order = {id_: n for n, id_ in enumerate(HEADLINE)}
    latest = {id_: n for n, id_ in enumerate(recent)}
    return min(pool, key=lambda e: (latest.get(e.id, -1), order.get(e.id, len(order))))


def _suits(exercise: Exercise, place: Place, standing: bool) -> bool:
    if exercise.level > _FIRST_LEVEL or exercise.seated:
        return False
    if exercise.switch and (standing or not place.standing_desk):
        return False
    return (place.floor or not exercise.needs_floor) and (not place.discreet or exercise.discreet)
