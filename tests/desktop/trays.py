"""A tray host for tests, written with our own link, and a stage on which a tray meets it."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.events import Event, Snoozed, Started, StoodUp
from deskbreak.core.postures import Posture
from deskbreak.desktop.tray import Tray
from deskbreak.links.bus import Bus, Property, Signal
from deskbreak.ports import Choose, Errand, Face, MenuRow, Picture, Separator, Stirred

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
ITEM_PATH = "/StatusNotifierItem"
DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
NOTHING = ("s", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the host got it."""

    number: int
    properties: dict[str, object]
    lines: tuple["Line", ...]

    @property
    def label(self) -> object:
        return self.properties.get("label", "---")


def line(served: Any) -> Line:
    number, properties, below = served
    return Line(
        number, {key: value for key, (_, value) in properties.items()}, tuple(line(v) for _, v in below)
    )


class Host:
    """A watcher with a host behind it (or not): it owns the well-known name until `close`."""

    def __init__(self, address: str, shows_icons: bool = True) -> None:
        self.registered: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.signals: queue.SimpleQueue[Signal] = queue.SimpleQueue()
        self.shows_icons = shows_icons
        self._bus = Bus(address)
        for interface, members in (
            (ITEM, ("NewIcon", "NewTitle", "NewToolTip", "NewStatus")),
            (MENU, ("LayoutUpdated", "ItemsPropertiesUpdated")),
        ):
            for member in members:
                self._bus.hear(interface=interface, member=member, to=self.signals.put)
        methods = {"RegisterStatusNotifierItem": self._register}
        shows = {"IsStatusNotifierHostRegistered": Property("b", lambda: self.shows_icons)}
        self._bus.export("/StatusNotifierWatcher", WATCHER, methods, shows, "")
        self._bus.call(*DAEMON, "RequestName", "su", (WATCHER, 4))
        self.item = ""

    def _register(self, body: tuple[object, ...], sender: str) -> tuple[str, tuple[object, ...]]:
        assert body == (sender,)
        self.registered.put(sender)
        return "", ()

    def meet(self) -> "Host":
        """Waits for an icon to register."""
        self.item = self.registered.get(timeout=5)
        return self

    def start_showing(self) -> None:
        self.shows_icons = True
        self._bus.emit("/StatusNotifierWatcher", WATCHER, "StatusNotifierHostRegistered")

    def close(self) -> None:
        self._bus.close()

    def properties(self) -> dict[str, Any]:
        (got,) = self._bus.call(
            self.item, ITEM_PATH, "org.freedesktop.DBus.Properties", "GetAll", "s", (ITEM,)
        )
        assert isinstance(got, dict)
        return {name: value for name, (_, value) in got.items()}

    def activate(self) -> None:
        self._bus.call(self.item, ITEM_PATH, ITEM, "Activate", "ii", (0, 0))

    def menu(self, member: str, signature: str, *body: object) -> tuple[Any, ...]:
        path = self.properties()["Menu"]
        return self._bus.call(self.item, path, MENU, member, signature, body)

    def layout(self, parent: int = 0, depth: int = -1, *names: str) -> tuple[int, Line]:
        revision, served = self.menu("GetLayout", "iias", parent, depth, list(names))
        return revision, line(served)

    def find(self, label: str) -> Line:
        waiting = [self.layout()[1]]
        while waiting:
            found = waiting.pop()
            if found.label == label:
                return found
            waiting += found.lines
        raise AssertionError(f"no row says {label}")

    def press(self, number: int) -> None:
        self.menu("Event", "isvu", number, "clicked", NOTHING, 0)

    def heard(self, *members: str, within: timedelta = timedelta(seconds=5)) -> Signal:
        """The next signal with one of these names."""
        while True:
            signal = self.signals.get(timeout=within.total_seconds())
            if signal.member in members:
                return signal

    def quiet(self) -> None:
        """Forgets what was heard, after all of it has arrived."""
        self.properties()
        while not self.signals.empty():
            self.signals.get()


@dataclass
class Moments:
    """A clock that the test moves."""

    elapsed: timedelta = timedelta(0)
    real: SystemClock = field(default_factory=lambda: SystemClock(axis_at_launch(None)))

    def now(self) -> Any:
        return replace(self.real.now(), elapsed=self.elapsed)


class Inbox:
    """What reached the loop."""

    def __init__(self) -> None:
        self._got: queue.SimpleQueue[object] = queue.SimpleQueue()

    def put(self, what: object) -> None:
        self._got.put(what)

    def stirred(self, within_s: float = 5) -> None:
        assert self._got.get(timeout=within_s) == Stirred()

    def chosen(self, within_s: float = 5) -> object:
        """The next thing that somebody chose."""
        while (got := self._got.get(timeout=within_s)) == Stirred():
            pass
        return got

    def empty(self) -> bool:
        return self._got.empty()


def picture(*rows: MenuRow, title: str = "Sitting 41 min", **face: Any) -> Picture:
    return Picture(Face(face.pop("posture", Posture.SITTING), **face), title, rows or USUAL)


def snooze(*minutes: int) -> Choose:
    return Choose("Snooze", rows=tuple(Choose(f"{m} min", Snoozed(timedelta(minutes=m))) for m in minutes))


def state(text: str) -> Choose:
    return Choose(text)


def does(label: str, choice: Event | Errand, checked: bool | None = None) -> Choose:
    return Choose(label, choice, checked=checked)


USUAL: tuple[MenuRow, ...] = (
    state("Sitting 41 min"),
    Separator(),
    does("Take a break now", Started()),
    does("I'm standing", StoodUp()),
    snooze(5, 10),
    Separator(),
    does("Quit", Errand.QUIT),
)


@contextmanager
def tray(inbox: Inbox, clock: Any = None) -> Iterator[Tray]:
    shown = Tray(inbox.put, clock or SystemClock(axis_at_launch(None)))
    try:
        yield shown
    finally:
        shown.close()
