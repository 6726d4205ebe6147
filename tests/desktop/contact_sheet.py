"""All exercises on one sheet, large and at 64 px: `python -m tests.desktop.contact_sheet` draws it anew."""

from pathlib import Path
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from deskbreak.coach.drawing.colours import Colour, Theme
from deskbreak.coach.drawing.figure import picture
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import packaged
from deskbreak.desktop.pictures import draw

ASSETS = Path(__file__).parents[2] / "assets"
SHEETS = {Theme.LIGHT: ASSETS / "exercises.png", Theme.DARK: ASSETS / "exercises-dark.png"}

LARGE, SMALL, GAP, COLUMNS = 200, 64, 16, 7
CELL = (LARGE + GAP, LARGE + SMALL + 2 * GAP)
LETTERS, LINE = 15, 18
PAPER: dict[Theme, tuple[Colour, Colour]] = {
    Theme.LIGHT: ((255, 255, 255), (31, 41, 55)),
    Theme.DARK: ((17, 24, 39), (229, 231, 235)),
}


def sheet(theme: Theme) -> Image.Image:
    """The packaged exercises in the order of the data, with their names."""
    exercises = tuple(packaged().known.values())
    rows = -(-len(exercises) // COLUMNS)
    paper, _ = PAPER[theme]
    image = Image.new("RGB", (COLUMNS * CELL[0] + GAP, rows * CELL[1] + GAP), paper)
    for number, exercise in enumerate(exercises):
        image.paste(cell(exercise, theme), place(number))
    return image


def place(number: int) -> tuple[int, int]:
    """The upper left corner of the cell with this number."""
    return GAP + number % COLUMNS * CELL[0], GAP + number // COLUMNS * CELL[1]


def cell(exercise: Exercise, theme: Theme) -> Image.Image:
    paper, ink = PAPER[theme]
    image, drawing = Image.new("RGB", CELL, paper), picture(exercise)
    assert drawing is not None
    for size, top in ((LARGE, 0), (SMALL, LARGE + GAP // 2)):
        tile = draw(drawing, size, theme)
        image.paste(tile, (0, top), tile)
    lines = wrap(exercise.name, LETTERS, break_on_hyphens=False)
    top = LARGE + GAP // 2 + (SMALL - LINE * len(lines)) // 2
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(15)
    for number, line in enumerate(lines):
        pen.text((SMALL + 10, top + number * LINE), line, ink, font)
    return image


if __name__ == "__main__":
    for theme, path in SHEETS.items():
        sheet(theme).quantize(255, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path}: {path.stat().st_size} bytes")
