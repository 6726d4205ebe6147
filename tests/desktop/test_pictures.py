"""Pictures of exercises: readable on a card, none like another, and the sheet in `assets` shows them."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from deskbreak.coach.drawing.colours import COLOURS, Theme
from deskbreak.coach.drawing.shapes import Tone
from deskbreak.coach.library import packaged
from deskbreak.core.commands import Urgency
from deskbreak.core.events import Delivered
from deskbreak.desktop.pictures import ON_A_CARD, draw, image_hint
from deskbreak.links.bus import Bus
from deskbreak.ports import Card
from tests.coach.test_figure import EXERCISES, IDS, drawn
from tests.desktop.contact_sheet import CELL, SHEETS, place, sheet
from tests.desktop.noticeboards import FakeBoard, desk_for
from tests.desktop.screens import Screen, near
from tests.desktop.test_notifier import Room, board_on
from tests.e2e.desk import until

SIZES = [64, 96, 128, 256]
CARDS = {"white": 255, "light": 246, "middle": 128, "dark": 43, "black": 0}


def on_card(name: str, size: int, theme: Theme, card: int) -> Image.Image:
    """The picture as it is seen on a card of this grey."""
    ground = Image.new("RGBA", (size, size), (card, card, card, 255))
    return Image.alpha_composite(ground, draw(drawn(EXERCISES[name]), size, theme)).convert("RGB")


def share(image: Image.Image, theme: Theme, tone: Tone) -> float:
    """How much of the image is in the colour of this tone, 0 to 1."""
    mask = near(image, (*COLOURS[theme][tone], 255))
    return float(ImageStat.Stat(mask).mean[0]) / 255


def warm(image: Image.Image) -> float:
    """How much of the image is orange, be it mixed with what is beside: no other tone is anything near."""
    red, _, blue = image.split()
    return (
        float(ImageStat.Stat(ImageChops.subtract(red, blue).point(lambda off: 255 * (off > 60))).mean[0])
        / 255
    )


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two images are apart: the mean of all differences, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("theme", SHEETS)
def test_the_sheet_in_the_repository_shows_the_figures_as_they_are_drawn(theme: Theme) -> None:
    fresh = sheet(theme)
    with Image.open(SHEETS[theme]) as image:
        kept = image.convert("RGB")

    assert kept.size == fresh.size, "python -m tests.desktop.contact_sheet"
    for number, name in enumerate(packaged().known):
        left, top = place(number)
        box = (left, top, left + CELL[0], top + CELL[1])
        # Letters differ a little from one FreeType to the next.
        assert apart(kept.crop(box), fresh.crop(box)) < 0.6, f"{name}: python -m tests.desktop.contact_sheet"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", Theme)
def test_body_and_work_are_seen_at_every_size(size: int, theme: Theme) -> None:
    for name in IDS:
        image = on_card(name, size, theme, 255)

        assert share(image, theme, Tone.BODY) > 0.02, name
        assert warm(image) > 0.004, name


@pytest.mark.parametrize("theme", Theme)
def test_no_two_exercises_look_alike_on_a_small_card(theme: Theme) -> None:
    seen = {name: on_card(name, 64, theme, 128) for name in IDS}

    for one, other in combinations(IDS, 2):
        assert apart(seen[one], seen[other]) > 2.5, f"{one} and {other} are too much alike"


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_the_tile_has_round_corners_and_no_fringe_on_any_card(card: int) -> None:
    for theme in Theme:
        image = on_card("glute-bridge", 64, theme, card)
        corner = [image.getpixel((0, 0)), image.getpixel((63, 63))]
        low, high = sorted((card, sum(COLOURS[theme][Tone.TILE]) // 3))
        edge = [
            sum(pixel) // 3 for pixel in zip(*[iter(image.crop((0, 0, 12, 12)).tobytes())] * 3, strict=True)
        ]

        assert corner == [(card, card, card)] * 2
        assert all(low - 12 <= grey <= high + 12 for grey in edge)


def test_the_hint_says_what_its_bytes_are() -> None:
    hint = image_hint(EXERCISES["glute-bridge"])
    assert hint is not None
    width, height, stride, alpha, bits, channels, pixels = hint

    assert (width, height) == (ON_A_CARD, ON_A_CARD)
    assert (alpha, bits, channels) == (True, 8, 4)
    assert stride == width * channels
    assert len(pixels) == stride * height
    alphas = Image.frombytes("RGBA", (width, height), pixels).getchannel("A")
    assert alphas.getpixel((0, 0)) == 0
    assert alphas.getpixel((64, 64)) == 255


def test_an_exercise_of_the_persons_own_without_a_figure_has_no_hint() -> None:
    assert image_hint(replace(EXERCISES["glute-bridge"], figure=None)) is None


def test_a_picture_is_drawn_the_same_each_time() -> None:
    assert image_hint(EXERCISES["bird-dog"]) == image_hint(EXERCISES["bird-dog"])


@pytest.mark.parametrize(
    ("picture", "hinted"), [("bird-dog", True), ("no-such-exercise", False), (None, False)]
)
def test_only_a_card_about_an_exercise_carries_its_picture(
    picture: str | None, hinted: bool, tmp_path: Path
) -> None:
    with desk_for("fake", tmp_path) as desk, board_on("fake", desk) as board:
        assert isinstance(board, FakeBoard)
        room = Room(desk, board, Bus(board.address))

        room.notifier.show(Card(1, "31 min", "Bird-dog", (), Urgency.NORMAL, picture=picture))

        assert room.next() == Delivered(1)
        assert (board.notes[-1].image == image_hint(EXERCISES["bird-dog"])) is hinted
        assert (board.notes[-1].image is None) is not hinted
        room.bus.close()


@pytest.mark.parametrize("kind", ["dunst", "xfce4-notifyd"])
def test_the_picture_is_seen_on_a_real_card(kind: str, tmp_path: Path) -> None:
    with desk_for(kind, tmp_path / "desk") as desk, board_on(kind, desk) as board:
        room, screen = Room(desk, board, Bus(board.address)), Screen(desk, tmp_path)
        dark = COLOURS[Theme.DARK]

        room.notifier.show(Card(1, "31 min", "Leg raise", (), Urgency.NORMAL, picture="side-lying-abduction"))

        assert room.next() == Delivered(1)
        for tone in (Tone.TILE, Tone.WORK):
            until(lambda tone=tone: near(screen.look(), (*dark[tone], 255)).getbbox(), f"{tone} is seen")  # type: ignore[misc]
        room.bus.close()
