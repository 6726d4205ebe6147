"""One thread that has a connection: it waits for its word and, while it is lost, for its return.

It decides nothing, and wakes for nothing else but a call of the loop's.
"""

import select
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.sensors.arrival import Arrival

_PAUSES = tuple(timedelta(seconds=pause) for pause in (1, 2, 3, 4))
_SELDOM = timedelta(minutes=1)


def close_all(closes: Iterable[Callable[[], None]], within: timedelta) -> None:
    """Have all that watches close at the same time; returns when it has, at the latest after `within`.

    What hangs is left to itself, and what it still uses is not closed: the end of the program ends it.
    """
    closing = [threading.Thread(target=close, name="closing", daemon=True) for close in closes]
    for each in closing:
        each.start()
    until = awake() + within
    for each in closing:
        each.join(max(timedelta(), until - awake()).total_seconds())


class Watched(Protocol):
    """A connection that may be lost and come back; the watching thread alone calls, but for `Watch.open`."""

    def open(self, again: bool) -> None:
        """Connect; `again`: it was missed or lost before. Raises DeskbreakError where that cannot be."""

    def fileno(self) -> int:
        """What it is heard by; asked only while it is open."""

    def prepare(self) -> timedelta | None:
        """Called before each wait: what is to be done by now; returns how long to wait, None: for a word.

        Raises DeskbreakError where it is lost; so do `hear` and `waited`.
        """

    def hear(self) -> None:
        """It has sent something."""

    def waited(self) -> None:
        """As long as `prepare` said nobody has said anything."""

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        """`open` has failed; `first`: for the first time since it was there."""

    def lost(self, fault: DeskbreakError) -> None:
        """What was open is gone: close it."""

    def close(self) -> None:
        """The end of all: close what is open."""


class Watch:
    """The thread; a lost `watched` is tried after each of the `pauses`.

    After the last it is waited for at `place`, the path of its socket, where the system tells of files, and
    tried once a minute, as it may have come elsewhere. With a socket there, and nobody behind it, or no word
    of files, it is tried after the last pause again and again.
    """

    def __init__(
        self, name: str, watched: Watched, pauses: tuple[timedelta, ...] = _PAUSES, place: Path | None = None
    ) -> None:
        self._watched = watched
        self._pauses = pauses
        self._arrival = None if place is None else Arrival(place)
        self._bell, self._rung = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._there = False
        self._attempts = 0
        self._ended = False

    def open(self) -> None:
        """For who cannot wait for the thread to do so: before `start`."""
        try:
            self._watched.open(again=self._attempts > 0)
        except DeskbreakError as fault:
            self._watched.missed(fault, first=self._attempts == 0)
            self._attempts += 1
        else:
            self._there = True
            self._attempts = 0

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """For the loop: have the thread prepare again, because there is something new to do."""
        with suppress(BlockingIOError):
            # The bell is full only of calls that nobody has attended to for long: something that hangs.
            self._bell.send(b".")

    def end(self) -> None:
        """Returns when the thread has ended and its connection is closed, however long that takes."""
        self._ended = True
        self.wake()
        if self._thread.ident is not None:
            self._thread.join()
        self._bell.close()
        self._rung.close()

    def _run(self) -> None:
        while not self._ended:
            if self._there:
                self._attend()
            elif not self._attempts or self._waited():
                self.open()
        if self._there:
            self._watched.close()
        if self._arrival is not None:
            self._arrival.close()

    def _waited(self) -> bool:
        """Whether it is time to try again, and no call of the loop's."""
        pause = self._pauses[min(self._attempts, len(self._pauses)) - 1]
        sides = [self._rung.fileno()]
        arrival = self._arrival
        if arrival is not None:
            arrival.watch()
            if arrival.told:
                sides.append(arrival.fileno())
                soon = self._attempts < len(self._pauses) or arrival.there
                pause = pause if soon else _SELDOM
        ready = self._ready(pause, *sides)
        if arrival is None or not arrival.told or arrival.fileno() not in ready:
            return not ready
        came = arrival.came()
        if came:
            # It may be there a moment before it can be talked to.
            self._attempts = 1
        return came

    def _attend(self) -> None:
        try:
            patience = self._watched.prepare()
            ready = self._ready(patience, self._rung.fileno(), self._watched.fileno())
            if self._watched.fileno() in ready:
                self._watched.hear()
            elif not ready:
                self._watched.waited()
        except DeskbreakError as fault:
            self._there = False
            self._attempts = 1
            self._watched.lost(fault)

    def _ready(self, patience: timedelta | None, *sides: int) -> list[int]:
        """Who has said something by then; the loop's calls are taken."""
        ready = select.select(sides, [], [], None if patience is None else patience.total_seconds())[0]
        if self._rung.fileno() in ready:
            self._rung.recv(4096)
        return ready
