"""Pauses in the input as a Wayland compositor tells of them; it decides nothing.

Sources: Wayland protocols ext-idle-notify-v1 (versions 1 and 2) and KDE's idle.xml (org_kde_kwin_idle).
"""

import struct
from datetime import timedelta
from pathlib import Path

from deskbreak.links.wayland import Wayland, WaylandError

SEAT, EXT, KDE = "wl_seat", "ext_idle_notifier_v1", "org_kde_kwin_idle"
IDLED, RESUMED = 0, 1
_GET_NOTIFICATION, _GET_INPUT_NOTIFICATION, _GET_TIMEOUT = 1, 2, 0
_DESTROY = 0


class Line:
    """One connection to the compositor at `path`, by the newest protocol that it has.

    `tells`: it has one; `two_kinds`: the pauses that are kept back while the screen is kept awake are told
    apart from all pauses (version 2), else all are kept back then. Raises WaylandError as `Wayland` does.
    """

    def __init__(self, path: Path) -> None:
        self.screen = Wayland(path)
        offers = self.screen.offers
        self._interface = next((each for each in (EXT, KDE) if each in offers), "")
        self.tells = self._interface != "" and SEAT in offers
        self.two_kinds = False
        if not self.tells:
            return
        try:
            version = min(offers[self._interface].version, 1 if self._interface == KDE else 2)
            self.two_kinds = version > 1
            self._seat = self.screen.bind(SEAT)
            self._notifier = self.screen.bind(self._interface, version)
        except WaylandError:
            self.screen.close()
            raise

    def notification(self, after: timedelta, kept_back: bool = False) -> int:
        """A new object that says when there was no input for so long, and when there is some again.

        `kept_back`: while the screen is kept awake it is to say nothing.
        """
        new = self.screen.new_id()
        milliseconds = round(after.total_seconds() * 1000)
        if self._interface == KDE:
            opcode, body = _GET_TIMEOUT, struct.pack("=III", new, self._seat, milliseconds)
        else:
            opcode = _GET_INPUT_NOTIFICATION if self.two_kinds and not kept_back else _GET_NOTIFICATION
            body = struct.pack("=III", new, milliseconds, self._seat)
        self.screen.request(self._notifier, opcode, body)
        return new

    def destroy(self, notification: int) -> None:
        self.screen.request(notification, _DESTROY)
