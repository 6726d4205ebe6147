"""A bus that goes and comes back is used again, without a restart."""

import logging
import queue
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from deskbreak.links.bus import Bus, BusError
from deskbreak.links.rejoin import Rejoin, pauses
from tests.e2e.desk import Desk
from tests.e2e.parts import Part

DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.BUS}) as bus_only:
        yield bus_only


def test_every_user_is_told_of_the_bus_and_of_the_next_one(desk: Desk) -> None:
    tray: queue.SimpleQueue[Bus] = queue.SimpleQueue()
    bell: queue.SimpleQueue[Bus] = queue.SimpleQueue()
    owner = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
    owner.join(tray.put, bell.put)
    first = tray.get(timeout=3)

    desk.stop(Part.BUS)
    desk.start(Part.BUS)
    second = tray.get(timeout=5)

    assert second is not first
    assert second.call(*DAEMON, "GetId")
    assert [bell.get(timeout=3), bell.get(timeout=3)] == [first, second]
    owner.close()


def test_a_bus_that_comes_late_is_joined_and_its_absence_said_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    joined: queue.SimpleQueue[Bus] = queue.SimpleQueue()
    desk.stop(Part.BUS)
    owner = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
    owner.join(joined.put)
    missing = owner.missing
    desk.start(Part.BUS)

    assert joined.get(timeout=5).unique_name.startswith(":")
    assert missing is not None
    assert "cannot reach the bus" in missing
    assert owner.missing is None
    assert len(caplog.records) == 1
    owner.close()


def test_a_lost_bus_is_tried_for_every_few_seconds_and_one_that_never_was_once_a_minute() -> None:
    lost, never_there = (list(islice(pauses(was_there), 100)) for was_there in (True, False))

    assert max(lost) < timedelta(seconds=5)
    assert sum(never_there[:4], timedelta()) <= timedelta(seconds=15)
    assert never_there == sorted(never_there)
    assert never_there[-1] == timedelta(minutes=1)


def test_a_user_that_fails_keeps_nobody_else_from_the_bus(desk: Desk) -> None:
    joined: queue.SimpleQueue[Bus] = queue.SimpleQueue()

    def stumble(_: Bus) -> None:
        raise BusError("no watcher")

    owner = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
    owner.join(stumble, joined.put)

    assert joined.get(timeout=3).unique_name
    owner.close()


def test_what_is_closed_does_not_come_back(desk: Desk) -> None:
    joined: queue.SimpleQueue[Bus] = queue.SimpleQueue()
    owner = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
    owner.join(joined.put)
    bus = joined.get(timeout=3)

    owner.close()

    with pytest.raises(BusError):
        bus.call(*DAEMON, "GetId")
    with pytest.raises(queue.Empty):
        joined.get(timeout=1.5)
