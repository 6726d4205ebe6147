"""Screens that are shared and cameras that film, on a real PipeWire; GNOME's own compositor shows one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from deskbreak.links.pipewire import Object
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.pictures import at_camera, at_screen
from deskbreak.settings import Settings
from tests.e2e.desk import Desk, until
from tests.e2e.parts import GNOME, Part
from tests.sensors.desktops import SOON, Watching, desk_with, watching
from tests.sensors.pipewire import TAKER, MutterCast, PipeWireServer

BACK = timedelta(seconds=8)
SCREEN, CAMERA = "portal-screen", "usb-camera"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, Part.BUS) as desk:
        yield desk


def shared(senses: Watching) -> bool:
    return Hold.SHARING in senses.read().holds


def account(senses: Watching, serves: Serves, source: str) -> Account:
    (found,) = (each for each in senses.senses.why() if (each.serves, each.source) == (serves, source))
    return found


def test_a_shared_gnome_screen_holds_as_long_as_somebody_looks(tmp_path: Path) -> None:
    with desk_with(tmp_path, *GNOME) as desk:
        server = PipeWireServer(desk)
        with watching(desk) as senses:
            cast = MutterCast(server)
            assert not shared(senses)
            viewer = server.takes("mutter")
            until(lambda: shared(senses), "somebody looks", SOON)
            until(senses.stirred, "it rings", SOON)

            viewer.kill()
            until(lambda: not shared(senses), "nobody looks any more", SOON)
            until(senses.stirred, "it rings", SOON)
            server.takes("mutter")
            until(lambda: shared(senses), "somebody looks again", SOON)
            cast.stop()

            until(lambda: not shared(senses), "the screen is no longer shown", SOON)
            cast.close()


def test_a_screen_that_is_shared_already_is_known_at_the_start(bare: Desk) -> None:
    server = PipeWireServer(bare)
    server.shows(SCREEN)
    server.takes(SCREEN)
    with watching(bare) as senses:
        until(lambda: shared(senses), "it is known", SOON)
        says = account(senses, Serves.SHARING, "screen sharing")

        senses.senses.heed(Settings(holds=frozenset({Hold.CALL})))

        assert (says.used, says.says) == (True, f"watched by {TAKER}")
        assert not senses.read().holds


def test_a_camera_over_pipewire_is_a_call_and_no_shared_screen(bare: Desk) -> None:
    server = PipeWireServer(bare)
    server.shows(CAMERA, media_role="Camera")
    with watching(bare) as senses:
        viewer = server.takes(CAMERA)
        until(lambda: senses.read().call, "the call is noticed", SOON)
        assert senses.read().holds == frozenset({Hold.CALL})
        assert account(senses, Serves.CALL, "camera over PipeWire").says == f"in use by {TAKER}"
        senses.senses.heed(Settings(ignore_calls_by=(TAKER.upper(),)))
        assert not senses.read().call
        senses.senses.heed(Settings())

        viewer.kill()

        until(lambda: not senses.read().call, "its end is noticed", SOON)


def test_a_virtual_camera_that_says_nothing_of_itself_is_no_shared_screen(bare: Desk) -> None:
    server = PipeWireServer(bare)
    server.shows("studio")
    with watching(bare) as senses:
        server.takes("studio")
        until(lambda: senses.read().call, "the call is noticed", SOON)

        assert senses.read().holds == frozenset({Hold.CALL})
        assert account(senses, Serves.SHARING, "screen sharing").says.startswith("nobody takes")


def test_pipewire_that_dies_ends_the_hold_and_is_heard_again_when_it_is_back(bare: Desk) -> None:
    server = PipeWireServer(bare)
    screen = server.shows(SCREEN)
    server.takes(SCREEN)
    with watching(bare) as senses:
        until(lambda: shared(senses), "it is known", SOON)
        server.kill()
        screen.kill()
        screen.wait()
        until(lambda: not shared(senses), "nobody says so any more", SOON)
        until(lambda: not account(senses, Serves.SHARING, "screen sharing").used, "it says so", SOON)

        server.start()
        server.shows(SCREEN)
        server.takes(SCREEN)

        until(lambda: shared(senses), "it is heard again", BACK)


def test_a_desktop_without_pipewire_says_what_would_mend_it(bare: Desk) -> None:
    with watching(bare) as senses:
        until(
            lambda: "reached" in account(senses, Serves.SHARING, "screen sharing").says, "it is sought", SOON
        )

        says = account(senses, Serves.SHARING, "screen sharing")

        assert not says.used
        assert says.mend == "pause deskbreak while you share the screen"


@pytest.mark.parametrize("program", ["plasmashell", "gnome-remote-desktop-daemon"])
def test_what_only_the_person_looks_at_is_not_shared(program: str) -> None:
    objects = {
        1: Object("Node", {"media.class": "Stream/Output/Video", "node.name": "kwin"}),
        2: Object("Node", {"media.class": "Stream/Input/Video", "client.id": "4"}),
        3: Object("Link", {"link.output.node": "1", "link.input.node": "2"}),
        4: Object("Client", {"application.name": program}),
    }

    assert at_screen(objects) == ()
    assert at_screen(objects | {4: Object("Client", {"application.name": "OBS"})}) == (frozenset({"obs"}),)


def test_sound_is_no_picture_and_half_told_objects_are_no_fault() -> None:
    objects = {
        1: Object("Node", {"media.class": "Stream/Output/Audio"}),
        2: Object("Link", {"link.output.node": "1", "link.input.node": "7"}),
        3: Object("Link", {}),
        5: Object("Node", {"media.class": "Stream/Output/Video"}),
        6: Object("Link", {"link.output.node": "5", "link.input.node": "7"}),
    }

    assert at_screen(objects) == (frozenset(),)


@pytest.mark.parametrize(
    ("sender", "node", "taker"),
    [
        ("gnome-shell", {"media.class": "Stream/Output/Video", "node.name": "gnome-shell"}, {}),
        ("kwin_wayland", {"media.class": "Stream/Output/Video", "node.name": "kwin_wayland"}, {}),
        ("xdg-desktop-portal-wlr", {"media.class": "Video/Source"}, {}),
        ("xdg-desktop-portal-hyprland", {"media.class": "Video/Source"}, {}),
        ("", {"media.class": "Video/Source", "node.name": "xdpw-stream-1q8fhz"}, {}),
        ("", {"media.class": "Video/Source", "node.name": "cosmic-screenshot"}, {}),
        ("a compositor", {"media.class": "Video/Source", "media.role": "Screen"}, {}),
        ("a compositor", {"media.class": "Video/Source"}, {"media.role": "Screen"}),
    ],
)
def test_what_compositors_and_portals_send_is_a_screen(
    sender: str, node: dict[str, str], taker: dict[str, str]
) -> None:
    objects = taken(sender, node, taker)

    assert at_screen(objects) == (frozenset({"meeting"}),)
    assert at_camera(objects) == ()


@pytest.mark.parametrize(
    ("sender", "node", "taker"),
    [
        ("WirePlumber", {"media.class": "Video/Source", "media.role": "Camera", "device.id": "7"}, {}),
        ("WirePlumber", {"media.class": "Video/Source", "device.id": "7", "node.name": "v4l2_input"}, {}),
        ("obs", {"media.class": "Video/Source", "media.role": "Camera", "node.name": "OBS Studio"}, {}),
        ("obs", {"media.class": "Video/Source", "node.name": "OBS Virtual Camera"}, {}),
        ("obs", {"media.class": "Stream/Output/Video"}, {"media.role": "Camera"}),
    ],
)
def test_a_camera_and_what_passes_for_one_is_no_screen(
    sender: str, node: dict[str, str], taker: dict[str, str]
) -> None:
    objects = taken(sender, node, taker)

    assert at_screen(objects) == ()
    assert at_camera(objects) == (frozenset({"meeting"}),)


def taken(sender: str, node: dict[str, str], taker: dict[str, str]) -> dict[int, Object]:
    """A meeting takes what `node`, of the program `sender`, shows."""
    return {
        1: Object("Client", {"application.name": sender}),
        2: Object("Node", {"client.id": "1"} | node),
        3: Object("Client", {"application.name": "meeting"}),
        4: Object("Node", {"client.id": "3", "media.class": "Stream/Input/Video"} | taker),
        5: Object("Link", {"link.output.node": "2", "link.input.node": "4"}),
    }
