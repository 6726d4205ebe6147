"""Notification servers for tests: one of our own on the same bus link, and the real ones, pressed alike."""

import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from deskbreak.links.bus import Bus, BusError
from tests.e2e.desk import Desk, until
from tests.e2e.parts import XFCONFD, Part, needs

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
NOTIFYD = XFCONFD.parent.parent / "notifyd" / "xfce4-notifyd"
EXPIRED, DISMISSED, BY_CALL = 1, 2, 3


class Board(Protocol):
    """A notification server as the person at the desk uses it; `address` is that of its bus."""

    address: str

    def press(self, label: str) -> None: ...

    def dismiss(self) -> None: ...

    def showing(self) -> bool: ...

    def restart(self) -> None: ...


class Note:
    """One call of Notify as it came in."""

    def __init__(self, body: tuple[object, ...], number: int) -> None:
        self.number = number
        (self.app, self.replaces, self.icon, self.title, self.body, actions, hints, self.timeout) = body
        assert isinstance(actions, list)
        assert isinstance(hints, dict)
        self.keys = dict(zip(actions[1::2], actions[::2], strict=True))
        self.urgency = hints["urgency"][1]
        self.entry = hints["desktop-entry"][1]
        signature, self.image = hints.get("image-data", ("", None))
        assert signature in ("", "(iiibiiay)")


class FakeBoard:
    """A notification server that does as the test says: hangs, refuses, restarts, numbers oddly."""

    def __init__(
        self,
        address: str,
        capabilities: tuple[str, ...] = ("actions", "body", "body-markup"),
        program: str = "board",
        numbers: tuple[int, ...] = (),
    ) -> None:
        self.address = address
        self.capabilities = capabilities
        self.program = program
        self.notes: list[Note] = []
        self.gone: list[tuple[int, int]] = []
        self.refusal: BusError | None = None
        self.answer: tuple[str, tuple[object, ...]] | None = None
        self.dies = False
        self._numbers = list(numbers)
        self._awake = threading.Event()
        self._awake.set()
        self._open()

    def _open(self) -> None:
        self._bus = Bus(self.address)
        self._bus.export(
            PATH,
            NAME,
            {
                "GetServerInformation": lambda _body, _sender: ("ssss", (self.program, "us", "1", "1.2")),
                "GetCapabilities": lambda _body, _sender: ("as", (list(self.capabilities),)),
                "Notify": self._notify,
                "CloseNotification": self._close,
            },
            {},
            "",
        )
        self._bus.hear(interface="org.example.Test", member="Hang", to=lambda _: self._hang())
        daemon = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        self._bus.call(*daemon, "RequestName", "su", (NAME, 4))

    def _notify(self, body: tuple[object, ...], _sender: str) -> tuple[str, tuple[object, ...]]:
        if self.refusal is not None:
            raise self.refusal
        if self.dies:
            self._bus.close()
        if self.answer is not None:
            return self.answer
        replaced = body[1]
        number = self._numbers.pop(0) if self._numbers else (replaced or len(self.notes) + 1)
        assert isinstance(number, int)
        self.notes.append(Note(body, number))
        return "u", (number,)

    def _close(self, body: tuple[object, ...], _sender: str) -> tuple[str, tuple[object, ...]]:
        (number,) = body
        assert isinstance(number, int)
        self.say_closed(number, BY_CALL)
        return "", ()

    def say_closed(self, number: int, reason: int) -> None:
        self.gone.append((number, reason))
        self._bus.emit(PATH, NAME, "NotificationClosed", "uu", (number, reason))

    def say_pressed(self, number: int, key: object) -> None:
        self._bus.emit(PATH, NAME, "ActionInvoked", "us", (number, key))

    def press(self, label: str) -> None:
        self.say_pressed(self.notes[-1].number, self.notes[-1].keys[label])

    def dismiss(self) -> None:
        self.say_closed(self.notes[-1].number, DISMISSED)

    def expire(self) -> None:
        self.say_closed(self.notes[-1].number, EXPIRED)

    def showing(self) -> bool:
        return bool(self.notes) and self.notes[-1].number not in [number for number, _ in self.gone]

    def hang(self, by: Bus) -> None:
        """Answer nothing from now on, until `wake`."""
        self._awake.clear()
        by.emit("/", "org.example.Test", "Hang")

    def wake(self) -> None:
        self._awake.set()

    def _hang(self) -> None:
        self._awake.wait(30)

    def restart(self) -> None:
        self.close()
        self._open()

    def close(self) -> None:
        self.wake()
        self._bus.close()


class DunstBoard:
    """dunst: its own control answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.address = desk.env["DBUS_SESSION_BUS_ADDRESS"]

    def press(self, label: str) -> None:
        self._desk.press(label)

    def dismiss(self) -> None:
        self._desk.dunstctl("close")

    def showing(self) -> bool:
        return self._desk.dunstctl("count", "displayed") != "0"

    def restart(self) -> None:
        self._desk.stop(Part.NOTICES)
        self._desk.start(Part.NOTICES)


class XfceBoard:
    """xfce4-notifyd: the pointer presses what is on the screen."""

    # Three buttons in a row, equally far apart from the window's lower edge: measured from its corner.
    _BUTTONS = {"Start": 56, "Snooze 10 min": 162, "Skip": 267}  # noqa: RUF012

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.address = desk.env["DBUS_SESSION_BUS_ADDRESS"]
        desk.launch("settings", str(XFCONFD))
        until(lambda: desk.owned("org.xfce.Xfconf"), "the settings service answers")
        self._start()

    def _start(self) -> None:
        self._server = self._desk.launch("notifyd", str(NOTIFYD))
        until(lambda: self._desk.owned(NAME), "xfce4-notifyd answers")

    def _windows(self) -> list[str]:
        return self._desk.run("xdotool", "search", "--onlyvisible", "--name", "xfce4-notifyd").split()

    def _click(self, right: int, up: int) -> None:
        until(self._windows, "the card is on the screen")
        placed: dict[str, int] = {}
        with suppress(ValueError):
            said = self._desk.run("xdotool", "getwindowgeometry", "--shell", self._windows()[0])
            placed = {key: int(value) for key, _, value in (row.partition("=") for row in said.split())}
        self._desk.click(placed["X"] + right, placed["Y"] + placed["HEIGHT"] - up)

    def press(self, label: str) -> None:
        self._click(self._BUTTONS[label], 32)

    def dismiss(self) -> None:
        self._click(120, 70)

    def showing(self) -> bool:
        return bool(self._windows())

    def restart(self) -> None:
        self._server.terminate()
        self._server.wait(5)
        until(lambda: not self._desk.owned(NAME), "xfce4-notifyd is gone", timedelta(seconds=5))
        self._start()


def desk_for(kind: str, folder: Path) -> Desk:
    """The desktop that this kind of server runs on."""
    parts = {Part.BUS} if kind == "fake" else {Part.BUS, Part.SCREEN, Part.WINDOWS}
    if kind == "xfce4-notifyd":
        needs((str(NOTIFYD), "xfce4-notifyd"), (str(XFCONFD), "xfconf"))
    return Desk(folder, parts | {Part.NOTICES} if kind == "dunst" else parts)
