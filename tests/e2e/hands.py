"""Hands on the real compositors: a person's input, made the way that each of them offers to programs."""

from typing import Protocol

from deskbreak.links.bus import Bus

_REMOTE = "org.gnome.Mutter.RemoteDesktop"
_REMOTE_PATH = "/org/gnome/Mutter/RemoteDesktop"
_KEY_A = 30


class Hands(Protocol):
    def types(self) -> None:
        """One input; returns when the compositor has it."""

    def leave(self) -> None: ...


class MutterHands:
    """A remote desktop session of mutter, its keyboard."""

    def __init__(self, address: str) -> None:
        self._bus = Bus(address)
        (session,) = self._bus.call(_REMOTE, _REMOTE_PATH, _REMOTE, "CreateSession")
        self._session = str(session)
        self._tell("Start", "", ())

    def types(self) -> None:
        for down in (True, False):
            self._tell("NotifyKeyboardKeycode", "ub", (_KEY_A, down))

    def leave(self) -> None:
        self._bus.close()

    def _tell(self, member: str, signature: str, body: tuple[object, ...]) -> None:
        self._bus.call(_REMOTE, self._session, f"{_REMOTE}.Session", member, signature, body)
