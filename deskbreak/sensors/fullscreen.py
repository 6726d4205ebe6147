"""Looks whether the active window covers the whole screen; it looks at no window's name or content.

In a Wayland session the compositor is asked, never the X server inside it.
Source: Extended Window Manager Hints 1.5, _NET_ACTIVE_WINDOW and _NET_WM_STATE; X11 protocol, appendix B.
"""

import logging
import struct
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.links.wayland import in_session, socket_path
from deskbreak.links.x11 import X11, X11Error
from deskbreak.sensors import toplevels
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

_log = logging.getLogger(__name__)

_PATIENCE = timedelta(milliseconds=250)
_INTERN_ATOM, _GET_PROPERTY = 16, 20
_ANY_TYPE, _WORDS = 0, 64


class FullScreen:
    """The screen of this session: of the compositor in a Wayland session, else of the X server."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)

    def covered(self) -> bool:
        """Whether one window has the whole screen now; False where that cannot be known."""
        try:
            return self._look()
        except DeskbreakError as fault:
            _log.debug("%s", fault)
            return False

    def accounts(self) -> tuple[Account, ...]:
        source = "Wayland" if in_session(self._env) else "X11"
        try:
            covered = self._look()
        except DeskbreakError as fault:
            mend = _("switch do-not-disturb on for a film or slides")
            return (Account(source, Serves.FULLSCREEN, False, str(fault), mend),)
        says = _("a window covers the screen") if covered else _("no window covers the screen")
        return (Account(source, Serves.FULLSCREEN, True, says),)

    def _look(self) -> bool:
        if in_session(self._env):
            return toplevels.covered(socket_path(self._env))
        display = self._env.get("DISPLAY", "")
        if not display:
            raise X11Error(_("DISPLAY is not set"))
        authority = Path(self._env.get("XAUTHORITY") or Path(self._env.get("HOME") or "/") / ".Xauthority")
        with closing(X11(display, authority)) as screen:
            return _covered(screen)


def _covered(screen: X11) -> bool:
    active = _property(screen, screen.root, _atom(screen, "_NET_ACTIVE_WINDOW"))
    if not active or not active[0]:
        return False
    full = _atom(screen, "_NET_WM_STATE_FULLSCREEN")
    return full in _property(screen, active[0], _atom(screen, "_NET_WM_STATE"))


def _atom(screen: X11, name: str) -> int:
    raw = name.encode("ascii")
    padded = raw + bytes(-len(raw) % 4)
    reply = screen.ask(
        struct.pack("<BBHHxx", _INTERN_ATOM, 0, 2 + len(padded) // 4, len(raw)) + padded, _PATIENCE
    )
    return 0 if reply is None else int(struct.unpack_from("<I", reply, 8)[0])


def _property(screen: X11, window: int, name: int) -> tuple[int, ...]:
    """The property's 32-bit values; none where the window is gone or has no such property."""
    request = struct.pack("<BxHIIIII", _GET_PROPERTY, 6, window, name, _ANY_TYPE, 0, _WORDS)
    reply = screen.ask(request, _PATIENCE)
    if reply is None or reply[1] != 32:
        return ()
    (count,) = struct.unpack_from("<I", reply, 16)
    return struct.unpack_from(f"<{count}I", reply, 32)
