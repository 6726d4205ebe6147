"""A screen that is kept awake as a Wayland compositor shows it: by the pauses that it does not tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.sensors.compositor import Compositor
from tests.sensors.desktops import SOON, Player, Watching, desk_with, watching


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, Part.BUS) as desk:
        desk.env["WAYLAND_DISPLAY"] = str(tmp_path / "wayland-9")
        yield desk


@pytest.fixture
def screen(bare: Desk) -> Iterator[Compositor]:
    with Compositor.at(Path(bare.env["WAYLAND_DISPLAY"])) as compositor:
        yield compositor


def film(senses: Watching) -> bool:
    return senses.read().media


def says(senses: Watching) -> str:
    (found,) = (each.says for each in senses.senses.why() if each.source == "screen awake")
    return found


def test_a_film_is_known_by_the_pause_that_is_kept_back(bare: Desk, screen: Compositor) -> None:
    player = Player(bare, "Playing")
    with watching(bare) as senses:
        until(lambda: screen.kept_back and screen.all, "both kinds of pause are asked for", SOON)
        screen.is_quiet(inhibited=True)
        until(lambda: film(senses), "the film is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
        told = says(senses)

        screen.is_not_inhibited_any_more()

        until(lambda: not film(senses), "its end is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
        assert "something keeps it awake" in told
        assert "nothing keeps it awake" in says(senses)
    player.quit()


def test_a_hand_on_the_mouse_does_not_end_the_film(bare: Desk, screen: Compositor) -> None:
    player = Player(bare, "Playing")
    with watching(bare) as senses:
        until(lambda: screen.kept_back and screen.all, "both kinds of pause are asked for", SOON)
        screen.is_quiet(inhibited=True)
        until(lambda: film(senses), "the film is noticed", SOON)
        senses.senses.listen(True)
        senses.stirred()

        screen.is_moved(inhibited=True)
        until(senses.stirred, "the hand is noticed", SOON)

        assert film(senses)
    player.quit()


def test_quiet_before_music_is_no_film(bare: Desk, screen: Compositor) -> None:
    player = Player(bare, "Playing")
    with watching(bare) as senses:
        until(lambda: screen.kept_back and screen.all, "both kinds of pause are asked for", SOON)
        screen.is_quiet(inhibited=False)
        until(lambda: (senses.read().idle or 0) and quiet(senses), "the quiet is noticed", SOON)

        assert not film(senses)
        assert Hold.FULLSCREEN not in senses.read().holds
    player.quit()


def quiet(senses: Watching) -> bool:
    idle = senses.read().idle
    return idle is not None and idle.total_seconds() >= 3
