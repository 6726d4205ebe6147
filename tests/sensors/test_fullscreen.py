"""Windows over the whole of a real screen, with and without a screen that is kept awake; X11 and Wayland."""

import struct
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from deskbreak.links.wayland import WaylandError, socket_path
from deskbreak.links.x11 import X11
from deskbreak.sensors import pauses, toplevels
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.fullscreen import FullScreen
from tests.e2e.desk import Desk, until
from tests.e2e.parts import GNOME, KDE, Part, needs
from tests.sensors.desktops import SOON, Watching, desk_with, gnome, watching

_INTERN_ATOM, _SEND_EVENT, _CLIENT_MESSAGE = 16, 25, 33
_TO_THE_WINDOW_MANAGER = 0x180000
_ADD, _FROM_A_PERSON = 1, 2


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Desk]:
    needs(("xev", "x11-utils"))
    with desk_with(tmp_path, Part.SCREEN, Part.BUS, Part.WINDOWS) as desk:
        yield desk


@pytest.fixture
def sway(tmp_path: Path) -> Iterator[Desk]:
    needs(("foot", "foot"), ("swaymsg", "sway"))
    with desk_with(tmp_path, Part.BUS, Part.SWAY) as desk:
        yield desk


def opens_a_terminal(desk: Desk, name: str) -> None:
    """A new window on sway, which becomes the active one."""
    desk.launch(name, "foot", "--app-id", name)
    until(lambda: "true" in desk.run("swaymsg", "-r", f'[app_id="{name}"] focus'), "the window is active")


def opens_a_window(desk: Desk) -> str:
    """The id of the new active window."""
    desk.launch("window", "xev")
    until(lambda: _activated(desk), "the window is active")
    return active(desk)


def _activated(desk: Desk) -> bool:
    # A window manager that has just started may leave a new window behind.
    desk.run("xdotool", "search", "--name", "Event Tester", "windowactivate")
    return active(desk) != ""


def active(desk: Desk) -> str:
    """The id of the active window, empty while there is none."""
    said = desk.run("xprop", "-root", "-notype", "_NET_ACTIVE_WINDOW").split()[-1]
    return said if said.startswith("0x") and int(said, 16) else ""


def fills_the_screen(desk: Desk, window: str) -> None:
    """Asks the window manager for it, as the person's key does (EWMH, _NET_WM_STATE)."""
    with closing(X11(desk.display, Path(desk.env["XAUTHORITY"]))) as screen:
        state, full = (atom(screen, name) for name in ("_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN"))
        event = struct.pack(
            "<BBHII5I", _CLIENT_MESSAGE, 32, 0, int(window, 16), state, _ADD, full, 0, _FROM_A_PERSON, 0
        )
        head = struct.pack("<BBHII", _SEND_EVENT, 0, 11, screen.root, _TO_THE_WINDOW_MANAGER)
        screen.send(head + event)
        atom(screen, "_NET_WM_STATE")
    until(lambda: "FULLSCREEN" in desk.run("xprop", "-id", window, "_NET_WM_STATE"), "it fills the screen")


def atom(screen: X11, name: str) -> int:
    raw = name.encode()
    padded = raw + bytes(-len(raw) % 4)
    reply = screen.ask(struct.pack("<BBHHxx", _INTERN_ATOM, 0, 2 + len(padded) // 4, len(raw)) + padded)
    assert reply is not None
    return int(struct.unpack_from("<I", reply, 8)[0])


def held(senses: Watching) -> bool:
    return senses.read().holds == frozenset({Hold.FULLSCREEN})


def test_a_film_over_the_whole_screen_holds_until_it_ends(windows: Desk) -> None:
    film, power = opens_a_window(windows), gnome(windows, True)
    with watching(windows) as senses:
        until(senses.stirred, "the screen is known to be kept awake", SOON)
        assert not senses.read().holds

        fills_the_screen(windows, film)
        until(lambda: held(senses), "the film is noticed", SOON)
        power.keeps_awake(False)

        until(lambda: not held(senses), "its end is noticed", SOON)
    power.quit()


def test_a_terminal_over_the_whole_screen_holds_nothing(windows: Desk) -> None:
    terminal, power = opens_a_window(windows), gnome(windows, False)
    fills_the_screen(windows, terminal)
    with watching(windows) as senses:
        assert not senses.read().holds

        power.keeps_awake(True)

        until(lambda: held(senses), "only what keeps the screen awake holds", SOON)
    power.quit()


def test_a_window_that_is_gone_and_a_screen_that_is_gone_hold_nothing(windows: Desk) -> None:
    film, power = opens_a_window(windows), gnome(windows, True)
    fills_the_screen(windows, film)
    with watching(windows) as senses:
        until(lambda: held(senses), "the film is noticed", SOON)

        windows.run("xdotool", "windowkill", film)
        until(lambda: not held(senses), "the window is gone", SOON)
        windows.stop(Part.SCREEN, kill=True)

        assert not senses.read().holds
    power.quit()


def test_a_film_over_the_whole_screen_of_sway_holds_until_it_ends(sway: Desk) -> None:
    opens_a_terminal(sway, "film")
    power = gnome(sway, True)
    with watching(sway) as senses:
        until(senses.stirred, "the screen is known to be kept awake", SOON)
        assert not senses.read().holds

        sway.run("swaymsg", "fullscreen", "enable")
        until(lambda: held(senses), "the film is noticed", SOON)
        power.keeps_awake(False)

        until(lambda: not held(senses), "its end is noticed", SOON)
    power.quit()


def test_a_film_on_sway_holds_where_nobody_but_sway_knows_that_the_screen_is_kept_awake(
    sway: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "ASK_AFTER", timedelta(milliseconds=300))
    opens_a_terminal(sway, "film")
    sway.run("swaymsg", "fullscreen", "enable")
    sway.run("swaymsg", '[app_id="film"] inhibit_idle open')
    with watching(sway) as senses:
        until(lambda: held(senses), "the film is noticed", SOON)
        senses.stirred()

        sway.run("swaymsg", '[app_id="film"] inhibit_idle none')

        until(lambda: not held(senses), "its end is noticed", SOON)
        until(senses.stirred, "it rings", SOON)


def test_only_the_active_window_of_sway_counts(sway: Desk) -> None:
    opens_a_terminal(sway, "film")
    sway.run("swaymsg", "fullscreen", "enable")
    screen = socket_path(sway.env)
    before = toplevels.covered(screen)

    sway.run("swaymsg", "workspace", "2")
    opens_a_terminal(sway, "letter")
    beside = toplevels.covered(screen)
    sway.run("swaymsg", '[app_id="letter"] kill; workspace 1')

    assert before
    assert not beside
    until(lambda: toplevels.covered(screen), "the film is in front again")


def test_a_compositor_that_is_gone_holds_nothing(sway: Desk) -> None:
    opens_a_terminal(sway, "film")
    sway.run("swaymsg", "fullscreen", "enable")
    screen = FullScreen(sway.env)
    until(screen.covered, "the film covers the screen")

    sway.stop(Part.SWAY, kill=True)

    assert not screen.covered()
    (account,) = screen.accounts()
    assert not account.used
    assert "no Wayland compositor" in account.says


def test_the_x_server_inside_a_wayland_session_is_not_asked(windows: Desk) -> None:
    screen = FullScreen(windows.env | {"XDG_SESSION_TYPE": "wayland"})

    (account,) = screen.accounts()
    assert account.source == "Wayland"
    assert account.says == "WAYLAND_DISPLAY is not set"
    assert not screen.covered()


@pytest.mark.parametrize("parts", [GNOME, KDE], ids=["GNOME", "KWin"])
def test_compositors_that_keep_it_to_themselves_are_told_of(tmp_path: Path, parts: set[Part]) -> None:
    with desk_with(tmp_path, *parts) as desk:
        with pytest.raises(WaylandError):
            toplevels.covered(socket_path(desk.env))

        screen = FullScreen(desk.env)
        assert not screen.covered()
        says = "this compositor does not tell which window covers the screen"
        mend = "switch do-not-disturb on for a film or slides"
        assert screen.accounts() == (Account("Wayland", Serves.FULLSCREEN, False, says, mend),)
