"""The icon in a real panel: seen, clicked with a pointer, and there again after the panel restarts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from deskbreak.core.events import Snoozed, Started, StoodUp
from deskbreak.desktop.icons import FIGURE, FILLED, GROUND, TRACK, Colour
from deskbreak.desktop.tray import Tray
from tests.desktop.trays import USUAL, Inbox, does, picture, state, tray
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part

Box = tuple[int, int, int, int]
PANEL: Box = (0, 0, 1024, 30)
BELOW: Box = (0, 32, 1024, 640)


class Screen:
    """What can be seen, and where."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._folder = folder
        self._count = 0

    def look(self, box: Box = (0, 0, 1024, 640)) -> Image.Image:
        self._count += 1
        path = self.desk.screenshot(self._folder / f"screen-{self._count:02}.png")
        with Image.open(path) as image:
            return image.convert("RGB").crop(box)

    def icons(self) -> list[tuple[int, int]]:
        """The centres of the icons in the panel, by the dark ground of ours."""
        ours = near(self.look(PANEL), GROUND)
        columns = [x for x in range(1024) if ours.crop((x, 0, x + 1, 30)).getbbox()]
        starts = [x for x in columns if x - 1 not in columns]
        return [(x + 10, 15) for x in starts]

    def icon(self) -> tuple[int, int]:
        until(lambda: len(self.icons()) == 1, "one icon is in the panel")
        return self.icons()[0]

    def shows(self, colour: Colour) -> bool:
        return near(self.look(PANEL), colour).getbbox() is not None

    def menu(self) -> Box | None:
        """Where something is open below the panel (the root window is black)."""
        box = self.look(BELOW).getbbox()
        return box and (box[0], box[1] + BELOW[1], box[2], box[3] + BELOW[1])

    def open_menu(self) -> Box:
        x, y = self.icon()

        def opened() -> bool:
            if self.menu() is None:
                self.desk.click(x, y)
            return self.menu() is not None

        until(opened, "the menu is open")
        return self.still()

    def still(self) -> Box:
        """The menu, once it has been drawn to the end."""
        seen = [self.look()]

        def unchanged() -> bool:
            seen.append(self.look())
            return ImageChops.difference(seen[-1], seen[-2]).getbbox() is None

        until(unchanged, "the menu stands still")
        box = self.menu()
        assert box is not None
        return box


def near(image: Image.Image, colour: Colour) -> Image.Image:
    """White where the image has this colour, or nearly."""
    plain = Image.new("RGB", image.size, colour[:3])
    bands = [
        band.point(lambda off: 255 if off < 12 else 0) for band in ImageChops.difference(image, plain).split()
    ]
    return ImageChops.multiply(ImageChops.multiply(bands[0], bands[1]), bands[2])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def screen(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    for name, value in desk.env.items():
        monkeypatch.setenv(name, value)
    return Screen(desk, tmp_path)


@pytest.fixture
def shown(screen: Screen, inbox: Inbox) -> Iterator[Tray]:
    with tray(inbox) as one:
        one.show(picture(share=0.5))
        yield one


def row(menu: Box, number: int, of: int) -> tuple[int, int]:
    """The middle of a row, counting all rows alike."""
    return menu[0] + 60, menu[1] + round((number + 0.5) * (menu[3] - menu[1]) / of)


PLAIN = (does("Take a break now", Started()), does("I'm standing", StoodUp()), USUAL[4])


def test_the_icon_is_in_the_panel_and_looks_as_drawn(screen: Screen, shown: Tray) -> None:
    screen.icon()

    assert shown.host_present
    for colour in (GROUND, TRACK, FILLED, FIGURE):
        assert screen.shows(colour)


def test_a_click_opens_the_menu_and_a_click_on_a_row_reaches_the_inbox(
    screen: Screen, shown: Tray, inbox: Inbox
) -> None:
    shown.show(picture(*PLAIN))
    menu = screen.open_menu()

    screen.desk.click(*row(menu, 1, of=3))

    assert inbox.chosen() == StoodUp()
    until(lambda: screen.menu() is None, "the menu is closed")


def test_a_click_in_a_submenu_reaches_the_inbox(screen: Screen, shown: Tray, inbox: Inbox) -> None:
    shown.show(picture(*PLAIN))
    menu = screen.open_menu()

    screen.desk.click(*row(menu, 2, of=3))
    until(lambda: screen.still()[2] > menu[2], "the submenu is open")
    both = screen.still()
    screen.desk.click(menu[2] + 30, round(both[3] - (menu[3] - menu[1]) / 6))

    assert inbox.chosen() == Snoozed(timedelta(minutes=10))


def test_a_label_changes_while_the_menu_is_open(screen: Screen, shown: Tray, inbox: Inbox) -> None:
    shown.show(picture(state("Sitting 41 min"), *PLAIN))
    menu = screen.open_menu()
    before = screen.look(menu)

    shown.show(picture(state("Sitting 42 min"), *PLAIN))
    until(lambda: ImageChops.difference(before, screen.look(menu)).getbbox(), "the label changed")
    changed = ImageChops.difference(before, screen.look(menu)).getbbox()
    screen.desk.click(*row(menu, 1, of=4))

    assert changed is not None
    assert changed[3] <= (menu[3] - menu[1]) // 4
    assert inbox.chosen() == Started()


def test_a_panel_that_is_killed_and_started_again_has_the_icon_exactly_once(
    screen: Screen, shown: Tray, inbox: Inbox
) -> None:
    screen.icon()

    screen.desk.stop(Part.PANEL, kill=True)
    screen.desk.start(Part.PANEL)

    until(lambda: shown.host_present, "the icon is shown again")
    x, _y = screen.icon()
    shown.show(picture(*PLAIN))
    menu = screen.open_menu()
    screen.desk.click(*row(menu, 0, of=3))
    assert x < 40
    assert inbox.chosen() == Started()


def test_an_icon_taken_away_leaves_the_panel(screen: Screen, shown: Tray) -> None:
    screen.icon()

    shown.close()

    until(lambda: screen.icons() == [], "the panel is empty")
