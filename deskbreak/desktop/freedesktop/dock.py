"""A place in a tray of the older kind, in a thread of its own: it draws the icon there and hears clicks.

Sources: freedesktop.org System Tray Protocol 0.3, XEmbed 0.5.
"""

import logging
import selectors
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

_log = logging.getLogger(__name__)

GRACE = timedelta(seconds=3)
"""A panel of the newer kind may own the old protocol's selection some moments before its own name."""

_LEAVING = timedelta(seconds=2)


class Dock:
    """From the wish for a tray to its end. `icon` is the pystray icon that is shown.

    The library for X is imported after the grace, so that it costs nothing where it is not needed.
    `renew` and `end` may be called from any thread.
    """

    def __init__(self, icon: Any, hosted: Callable[[bool], None], opened: Callable[[], None]) -> None:
        self._icon = icon
        self._hosted = hosted
        self._opened = opened
        self._ending = threading.Event()
        self._bell, self._rung = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = threading.Thread(target=self._serve, name="xembed", daemon=True)
        self._thread.start()

    def renew(self) -> None:
        """Something else is to be shown."""
        try:
            self._bell.send(b"!")
        except OSError:
            return  # rung often enough already, or the dock has ended

    def end(self) -> None:
        """Leave the tray, and return when it is left."""
        self._ending.set()
        self.renew()
        self._thread.join(_LEAVING.total_seconds())

    def _serve(self) -> None:
        with self._bell, self._rung:
            if self._ending.wait(GRACE.total_seconds()):
                return
            from deskbreak.desktop.freedesktop.embedded import Embedded, Gone, NoScreen

            try:
                screen = Embedded(self._icon, self._hosted, self._opened)
            except NoScreen as fault:
                _log.info("no X server to look for a tray on: %s", fault)
                return
            try:
                self._listen(screen)
            except Gone as fault:
                _log.info("the X server is gone: %s", fault)
            finally:
                screen.close()

    def _listen(self, screen: Any) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(screen, selectors.EVENT_READ)
            selector.register(self._rung, selectors.EVENT_READ)
            while not self._ending.is_set():
                screen.take_all()
                for key, _events in selector.select():
                    if key.fileobj is self._rung:
                        self._rung.recv(4096)
                        screen.renew()
