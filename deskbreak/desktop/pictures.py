"""Exercises drawn by Pillow: tiles with their own ground, so that they stand out on any card; it only draws."""

from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageDraw

from deskbreak.coach.drawing.figure import Drawing, picture
from deskbreak.coach.drawing.shapes import Shape, Tone
from deskbreak.coach.exercise import Exercise

Colour = tuple[int, int, int]


class Theme(Enum):
    LIGHT = "light"
    DARK = "dark"


# Those of the icon: its ground, its track, its white, a darker teal and an orange that reads on both.
COLOURS: dict[Theme, dict[Tone, Colour]] = {
    Theme.LIGHT: {
        Tone.TILE: (241, 245, 249),
        Tone.THING: (184, 195, 210),
        Tone.BEFORE: (170, 224, 217),
        Tone.FAR: (123, 137, 158),
        Tone.BODY: (31, 41, 55),
        Tone.WORK: (236, 93, 10),
    },
    Theme.DARK: {
        Tone.TILE: (31, 41, 55),
        Tone.THING: (86, 101, 123),
        Tone.BEFORE: (31, 97, 102),
        Tone.FAR: (148, 160, 178),
        Tone.BODY: (255, 255, 255),
        Tone.WORK: (251, 129, 25),
    },
}


def draw(drawing: Drawing, size: int, theme: Theme) -> Image.Image:
    """The drawing, `size` by `size` pixels, RGBA, straight alpha; clear outside the tile."""
    colours, fine = COLOURS[theme], 4 if size > 96 else 8
    zoom = size * fine / drawing.box.width
    # Clear, but in the tile's colour: its edge is mixed with what is there.
    canvas = Image.new("RGBA", (size * fine,) * 2, (*colours[Tone.TILE], 0))
    pen = ImageDraw.Draw(canvas)
    for shape in drawing.shapes:
        pen.polygon(_corners(shape, drawing, zoom), fill=colours[shape.tone])
    return canvas.reduce(fine)


def _corners(shape: Shape, drawing: Drawing, zoom: float) -> list[tuple[float, float]]:
    return [
        ((x - drawing.box.left) * zoom - 0.5, (drawing.box.top - y) * zoom - 0.5)
        for x, y in shape.polygon(2 / zoom)
    ]
