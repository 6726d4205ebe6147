"""A pose between two poses: limbs turn at their joints, and what stands on the floor stays there."""

import math
from collections.abc import Mapping

from deskbreak.coach.drawing.vectors import along, left_of, plus, way
from deskbreak.coach.exercise import Point, Pose

Joints = Mapping[str, Point]
"""Where the joints are, under the names of the data."""

_LIMBS = (
    ("hip", "kneeN", "ankleN"),
    ("hip", "kneeF", "ankleF"),
    ("neck", "elbowN", "handN"),
    ("neck", "elbowF", "handF"),
)
_PLANTED = 0.75
"""The end of a limb that moves no farther than this between the poses stands where it is."""


def completed(start: Pose, end: Pose) -> tuple[Joints, Joints]:
    """Both poses with the same joints: a far limb that only one has comes from, or goes to, the near one."""
    names = [name for name in (start.joints | end.joints) if _found(name, start) and _found(name, end)]
    return {name: _joint(name, start) for name in names}, {name: _joint(name, end) for name in names}


def _joint(name: str, pose: Pose) -> Point:
    found = _found(name, pose)
    assert found is not None
    return found


def _found(name: str, pose: Pose) -> Point | None:
    joints = pose.joints
    return joints.get(name, joints.get(name[:-1] + "N", joints.get(name[:-1])))


def between(start: Joints, end: Joints, part: float, turning: bool) -> dict[str, Point]:
    """The pose at `part` (0 to 1) of the way between two poses with the same joints.

    `turning`: limbs turn and keep their lengths, as in a side view; otherwise every joint goes straight,
    as what is seen foreshortened does.
    """
    pose = {joint: along(start[joint], end[joint], part) for joint in start}
    if turning:
        for root, joint in (("hip", "neck"), ("neck", "head")):
            pose[joint] = _turned(start, end, part, root, joint, pose[root])
        for limb in _LIMBS:
            root, middle, tip = limb
            if tip in pose and math.dist(start[tip], end[tip]) <= _PLANTED:
                pose[middle], pose[tip] = _bent(start, end, part, limb, pose)
            elif tip in pose:
                pose[middle] = _turned(start, end, part, root, middle, pose[root])
                pose[tip] = _turned(start, end, part, middle, tip, pose[middle])
        for ankle, toe in (("ankleN", "toeN"), ("ankleF", "toeF")):
            if toe in pose:
                pose[toe] = _turned(start, end, part, ankle, toe, pose[ankle])
    return pose


def _length(start: Joints, end: Joints, part: float, root: str, joint: str) -> float:
    before, after = math.dist(start[root], start[joint]), math.dist(end[root], end[joint])
    return before + (after - before) * part


def _turned(start: Joints, end: Joints, part: float, root: str, joint: str, at: Point) -> Point:
    """The joint at the end of a bone that turns, the shorter way round, while its root is at `at`."""
    before, after = (math.atan2(*reversed(way(pose[root], pose[joint]))) for pose in (start, end))
    turn = (after - before + math.pi) % (2 * math.pi) - math.pi
    angle = before + turn * part
    return plus(at, (math.cos(angle), math.sin(angle)), _length(start, end, part, root, joint))


def _bent(
    start: Joints, end: Joints, part: float, limb: tuple[str, str, str], pose: Joints
) -> tuple[Point, Point]:
    """The middle joint when both ends are given, on the side on which the poses have it, and the tip.

    The tip comes nearer where the limb is too short for it.
    """
    root, middle, tip = limb
    upper, lower = _length(start, end, part, root, middle), _length(start, end, part, middle, tip)
    straight = way(pose[root], pose[tip])
    reach = max(1e-6, min(math.dist(pose[root], pose[tip]), upper + lower))
    ahead = (upper**2 - lower**2 + reach**2) / (2 * reach)
    aside = math.copysign(math.sqrt(max(0.0, upper**2 - ahead**2)), _side(start, limb) + _side(end, limb))
    bend = plus(plus(pose[root], straight, ahead), left_of(straight), aside)
    return bend, plus(pose[root], straight, reach)


def _side(pose: Joints, limb: tuple[str, str, str]) -> float:
    """Positive where the middle joint is left of the line from the root to the tip."""
    root, middle, tip = (pose[joint] for joint in limb)
    return (tip.x - root.x) * (middle.y - root.y) - (tip.y - root.y) * (middle.x - root.x)
