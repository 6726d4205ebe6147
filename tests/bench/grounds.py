"""The desktops on which the program is measured, each with a login service, and hands that type there."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from tests.e2e.desk import Desk
from tests.e2e.hands import KwinHands, MutterHands, SwayHands
from tests.e2e.parts import DESKTOP, GNOME, KDE, LOGIN, SWAY, Part

WATCHER = "org.kde.StatusNotifierWatcher"
_KEYS_APART_S = 0.12


class Hands(Protocol):
    def types(self) -> None: ...

    def leave(self) -> None: ...


class _X11Hands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def types(self) -> None:
        self._desk.run("xdotool", "key", "a")

    def leave(self) -> None:
        """Nothing of it is left behind."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A kind of desktop; `hands` are those of somebody who sits at it."""

    parts: frozenset[Part]
    hands: Callable[[Desk], Hands]


GROUNDS: Mapping[str, Ground] = {
    "x11": Ground(DESKTOP | LOGIN, _X11Hands),
    "sway": Ground(SWAY | LOGIN, lambda desk: SwayHands(desk.env)),
    "mutter": Ground(GNOME | LOGIN, lambda desk: MutterHands(desk.env["DBUS_SESSION_BUS_ADDRESS"])),
    "kwin": Ground(KDE | LOGIN, lambda desk: KwinHands(desk.env)),
}


@contextmanager
def typing(hands: Hands) -> Iterator[None]:
    """Somebody types, key after key, until the end of the block."""
    enough = threading.Event()

    def types_on() -> None:
        while not enough.wait(_KEYS_APART_S):
            hands.types()

    typist = threading.Thread(target=types_on, name="typist")
    typist.start()
    try:
        yield
    finally:
        enough.set()
        typist.join()
