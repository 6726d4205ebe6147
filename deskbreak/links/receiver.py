"""The thread of one bus: it waits for messages and time-outs, and sleeps in between."""

import logging
import selectors
import socket
import threading
from collections.abc import Callable

from deskbreak.links.asked import Asked
from deskbreak.links.wire import Incoming, Wire

_log = logging.getLogger(__name__)


class Receiver:
    """Hands each message to `dispatch`, and calls `ended` (True: it was asked to) as its last deed."""

    def __init__(
        self, wire: Wire, asked: Asked, dispatch: Callable[[Incoming], None], ended: Callable[[bool], None]
    ) -> None:
        self._wire = wire
        self._asked = asked
        self._dispatch = dispatch
        self._ended = ended
        self._stopped = False
        self._bell, self._rung = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def is_here(self) -> bool:
        """Whether the calling thread is this one."""
        return threading.current_thread() is self._thread

    def ring(self) -> None:
        """Have it look at the time-outs again, if it waits."""
        if not self.is_here():
            try:
                self._bell.send(b"!")
            except OSError:
                return  # rung often enough already, or nobody is left to hear it

    def stop(self) -> None:
        """End the connection and the thread; waits for its end unless called from it."""
        self._stopped = True
        self._wire.hang_up()
        if not self.is_here():
            self._thread.join()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector, self._bell, self._rung, self._wire.socket:
            selector.register(self._wire.socket, selectors.EVENT_READ)
            selector.register(self._rung, selectors.EVENT_READ)
            try:
                while True:
                    for key, _events in selector.select(self._asked.expire()):
                        if key.fileobj is self._rung:
                            self._rung.recv(4096)
                        else:
                            for message in self._wire.receive():
                                self._dispatch(message)
            except OSError as fault:
                if not self._stopped:
                    _log.info("the connection to the bus is lost: %s", fault)
            except Exception:  # noqa: BLE001
                # The top of a thread: bytes that the parser cannot read end this connection, no more.
                _log.exception("the bus sent something unreadable")
        self._ended(self._stopped)
