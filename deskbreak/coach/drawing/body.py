"""The parts of a body as shapes, each from the joints of a pose; in a front view N is the left side."""

from enum import Enum

from deskbreak.coach.drawing.blend import Joints
from deskbreak.coach.drawing.shapes import Disc, Shape, Tone, around, ball, bone
from deskbreak.coach.drawing.vectors import Way, along, left_of, plus, way
from deskbreak.coach.exercise import Point, View

NEAR, FAR = "N", "F"
Side = str
Shapes = tuple[Shape, ...]


class Seen(Enum):
    """How the body turns to the viewer."""

    FROM_THE_SIDE = "from the side"
    UPRIGHT = "upright"
    LYING = "lying"


HEAD = 5.6
"""Radii, in the units of the poses, in which a trunk is 28 long."""
HIP = 5.5
ARM_GAP = 1.15

_NECK = 2.3
_NAPE, _CHEST, _WAIST = 3.4, 5.1, 4.5
_BUTTOCK = 4.6
_THIGH, _KNEE, _ANKLE = 4.9, 3.4, 2.2
_UPPER_ARM, _ELBOW, _WRIST, _HAND = 2.9, 2.3, 1.7, 1.95
_HEEL, _INSTEP, _BALL = 1.75, 1.6, 1.45
_SHOULDER, _FLANK, _GROIN = 3.4, 4.0, 4.9
# Seen from the front the body is broader: half of what is between both sides.
_SHOULDERS_APART, _FLANKS_APART, _HIPS_APART = 5.6, 3.2, 5.0
_BROADER = 1.3
_SOLE_BELOW_ANKLE = 3.0


SEEN = {
    View.SIDE: Seen.FROM_THE_SIDE,
    View.LYING: Seen.LYING,
    View.FRONT: Seen.UPRIGHT,
    View.BACK: Seen.UPRIGHT,
}


def leg(pose: Joints, side: Side, tone: Tone, how: Seen) -> Shapes:
    """Thigh, shin and foot."""
    hip = hips(pose)[side] if how is Seen.UPRIGHT else pose["hip"]
    knee, ankle = pose["knee" + side], pose["ankle" + side]
    return (
        bone(tone, hip, _THIGH, knee, _KNEE),
        bone(tone, knee, _KNEE, ankle, _ANKLE),
        *_foot(pose, side, tone, how),
    )


def _foot(pose: Joints, side: Side, tone: Tone, how: Seen) -> Shapes:
    ankle, toe = pose["ankle" + side], pose.get("toe" + side)
    if toe is not None and how is Seen.FROM_THE_SIDE:
        ahead = way(ankle, toe)
        # Every figure faces to the right or, lying on its back, up: the sole is on the same side.
        below = left_of((-ahead[0], -ahead[1]))
        heel = plus(plus(ankle, below, _SOLE_BELOW_ANKLE - _HEEL), ahead, -1)
        front = plus(toe, below, _SOLE_BELOW_ANKLE - _BALL)
        return (
            bone(tone, heel, _HEEL, front, _BALL),
            bone(tone, ankle, _ANKLE, along(heel, front, 0.6), _INSTEP),
            bone(tone, ankle, _ANKLE, heel, _HEEL),
        )
    if toe is not None:
        return (bone(tone, ankle, _ANKLE, toe, _BALL),)
    down = way(pose["knee" + side], ankle)
    if how is Seen.LYING:
        return (bone(tone, ankle, _ANKLE, plus(ankle, down, 2), 2),)
    sole, out = plus(ankle, down, _SOLE_BELOW_ANKLE - _INSTEP), _out(down, side)
    ends = (plus(sole, out, -1), plus(sole, out, 2.4))
    return (Shape(tone, (Disc(*ankle, _ANKLE), *(Disc(*end, _INSTEP) for end in ends))),)


def _out(down: Way, side: Side) -> Way:
    """Away from the middle of a body that is seen from the front."""
    left = left_of(down)
    return left if side == FAR else (-left[0], -left[1])


def arm(pose: Joints, side: Side, tone: Tone, how: Seen) -> Shapes:
    """Upper arm, forearm and hand."""
    shoulder = _shoulders(pose)[side] if how is Seen.UPRIGHT else pose["neck"]
    elbow, hand = pose["elbow" + side], pose["hand" + side]
    return (
        bone(tone, shoulder, _UPPER_ARM, elbow, _ELBOW),
        bone(tone, elbow, _ELBOW, hand, _WRIST),
        bone(tone, hand, _HAND, plus(hand, way(elbow, hand), 1), _HAND),
    )


def gap_of(limb: Shapes) -> Shapes:
    """The gap between an arm and the trunk behind it; it opens on the way down, the shoulder stays on."""
    upper, *lower = limb
    shoulder, elbow = (disc.centre for disc in upper.discs)
    crease = bone(Tone.TILE, along(shoulder, elbow, 0.25), 1.6, elbow, _ELBOW + ARM_GAP)
    return crease, *around(lower, ARM_GAP)


def hips(pose: Joints) -> dict[Side, Point]:
    """Both hip joints of a body that is seen from the front."""
    hip = pose["hip"]
    return {
        NEAR: pose.get("hipN", Point(hip.x - _HIPS_APART, hip.y)),
        FAR: pose.get("hipF", Point(hip.x + _HIPS_APART, hip.y)),
    }


def _shoulders(pose: Joints) -> dict[Side, Point]:
    down = way(pose["neck"], pose["hip"])
    middle = plus(pose["neck"], down, 2)
    return {side: plus(middle, _out(down, side), _SHOULDERS_APART) for side in (NEAR, FAR)}


def trunk(pose: Joints, tone: Tone, how: Seen) -> Shapes:
    """Head, neck, chest, waist and hips."""
    neck, hip, head = pose["neck"], pose["hip"], pose["head"]
    skull = (ball(tone, head, HEAD), bone(tone, neck, _NECK + 0.4, head, _NECK))
    if how is Seen.UPRIGHT:
        down, waist = way(neck, hip), along(neck, hip, 0.62)
        wide = tuple(Disc(*at, _SHOULDER) for at in _shoulders(pose).values())
        narrow = tuple(Disc(*plus(waist, _out(down, side), _FLANKS_APART), _FLANK) for side in (NEAR, FAR))
        low = tuple(Disc(*at, _GROIN) for at in hips(pose).values())
        return (*skull, Shape(tone, wide + narrow), Shape(tone, narrow + low))
    broad = _BROADER if how is Seen.LYING else 1.0
    chest, waist = along(neck, hip, 0.16), along(neck, hip, 0.6)
    return (
        *skull,
        bone(tone, neck, _NAPE * broad**2, chest, _CHEST * broad),
        bone(tone, chest, _CHEST * broad, waist, _WAIST),
        bone(tone, waist, _WAIST, hip, HIP * broad),
        buttock(pose, tone, how),
    )


def buttock(pose: Joints, tone: Tone, how: Seen, size: float = 1.0) -> Shape:
    """That of a body seen from the side or lying; `size` 1: all of it."""
    hip = pose["hip"]
    up = way(hip, pose["neck"])
    at = Point(hip.x + 1, hip.y + 1.5) if how is Seen.LYING else plus(plus(hip, left_of(up), 2), up, -0.8)
    return ball(tone, at, _BUTTOCK * size)
