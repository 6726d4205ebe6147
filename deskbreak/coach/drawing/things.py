"""What stands around a figure, read from the words of the data: chair, stool, desk, wall, steps.

The words: "chair: seat x30-52 at y22", "stool: seat x36-64 at y22", "desk edge at (74,52)",
"desk top: x62-92 at y34 then y52", "screen: x84 at y44 then y62", "wall: x30", "wall: x33 up to y34",
"steps: (62,9)-(84,18)" (the near edge of each step). Numbers are those of the poses.
"""

import re

from deskbreak.coach.drawing.shapes import Box, Shape, Tone, block, bone
from deskbreak.coach.exercise import Point

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_SEAT = re.compile(rf"(chair|stool): seat x{_NUMBER}-{_NUMBER} at y{_NUMBER}")
_EDGE = re.compile(rf"desk edge at \({_NUMBER},{_NUMBER}\)")
_TOP = re.compile(rf"desk top: x{_NUMBER}-{_NUMBER} at y{_NUMBER} then y{_NUMBER}")
_SCREEN = re.compile(rf"screen: x{_NUMBER} at y{_NUMBER} then y{_NUMBER}")
_WALL = re.compile(rf"wall: x{_NUMBER}(?: up to y{_NUMBER})?")
_STEPS = re.compile(rf"steps: (\({_NUMBER},{_NUMBER}\)(?:-\({_NUMBER},{_NUMBER}\))*)")
_PAIR = re.compile(rf"\({_NUMBER},{_NUMBER}\)")

_WALL_HIGH = 92.0
_DESK_LONG = 22.0
_TREAD = 22.0
# The thigh is this much thicker than the line of the pose.
_FLESH = 4.0


def things(props: tuple[str, ...], middle: float, part: float) -> tuple[Shape, ...]:
    """The shapes of all that is named, in order; words that are not in the list above draw nothing.

    `middle`: where the body is; a desk goes away from it. `part`: how far the exercise is on its way.
    """
    return tuple(shape for words in props for shape in _thing(words, middle, part))


def _thing(words: str, middle: float, part: float) -> tuple[Shape, ...]:
    if found := _SEAT.fullmatch(words):
        left, right, height = (float(number) for number in found.groups()[1:])
        return _seat(left, right, height - _FLESH / 2, found[1] == "chair")
    if found := _EDGE.fullmatch(words):
        edge, height = float(found[1]), float(found[2])
        far = edge + _DESK_LONG * (1 if edge > middle else -1)
        return _desk(edge, far, height - 2)
    if found := _TOP.fullmatch(words):
        left, right, before, after = (float(number) for number in found.groups())
        return _desk(left, right, _between(before, after, part) - 2)
    if found := _SCREEN.fullmatch(words):
        at, before, after = (float(number) for number in found.groups())
        return _screen(at, _between(before, after, part))
    if found := _WALL.fullmatch(words):
        at = float(found[1])
        return (block(Tone.THING, Box(at - 4, 0, at, float(found[2] or _WALL_HIGH)), 1),)
    if found := _STEPS.fullmatch(words):
        edges = [(float(x), float(y)) for x, y in _PAIR.findall(found[1])]
        return tuple(block(Tone.THING, Box(x, 0, edges[-1][0] + _TREAD, height), 0.8) for x, height in edges)
    return ()


def _between(before: float, after: float, part: float) -> float:
    return before + (after - before) * part


def _seat(left: float, right: float, top: float, back: bool) -> tuple[Shape, ...]:
    legs = [
        bone(Tone.THING, Point(left + 2, top - 2), 1.3, Point(left + 1, 1.3), 1.3),
        bone(Tone.THING, Point(right - 2, top - 2), 1.3, Point(right - 1, 1.3), 1.3),
    ]
    if back:
        legs.append(bone(Tone.THING, Point(left + 0.5, top - 2), 1.5, Point(left - 2.5, top + 30), 1.5))
    return (*legs, block(Tone.THING, Box(left - 1, top - 3.4, right, top), 1.7))


def _desk(near: float, far: float, top: float) -> tuple[Shape, ...]:
    foot = far - (4 if far > near else -4)
    return (
        bone(Tone.THING, Point(foot, top - 2), 1.5, Point(foot, 1.5), 1.5),
        block(Tone.THING, Box(min(near, far), top - 3, max(near, far), top), 1.4),
    )


def _screen(at: float, middle: float) -> tuple[Shape, ...]:
    return (
        bone(Tone.THING, Point(at + 1, middle), 1.2, Point(at + 2, middle - 13), 1.2),
        bone(Tone.THING, Point(at, middle - 8), 1.4, Point(at - 1, middle + 9), 1.4),
    )
