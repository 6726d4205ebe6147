"""The icon over the bus: it waits for a tray, shows the picture, and says what is missing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.postures import Posture
from deskbreak.desktop.icons import argb32, draw
from deskbreak.links.bus import BusError
from deskbreak.ports import Face
from tests.desktop.trays import Host, Inbox, Moments, picture, state, tray
from tests.links.busses import PrivateBus, private_bus, until


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    with private_bus(tmp_path) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        monkeypatch.setenv("XDG_CURRENT_DESKTOP", "XFCE")
        monkeypatch.delenv("DISPLAY", raising=False)
        yield bus


@pytest.fixture
def host(session: PrivateBus) -> Iterator[Host]:
    one = Host(session.address)
    yield one
    one.close()


def test_the_icon_introduces_itself(host: Host, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture(title="Sitting 41 min", share=0.5))
        got = host.meet().properties()

    assert (got["Id"], got["Category"], got["Status"]) == ("deskbreak", "ApplicationStatus", "Active")
    assert (got["Title"], got["ToolTip"][2], got["IconAccessibleDesc"]) == ("Sitting 41 min",) * 3
    assert (got["IconName"], got["ItemIsMenu"]) == ("", True)


def test_every_size_is_drawn_for_itself(host: Host, inbox: Inbox) -> None:
    face = Face(Posture.STANDING, 0.25)
    with tray(inbox) as shown:
        shown.show(picture(posture=face.posture, share=face.share))
        pixmaps = host.meet().properties()["IconPixmap"]

    assert {width for width, _height, _bytes in pixmaps} >= {16, 22, 24, 32, 48}
    for width, height, pixels in pixmaps:
        assert width == height
        assert bytes(pixels) == argb32(draw(face, width))
    alpha, *colour = pixmaps[0][2][4 * 8 : 4 * 9]
    assert draw(face, 16).getpixel((8, 0)) == (*colour, alpha)


def test_a_click_on_the_icon_is_left_to_the_menu(host: Host, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture())
        with pytest.raises(BusError) as refused:
            host.meet().activate()

    # At this name the known hosts open the menu instead.
    assert refused.value.name == "org.freedesktop.DBus.Error.UnknownMethod"


def test_a_new_posture_is_a_new_icon(host: Host, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture())
        host.meet().quiet()
        before = host.properties()["IconPixmap"]

        shown.show(picture(posture=Posture.STANDING))
        host.heard("NewIcon")

        assert host.properties()["IconPixmap"] != before


def test_what_would_look_the_same_is_not_sent_again(host: Host, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture(silent=True))
        host.meet().quiet()

        shown.show(picture(silent=True, due=True, share=0.01))
        shown.show(picture(state("Held"), silent=True))

        assert host.heard("NewIcon", "LayoutUpdated").member == "LayoutUpdated"


def test_the_title_is_said_at_most_once_a_minute_and_never_lost(host: Host, inbox: Inbox) -> None:
    clock = Moments()
    with tray(inbox, clock) as shown:
        shown.show(picture(title="Sitting 41 min"))
        host.meet().quiet()
        shown.show(picture(title="Sitting 42 min"))
        host.heard("NewTitle")
        host.quiet()

        clock.elapsed = timedelta(seconds=59.7)
        shown.show(picture(state("Standing"), title="Standing"))
        within_the_minute = host.heard("NewTitle", "LayoutUpdated")
        clock.elapsed = timedelta(seconds=60)
        host.heard("NewToolTip")

        assert within_the_minute.member == "LayoutUpdated"
        assert host.properties()["Title"] == "Standing"


def test_an_icon_that_is_taken_away_leaves_the_bus(host: Host, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture())
        host.meet()

    with pytest.raises(BusError):
        host.properties()


def test_a_tray_that_comes_later_gets_the_icon(session: PrivateBus, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture())
        waiting = shown.missing()
        late = Host(session.address).meet()
        inbox.stirred()

        assert waiting is not None
        assert "no system tray is running" in waiting
        assert shown.host_present
        assert shown.missing() is None
        late.close()


def test_a_host_that_restarts_twenty_times_gets_the_icon_once_each_time(
    session: PrivateBus, inbox: Inbox
) -> None:
    with tray(inbox) as shown:
        shown.show(picture())
        for _ in range(20):
            one = Host(session.address).meet()
            until(lambda: shown.host_present)
            assert one.properties()["Status"] == "Active"
            assert one.registered.empty()
            one.close()
            until(lambda: not shown.host_present)

        assert shown.missing() is not None


def test_a_bus_that_restarts_gets_the_icon_again(session: PrivateBus, inbox: Inbox) -> None:
    with tray(inbox) as shown:
        shown.show(picture())
        first = Host(session.address).meet()
        until(lambda: shown.host_present)

        session.stop()
        until(lambda: not shown.host_present)
        session.start()
        second = Host(session.address)
        second.meet()

        until(lambda: shown.host_present)
        assert second.registered.empty()
        first.close()
        second.close()


def test_a_watcher_without_a_host_behind_it_shows_nothing(session: PrivateBus, inbox: Inbox) -> None:
    watcher = Host(session.address, shows_icons=False)
    with tray(inbox) as shown:
        shown.show(picture())
        watcher.meet()
        until(lambda: not shown.host_present)

        watcher.start_showing()

        until(lambda: shown.host_present)
        watcher.close()


def test_on_gnome_the_missing_extension_is_named(
    session: PrivateBus, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    with tray(inbox) as shown:
        shown.show(picture())

        assert "gnome-shell-extension-appindicator" in (shown.missing() or "")


def test_without_bus_and_display_the_tray_says_so_and_nothing_raises(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with tray(inbox) as shown:
        shown.show(picture())
        until(lambda: "no session bus" in (shown.missing() or ""))
        shown.show(picture(posture=Posture.AWAY))

        assert not shown.host_present
        assert len((shown.missing() or "").splitlines()) == 1


def test_nothing_is_missing_before_there_is_anything_to_show(inbox: Inbox) -> None:
    with tray(inbox) as shown:
        assert shown.missing() is None


def fresh_interpreter(script: str) -> str:
    without = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    ran = subprocess.run(
        [sys.executable, "-c", script], env=without, capture_output=True, text=True, check=False, timeout=30
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_pystray_comes_with_the_first_picture_and_brings_neither_gtk_nor_x() -> None:
    seen = fresh_interpreter(
        "import sys\n"
        "import deskbreak.desktop.tray\n"
        "print('pystray' in sys.modules, end=' ')\n"
        "import deskbreak.desktop.freedesktop.item\n"
        "print('pystray' in sys.modules, 'gi' in sys.modules, 'Xlib' in sys.modules)"
    )

    assert seen == "False True False False"
