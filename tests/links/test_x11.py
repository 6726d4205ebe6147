"""The X11 link against a real X server."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.links.x11 import X11, X11Error, cookie_for, display_number
from deskbreak.links.xidle import SaverIdle, SyncIdle, idle_on
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part, xauthority
from tests.links.servers import server_without


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as running:
        yield running


@pytest.fixture
def link(screen: Desk) -> Iterator[X11]:
    connection = connect(screen)
    yield connection
    connection.close()


def connect(screen: Desk) -> X11:
    return X11(screen.display, Path(screen.env["XAUTHORITY"]))


@pytest.mark.parametrize(("display", "number"), [(":0", 0), (":12", 12), (":3.1", 3), ("unix:7", 7)])
def test_a_local_display_has_a_number(display: str, number: int) -> None:
    assert display_number(display) == number


@pytest.mark.parametrize("display", ["", "0", ":", ":x", ":-1", ":٣", ":999999999", "wayland-0"])
def test_a_display_without_a_number_is_refused(display: str) -> None:
    with pytest.raises(X11Error, match="names no display"):
        display_number(display)


def test_a_display_on_another_machine_is_refused() -> None:
    with pytest.raises(X11Error, match="over a network"):
        display_number("localhost:10.0")


def test_the_cookie_of_the_right_display_is_found_in_a_damaged_file(tmp_path: Path) -> None:
    authority = tmp_path / "cookies"
    authority.write_bytes(xauthority(b"0123456789abcdef") + b"\x01\x00\x00\x09trunc")

    assert cookie_for(authority, 4) == b"0123456789abcdef"
    assert cookie_for(tmp_path / "none", 4) == b""


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(X11Error, match="no X server at DISPLAY=:59999"):
        X11(":59999", Path("/nonexistent"))


def test_a_wrong_cookie_is_refused_with_the_reason_of_the_server(screen: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(xauthority(os.urandom(16)))

    with pytest.raises(X11Error, match=r"refuses: Invalid MIT-MAGIC-COOKIE-1 key"):
        X11(screen.display, wrong)


def test_an_extension_is_found_and_one_that_nobody_has_is_not(link: X11) -> None:
    assert link.extension("SYNC") is not None
    assert link.extension("NO-SUCH-THING") is None


def test_both_extensions_tell_the_same_idle_time_and_it_grows(screen: Desk, link: X11) -> None:
    second = connect(screen)
    by_alarm, by_saver = idle_on(link), SaverIdle(second)
    screen.type_text("a")

    until(lambda: (by_alarm.seconds() or 0) > 0.3, "the idle time grows")
    difference = (by_saver.seconds() or 0) - (by_alarm.seconds() or 0)

    assert isinstance(by_alarm, SyncIdle)
    assert abs(difference) < 0.1
    second.close()


def test_input_makes_the_idle_time_small_again(screen: Desk, link: X11) -> None:
    idle = SyncIdle(link)
    until(lambda: (idle.seconds() or 0) > 1, "a second without input")

    screen.type_text("a")

    assert (idle.seconds() or 9) < 0.5


def test_the_alarm_rings_only_while_armed(screen: Desk, link: X11) -> None:
    idle = SyncIdle(link)
    until(idle.arm, "the server is watching")
    screen.type_text("a")
    until(idle.rang, "the alarm rings")

    idle.disarm()
    screen.type_text("a")
    idle.seconds()

    assert not idle.rang()


def test_a_server_without_sync_is_asked_by_the_screen_saver_extension(screen: Desk) -> None:
    with server_without(b"SYNC", screen.display) as display:
        link = X11(display, Path(screen.env["XAUTHORITY"]))
        idle = idle_on(link)

        assert isinstance(idle, SaverIdle)
        assert idle.seconds() is not None
        link.close()


def test_a_server_that_hangs_is_waited_for_once_and_heard_again(screen: Desk, link: X11) -> None:
    idle = SyncIdle(link)
    screen.send(Part.SCREEN, signal.SIGSTOP)

    hung = idle.seconds(), idle.seconds()
    screen.send(Part.SCREEN, signal.SIGCONT)

    assert hung == (None, None)
    until(lambda: idle.seconds() is not None, "the server answers again", timedelta(seconds=5))


def test_a_server_that_died_is_an_error(screen: Desk, link: X11) -> None:
    idle = SyncIdle(link)
    screen.stop(Part.SCREEN, kill=True)

    with pytest.raises(X11Error, match="the X server is gone"):
        idle.seconds()


def test_a_key_right_after_another_is_heard_though_the_alarm_was_armed_between_them(
    screen: Desk, link: X11
) -> None:
    idle = SyncIdle(link)
    screen.launch("typist", "xdotool", "type", "--delay", "20", "a" * 500)
    until(lambda: (idle.seconds() or 9) < 0.01, "somebody types")

    for _again in range(20):
        until(lambda: (idle.arm(), idle.rang())[1], "the alarm rings", timedelta(seconds=1))
        idle.disarm()
