"""The arrow that says which way an exercise goes, put where it covers nothing."""

import math
from itertools import pairwise

from deskbreak.coach.drawing.blend import Joints, between
from deskbreak.coach.drawing.body import HEAD, HIP, Seen, Shapes, Side
from deskbreak.coach.drawing.shapes import Shape, Tone, around, bone
from deskbreak.coach.drawing.vectors import Way, left_of, plus, turned, way
from deskbreak.coach.exercise import Point

Path = tuple[Point, ...]

_LINE, _WING, _WING_ANGLE, _GAP = 1.1, 4.6, 0.68, 1.2
_STEPS = 24
_BACK = 3
"""The head of an arrow points the way of its last so many steps."""
_HEAD_MOVES, _HIPS_MOVE = 12.0, 3.5
_SHORT, _LONG, _AHEAD = 10.0, 16.0, 12.0
_AIR = 2.5
_BEYOND = 26.0
"""A short arrow may also stand in front of what moves."""
_ASIDE = (0.0, -6.0, 6.0, -9.0, 9.0, -12.0, 12.0, -15.0, 15.0, -18.0, 18.0)


def arrow(start: Joints, end: Joints, limbs: dict[str, Side], how: Seen, beside: Shapes) -> Shapes:
    """The way of the limb, the head or the hips; nothing where none of them goes far enough.

    `beside`: what it should not cover.
    """
    path = _path(start, end, limbs, how)
    return _drawn(_in_the_clear(path, beside)) if path else ()


def ahead(pose: Joints, beside: Shapes) -> Shapes:
    """An arrow that says: go on, forward."""
    path = tuple(plus(pose["neck"], (1, 0), _AHEAD + _LONG * step / _BACK) for step in range(_BACK + 1))
    return _drawn(_in_the_clear(path, beside))


def _in_the_clear(path: Path, beside: Shapes) -> Path:
    """The path moved aside to where the least of it covers anything, and without its ends that still do."""
    across = left_of(way(path[0], path[-1]))
    paths = [tuple(plus(at, across, off) for at in path) for off in _ASIDE]
    if len(path) == _BACK + 1:
        paths.append(tuple(plus(at, way(path[0], path[-1]), _BEYOND) for at in path))
    path = min(paths, key=lambda each: sum(_covered(at, beside) for at in each))
    while len(path) > _BACK + 1 and math.dist(path[1], path[-1]) >= _SHORT and _covered(path[0], beside):
        path = path[1:]
    while len(path) > _BACK + 1 and math.dist(path[0], path[-2]) >= _SHORT and _covered(path[-1], beside):
        path = path[:-1]
    return path


def _drawn(path: Path) -> Shapes:
    point = path[-1]
    back = way(point, path[-1 - _BACK])
    wings = [plus(point, turned(back, side * _WING_ANGLE), _WING) for side in (-1, 1)]
    lines = [bone(Tone.WORK, one, _LINE, other, _LINE) for one, other in pairwise(path)]
    lines += [bone(Tone.WORK, point, _LINE, wing, _LINE) for wing in wings]
    return *around(lines, _GAP), *lines


def _path(start: Joints, end: Joints, limbs: dict[str, Side], how: Seen) -> Path:
    """From where it was to just short of where it comes to."""
    if (side := limbs.get("leg")) is not None:
        tip = max(("ankle" + side, "knee" + side), key=lambda joint: math.dist(start[joint], end[joint]))
        return _gone(start, end, tip, 5.0, how)
    if math.dist(start["head"], end["head"]) >= _HEAD_MOVES:
        return _gone(start, end, "head", HEAD + 2, how)
    if math.dist(start["hip"], end["hip"]) >= _HIPS_MOVE:
        # Their own way is hidden by the body.
        return _towards(start["hip"], end["hip"], HIP + 2.2)
    return ()


def _gone(start: Joints, end: Joints, joint: str, clear: float, how: Seen) -> Path:
    turning = how is Seen.FROM_THE_SIDE
    path = [between(start, end, step / _STEPS, turning)[joint] for step in range(_STEPS + 1)]
    seen = tuple(at for at in path if math.dist(at, path[0]) > 2 and math.dist(at, path[-1]) > clear)
    if len(seen) <= _BACK or math.dist(seen[0], seen[-1]) < 1.4 * _SHORT:
        return _towards(path[0], path[-1], clear)
    return seen


def _towards(start: Point, end: Point, clear: float) -> Path:
    """Straight, and as long as an arrow must be: it points at the end from where it came."""
    back = way(end, start)
    return tuple(plus(end, back, clear + _SHORT * (1 - step / _BACK)) for step in range(_BACK + 1))


def _covered(at: Point, shapes: Shapes) -> int:
    """How much lies under this point of an arrow; the ground counts for a lot."""
    under = sum(_near(at, shape) for shape in shapes if shape.tone is not Tone.TILE)
    return under + (10 if at.y < _AIR else 0)


def _near(at: Point, shape: Shape) -> bool:
    one, other = shape.discs[0], shape.discs[-1]
    ahead: Way = (other.x - one.x, other.y - one.y)
    length = ahead[0] ** 2 + ahead[1] ** 2 or 1.0
    part = ((at.x - one.x) * ahead[0] + (at.y - one.y) * ahead[1]) / length
    part = min(1.0, max(0.0, part))
    middle = Point(one.x + ahead[0] * part, one.y + ahead[1] * part)
    return math.dist(middle, at) < one.radius + (other.radius - one.radius) * part + _AIR
