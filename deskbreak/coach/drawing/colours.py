"""The colours of the figures, on light and on dark."""

from enum import Enum

from deskbreak.coach.drawing.shapes import Tone

Colour = tuple[int, int, int]


class Theme(Enum):
    LIGHT = "light"
    DARK = "dark"


# Those of the icon: its ground, its track, its white and its teal; the orange reads on both grounds.
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


def as_hex(colour: Colour) -> str:
    """As style sheets write it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
