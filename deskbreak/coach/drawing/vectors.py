"""Points and directions on the canvas of a pose; it only reckons."""

import math

from deskbreak.coach.exercise import Point

Way = tuple[float, float]
"""A direction, of length 1."""


def plus(at: Point, way: Way, length: float) -> Point:
    return Point(at.x + way[0] * length, at.y + way[1] * length)


def way(one: Point, other: Point) -> Way:
    """The direction from one to the other; up where they are the same."""
    length = math.dist(one, other)
    return ((other.x - one.x) / length, (other.y - one.y) / length) if length else (0.0, 1.0)


def left_of(ahead: Way) -> Way:
    return -ahead[1], ahead[0]


def turned(ahead: Way, angle: float) -> Way:
    """Counterclockwise, in radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    return ahead[0] * cos - ahead[1] * sin, ahead[0] * sin + ahead[1] * cos


def along(one: Point, other: Point, part: float = 0.5) -> Point:
    """The point at `part` of the straight line from one to the other."""
    return Point(one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part)
