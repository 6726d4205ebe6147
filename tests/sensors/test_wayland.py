"""What is peculiar to the idle source of Wayland compositors, with the real sway and mutter."""

import queue
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.clock import awake
from deskbreak.links.wayland import Wayland, socket_path
from deskbreak.sensors import pauses
from deskbreak.sensors.idle import Refusal
from deskbreak.sensors.wayland import WaylandIdle, find
from tests.e2e.desk import Desk, until
from tests.e2e.hands import SwayHands
from tests.e2e.parts import GNOME, KDE, Part
from tests.sensors.seats import Inbox, WaylandSeat, heard, rings, switches


@pytest.fixture
def sway(tmp_path: Path) -> Iterator[WaylandSeat]:
    with Desk(tmp_path / "desk", {Part.SWAY}) as desk:
        seat = WaylandSeat(desk, Part.SWAY, SwayHands)
        yield seat
        seat.leaves()


def watcher() -> int:
    (found,) = (each.native_id for each in threading.enumerate() if each.name == "wayland")
    assert found is not None
    return found


def test_where_a_quiet_began_is_known_to_a_tenth_of_a_second(sway: WaylandSeat, tmp_path: Path) -> None:
    sway.types()
    sway.source.listen(True)
    sway.stays_quiet(timedelta(milliseconds=500))
    sway.types()
    until(rings(sway), "the input is known exactly")
    told = sway.source.seconds() or 0
    other = find(sway.desk.env, lambda _what: None)
    assert not isinstance(other, Refusal)

    until(lambda: (other.seconds() or 0) > sway.knows.total_seconds() + 0.5, "both know of the quiet")
    apart = (sway.source.seconds() or 0) - (other.seconds() or 0)

    assert told < 0.1
    # Two readings, one after the other.
    assert -0.01 <= apart < 0.1
    other.close()


def test_a_compositor_that_hangs_while_somebody_types_is_lost_until_it_goes_on(
    sway: WaylandSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "ASK_AFTER", timedelta(milliseconds=300))
    sway.types()
    until(lambda: sway.source.seconds() is not None, "it is known")

    sway.desk.send(Part.SWAY, signal.SIGSTOP)
    until(lambda: sway.source.seconds() is None and sway.source.blind, "its silence is noticed")
    sway.desk.send(Part.SWAY, signal.SIGCONT)

    until(lambda: not sway.source.blind, "it is heard again")


def test_typing_that_goes_on_for_long_is_asked_about_and_never_a_quiet(
    sway: WaylandSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "ASK_AFTER", timedelta(milliseconds=300))
    monkeypatch.setattr("deskbreak.sensors.wayland.TRUST", timedelta(milliseconds=900))
    monkeypatch.setattr(pauses, "TRUST", timedelta(milliseconds=900))
    longest, began = 0.0, awake()

    while awake() - began < sway.knows + timedelta(seconds=2):
        sway.types()
        longest = max(longest, sway.source.seconds() or 0)
        assert isinstance(sway.source, WaylandIdle)
        assert not sway.source.inhibited

    assert not sway.source.blind
    assert longest < sway.knows.total_seconds() + 0.1


def test_typing_that_goes_on_is_never_a_quiet(sway: WaylandSeat) -> None:
    sway.types()
    longest = 0.0

    def types_on() -> bool:
        nonlocal longest
        sway.types()
        longest = max(longest, sway.source.seconds() or 0)
        return longest >= sway.knows.total_seconds()

    until(types_on, "the longest that it says of typing")

    assert longest < sway.knows.total_seconds() + 0.1


def test_it_rings_in_the_midst_of_typing(sway: WaylandSeat) -> None:
    sway.types()

    for _again in range(3):
        sway.source.listen(True)
        sway.types()

        until(rings(sway), "it rings while the keys go on", timedelta(seconds=1))


def test_the_watching_thread_sleeps_while_somebody_types(sway: WaylandSeat) -> None:
    sway.types()
    before = switches(watcher())

    for _key in range(20):
        sway.types()

    assert switches(watcher()) == before


def test_a_compositor_without_the_protocol_is_told_of_and_not_asked_again(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", GNOME) as desk:
        screen = Wayland(socket_path(desk.env))
        found = find(desk.env, lambda _what: None)
        assert not isinstance(found, Refusal)

        assert not {"ext_idle_notifier_v1", "org_kde_kwin_idle"} & set(screen.offers)
        assert found.blind
        assert found.hopeless
        assert "ext_idle_notifier_v1" in found.absence
        screen.close()
        found.close()


@pytest.mark.parametrize(
    ("parts", "protocol"),
    [({Part.SWAY}, "org_kde_kwin_idle"), (KDE, "ext_idle_notifier_v1")],
    ids=["sway", "KWin"],
)
def test_both_protocols_are_met(tmp_path: Path, parts: set[Part], protocol: str) -> None:
    with Desk(tmp_path / "desk", parts) as desk:
        screen = Wayland(socket_path(desk.env))

        known = [each for each in ("ext_idle_notifier_v1", "org_kde_kwin_idle") if each in screen.offers]
        assert known[0] == protocol
        screen.close()


def test_a_compositor_that_appears_later_is_picked_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Desk(tmp_path / "desk", {Part.SWAY}) as desk:
        desk.stop(Part.SWAY, kill=True)
        inbox: Inbox = queue.SimpleQueue()
        found = find(desk.env, inbox.put)
        assert not isinstance(found, Refusal)
        lost = (found.blind, found.hopeless)

        desk.start(Part.SWAY)

        until(lambda: not found.blind, "it is there", timedelta(seconds=6))
        assert lost == (True, False)
        assert len([line for line in caplog.messages if "tried again" in line]) == 1
        until(lambda: heard(inbox), "it is told")
        found.close()


def test_a_compositor_that_dies_three_times_is_told_of_three_times(
    sway: WaylandSeat, caplog: pytest.LogCaptureFixture
) -> None:
    for _death in range(3):
        sway.loses_it()
        sway.gets_it_back()

    assert len([line for line in caplog.messages if "tells of no input" in line]) == 3


@pytest.mark.parametrize(
    ("env", "why"),
    [({}, "WAYLAND_DISPLAY is not set"), ({"WAYLAND_DISPLAY": "wayland-0"}, "XDG_RUNTIME_DIR is not set")],
)
def test_where_it_cannot_work_it_says_why(env: dict[str, str], why: str) -> None:
    refusal = find(env, lambda _what: None)

    assert isinstance(refusal, Refusal)
    assert why in refusal.why
