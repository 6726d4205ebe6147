"""Do-not-disturb as each desktop has it: a real dunst, real settings of Xfce and GNOME, Plasma, mako."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from deskbreak.settings import Settings
from tests.e2e.desk import Desk, until
from tests.e2e.parts import XFCONFD, Part, needs
from tests.sensors.desktops import SOON, Service, Watching, desk_with, watching

DND = frozenset({Hold.DND})
NONE: frozenset[Hold] = frozenset()
DCONF = "/usr/libexec/dconf-service"
BANNERS = ("org.gnome.desktop.notifications", "show-banners")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, Part.BUS) as desk:
        yield desk


def held(senses: Watching) -> bool:
    return senses.read().holds == DND


def test_dunst_paused_holds_until_it_goes_on(tmp_path: Path) -> None:
    with desk_with(tmp_path, Part.SCREEN, Part.BUS, Part.NOTICES) as desk, watching(desk) as senses:
        assert senses.read().holds == NONE

        desk.dunstctl("set-paused", "true")
        until(lambda: held(senses), "the pause is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
        desk.dunstctl("set-paused", "false")

        until(lambda: not held(senses), "its end is noticed", SOON)
        until(senses.stirred, "it rings", SOON)


def test_a_dunst_that_was_paused_before_is_known_and_its_end_ends_the_hold(tmp_path: Path) -> None:
    with desk_with(tmp_path, Part.SCREEN, Part.BUS, Part.NOTICES) as desk:
        desk.dunstctl("set-paused", "true")
        with watching(desk) as senses:
            until(lambda: held(senses), "the pause is known", SOON)

            desk.stop(Part.NOTICES, kill=True)

            until(lambda: not held(senses), "nobody says so any more", SOON)


def test_a_person_who_takes_do_not_disturb_off_the_holds_is_reminded(tmp_path: Path) -> None:
    with desk_with(tmp_path, Part.SCREEN, Part.BUS, Part.NOTICES) as desk, watching(desk) as senses:
        desk.dunstctl("set-paused", "true")
        until(lambda: held(senses), "the pause is noticed", SOON)

        senses.senses.heed(Settings(holds=frozenset({Hold.CALL})))

        assert senses.read().holds == NONE


def test_plasma_says_inhibited(bare: Desk) -> None:
    notices = "org.freedesktop.Notifications"
    inhibited = {"Inhibited": ("b", True)}
    server = Service(bare, notices, "/org/freedesktop/Notifications", notices, properties=inhibited)
    with watching(bare) as senses:
        until(lambda: held(senses), "it is known at the start", SOON)

        server.changes("Inhibited", False)
        until(lambda: not held(senses), "its end is noticed", SOON)
        server.changes("Inhibited", True)

        until(lambda: held(senses), "it is noticed again", SOON)
        server.quit()


@pytest.mark.parametrize("mode", ["do-not-disturb", "dnd"])
def test_mako_says_its_modes(bare: Desk, mode: str) -> None:
    server = "org.freedesktop.Notifications"
    modes = {"Modes": ("as", ["default"])}
    mako = Service(bare, server, "/fr/emersion/Mako", "fr.emersion.Mako", properties=modes)
    with watching(bare) as senses:
        mako.changes("Modes", ["default", mode])
        until(lambda: held(senses), "the mode is noticed", SOON)

        mako.changes("Modes", ["default", "away"])

        until(lambda: not held(senses), "its end is noticed", SOON)
        mako.quit()


@pytest.fixture
def mako(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, Part.BUS, Part.SWAY, Part.MAKO) as desk:
        yield desk


@pytest.mark.parametrize("mode", ["do-not-disturb", "dnd"])
def test_a_mode_of_the_real_mako_is_known_with_the_next_readings(mako: Desk, mode: str) -> None:
    with watching(mako) as senses:
        until(lambda: says_of_mako(senses, "do-not-disturb off"), "mako is known", SOON)
        senses.read()
        senses.stirred()

        mako.run("makoctl", "mode", "-a", mode)
        until(lambda: held(senses), "the mode is noticed", SOON)
        until(senses.stirred, "it rings", SOON)
        assert says_of_mako(senses, "do-not-disturb on")
        mako.run("makoctl", "mode", "-r", mode)

        until(lambda: not held(senses), "its end is noticed", SOON)


def test_a_mako_that_dies_in_its_mode_holds_nothing_and_the_next_one_is_asked(mako: Desk) -> None:
    with watching(mako) as senses:
        mako.run("makoctl", "mode", "-a", "dnd")
        until(lambda: held(senses), "the mode is noticed", SOON)

        mako.stop(Part.MAKO, kill=True)
        until(lambda: not held(senses), "nobody says so any more", SOON)
        mako.start(Part.MAKO)
        mako.run("makoctl", "mode", "-a", "dnd")

        until(lambda: held(senses), "the next one is asked", SOON)


def says_of_mako(senses: Watching, word: str) -> bool:
    return any(each.source == "mako" and each.says.startswith(word) for each in senses.senses.why())


def test_the_switch_in_xfce_is_noticed(bare: Desk) -> None:
    needs(("xfconf-query", "xfconf"), (str(XFCONFD), "xfconf"))
    bare.launch("settings", str(XFCONFD))
    until(lambda: bare.owned("org.xfce.Xfconf"), "xfconfd answers")
    switch = ("xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb", "-n", "-t", "bool", "-s")
    with watching(bare) as senses:
        bare.run(*switch, "true")
        until(lambda: held(senses), "it is noticed", SOON)
        with watching(bare) as later:
            until(lambda: held(later), "it is known to who comes later", SOON)

        bare.run(*switch, "false")

        until(lambda: not held(senses), "its end is noticed", SOON)


def test_the_switch_in_gnome_is_noticed(bare: Desk) -> None:
    needs(
        ("gsettings", "libglib2.0-bin"),
        (DCONF, "dconf-service"),
        (
            "/usr/share/glib-2.0/schemas/org.gnome.desktop.notifications.gschema.xml",
            "gsettings-desktop-schemas",
        ),
    )
    bare.env["GSETTINGS_BACKEND"] = "dconf"
    bare.launch("dconf", DCONF)
    until(lambda: bare.owned("ca.desrt.dconf"), "dconf answers")
    shell = Service(bare, "org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell")
    with watching(bare) as senses:
        bare.run("gsettings", "set", *BANNERS, "false")
        until(lambda: held(senses), "it is noticed", SOON)
        bare.run("gsettings", "set", *BANNERS, "true")
        until(lambda: not held(senses), "its end is noticed", SOON)
        bare.run("gsettings", "set", *BANNERS, "false")
        until(lambda: held(senses), "it is noticed again", SOON)

        shell.quit()

        until(lambda: not held(senses), "without the shell nothing is silenced", SOON)


def test_gnome_without_its_settings_is_said_once(bare: Desk, caplog: pytest.LogCaptureFixture) -> None:
    bare.env["PATH"] = str(bare.folder)
    with watching(bare) as senses:
        for _start in range(2):
            shell = Service(bare, "org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell")
            until(lambda: "do-not-disturb goes unnoticed" in caplog.text, "it is said", SOON)
            shell.quit()

        assert senses.read().holds == NONE
        assert caplog.text.count("do-not-disturb goes unnoticed") == 1
