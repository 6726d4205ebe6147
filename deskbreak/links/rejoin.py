"""Keeps a bus joined: opens it, opens it again when it was lost, and tells its users each time."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, repeat

from deskbreak.links.bus import Bus, BusError

_log = logging.getLogger(__name__)

# Whatever used the bus that was lost goes on within five seconds of its return.
_WHEN_LOST_S = (1, 2, 3, 4)
# A machine that never had one mostly stays so.
_WHEN_NEVER_THERE_S = (1, 2, 4, 8, 15, 30, 60)


def pauses(was_there: bool) -> Iterator[timedelta]:
    """How long to wait before each attempt to join a bus, without end."""
    lengths = _WHEN_LOST_S if was_there else _WHEN_NEVER_THERE_S
    return (timedelta(seconds=length) for length in chain(lengths, repeat(lengths[-1])))


class Rejoin:
    """The owner of one bus; `find` gives its address (and may raise BusError) at each attempt.

    Every user's `joined(bus)` is called once per connection, from a thread in which `bus.call` is
    allowed. Nothing runs while the bus is there; while it is lost it is tried for every 1 to 4 s, and one
    that was never there ever less often, at least once a minute.
    """

    def __init__(self, find: Callable[[], str], fds: bool = False) -> None:
        self._find = find
        self._fds = fds
        self._users: list[Callable[[Bus], None]] = []
        self._ended = threading.Event()
        self._bus: Bus | None = None
        self.missing: str | None = None
        """Why there is no bus, in one line; None while there is one."""

    def join(self, *users: Callable[[Bus], None]) -> None:
        """Try once now and, where that fails, go on trying in a thread. To be called once."""
        self._users.extend(users)
        if not self._attempt():
            self._retry(was_there=False)

    def close(self) -> None:
        self._ended.set()
        if self._bus is not None:
            self._bus.close()

    def _retry(self, was_there: bool) -> None:
        threading.Thread(target=self._try_on, args=(was_there,), name="rejoin", daemon=True).start()

    def _lost(self) -> None:
        self._bus = None
        if not self._ended.is_set():
            self._retry(was_there=True)

    def _try_on(self, was_there: bool) -> None:
        for pause in pauses(was_there):
            if self._ended.wait(pause.total_seconds()) or self._attempt():
                return

    def _attempt(self) -> bool:
        try:
            bus = Bus(self._find(), self._fds)
        except BusError as fault:
            if self.missing is None:
                _log.info("%s", fault)
            self.missing = str(fault)
            return False
        self._bus, self.missing = bus, None
        for user in self._users:
            try:
                user(bus)
            except BusError as fault:
                _log.warning("%s", fault)
        bus.on_lost(self._lost)
        if self._ended.is_set():
            bus.close()
        return True
