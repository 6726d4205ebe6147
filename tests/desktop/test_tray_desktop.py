"""The icon in a real panel: seen, clicked with a pointer, and there again after the panel restarts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import ImageChops

from deskbreak.core.events import Snoozed, Started, StoodUp
from deskbreak.desktop.icons import FIGURE, FILLED, GROUND, TRACK
from deskbreak.desktop.tray import Tray
from tests.desktop.screens import Screen, row
from tests.desktop.trays import USUAL, Inbox, does, picture, state, tray
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part


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
