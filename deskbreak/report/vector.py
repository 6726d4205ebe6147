"""Exercises drawn as SVG for a page: each a string that stands alone and takes its colours from the page."""

import math
from collections.abc import Iterable
from html import escape
from itertools import groupby

from deskbreak.coach.drawing.colours import COLOURS, Theme, as_hex
from deskbreak.coach.drawing.figure import Drawing, moments, picture
from deskbreak.coach.drawing.shapes import Arc, Box, Shape, Tone
from deskbreak.coach.exercise import Exercise, Point

_WIDEST_ARC = 0.75 * math.pi
"""An arc of half a circle or more would leave open on which side it lies."""


def still(exercise: Exercise, title: str, description: str) -> str:
    """Both poses in one picture, an `<svg>`; empty where the exercise has no figure.

    `title` and `description` are read aloud in its place. No style, no script, nothing from elsewhere:
    colours are CSS variables, see `colours`, with those of the light theme where the page has none.
    """
    drawing = picture(exercise)
    if drawing is None:
        return ""
    return _svg(drawing.box, f"figure-{exercise.id}", title, description, _paths(drawing))


def ornament(exercise: Exercise) -> str:
    """The same beside its name: nothing is read aloud in its place, and it may stand there twice."""
    drawing = picture(exercise)
    if drawing is None:
        return ""
    return f'<svg {_frame(drawing.box)} aria-hidden="true">{_paths(drawing)}</svg>'


def moving(exercise: Exercise, title: str, description: str, count: int) -> str:
    """The first pose, `count` - 2 between, and the second: an `<svg>` as `still`, for a script to move.

    Each is a `<g class="moment">`, in order; all but the first have `display="none"`.
    """
    drawings = moments(exercise, count)
    if not drawings:
        return ""
    groups = [
        f'<g class="moment"{hidden}>{_paths(drawing)}</g>'
        for drawing, hidden in zip(drawings, ("", *[' display="none"'] * (count - 1)), strict=True)
    ]
    return _svg(drawings[0].box, f"moving-{exercise.id}", title, description, "".join(groups))


def colours(theme: Theme) -> str:
    """The declarations of a style sheet that set the colours of all figures below."""
    return " ".join(f"{_variable(tone)}: {as_hex(colour)};" for tone, colour in COLOURS[theme].items())


def _svg(box: Box, name: str, title: str, description: str, content: str) -> str:
    name = escape(name)
    return (
        f'<svg {_frame(box)} role="img" aria-labelledby="{name}-title" aria-describedby="{name}-description">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
        f"{content}</svg>"
    )


def _frame(box: Box) -> str:
    return f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(box.width)} {_number(box.height)}"'


def _paths(drawing: Drawing) -> str:
    return "".join(
        f'<path fill="var({_variable(tone)}, {as_hex(COLOURS[Theme.LIGHT][tone])})"'
        f' d="{_path(shapes, drawing.box)}"/>'
        for tone, shapes in groupby(drawing.shapes, lambda shape: shape.tone)
    )


def _variable(tone: Tone) -> str:
    return f"--figure-{tone.value}"


def _path(shapes: Iterable[Shape], box: Box) -> str:
    """One path for all: they turn the same way round, so that what they share is filled as well."""
    return "".join(f"M{_edge(shape, box)}Z" for shape in shapes)


def _edge(shape: Shape, box: Box) -> str:
    return "L".join(_arc(arc, box) for arc in shape.outline() if arc.end > arc.start)


def _arc(arc: Arc, box: Box) -> str:
    pieces, radius = math.ceil((arc.end - arc.start) / _WIDEST_ARC), _number(arc.disc.radius)
    ends = [arc.at(arc.start + (arc.end - arc.start) * piece / pieces) for piece in range(pieces + 1)]
    return _at(ends[0], box) + "".join(f"A{radius} {radius} 0 0 0 {_at(end, box)}" for end in ends[1:])


def _at(at: Point, box: Box) -> str:
    return f"{_number(at.x - box.left)} {_number(box.top - at.y)}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
