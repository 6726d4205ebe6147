"""The icon in a tray of the older kind, which shows no menus: seen, clicked, and never there twice."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import ImageChops
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from deskbreak.core.events import Snoozed, Started, StoodUp
from deskbreak.core.postures import Posture
from deskbreak.desktop.freedesktop import dock
from deskbreak.desktop.icons import ACCENT, FIGURE, FILLED, GROUND, TRACK
from deskbreak.desktop.tray import Tray
from tests.desktop.screens import BELOW, PANEL, Screen, row
from tests.desktop.trays import USUAL, Host, Inbox, does, picture, state, tray
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part, needs

TRAYER = (
    "trayer", "--align", "left", "--widthtype", "request", "--heighttype", "pixel", "--height", "26",
    "--transparent", "false",
)  # fmt: skip
PLAIN = (does("Take a break now", Started()), does("I'm standing", StoodUp()), USUAL[4])


class SeeThrough:
    """A tray with a visual of depth 32, on a black screen; it holds one icon."""

    def __init__(self) -> None:
        self._display = Display()
        screen = self._display.screen()
        deep = next(one for one in screen.allowed_depths if one.depth == 32)
        visual = deep.visuals[0].visual_id
        colours = screen.root.create_colormap(visual, X.AllocNone)
        self._window = screen.root.create_window(
            0, 0, 24, 24, 0, 32, X.InputOutput, visual, colormap=colours, border_pixel=0,
            background_pixel=0, override_redirect=True,
        )  # fmt: skip
        self._window.map()
        self._opcode = self._display.intern_atom("_NET_SYSTEM_TRAY_OPCODE")
        selection = self._display.intern_atom(f"_NET_SYSTEM_TRAY_S{self._display.get_default_screen()}")
        wanted = self._display.intern_atom("_NET_SYSTEM_TRAY_VISUAL")
        self._window.change_property(wanted, Xatom.VISUALID, 32, [visual])
        self._window.set_selection_owner(selection, X.CurrentTime)
        manager = self._display.intern_atom("MANAGER")
        body = (X.CurrentTime, selection, self._window.id, 0, 0)
        told = ClientMessage(window=screen.root, client_type=manager, data=(32, body))
        screen.root.send_event(told, event_mask=X.StructureNotifyMask)
        self._display.flush()
        self.depth = 0

    def take_an_icon(self) -> None:
        until(self._asked, "an icon asked for a place")

    def _asked(self) -> bool:
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.ClientMessage and event.client_type == self._opcode:
                icon = self._display.create_resource_object("window", event.data[1][2])
                self.depth = icon.get_geometry().depth
                icon.reparent(self._window, 0, 0)
                icon.configure(width=24, height=24)
                icon.map()
                self._display.sync()
                return True
        return False

    def close(self) -> None:
        self._display.close()


def trayer(desk: Desk, edge: str = "top") -> "subprocess.Popen[bytes]":
    return desk.launch("trayer", *TRAYER, "--edge", edge)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desktop without any tray."""
    needs(("trayer", "trayer"))
    monkeypatch.setattr(dock, "GRACE", timedelta(milliseconds=50))
    with Desk(tmp_path / "desk", {Part.SCREEN, Part.BUS, Part.WINDOWS}) as desk:
        for name, value in desk.env.items():
            monkeypatch.setenv(name, value)
        yield desk


@pytest.fixture
def screen(bare: Desk, tmp_path: Path) -> Screen:
    trayer(bare)
    return Screen(bare, tmp_path)


@pytest.fixture
def shown(bare: Desk, inbox: Inbox) -> Iterator[Tray]:
    with tray(inbox) as one:
        one.show(picture(*PLAIN, share=0.5))
        yield one


def test_the_icon_is_in_the_tray_and_looks_as_drawn(screen: Screen, shown: Tray) -> None:
    screen.icon()

    assert shown.host_present
    assert shown.missing() is None
    for colour in (GROUND, TRACK, FILLED, FIGURE):
        assert screen.shows(colour)


def test_a_due_reminder_is_seen_in_the_tray(screen: Screen, shown: Tray) -> None:
    screen.icon()

    shown.show(picture(*PLAIN, share=1.0, due=True))

    until(lambda: screen.shows(ACCENT), "the icon has changed")


def test_a_click_opens_a_menu_and_a_click_on_a_row_reaches_the_inbox(
    screen: Screen, shown: Tray, inbox: Inbox
) -> None:
    menu = screen.open_menu()

    screen.desk.click(*row(menu, 1, of=3))

    assert inbox.chosen() == StoodUp()
    until(lambda: screen.menu() is None, "the menu is closed")


def test_a_click_in_a_submenu_reaches_the_inbox(screen: Screen, shown: Tray, inbox: Inbox) -> None:
    menu = screen.open_menu()

    screen.desk.run("xdotool", "mousemove", *map(str, row(menu, 2, of=3)))
    until(lambda: screen.still()[2] > menu[2], "the submenu is open")
    both = screen.still()
    screen.desk.click(menu[2] + 30, both[3] - 15)

    assert inbox.chosen() == Snoozed(timedelta(minutes=10))
    until(lambda: screen.menu() is None, "both menus are closed")


@pytest.mark.parametrize("leave", ["key Escape", "mousemove 800 500 click 1"])
def test_a_menu_can_be_left_without_choosing(leave: str, screen: Screen, shown: Tray, inbox: Inbox) -> None:
    screen.open_menu()

    screen.desk.run("xdotool", *leave.split())
    until(lambda: screen.menu() is None, "the menu is closed")
    menu = screen.open_menu()
    screen.desk.click(*row(menu, 0, of=3))

    assert inbox.chosen() == Started()


def test_a_label_changes_while_the_menu_is_open(screen: Screen, shown: Tray, inbox: Inbox) -> None:
    shown.show(picture(state("Sitting 41 min"), *PLAIN))
    menu = screen.open_menu()
    before = screen.look(menu)

    shown.show(picture(state("Sitting 42 min"), *PLAIN))
    until(lambda: ImageChops.difference(before, screen.look(menu)).getbbox(), "the label changed")
    screen.desk.click(*row(menu, 1, of=4))

    assert inbox.chosen() == Started()


def test_a_menu_whose_rows_became_others_closes(screen: Screen, shown: Tray, inbox: Inbox) -> None:
    screen.open_menu()

    shown.show(picture(PLAIN[1], PLAIN[0], PLAIN[2]))

    until(lambda: screen.menu() is None, "the menu is closed")


def test_at_the_lower_edge_the_menu_opens_upwards(
    bare: Desk, shown: Tray, inbox: Inbox, tmp_path: Path
) -> None:
    trayer(bare, edge="bottom")
    low = Screen(bare, tmp_path, panel=(0, 614, 1024, 640), beside=(0, 0, 1024, 614))

    menu = low.open_menu()
    bare.click(*row(menu, 0, of=3))

    assert menu[3] <= 616
    assert inbox.chosen() == Started()


def test_a_tray_that_restarts_has_the_icon_exactly_once(bare: Desk, shown: Tray, tmp_path: Path) -> None:
    for _ in range(3):
        program = trayer(bare)
        until(lambda: shown.host_present, "the tray is found")
        Screen(bare, tmp_path).icon()
        program.terminate()
        program.wait(5)
        until(lambda: not shown.host_present, "the tray is missed")

    assert shown.missing() is not None


def test_a_tray_of_the_newer_kind_takes_over(screen: Screen, shown: Tray) -> None:
    screen.icon()

    newer = Host(screen.desk.env["DBUS_SESSION_BUS_ADDRESS"]).meet()

    until(lambda: screen.icons() == [], "the older tray is empty")
    assert shown.host_present
    newer.close()
    screen.icon()


def test_a_tray_that_can_be_seen_through_gets_an_icon_with_an_edge_of_nothing(
    bare: Desk, shown: Tray, tmp_path: Path
) -> None:
    with closing(SeeThrough()) as own:
        own.take_an_icon()
        until(lambda: shown.host_present, "the tray is found")
        screen = Screen(bare, tmp_path, panel=PANEL, beside=BELOW)
        until(lambda: screen.shows(FILLED), "the icon is drawn")
        seen = screen.look((0, 0, 24, 24))

        assert own.depth == 32
        assert seen.getpixel((0, 0)) == (0, 0, 0)
        assert seen.getpixel((12, 1)) != (0, 0, 0)


def test_an_x_server_that_dies_takes_only_the_icon(screen: Screen, shown: Tray) -> None:
    screen.icon()

    screen.desk.stop(Part.SCREEN, kill=True)

    until(lambda: not shown.host_present, "the tray is missed")
    shown.show(picture(posture=Posture.AWAY))
    assert shown.missing() is not None
