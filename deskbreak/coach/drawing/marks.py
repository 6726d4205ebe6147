"""Where an exercise works: the one limb that moves, and the muscle as far as it can be shown."""

import math
from dataclasses import dataclass
from enum import Enum

from deskbreak.coach.drawing.blend import Joints
from deskbreak.coach.drawing.body import FAR, NEAR, Seen, Shapes, Side, buttock, hips
from deskbreak.coach.drawing.shapes import Shape, Tone, ball, bone
from deskbreak.coach.drawing.vectors import along, left_of, plus, way
from deskbreak.coach.exercise import Point


class Muscle(Enum):
    BUTTOCK = "buttock"
    FRONT_OF_HIP = "front of the hip"
    FRONT_OF_THIGH = "front of the thigh"
    CALF = "calf"


_CALLED = {
    Muscle.BUTTOCK: ("glute", "piriformis", "rotator"),
    Muscle.FRONT_OF_HIP: ("iliopsoas", "rectus femoris", "hip flexor"),
    Muscle.FRONT_OF_THIGH: ("quadriceps",),
    Muscle.CALF: ("calves", "calf"),
}
"""How the data names them, or a part of them."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A muscle along a bone: from where and to where, each in parts of the bone and in front of it."""

    root: str
    tip: str
    top: tuple[float, float]
    low: tuple[float, float]


_BANDS = {
    # It is the leg behind that is stretched, and a leg behind is drawn as the far one.
    Muscle.FRONT_OF_HIP: _Band("hip", "kneeF", (-0.1, 2.2), (0.38, 1.6)),
    Muscle.FRONT_OF_THIGH: _Band("hip", "kneeN", (0.3, 1.2), (0.8, 0.8)),
    Muscle.CALF: _Band("kneeN", "ankleN", (0.2, -0.9), (0.6, -0.5)),
}

_LIMBS = {"leg": ("knee", "ankle"), "arm": ("elbow", "hand")}
# What is no more than this is the body giving way, not the exercise.
_HIPS_STAY, _LIMB_STAYS, _LIMB_MOVES = 8.0, 5.0, 10.0
_ONE_SIDE_HIGHER = 0.4
_LEG_CROSSED = 12.0


def muscle(names: tuple[str, ...]) -> Muscle | None:
    """The one to show: that of the first name, which is the one that works most."""
    first = names[0].casefold() if names else ""
    return next((each for each, parts in _CALLED.items() if any(part in first for part in parts)), None)


def moving(start: Joints, end: Joints) -> dict[str, Side]:
    """The leg, the arm, or both, that moves while its other and the hips stay: under "leg" and "arm"."""
    found: dict[str, Side] = {}
    if math.dist(start["hip"], end["hip"]) > _HIPS_STAY:
        return found
    for limb, (middle, tip) in _LIMBS.items():
        if tip + FAR in start:
            travel = {
                side: max(math.dist(start[joint + side], end[joint + side]) for joint in (middle, tip))
                for side in (NEAR, FAR)
            }
            still, moved = sorted(travel, key=lambda side: travel[side])
            if travel[moved] > _LIMB_MOVES and travel[still] < _LIMB_STAYS:
                found[limb] = moved
    return found


def mark(pose: Joints, where: Muscle | None, how: Seen, limb: Side | None, part: float) -> Shapes:
    """The muscle, growing to its size as `part` goes to 1; `limb` is the leg that moves."""
    size = 0.6 + 0.4 * part
    if where is None:
        return ()
    if where is not Muscle.BUTTOCK:
        return (_front(pose, _BANDS[where], size),)
    if how is Seen.UPRIGHT:
        return _hips(pose, limb, size)
    # Beside a leg of the same colour it would be a ball in a socket.
    return (buttock(pose, Tone.WORK, how, size if limb else 0.82 * size),)


def _front(pose: Joints, band: _Band, size: float) -> Shape:
    root, tip = pose[band.root], pose.get(band.tip, pose[band.tip[:-1] + NEAR])
    front = left_of(way(root, tip))
    ends = [plus(along(root, tip, at), front, before) for at, before in (band.top, band.low)]
    return bone(Tone.WORK, ends[0], 2.6 * size, ends[1], 1.95 * size)


def _hips(pose: Joints, limb: Side | None, size: float) -> Shapes:
    """Of a body that is seen from the front or from behind: the side that works, or both."""
    both = hips(pose)
    higher = both[NEAR].y - both[FAR].y
    crossed = pose["ankleN"].y - pose.get("ankleF", pose["ankleN"]).y
    if limb is not None:
        sides = [limb]
    elif abs(crossed) > _LEG_CROSSED:
        sides = [NEAR if crossed > 0 else FAR]
    elif abs(higher) > _ONE_SIDE_HIGHER:
        sides = [NEAR if higher > 0 else FAR]
    else:
        sides = [NEAR, FAR]
    return tuple(ball(Tone.WORK, Point(both[side].x, both[side].y - 0.3), 4.0 * size) for side in sides)
