"""What is peculiar to the idle source of GNOME's compositor, with the real mutter."""

import queue
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.clock import awake
from deskbreak.links.bus import Bus
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Stirred
from deskbreak.sensors import pauses
from deskbreak.sensors.mutter import NAME, PATH, find
from tests.e2e.desk import Desk, until
from tests.e2e.parts import GNOME, Part
from tests.sensors.seats import Inbox, MutterSeat, heard, rings, switches


@pytest.fixture
def gnome(tmp_path: Path) -> Iterator[MutterSeat]:
    with Desk(tmp_path / "desk", GNOME) as desk:
        seat = MutterSeat(desk)
        yield seat
        seat.leaves()


def test_how_long_nobody_was_there_before_the_start_is_known(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", GNOME) as desk:
        early = MutterSeat(desk)
        early.types()
        early.stays_quiet(early.knows + timedelta(seconds=0.5))

        late = MutterSeat(desk)

        assert abs((late.source.seconds() or 0) - (early.source.seconds() or 0)) < 0.1
        late.leaves()
        early.leaves()


def test_typing_that_goes_on_is_never_a_quiet(gnome: MutterSeat) -> None:
    gnome.types()
    longest = 0.0

    def types_on() -> bool:
        nonlocal longest
        gnome.types()
        longest = max(longest, gnome.source.seconds() or 0)
        return longest >= gnome.knows.total_seconds()

    until(types_on, "the longest that it says of typing")

    assert longest < gnome.knows.total_seconds() + 0.1


def test_a_mutter_that_hangs_while_somebody_types_is_not_taken_for_typing_for_ever(
    gnome: MutterSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "ASK_AFTER", timedelta(milliseconds=300))
    monkeypatch.setattr(pauses, "TRUST", timedelta(milliseconds=900))
    gnome.source.listen(True)
    gnome.types()
    until(lambda: (gnome.source.seconds() or 9) < 0.5, "the key is known")

    gnome.desk.send(Part.MUTTER, signal.SIGSTOP)
    until(lambda: (gnome.source.seconds() or 0) > gnome.knows.total_seconds() + 0.5, "quiet grows")
    gnome.desk.send(Part.MUTTER, signal.SIGCONT)
    gnome.types()

    until(lambda: (gnome.source.seconds() or 9) < 0.5, "it is believed again")


def test_a_mutter_that_says_nothing_while_somebody_types_on_is_asked(
    gnome: MutterSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "ASK_AFTER", timedelta(milliseconds=300))
    monkeypatch.setattr(pauses, "TRUST", timedelta(milliseconds=900))
    longest, began = 0.0, awake()

    while awake() - began < gnome.knows + timedelta(seconds=2):
        gnome.types()
        longest = max(longest, gnome.source.seconds() or 0)

    assert longest < gnome.knows.total_seconds() + 0.1


def test_a_mutter_that_hangs_delays_nobody_and_is_heard_afterwards(gnome: MutterSeat) -> None:
    gnome.desk.send(Part.MUTTER, signal.SIGSTOP)
    gnome.source.listen(True)
    silent = gnome.source.seconds()
    gnome.desk.send(Part.MUTTER, signal.SIGCONT)
    gnome.stays_quiet(timedelta(milliseconds=300))
    gnome.types()

    assert silent is not None
    until(rings(gnome), "it rings")


def test_the_bus_thread_sleeps_while_somebody_types(gnome: MutterSeat) -> None:
    gnome.types()
    watchers = [each.native_id for each in threading.enumerate() if each.name == "bus"]
    before = [switches(watcher) for watcher in watchers if watcher is not None]

    # The hands are on a bus connection, too: only the other one is looked at.
    for _key in range(20):
        gnome.types()

    after = [switches(watcher) for watcher in watchers if watcher is not None]
    woke = [now - then for now, then in zip(after, before, strict=True)]
    assert min(woke) < 5


class LyingMutter:
    """A service of that name whose idle times cannot be."""

    def __init__(self, address: str, milliseconds: int) -> None:
        self.bus = Bus(address)
        self.bus.export(
            PATH,
            NAME,
            {
                "GetIdletime": lambda _body, _sender: ("t", (milliseconds,)),
                "AddIdleWatch": lambda _body, _sender: ("u", (1,)),
                "AddUserActiveWatch": lambda _body, _sender: ("u", (2,)),
            },
            {},
            f'<interface name="{NAME}"/>',
        )
        daemon = "org.freedesktop.DBus"
        self.bus.call(daemon, "/org/freedesktop/DBus", daemon, "RequestName", "su", (NAME, 0))


@pytest.mark.parametrize("milliseconds", [2**64 - 1, 2**63, 2**32 * 1000])
def test_an_idle_time_that_cannot_be_is_handed_on_to_be_judged(tmp_path: Path, milliseconds: int) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        address = desk.env["DBUS_SESSION_BUS_ADDRESS"]
        liar = LyingMutter(address, milliseconds)
        idle = find(desk.env, lambda _what: None)
        bus = Rejoin(lambda: address)
        bus.join(idle.joined)

        until(lambda: not idle.blind, "it is known")

        assert (idle.seconds() or 0) > 2**31 / 1000
        bus.close()
        liar.bus.close()


def test_without_a_mutter_it_is_blind_and_says_so_once(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        inbox: Inbox = queue.SimpleQueue()
        idle = find(desk.env, inbox.put)
        pending = idle.pending
        bus = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
        bus.join(idle.joined)

        until(lambda: not idle.pending, "the bus has said that there is none")

        assert pending
        assert idle.blind
        assert NAME in idle.absence
        assert heard(inbox) == [Stirred()]
        bus.close()
