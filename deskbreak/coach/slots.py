"""What the minutes before a run are made of, as tables (selection.md 3.5)."""

from dataclasses import dataclass
from enum import Enum

WALK = "walk-break"
"""Walking is new to nobody: it may be in a primer before it was ever done from here."""


class Kind(Enum):
    FULL = "full"
    SHORT = "short"
    THREE_MINUTES = "three-minutes"


@dataclass(frozen=True, slots=True)
class Move:
    """An exercise in the dose of the primer; `seconds` holds, `sides` doubles it, `beaten` has a beat."""

    exercise: str
    reps: int = 1
    seconds: int = 0
    sides: bool = False
    beaten: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """`moves`: what may be done here, the one to be preferred first."""

    seconds: int
    moves: tuple[Move, ...]


MARCH = (Move("standing-march"), Move(WALK))
RHYTHM_303 = "standing-alternating-squeeze"
_RHYTHM = (
    Move(RHYTHM_303, beaten=True),
    Move("alternating-squeeze", beaten=True),
    Move("standing-squeeze", 7, 5),
    Move("seated-squeeze", 7, 5),
)
CLIMB = (90, 120, 150, 180)
_STANDING_SQUEEZE = Move("standing-squeeze", 8, 4)


def _flexor(seconds: int) -> tuple[Move, ...]:
    return (Move("standing-flexor-stretch", 1, seconds, sides=True),)


def _bridges(*after: Move) -> tuple[Move, ...]:
    return (
        Move("single-leg-bridge", 6, 2, sides=True),
        Move("marching-bridge", 6, 2, sides=True),
        Move("glute-bridge", 10, 2),
        *after,
    )


_FLOOR = (
    Slot(60, MARCH),
    Slot(60, (Move("half-kneeling-flexor-stretch", 1, 25, sides=True), *_flexor(25))),
    Slot(60, (Move("glute-bridge", 12, 2), _STANDING_SQUEEZE)),
    Slot(50, _bridges(_STANDING_SQUEEZE)),
    Slot(
        70,
        (
            Move("side-lying-abduction", 10, 2, sides=True),
            Move("clamshell", 10, 1, sides=True),
            Move("standing-hip-abduction", 10, 2, sides=True),
        ),
    ),
    Slot(40, (Move("hip-hinge", 10, 1),)),
    Slot(60, _RHYTHM),
)
_NO_FLOOR = (
    Slot(60, MARCH),
    Slot(60, _flexor(25)),
    Slot(50, (_STANDING_SQUEEZE,)),
    Slot(60, (Move("standing-hip-extension", 8, 2, sides=True),)),
    Slot(60, (Move("standing-hip-abduction", 8, 2, sides=True),)),
    Slot(60, _RHYTHM),
)
_SHORT = (
    Slot(45, MARCH),
    Slot(45, _flexor(20)),
    Slot(50, _bridges(_STANDING_SQUEEZE)),
    Slot(
        60,
        (
            Move("side-lying-abduction", 8, 2, sides=True),
            Move("standing-hip-abduction", 8, 2, sides=True),
            Move("clamshell", 8, 1, sides=True),
        ),
    ),
    Slot(30, (Move("hip-hinge", 8, 1),)),
    Slot(60, _RHYTHM),
)
_THREE = (Slot(60, MARCH), Slot(45, _flexor(20)), Slot(60, _RHYTHM))


def slots(which: Kind, lying: bool) -> tuple[Slot, ...]:
    """What this primer is made of; `lying`: the person may lie down there."""
    if which is Kind.FULL:
        return _FLOOR if lying else _NO_FLOOR
    return _SHORT if which is Kind.SHORT else _THREE
