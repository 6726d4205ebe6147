"""Flat shapes of one kind, the hull of a few discs, that any pen can draw; it only measures."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from deskbreak.coach.exercise import Point


class Tone(Enum):
    """What a shape stands for; each pen has a colour for it."""

    TILE = "tile"
    THING = "thing"
    BEFORE = "before"
    FAR = "far"
    BODY = "body"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Disc:
    x: float
    y: float
    radius: float

    @property
    def centre(self) -> Point:
        return Point(self.x, self.y)


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a disc's edge, counterclockwise, in radians from the positive x axis."""

    disc: Disc
    start: float
    end: float

    def at(self, angle: float) -> Point:
        disc = self.disc
        return Point(disc.x + disc.radius * math.cos(angle), disc.y + disc.radius * math.sin(angle))


@dataclass(frozen=True, slots=True)
class Shape:
    """The area that a band laid tightly around the discs encloses."""

    tone: Tone
    discs: tuple[Disc, ...]

    def outline(self) -> tuple[Arc, ...]:
        """The arcs of its edge, counterclockwise; straight lines join each to the next."""
        here = min(self.discs, key=lambda disc: (disc.y - disc.radius, -disc.radius))
        turned, arcs = -math.pi / 2, []
        while True:
            turns = [
                (_ahead(turned, _tangent(here, disc)), disc)
                for disc in self.discs
                if disc != here and math.dist(here.centre, disc.centre) > abs(here.radius - disc.radius)
            ]
            angle, there = min(turns, key=lambda turn: turn[0], default=(math.inf, here))
            if angle >= 1.5 * math.pi - 1e-9:
                break
            arcs.append(Arc(here, turned, angle))
            here, turned = there, angle
        arcs.append(Arc(here, turned, 1.5 * math.pi))
        return tuple(arcs)

    def polygon(self, step: float) -> tuple[Point, ...]:
        """Corners on its edge, at most `step` apart along the arcs."""
        corners: list[Point] = []
        for arc in self.outline():
            pieces = max(1, math.ceil((arc.end - arc.start) * arc.disc.radius / step))
            corners += [
                arc.at(arc.start + (arc.end - arc.start) * piece / pieces) for piece in range(pieces + 1)
            ]
        return tuple(corners)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


def bounds(shapes: Iterable[Shape]) -> Box:
    """The smallest upright box around all of them."""
    discs = [disc for shape in shapes for disc in shape.discs]
    return Box(
        min(disc.x - disc.radius for disc in discs),
        min(disc.y - disc.radius for disc in discs),
        max(disc.x + disc.radius for disc in discs),
        max(disc.y + disc.radius for disc in discs),
    )


def bone(tone: Tone, one: Point, one_radius: float, other: Point, other_radius: float) -> Shape:
    """A limb: round at both ends, as thick as told at each."""
    return Shape(tone, (Disc(*one, one_radius), Disc(*other, other_radius)))


def ball(tone: Tone, at: Point, radius: float) -> Shape:
    return Shape(tone, (Disc(*at, radius),))


def around(shapes: Iterable[Shape], gap: float) -> tuple[Shape, ...]:
    """The same shapes grown by the gap, in the colour of the ground: what lies below stands off from them."""
    return tuple(
        Shape(Tone.TILE, tuple(Disc(disc.x, disc.y, disc.radius + gap) for disc in shape.discs))
        for shape in shapes
    )


def block(tone: Tone, box: Box, corner: float) -> Shape:
    """A rectangle with round corners."""
    across = (box.left + corner, box.right - corner)
    up = (box.bottom + corner, box.top - corner)
    return Shape(tone, tuple(Disc(x, y, corner) for x in across for y in up))


def _tangent(one: Disc, other: Disc) -> float:
    """The direction in which the band leaves `one` for `other`, seen from the centre."""
    apart = math.dist(one.centre, other.centre)
    towards = math.atan2(other.y - one.y, other.x - one.x)
    return towards - math.acos((one.radius - other.radius) / apart)


def _ahead(turned: float, angle: float) -> float:
    """The same direction at or after `turned`: the band never turns back."""
    return turned + (angle - turned + 1e-9) % (2 * math.pi) - 1e-9
