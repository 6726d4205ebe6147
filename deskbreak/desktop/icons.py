"""The tray icon, drawn by Pillow: posture by shape, share of the limit by a ring; it only draws."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw

from deskbreak.core.postures import Posture
from deskbreak.ports import Face

SHARE_STEPS = 24
"""The ring fills in so many steps: the icon changes about once a minute at the usual limit."""

GRID = 16
"""Shapes are given in the pixels of the smallest icon, the origin at its top left."""

Colour = tuple[int, int, int, int]
Point = tuple[float, float]

# The ground is darker than any light panel, the figure brighter than any dark one, and the track of the
# ring stands off from both: the icon carries its own contrast. A due reminder turns light and dark round,
# so that it needs no colour vision.
GROUND: Colour = (31, 41, 55, 255)
TRACK: Colour = (86, 101, 123, 255)
FILLED: Colour = (94, 234, 212, 255)
FIGURE: Colour = (255, 255, 255, 255)
FAINT: Colour = (203, 213, 225, 255)
ACCENT: Colour = (255, 183, 3, 255)
ALARM: Colour = (239, 68, 68, 255)
CALM: Colour = (79, 70, 229, 255)
NOTHING: Colour = (0, 0, 0, 0)

CENTRE: Point = (GRID / 2, GRID / 2)
RING, RING_WIDTH = 13.2, 1.7


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc."""

    centre: Point
    diameter: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line with round ends and joints."""

    points: tuple[Point, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a circle's line, in degrees clockwise from three o'clock."""

    centre: Point
    diameter: float
    width: float
    start: float = 0.0
    end: float = 360.0


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle with round corners."""

    top_left: Point
    bottom_right: Point
    corner: float = 0.0


Part = Dot | Line | Arc | Block
Shape = tuple[Part, ...]

SITTING: Shape = (
    Dot((9.5, 4.5), 3),
    Line(((10, 8), (10, 10), (6, 10), (6, 13)), 2),
)
STANDING: Shape = (
    Dot((8, 4), 2.7),
    Block((5, 6), (11, 7.6), 0.8),
    Block((5, 6.6), (6, 10), 0.5),
    Block((10, 6.6), (11, 10), 0.5),
    Block((6.6, 6.6), (9.4, 10), 0.5),
    Block((6.6, 9), (7.8, 14), 0.5),
    Block((8.2, 9), (9.4, 14), 0.5),
)
MOVING: Shape = (
    Dot((7, 3.8), 2.7),
    Line(((7.6, 6.9), (8.4, 9.4)), 2.2),
    Line(((8.2, 9.4), (6.6, 11), (6.0, 13.1)), 1.6),
    Line(((8.4, 9.4), (10.0, 11), (11.1, 12.7)), 1.6),
    Line(((10.9, 9.0), (7.8, 6.6), (5.0, 8.7)), 1.3),
)
AWAY: Shape = (
    Block((4, 5), (9.6, 11), 1.4),
    Block((4, 5), (9.6, 7), 0),
    Arc((9.6, 7.5), 5, 1.3, -90, 90),
    Block((4, 12), (10, 13), 0.5),
)
UNKNOWN: Shape = (
    Arc((8, 6.3), 5.4, 1.8, 180, 405),
    Line(((9.2, 7.8), (8, 9.2)), 1.7),
    Dot((8, 12.2), 2),
)
FACE = Arc(CENTRE, RING / 2 + RING_WIDTH / 2, RING / 2 + RING_WIDTH / 2)
"""All that the ring encloses, and the ring: an arc as thick as it is wide."""

OFF: Shape = (Block((5, 5), (11, 11), 0.8),)

PAUSE_GAP: Shape = (Block((8, 8), (16, 16), 2),)
PAUSE_TILE: Shape = (Block((9, 9), (16, 16), 1.5),)
PAUSE_BARS: Shape = (Block((10, 10), (12, 15), 0.3), Block((13, 10), (15, 15), 0.3))

FAULT_GAP: Shape = (Block((0, 0), (7, 8), 2),)
FAULT_TILE: Shape = (Block((0, 0), (6, 7), 1.5),)
FAULT_SIGN: Shape = (Block((2, 1), (4, 4), 0.3), Block((2, 5), (4, 6), 0.3))

SHAPES = {
    Posture.SITTING: SITTING,
    Posture.STANDING: STANDING,
    Posture.MOVING: MOVING,
    Posture.AWAY: AWAY,
    Posture.UNKNOWN: UNKNOWN,
}


Drawing = Callable[[int], Image.Image]
"""The icon at any size, in pixels."""


def stepped(face: Face) -> Face:
    """The face as it is drawn: two that are equal look the same."""
    # In this order NaN is 0.
    share = round(min(max(0.0, face.share), 1.0) * SHARE_STEPS) / SHARE_STEPS
    return replace(face, share=share)


def draw(face: Face, size: int) -> Image.Image:
    """The icon for this face: `size` by `size` pixels, RGBA, straight alpha.

    Faces that look the same give the same image: do not write on it.
    """
    return _drawn(stepped(face), size)


def argb32(image: Image.Image) -> bytes:
    """ARGB32 in network byte order, straight alpha (StatusNotifierItem, section "Icons")."""
    red, green, blue, alpha = image.split()
    return Image.merge("RGBA", (alpha, red, green, blue)).tobytes()


@lru_cache(maxsize=64)
def _drawn(face: Face, size: int) -> Image.Image:
    canvas = _Canvas(size)
    canvas.paint((Dot(CENTRE, GRID),), GROUND)
    shape = SHAPES[face.posture] if face.tracking else OFF
    if face.due and not face.silent:
        canvas.paint((FACE,), ACCENT)
        canvas.paint(shape, GROUND)
    else:
        canvas.paint((Arc(CENTRE, RING, RING_WIDTH),), TRACK)
        if face.tracking and face.share:
            filled = Arc(CENTRE, RING, RING_WIDTH, -90, -90 + 360 * face.share)
            canvas.paint((filled,), FAINT if face.silent else FILLED)
        canvas.paint(shape, FIGURE)
    if face.silent:
        canvas.paint(PAUSE_GAP, NOTHING)
        canvas.paint(PAUSE_TILE, CALM)
        canvas.paint(PAUSE_BARS, FIGURE)
    if face.fault:
        canvas.paint(FAULT_GAP, NOTHING)
        canvas.paint(FAULT_TILE, ALARM)
        canvas.paint(FAULT_SIGN, FIGURE)
    return canvas.reduced()


class _Canvas:
    """Paints shapes at a multiple of the size, axis-parallel strokes on whole pixels of the result."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._fine = 8 if size <= GRID * 2 else 4
        self._scale = size / GRID
        self._image = Image.new("RGBA", (size * self._fine,) * 2)
        self._pen = ImageDraw.Draw(self._image)

    def paint(self, shape: Shape, colour: Colour) -> None:
        for part in shape:
            match part:
                case Dot(centre, diameter):
                    self._dot(centre, diameter, colour)
                case Line(points, width):
                    self._line(points, width, colour)
                case Arc(centre, diameter, width, start, end):
                    self._arc(centre, diameter, width, start, end, colour)
                case Block(top_left, bottom_right, corner):
                    self._block(top_left, bottom_right, corner, colour)

    def reduced(self) -> Image.Image:
        return self._image.reduce(self._fine)

    def _whole(self, width: float) -> float:
        return max(1.0, round(width * self._scale))

    def _snap(self, at: float, width: float) -> float:
        """The coordinate next to `at` at which a stroke of so many pixels covers whole pixels."""
        return round(at * self._scale - width / 2) + width / 2

    def _disc(self, x: float, y: float, diameter: float, colour: Colour) -> None:
        box = [(at + sign * diameter / 2) * self._fine for sign in (-1, 1) for at in (x, y)]
        self._pen.ellipse((box[0], box[1], box[2] - 1, box[3] - 1), fill=colour)

    def _dot(self, centre: Point, diameter: float, colour: Colour) -> None:
        wide = self._whole(diameter)
        self._disc(self._snap(centre[0], wide), self._snap(centre[1], wide), wide, colour)

    def _line(self, points: tuple[Point, ...], width: float, colour: Colour) -> None:
        straight = all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
        wide = self._whole(width) if straight else width * self._scale
        path = [
            (self._snap(x, wide), self._snap(y, wide)) if straight else (x * self._scale, y * self._scale)
            for x, y in points
        ]
        fine = [(x * self._fine, y * self._fine) for x, y in path]
        self._pen.line([(x - 0.5, y - 0.5) for x, y in fine], fill=colour, width=round(wide * self._fine))
        for x, y in path:
            self._disc(x, y, wide, colour)

    def _arc(
        self, centre: Point, diameter: float, width: float, start: float, end: float, colour: Colour
    ) -> None:
        zoom = self._scale * self._fine
        x, y, reach = centre[0] * zoom, centre[1] * zoom, (diameter + width) * zoom / 2
        box = (x - reach, y - reach, x + reach - 1, y + reach - 1)
        self._pen.arc(box, start, end, fill=colour, width=round(width * zoom))

    def _block(self, top_left: Point, bottom_right: Point, corner: float, colour: Colour) -> None:
        left, top, right, bottom = (round(at * self._scale) * self._fine for at in (*top_left, *bottom_right))
        round_by = round(corner * self._scale * self._fine)
        self._pen.rounded_rectangle((left, top, right - 1, bottom - 1), round_by, fill=colour)
