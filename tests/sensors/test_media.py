"""Films on a session bus: a player that plays and a screen that is kept awake, on each kind of desktop."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.settings import Evidence, Settings
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.sensors.desktops import SOON, Player, Power, desk_with, gnome, plasma, watching, xfce

Desktop = Callable[[Desk, bool], Power]
every_desktop = pytest.mark.parametrize("desktop", [gnome, plasma, xfce])


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, Part.BUS) as desk:
        yield desk


@every_desktop
def test_a_film_is_a_player_that_plays_on_a_screen_kept_awake_and_neither_alone(
    bare: Desk, desktop: Desktop
) -> None:
    power, player = desktop(bare, False), Player(bare, "Paused")
    with watching(bare) as senses:
        player.turns("Playing")
        power.keeps_awake(True)
        until(lambda: senses.read().media, "the film is noticed", SOON)
        until(senses.stirred, "it rings", SOON)

        player.turns("Paused")
        until(lambda: not senses.read().media, "its end is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
        player.turns("Playing")
        until(lambda: senses.read().media, "it goes on", SOON)
        power.keeps_awake(False)

        until(lambda: not senses.read().media, "music alone is nobody", SOON)
    player.quit()
    power.quit()


@every_desktop
def test_a_film_that_plays_already_is_known_at_the_start(bare: Desk, desktop: Desktop) -> None:
    power, player = desktop(bare, True), Player(bare, "Playing")
    with watching(bare) as senses:
        until(lambda: senses.read().media, "the film is known", SOON)

        player.quit()

        until(lambda: not senses.read().media, "without its player it is over", SOON)
    power.quit()


def test_a_player_that_plays_as_it_appears_is_noticed(bare: Desk) -> None:
    power = gnome(bare, True)
    with watching(bare) as senses:
        player = Player(bare, "Playing")

        until(lambda: senses.read().media, "the film is noticed", SOON)
        player.quit()
    power.quit()


def test_music_that_keeps_only_the_machine_awake_is_nobody_where_the_desktop_tells_them_apart(
    bare: Desk,
) -> None:
    machine, screen, player = xfce(bare, True), plasma(bare, False), Player(bare, "Playing")
    with watching(bare) as senses:
        machine.keeps_awake(True)
        screen.keeps_awake(True)
        until(lambda: senses.read().media, "the film is noticed", SOON)

        screen.keeps_awake(False)

        until(lambda: not senses.read().media, "the screen may sleep", SOON)
    for each in (machine, screen, player):
        each.quit()


def test_who_takes_media_off_the_evidence_is_alone(bare: Desk) -> None:
    power, player = gnome(bare, True), Player(bare, "Playing")
    with watching(bare) as senses:
        until(lambda: senses.read().media, "the film is noticed", SOON)

        senses.senses.heed(Settings(evidence=frozenset({Evidence.CALL})))

        assert not senses.read().media
    player.quit()
    power.quit()


def test_a_film_that_goes_on_over_a_bus_that_was_restarted_is_not_believed(bare: Desk) -> None:
    power, player = gnome(bare, True), Player(bare, "Playing")
    with watching(bare) as senses:
        until(lambda: senses.read().media, "the film is noticed", SOON)
        bare.stop(Part.BUS, kill=True)
        until(lambda: not senses.read().media, "nobody says so any more", SOON)
        bare.start(Part.BUS)

        back = gnome(bare, True), Player(bare, "Playing")

        until(lambda: senses.read().media, "it is heard again", timedelta(seconds=8))
        for each in (*back, player, power):
            each.quit()
