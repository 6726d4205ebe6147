"""Exercises drawn by Pillow, on tiles with a ground of their own for any card; it only draws."""

from PIL import Image, ImageDraw

from deskbreak.coach.drawing.colours import COLOURS, Theme
from deskbreak.coach.drawing.figure import Drawing, picture
from deskbreak.coach.drawing.shapes import Shape, Tone
from deskbreak.coach.exercise import Exercise

ON_A_CARD = 128
"""Pixels: servers show 48 to 128 and make smaller what is larger, twice as many on a fine screen."""

ImageHint = tuple[int, int, int, bool, int, int, bytes]


def draw(drawing: Drawing, size: int, theme: Theme) -> Image.Image:
    """The drawing, `size` by `size` pixels, RGBA, straight alpha; clear outside the tile."""
    colours, fine = COLOURS[theme], 8 if size <= 64 else 4
    zoom = size * fine / drawing.box.width
    # Clear, but in the tile's colour: at its edge this is mixed with what lies below.
    canvas = Image.new("RGBA", (size * fine,) * 2, (*colours[Tone.TILE], 0))
    pen = ImageDraw.Draw(canvas)
    for shape in drawing.shapes:
        pen.polygon(_corners(shape, drawing, zoom), fill=colours[shape.tone])
    return canvas.reduce(fine)


def image_hint(exercise: Exercise) -> ImageHint | None:
    """The value of the hint "image-data", of type (iiibiiay); None: the exercise has no figure.

    Desktop Notifications Specification 1.2, section "Icons and Images". The dark tile is on every card
    the same, as the icon in the tray is: what ground a card has, no server tells.
    """
    drawing = picture(exercise)
    if drawing is None:
        return None
    image = draw(drawing, ON_A_CARD, Theme.DARK)
    return image.width, image.height, image.width * 4, True, 8, 4, image.tobytes()


def _corners(shape: Shape, drawing: Drawing, zoom: float) -> list[tuple[float, float]]:
    # Pillow's pixels have their number in their middle.
    return [
        ((at.x - drawing.box.left) * zoom - 0.5, (drawing.box.top - at.y) * zoom - 0.5)
        for at in shape.polygon(2 / zoom)
    ]
