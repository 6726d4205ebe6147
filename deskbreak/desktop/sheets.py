"""A menu drawn by Pillow, for trays that show none of their own; it only draws and measures."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from PIL import Image, ImageDraw, ImageFont

ROW, RULE = 26, 9
MARGIN = 4
INDENT, RIGHT = 30, 34
TEXT_SIZE = 14

PAPER, EDGE = (252, 252, 252), (160, 160, 160)
INK, GREY = (32, 32, 32), (140, 140, 140)
CHOSEN, CHOSEN_INK = (45, 110, 200), (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Line:
    """One row; an empty label is a separator. `checked` None: no mark at all."""

    label: str
    enabled: bool = True
    checked: bool | None = None
    leads_on: bool = False


def row_at(lines: tuple[Line, ...], y: int) -> int | None:
    """The row at this height of the sheet that can be chosen, None where there is none."""
    for number, (top, bottom) in enumerate(_spans(lines)):
        if top <= y < bottom and lines[number].enabled:
            return number
    return None


def top_of(lines: tuple[Line, ...], number: int) -> int:
    """Where a row begins, in pixels from the top of the sheet."""
    return _spans(lines)[number][0]


def sheet(lines: tuple[Line, ...], chosen: int | None) -> Image.Image:
    """The menu, RGB, with one row marked as chosen."""
    font = _font()
    wide = INDENT + RIGHT + max((round(font.getlength(line.label)) for line in lines), default=0)
    spans = _spans(lines)
    image = Image.new("RGB", (wide, (spans[-1][1] if spans else MARGIN) + MARGIN), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, image.width - 1, image.height - 1), outline=EDGE)
    for number, (line, (top, bottom)) in enumerate(zip(lines, spans, strict=True)):
        middle = (top + bottom) // 2
        if not line.label:
            pen.line((MARGIN, middle, image.width - MARGIN - 1, middle), fill=EDGE)
            continue
        ink = INK if line.enabled else GREY
        if number == chosen:
            pen.rectangle((MARGIN, top, image.width - MARGIN - 1, bottom - 1), fill=CHOSEN)
            ink = CHOSEN_INK
        pen.text((INDENT, middle), line.label, fill=ink, font=font, anchor="lm")
        if line.checked is not None:
            pen.rectangle((10, middle - 6, 22, middle + 6), outline=ink)
        if line.checked:
            pen.line((12, middle, 15, middle + 3, 20, middle - 4), fill=ink, width=2)
        if line.leads_on:
            tip = image.width - 14
            pen.polygon(((tip - 5, middle - 5), (tip, middle), (tip - 5, middle + 5)), fill=ink)
    return image


def _spans(lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    heights = [ROW if line.label else RULE for line in lines]
    tops = list(accumulate(heights, initial=MARGIN))
    return list(pairwise(tops))


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(TEXT_SIZE)


def bgrx(image: Image.Image) -> bytes:
    """The pixels as an X server of depth 24 takes them (least significant byte first)."""
    return image.convert("RGB").tobytes("raw", "BGRX")


def over(ground: bytes, size: tuple[int, int], icon: Image.Image) -> bytes:
    """The icon in the middle of a ground of this size, which is given and returned as `bgrx`."""
    whole = Image.frombytes("RGB", size, ground, "raw", "BGRX").convert("RGBA")
    whole.alpha_composite(icon, _middle(size, icon))
    return bgrx(whole)


def see_through(size: tuple[int, int], icon: Image.Image) -> bytes:
    """The icon in the middle of nothing, as an X server of depth 32 takes it (colours times alpha)."""
    whole = Image.new("RGBA", size)
    whole.paste(icon, _middle(size, icon))
    return whole.convert("RGBa").tobytes("raw", "BGRa")


def _middle(size: tuple[int, int], icon: Image.Image) -> tuple[int, int]:
    return (size[0] - icon.width) // 2, (size[1] - icon.height) // 2
