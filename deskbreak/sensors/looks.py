"""Rings at the next input of a source that never does so itself: it looks, while somebody wants to know."""

import socket
from collections.abc import Callable
from datetime import timedelta

from deskbreak.errors import DeskbreakError
from deskbreak.sensors.pauses import Ear

# What is said of the same input twice differs by less.
_SAME = timedelta(milliseconds=50)


class Looks:
    """`Watched` without a connection. `last` is when the last input came, on any clock; None: not said.

    `every` decides how late it rings; nobody is woken while nobody listens.
    """

    def __init__(self, ear: Ear, last: Callable[[], timedelta | None], every: timedelta) -> None:
        self._ear = ear
        self._last = last
        self._every = every
        self._before: timedelta | None = None
        self._silent, self._nobody = socket.socketpair()

    def open(self, again: bool) -> None:
        """There is nothing to connect to."""

    def fileno(self) -> int:
        return self._silent.fileno()

    def prepare(self) -> timedelta | None:
        if not self._ear.open:
            self._before = None
            return None
        if self._before is None:
            self._before = self._last()
        return self._every

    def hear(self) -> None:
        """Nobody sends anything."""

    def waited(self) -> None:
        now, before = self._last(), self._before
        if now is not None and before is not None and abs(now - before) > _SAME:
            self._ear.ring()
        self._before = now

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        """It is never missed."""

    def lost(self, fault: DeskbreakError) -> None:
        """It is never lost."""

    def close(self) -> None:
        self._silent.close()
        self._nobody.close()
