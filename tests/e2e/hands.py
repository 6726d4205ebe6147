"""Hands on the real compositors: a person's input, made the way that each of them offers to programs."""

import struct
import time
from collections.abc import Mapping

from deskbreak.links.bus import Bus
from deskbreak.links.wayland import Wayland, socket_path

_REMOTE = "org.gnome.Mutter.RemoteDesktop"
_REMOTE_PATH = "/org/gnome/Mutter/RemoteDesktop"
_KEY_A = 30
_HAND_S = 0.05
# In the 24.8 fixed-point numbers of the wire format.
_THREE_PIXELS = 3 * 256


class MutterHands:
    """A remote desktop session of mutter, its keyboard."""

    def __init__(self, address: str) -> None:
        self._bus = Bus(address)
        (session,) = self._bus.call(_REMOTE, _REMOTE_PATH, _REMOTE, "CreateSession")
        self._session = str(session)
        self._tell("Start", "", ())

    def types(self) -> None:
        """One input; returns when the compositor has it."""
        for down in (True, False):
            self._tell("NotifyKeyboardKeycode", "ub", (_KEY_A, down))

    def leave(self) -> None:
        self._bus.close()

    def _tell(self, member: str, signature: str, body: tuple[object, ...]) -> None:
        self._bus.call(_REMOTE, self._session, f"{_REMOTE}.Session", member, signature, body)


class SwayHands:
    """A virtual pointer (wlr-virtual-pointer-unstable-v1) on sway."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._screen = Wayland(socket_path(env))
        makers = self._screen.bind("zwlr_virtual_pointer_manager_v1")
        self._pointer = self._screen.new_id()
        self._screen.request(makers, 0, struct.pack("=II", 0, self._pointer))

    def types(self) -> None:
        """One input; returns when the compositor has it."""
        # No hand is faster after what went before.
        time.sleep(_HAND_S)
        self._screen.request(self._pointer, 0, struct.pack("=Iii", 0, _THREE_PIXELS, 0))
        self._screen.request(self._pointer, 4)
        self._screen.settle()

    def leave(self) -> None:
        self._screen.close()


class KwinHands:
    """KDE's fake input (org_kde_kwin_fake_input), for a KWin that was told to let everybody use it."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._screen = Wayland(socket_path(env))
        self._fake = self._screen.bind("org_kde_kwin_fake_input")
        word = struct.pack("=I4s", 4, b"you\0")
        self._screen.request(self._fake, 0, word + word)

    def types(self) -> None:
        """One input; returns when the compositor has it."""
        # No hand is faster after what went before.
        time.sleep(_HAND_S)
        self._screen.request(self._fake, 1, struct.pack("=ii", _THREE_PIXELS, 0))
        self._screen.settle()

    def leave(self) -> None:
        self._screen.close()
