"""The control socket: one thread that takes requests in, puts them to the loop and hands answers back."""

import logging
import os
import selectors
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from deskbreak.daemon.callers import Callers
from deskbreak.daemon.door import Door, DoorError, open_door
from deskbreak.daemon.lock import Lock, LockError
from deskbreak.daemon.wire import Asked, Reply, WireError, decode
from deskbreak.ports import Clock, Put
from deskbreak.words import _

_log = logging.getLogger(__name__)

_ENDS_WITHIN_S = 2.0
_OUT_OF_ROOM_FOR = timedelta(seconds=1)
_CREDENTIALS = struct.Struct("iII")


@dataclass(frozen=True, slots=True)
class _Answered:
    number: int
    answer: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Look:
    pass


@dataclass(frozen=True, slots=True)
class _End:
    pass


_Told = _Answered | _Look | _End


class Control:
    """Between `open` and `close` it answers whoever is of our user, and nobody else.

    `fault` is None, or the one line that says why no command can be received; `path` is where it listens.
    """

    def __init__(self, put: Put, clock: Clock, lock: Lock, runtime: Path | None) -> None:
        self.fault: str | None = None
        self._put = put
        self._clock = clock
        self._lock = lock
        self._runtime = runtime
        self._door: Door | None = None
        self._told: SimpleQueue[_Told] = SimpleQueue()
        self._bell, self._button = socket.socketpair()
        self._bell.setblocking(False)
        self._button.setblocking(False)
        self._thread = Thread(target=self._serve, name="control", daemon=True)
        self._selector = selectors.DefaultSelector()
        self._callers = Callers(self._selector, self._now)
        self._deaf_until: timedelta | None = None
        self._strangers: set[int] = set()

    @property
    def path(self) -> Path | None:
        door = self._door
        return None if door is None else door.path

    def open(self) -> None:
        """Listen; where that is not possible `fault` says why, and each `check` tries again."""
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._listen()
        self._thread.start()

    def check(self) -> None:
        """See, at a heartbeat, that the path still leads here, and have it made anew where it does not."""
        door = self._door
        if door is None or not door.stands():
            self._tell(_Look())

    def close(self) -> None:
        """Give the last answers, stop, and delete the socket if it is ours."""
        self._tell(_End())
        self._thread.join(_ENDS_WITHIN_S)
        if self._door is not None:
            self._door.remove()
            self._door = None
        self._selector.close()
        self._bell.close()
        self._button.close()

    def _deliver(self, number: int, answer: Mapping[str, object]) -> None:
        self._tell(_Answered(number, answer))

    def _tell(self, told: _Told) -> None:
        self._told.put(told)
        # A full pipe means that the bell is ringing already, a closed one that nobody listens any more.
        with suppress(OSError):
            self._button.send(b"!")

    def _serve(self) -> None:
        ended = False
        while not ended:
            for key, _mask in self._selector.select(self._wait_s()):
                if key.fileobj is self._bell:
                    ended = self._heed()
                elif isinstance(key.data, int):
                    self._attend(key.data)
                else:
                    self._admit()
            self._hear_again()
            self._callers.expire()
        self._callers.end()

    def _wait_s(self) -> float | None:
        ends = self._callers.ends()
        if self._deaf_until is not None:
            ends.append(self._deaf_until)
        if not ends:
            return None
        return max(0.0, (min(ends) - self._now()).total_seconds())

    def _now(self) -> timedelta:
        return self._clock.now().elapsed

    def _heed(self) -> bool:
        with suppress(BlockingIOError):
            self._bell.recv(4096)
        while True:
            try:
                told = self._told.get_nowait()
            except Empty:
                return False
            match told:
                case _Answered(number, answer):
                    self._callers.answer(number, answer)
                case _Look():
                    self._listen()
                case _End():
                    return True

    def _listen(self) -> None:
        if self._door is not None:
            if self._door.stands():
                return
            self._stop_listening()
            self._door.remove()
            self._door = None
        try:
            self._door = open_door(self._runtime, self._lock.path.parent)
            self._lock.announce(self._door.path)
        except (DoorError, LockError) as fault:
            if str(fault) != self.fault:
                _log.warning("%s", fault)
            self.fault = str(fault)
        else:
            self.fault = None
        self._start_listening()

    def _start_listening(self) -> None:
        if self._door is not None:
            self._selector.register(self._door.listener, selectors.EVENT_READ)

    def _stop_listening(self) -> None:
        if self._door is not None and self._deaf_until is None:
            self._selector.unregister(self._door.listener)
        self._deaf_until = None

    def _admit(self) -> None:
        if self._door is None:
            return
        try:
            line, _address = self._door.listener.accept()
        except (BlockingIOError, ConnectionAbortedError, InterruptedError):
            return
        except OSError as fault:
            # Out of descriptors or memory: the caller stays in the queue, and the listener readable.
            _log.debug("accept: %s", fault)
            if not self._callers.make_room():
                self._stop_listening()
                self._deaf_until = self._now() + _OUT_OF_ROOM_FOR
            return
        number = self._callers.admit(line)
        if number is not None and not self._is_ours(line):
            self._callers.refuse(number, _("this deskbreak belongs to another user"))

    def _hear_again(self) -> None:
        if self._deaf_until is not None and self._now() >= self._deaf_until:
            self._deaf_until = None
            self._start_listening()

    def _is_ours(self, line: socket.socket) -> bool:
        """Unix sockets name the user at the other end (unix(7), SO_PEERCRED)."""
        raw = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        _pid, uid, _gid = _CREDENTIALS.unpack(raw)
        if uid == os.geteuid():
            return True
        if uid not in self._strangers:
            self._strangers.add(uid)
            _log.warning(_("user %d tried to give deskbreak a command and was refused"), uid)
        return False

    def _attend(self, number: int) -> None:
        line = self._callers.attend(number)
        if line is None:
            return
        try:
            request = decode(line)
        except WireError as refused:
            self._callers.refuse(number, str(refused))
        else:
            self._put(Asked(request, Reply(partial(self._deliver, number))))
