"""The menu that we draw ourselves: every row has its place, and what cannot be chosen cannot be hit."""

from PIL import Image, ImageChops

from deskbreak.desktop.icons import draw
from deskbreak.desktop.sheets import Line, bgrx, over, row_at, see_through, sheet, top_of
from tests.desktop.trays import picture

STATE, RULE, BREAK, SNOOZE = (
    Line("Sitting 41 min", enabled=False),
    Line("", enabled=False),
    Line("Take a break now"),
    Line("Snooze", leads_on=True),
)
LINES = (STATE, RULE, BREAK, SNOOZE)


def test_a_row_is_hit_from_its_top_to_the_next_and_only_if_it_can_be_chosen() -> None:
    high = sheet(LINES, None).height
    hit = [row_at(LINES, y) for y in range(high)]

    assert [row for row in dict.fromkeys(hit) if row is not None] == [2, 3]
    assert hit.index(2) == top_of(LINES, 2)
    assert hit.index(3) == top_of(LINES, 3)
    assert row_at(LINES, -1) is row_at(LINES, high) is None


def test_only_the_marked_row_is_drawn_differently() -> None:
    plain, marked = sheet(LINES, None), sheet(LINES, 2)
    difference = ImageChops.difference(plain, marked).getbbox()

    assert difference is not None
    assert (difference[1], difference[3]) == (top_of(LINES, 2), top_of(LINES, 3))


def test_ticks_and_arrows_can_be_seen() -> None:
    drawn = [
        sheet((line,), None).tobytes()
        for line in (
            Line("Paused"),
            Line("Paused", checked=False),
            Line("Paused", checked=True),
            Line("Paused", leads_on=True),
            Line("Paused", enabled=False),
        )
    ]

    assert len(set(drawn)) == 5


def test_a_longer_label_makes_a_wider_sheet() -> None:
    assert sheet((Line("Take a break now"),), None).width > sheet((Line("Quit"),), None).width
    assert sheet((), None).height > 0


def test_an_icon_is_laid_in_the_middle_of_the_tray_s_own_ground() -> None:
    icon = draw(picture().face, 16)
    ground = Image.new("RGB", (20, 16), (200, 100, 50))

    laid = Image.frombytes("RGB", (20, 16), over(bgrx(ground), (20, 16), icon), "raw", "BGRX")

    assert laid.getpixel((0, 8)) == (200, 100, 50)
    assert laid.getpixel((2, 0)) == (200, 100, 50)
    assert laid.getpixel((10, 8)) == icon.convert("RGB").getpixel((8, 8))


def test_an_icon_on_nothing_has_its_colours_times_alpha() -> None:
    icon = Image.new("RGBA", (1, 1), (200, 100, 50, 128))

    assert see_through((3, 1), icon) == bytes(4) + bytes((25, 50, 100, 128)) + bytes(4)
