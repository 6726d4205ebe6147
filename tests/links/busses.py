"""A desktop with nothing but a message bus on it, for what needs no more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.e2e import desk
from tests.e2e.parts import Part


@dataclass(frozen=True, slots=True)
class PrivateBus:
    """A session bus that can be stopped, and started again at the same address."""

    address: str
    desk: desk.Desk

    def start(self) -> None:
        self.desk.start(Part.BUS)

    def stop(self) -> None:
        self.desk.stop(Part.BUS)


@contextmanager
def private_bus(folder: Path) -> Iterator[PrivateBus]:
    with desk.Desk(folder / "desk", {Part.BUS}) as bus_only:
        yield PrivateBus(bus_only.env["DBUS_SESSION_BUS_ADDRESS"], bus_only)


def until(true: Callable[[], object]) -> None:
    """Waits for a condition; fails the test when it has not come true in time."""
    desk.until(true, "the condition holds", timedelta(seconds=5))
