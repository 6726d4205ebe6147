"""A desk's session bus as the senses hear it: wired as the program wires them, and parts to play on it."""

import queue
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from deskbreak.core.events import Reading
from deskbreak.links.bus import Bus, Method, Property
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Stirred
from deskbreak.sensors import Senses
from tests.e2e.desk import Desk
from tests.e2e.parts import Part
from tests.fakes import FakeClock

SOON = timedelta(seconds=5)
_DBUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class Watching:
    """Senses on the session bus of a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.clock = FakeClock()
        self.clock.passes(timedelta(days=1))
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.senses = Senses(desk.env, self.clock, self.inbox.put)
        self._session = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self._session.join(self.senses.session_joined)

    def read(self) -> Reading:
        return self.senses.read()

    def stirred(self) -> bool:
        """Whether the senses rang since this was asked last."""
        rang = False
        with suppress(queue.Empty):
            while True:
                rang |= self.inbox.get_nowait() == Stirred()
        return rang

    def end(self) -> None:
        self._session.close()
        self.senses.close()


@contextmanager
def watching(desk: Desk) -> Iterator[Watching]:
    senses = Watching(desk)
    try:
        yield senses
    finally:
        senses.end()


@contextmanager
def desk_with(folder: Path, *parts: Part) -> Iterator[Desk]:
    with Desk(folder / "desk", parts) as desk:
        yield desk


class Service:
    """A program on the bus with one object, and the values of its properties with their signatures."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        path: str,
        interface: str,
        methods: Mapping[str, Method] | None = None,
        properties: Mapping[str, tuple[str, object]] | None = None,
    ) -> None:
        self.path, self.interface = path, interface
        self._values = dict(properties or {})
        self.bus = Bus(desk.env["DBUS_SESSION_BUS_ADDRESS"])
        offered = {
            each: Property(signature, lambda each=each: self._values[each][1])  # type: ignore[misc]
            for each, (signature, _value) in self._values.items()
        }
        self.bus.export(path, interface, methods or {}, offered, f'<interface name="{interface}"/>')
        self.bus.call(*_DBUS, "RequestName", "su", (name, 0))

    def changes(self, name: str, value: object) -> None:
        """The property has this value from now on, and everybody is told."""
        self._values[name] = (self._values[name][0], value)
        gone: list[str] = []
        body = (self.interface, {name: self._values[name]}, gone)
        self.bus.emit(self.path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body)

    def quit(self) -> None:
        self.bus.close()


class Player(Service):
    """A media player as MPRIS has it."""

    def __init__(self, desk: Desk, status: str) -> None:
        super().__init__(
            desk,
            "org.mpris.MediaPlayer2.cinema.instance7",
            "/org/mpris/MediaPlayer2",
            "org.mpris.MediaPlayer2.Player",
            properties={"PlaybackStatus": ("s", status)},
        )

    def turns(self, status: str) -> None:
        self.changes("PlaybackStatus", status)


class Power(Service):
    """What GNOME's session, Plasma or Xfce say of a screen kept awake."""

    def __init__(self, desk: Desk, at: str, interface: str, question: str, news: str, awake: bool) -> None:
        self._awake, self._news = awake, news
        answer = {question: lambda _body, _sender: ("b", (self._awake,))}
        super().__init__(desk, interface.removesuffix(".Inhibit"), at, interface, answer)

    def keeps_awake(self, awake: bool) -> None:
        self._awake = awake
        self.bus.emit(self.path, self.interface, self._news)


def gnome(desk: Desk, awake: bool) -> Power:
    name = "org.gnome.SessionManager"
    return Power(desk, "/org/gnome/SessionManager", name, "IsInhibited", "InhibitorAdded", awake)


def plasma(desk: Desk, awake: bool) -> Power:
    name = "org.kde.Solid.PowerManagement.PolicyAgent"
    path = "/org/kde/Solid/PowerManagement/PolicyAgent"
    return Power(desk, path, name, "HasInhibition", "InhibitionsChanged", awake)


def xfce(desk: Desk, awake: bool) -> Power:
    name = "org.freedesktop.PowerManagement.Inhibit"
    path = "/org/freedesktop/PowerManagement/Inhibit"
    return Power(desk, path, name, "HasInhibit", "HasInhibitChanged", awake)
