"""Windows over the whole of a real screen, with and without a screen that is kept awake."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part, needs
from tests.sensors.desktops import SOON, Watching, desk_with, gnome, watching

STATE = "_NET_WM_STATE"
FULL = "_NET_WM_STATE_FULLSCREEN"


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Desk]:
    needs(("xev", "x11-utils"))
    with desk_with(tmp_path, Part.SCREEN, Part.BUS, Part.WINDOWS) as desk:
        yield desk


def opens_a_window(desk: Desk) -> str:
    """The id of the new active window."""
    desk.launch("window", "xev")
    until(lambda: active(desk), "the window is active")
    return active(desk)


def active(desk: Desk) -> str:
    """The id of the active window, empty while there is none."""
    said = desk.run("xprop", "-root", "-notype", "_NET_ACTIVE_WINDOW").split()[-1]
    return said if said.startswith("0x") and int(said, 16) else ""


def held(senses: Watching) -> bool:
    return senses.read().holds == frozenset({Hold.FULLSCREEN})


def test_a_film_over_the_whole_screen_holds_until_it_ends(windows: Desk) -> None:
    film, power = opens_a_window(windows), gnome(windows, True)
    with watching(windows) as senses:
        until(senses.stirred, "the screen is known to be kept awake", SOON)
        assert not senses.read().holds

        windows.run("xprop", "-id", film, "-f", STATE, "32a", "-set", STATE, FULL)
        until(lambda: held(senses), "the film is noticed", SOON)
        power.keeps_awake(False)

        until(lambda: not held(senses), "its end is noticed", SOON)
    power.quit()


def test_a_terminal_over_the_whole_screen_holds_nothing(windows: Desk) -> None:
    terminal, power = opens_a_window(windows), gnome(windows, False)
    windows.run("xprop", "-id", terminal, "-f", STATE, "32a", "-set", STATE, FULL)
    with watching(windows) as senses:
        assert not senses.read().holds

        power.keeps_awake(True)

        until(lambda: held(senses), "only what keeps the screen awake holds", SOON)
    power.quit()


def test_a_window_that_is_gone_and_a_screen_that_is_gone_hold_nothing(windows: Desk) -> None:
    film, power = opens_a_window(windows), gnome(windows, True)
    windows.run("xprop", "-id", film, "-f", STATE, "32a", "-set", STATE, FULL)
    with watching(windows) as senses:
        until(lambda: held(senses), "the film is noticed", SOON)

        windows.run("xdotool", "windowkill", film)
        until(lambda: not held(senses), "the window is gone", SOON)
        windows.stop(Part.SCREEN, kill=True)

        assert not senses.read().holds
    power.quit()
