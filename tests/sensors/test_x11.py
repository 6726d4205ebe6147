"""What is peculiar to the idle source on a real X server."""

import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.sensors.idle import Refusal
from deskbreak.sensors.x11 import X11Idle, find
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.sensors.seats import X11Seat, rings, switches


@pytest.fixture
def real(tmp_path: Path) -> Iterator[X11Seat]:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        seat = X11Seat(desk)
        yield seat
        seat.source.close()


def test_it_rings_in_the_midst_of_typing(real: X11Seat) -> None:
    real.desk.launch("typist", "xdotool", "type", "--delay", "50", "a" * 400)
    until(lambda: (real.source.seconds() or 9) < 0.2, "somebody types")

    for _again in range(3):
        real.source.listen(True)

        until(rings(real), "it rings while the keys go on", timedelta(seconds=1))


def test_a_server_that_appears_later_is_picked_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        desk.stop(Part.SCREEN, kill=True)
        seat = X11Seat(desk)
        assert seat.source.blind

        seat.gets_it_back()

        assert seat.source.seconds() is not None
        assert len([line for line in caplog.messages if "input goes unnoticed" in line]) == 1
        seat.source.close()


def test_a_server_that_dies_three_times_is_told_of_three_times(
    real: X11Seat, caplog: pytest.LogCaptureFixture
) -> None:
    for _death in range(3):
        real.loses_it()
        real.gets_it_back()

    assert len([line for line in caplog.messages if "input goes unnoticed" in line]) == 3


def test_a_server_that_hangs_says_nothing_and_is_not_lost(real: X11Seat) -> None:
    real.desk.send(Part.SCREEN, signal.SIGSTOP)
    silent = real.source.seconds()
    real.desk.send(Part.SCREEN, signal.SIGCONT)

    assert silent is None
    until(lambda: real.source.seconds() is not None, "it answers again")


def test_the_watching_thread_sleeps_while_somebody_types(real: X11Seat) -> None:
    (watcher,) = (each.native_id for each in threading.enumerate() if each.name == "x11")
    assert watcher is not None
    real.desk.type_text("a")
    before = switches(watcher)

    real.desk.type_text("a" * 40)

    assert switches(watcher) == before


@pytest.mark.parametrize(
    ("env", "why"),
    [
        ({}, "DISPLAY is not set"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "Wayland session"),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "Wayland session"),
        ({"DISPLAY": "elsewhere:0"}, "over a network"),
        ({"DISPLAY": "nonsense"}, "names no display"),
    ],
)
def test_where_it_cannot_work_it_says_why(env: dict[str, str], why: str) -> None:
    refusal = find(env, lambda _what: None)

    assert isinstance(refusal, Refusal)
    assert why in refusal.why


def test_the_source_is_the_x_server_and_nothing_else(real: X11Seat) -> None:
    assert isinstance(real.source, X11Idle)
