"""The Wayland link: on the real sway, and before a compositor that sends what it should not."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from deskbreak.links.wayland import Wayland, WaylandError, socket_path
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part


@pytest.fixture
def sway(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.SWAY}) as desk:
        yield desk


def test_it_lists_what_the_compositor_offers(sway: Desk) -> None:
    screen = Wayland(socket_path(sway.env))

    assert {"wl_seat", "wl_compositor", "org_kde_kwin_idle"} <= set(screen.offers)
    assert screen.offers["wl_seat"].version >= 1
    screen.close()


def test_what_is_bound_sends_its_events(sway: Desk) -> None:
    screen = Wayland(socket_path(sway.env))
    seat = screen.bind("wl_seat")

    events = screen.settle()

    assert any(each.sender == seat for each in events)
    screen.close()


def test_a_mistake_is_told_with_the_compositors_words(sway: Desk) -> None:
    screen = Wayland(socket_path(sway.env))
    screen.request(4711, 0)

    with pytest.raises(WaylandError, match="refuses: invalid object 4711"):
        screen.settle()

    screen.close()


def test_a_compositor_that_dies_is_gone_and_not_waited_for(sway: Desk) -> None:
    screen = Wayland(socket_path(sway.env))

    sway.stop(Part.SWAY, kill=True)

    with pytest.raises(WaylandError, match="gone"):
        until(lambda: screen.receive() and False, "the loss is noticed")
    screen.close()


@pytest.mark.parametrize(
    ("env", "path"),
    [
        ({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/run/user/1000"}, "/run/user/1000/wayland-1"),
        ({"WAYLAND_DISPLAY": "/srv/door"}, "/srv/door"),
        ({"WAYLAND_DISPLAY": "/srv/door", "XDG_RUNTIME_DIR": "/run/user/1000"}, "/srv/door"),
    ],
)
def test_the_socket_is_where_the_environment_says(env: dict[str, str], path: str) -> None:
    assert socket_path(env) == Path(path)


@pytest.mark.parametrize(
    ("env", "why"),
    [({}, "WAYLAND_DISPLAY is not set"), ({"WAYLAND_DISPLAY": "wayland-1"}, "XDG_RUNTIME_DIR is not set")],
)
def test_an_environment_that_names_no_socket_is_told(env: dict[str, str], why: str) -> None:
    with pytest.raises(WaylandError, match=why):
        socket_path(env)


def test_a_socket_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WaylandError, match="no Wayland compositor at"):
        Wayland(tmp_path / "nothing")


@contextmanager
def compositor(path: Path, says: bytes) -> Iterator[None]:
    """Something that takes one connection, says this, and listens until it is left."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()

        def serve() -> None:
            with door.accept()[0] as client, suppress(OSError):
                client.sendall(says)
                while client.recv(4096):
                    pass

        porter = threading.Thread(target=serve)
        porter.start()
        yield
        porter.join()


def message(sender: int, opcode: int, body: bytes) -> bytes:
    return struct.pack("=II", sender, (8 + len(body)) << 16 | opcode) + body


@pytest.mark.parametrize(
    "says",
    [
        struct.pack("=II", 2, 0),
        struct.pack("=II", 2, 9 << 16) + b"?",
        message(2, 0, b""),
        message(2, 0, struct.pack("=II", 1, 2**32 - 1)[:4]),
        message(1, 0, b"\0\0\0\0"),
    ],
)
def test_what_cannot_be_read_ends_the_connection_at_once(tmp_path: Path, says: bytes) -> None:
    with compositor(tmp_path / "door", says), pytest.raises(WaylandError, match="cannot be read"):
        Wayland(tmp_path / "door")


def test_a_compositor_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    with compositor(tmp_path / "door", b""), pytest.raises(WaylandError, match="does not answer"):
        Wayland(tmp_path / "door")
