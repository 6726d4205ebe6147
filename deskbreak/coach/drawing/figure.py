"""An exercise as a picture: the person, what stands around, both poses and the way between them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from deskbreak.coach.drawing.arrow import ahead, arrow
from deskbreak.coach.drawing.blend import Joints, between, completed
from deskbreak.coach.drawing.body import ARM_GAP, FAR, NEAR, SEEN, Seen, Shapes, Side, arm, gap_of, leg, trunk
from deskbreak.coach.drawing.marks import Muscle, mark, moving, muscle
from deskbreak.coach.drawing.shapes import Box, Disc, Shape, Tone, around, block, bone, bounds
from deskbreak.coach.drawing.things import things
from deskbreak.coach.drawing.vectors import along
from deskbreak.coach.exercise import Exercise, Point

_MARGIN = 4.0
_SMALLEST = 84.0
_CORNER = 0.14
_FLOOR = 1.7
_DIFFERENT = 5.0
"""Poses of which no joint moves farther look the same."""
_OFF_THE_FLOOR = 6.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order of painting, and the square in which they lie."""

    box: Box
    shapes: Shapes


@dataclass(frozen=True, slots=True)
class _Sketch:
    """Two poses with the same joints, and what else a picture needs."""

    how: Seen
    props: tuple[str, ...]
    muscle: Muscle | None
    start: Joints
    end: Joints
    limbs: dict[str, Side]


def picture(exercise: Exercise) -> Drawing | None:
    """All in one: the second pose, the first behind it where they differ, and an arrow. None: no figure."""
    sketch = _sketch(exercise)
    if sketch is None:
        return None
    box = _box(sketch)
    return Drawing(
        box,
        (
            _tile(box),
            *_things(sketch, 1),
            *_before(sketch),
            *_person(sketch, 1),
            *_other_side(sketch),
            _floor(box),
            *_arrow(sketch),
        ),
    )


def moments(exercise: Exercise, count: int) -> tuple[Drawing, ...]:
    """The exercise in motion: the first pose, `count` - 2 between, the second; empty: no figure."""
    sketch = _sketch(exercise)
    if sketch is None:
        return ()
    box, parts = _box(sketch), [step / (count - 1) for step in range(count)]
    return tuple(
        Drawing(box, (_tile(box), *_things(sketch, part), *_person(sketch, part), _floor(box)))
        for part in parts
    )


def _sketch(exercise: Exercise) -> _Sketch | None:
    figure = exercise.figure
    if figure is None:
        return None
    start, end = completed(figure.start, figure.end)
    works = muscle(exercise.muscles)
    return _Sketch(SEEN[figure.view], figure.props, works, start, end, moving(start, end))


def _person(sketch: _Sketch, part: float) -> Shapes:
    how, limbs = sketch.how, sketch.limbs
    pose = between(sketch.start, sketch.end, part, how is Seen.FROM_THE_SIDE)

    def tone(limb: str, side: Side) -> Tone:
        if limbs.get(limb) == side:
            return Tone.WORK
        return Tone.FAR if side == FAR and how is not Seen.UPRIGHT else Tone.BODY

    legs = {side: leg(pose, side, tone("leg", side), how) for side in _sides(pose, "ankle")}
    arms = {side: arm(pose, side, tone("arm", side), how) for side in _sides(pose, "hand")}
    far_leg, far_arm = legs.get(FAR, ()), arms.get(FAR, ())
    body, works = trunk(pose, Tone.BODY, how), mark(pose, sketch.muscle, how, limbs.get("leg"), part)
    near_arm = (*gap_of(arms[NEAR]), *arms[NEAR])
    if how is Seen.UPRIGHT:
        over = _crossing(far_leg) if far_leg else ()
        gap = gap_of(far_arm) if far_arm else ()
        shapes = (*body, *legs[NEAR], *over, *far_leg, *works, *near_arm, *gap, *far_arm)
    else:
        shapes = (*far_arm, *far_leg, *body, *legs[NEAR], *works, *near_arm)
    return tuple(map(_on_the_floor, shapes))


def _crossing(limb: Shapes) -> Shapes:
    """The gap around a shin that is off the floor, as it may lie across the other leg."""
    knee, ankle = limb[1].discs
    if ankle.y < _OFF_THE_FLOOR:
        return ()
    return around(
        (bone(Tone.TILE, along(knee.centre, ankle.centre), knee.radius, ankle.centre, ankle.radius),), ARM_GAP
    )


def _sides(pose: Joints, tip: str) -> list[Side]:
    return [side for side in (NEAR, FAR) if tip + side in pose]


def _on_the_floor(shape: Shape) -> Shape:
    """Flesh gives way where a joint is nearer to the floor than the limb is thick."""
    if shape.tone is Tone.TILE:
        return shape
    return Shape(
        shape.tone, tuple(Disc(disc.x, max(disc.y, disc.radius), disc.radius) for disc in shape.discs)
    )


def _things(sketch: _Sketch, part: float) -> Shapes:
    return things(sketch.props, sketch.end["hip"].x, part)


def _before(sketch: _Sketch) -> Shapes:
    """The first pose, where the second is another one."""
    moved = max(math.dist(sketch.start[joint], sketch.end[joint]) for joint in sketch.start)
    if moved < _DIFFERENT or _alternates(sketch):
        return ()
    return _as_before(_person(sketch, 0))


def _other_side(sketch: _Sketch) -> Shapes:
    """The muscle that has its turn in the first pose, where both sides take turns on the spot."""
    if sketch.how is not Seen.UPRIGHT or not _alternates(sketch):
        return ()
    return _as_before(mark(sketch.start, sketch.muscle, sketch.how, None, 1))


def _as_before(shapes: Iterable[Shape]) -> Shapes:
    return tuple(Shape(Tone.BEFORE, shape.discs) for shape in shapes if shape.tone is not Tone.TILE)


def _alternates(sketch: _Sketch) -> bool:
    """Whether the second pose is the first with its sides exchanged."""
    if not any(joint.endswith(FAR) for joint in sketch.start):
        return False
    mirror = sketch.start["hip"].x + sketch.end["hip"].x if sketch.how is Seen.UPRIGHT else None
    return all(
        math.dist(at, _mirrored(sketch.end[_exchanged(joint)], mirror)) < _DIFFERENT
        for joint, at in sketch.start.items()
        if _exchanged(joint) in sketch.end
    )


def _exchanged(joint: str) -> str:
    return joint[:-1] + {NEAR: FAR, FAR: NEAR}.get(joint[-1], joint[-1])


def _mirrored(at: Point, mirror: float | None) -> Point:
    return at if mirror is None else Point(mirror - at.x, at.y)


def _arrow(sketch: _Sketch) -> Shapes:
    beside = (*_person(sketch, 1), *_things(sketch, 1))
    if sketch.how is Seen.FROM_THE_SIDE and _alternates(sketch):
        return ahead(sketch.end, beside)
    if not _before(sketch):
        return ()
    return arrow(sketch.start, sketch.end, sketch.limbs, sketch.how, beside)


def _box(sketch: _Sketch) -> Box:
    """The square that holds every moment, what stands around, and a margin."""
    drawn = [*_arrow(sketch)]
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        drawn += [*_person(sketch, part), *_things(sketch, part)]
    box = bounds(drawn)
    bottom = min(box.bottom, 0) - _FLOOR
    side = max(_SMALLEST, box.width + 2 * _MARGIN, box.top - bottom + 2 * _MARGIN)
    x, y = (box.left + box.right) / 2, (bottom + box.top) / 2
    return Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


def _tile(box: Box) -> Shape:
    return block(Tone.TILE, box, box.width * _CORNER)


def _floor(box: Box) -> Shape:
    return block(Tone.THING, Box(box.left + _MARGIN, -_FLOOR, box.right - _MARGIN, 0), _FLOOR / 2)
