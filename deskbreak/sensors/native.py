"""Notices input and the lock by asking the system itself, on Windows and macOS; it knows neither.

Nothing there tells of the next input or of the lock without a window of one's own: while somebody listens
it looks every 2 s, and a lock shows at the next look. Sleep is told by the clocks.
"""

import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from deskbreak.ports import Put
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.idle import account
from deskbreak.sensors.looks import Looks
from deskbreak.sensors.pauses import Ear
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

# Soon enough to greet who comes back; the reading that follows dates the input to the millisecond.
_LOOK_EVERY = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Session:
    """`active`: it is the one on the screen, and no other user's is."""

    locked: bool
    active: bool


class System(Protocol):
    """What a system answers; every question is answered at once."""

    name: str

    def absence(self) -> str:
        """Why it sees no input; empty: it does."""

    def seconds(self) -> float | None:
        """As `Idle.seconds`."""

    def last(self) -> timedelta | None:
        """When the last input was, by any clock; for another thread than the rest."""

    def session(self) -> Session | None:
        """None: it does not say."""


class NativeLock:
    """Whether the session is locked, or another user's is on the screen."""

    def __init__(self, system: System) -> None:
        self._system = system

    @property
    def locked(self) -> bool:
        session = self._system.session()
        return session is not None and session.locked

    @property
    def active(self) -> bool:
        session = self._system.session()
        return session is None or session.active

    def accounts(self) -> tuple[Account, ...]:
        """For `doctor`."""
        session = self._system.session()
        if session is None:
            why = _("it does not say whether the screen is locked")
            return (Account(self._system.name, Serves.LOCK, False, why),)
        words = (
            _("locked") if session.locked else _("not locked"),
            _("your session is active") if session.active else _("another session is active"),
        )
        return (Account(self._system.name, Serves.LOCK, True, ", ".join(words)),)


class Native:
    """`Idle` by `system`; `lock` is what else it tells."""

    def __init__(self, system: System, put: Put) -> None:
        self.name = system.name
        self.lock = NativeLock(system)
        self._system = system
        self._ear = Ear(put)
        self._watch = Watch("native", Looks(self._ear, system.last, _LOOK_EVERY))
        self._watch.open()
        self._watch.start()

    @property
    def blind(self) -> bool:
        return bool(self._system.absence())

    @property
    def hopeless(self) -> bool:
        return self.blind

    @property
    def absence(self) -> str:
        return self._system.absence()

    def seconds(self) -> float | None:
        return None if self.blind else self._system.seconds()

    def listen(self, next_input: bool) -> None:
        if self._ear.listen(next_input):
            self._watch.wake()

    def accounts(self) -> tuple[Account, ...]:
        return (account(self, _("start deskbreak inside the desktop session")),)

    def close(self) -> None:
        self._watch.end()


def find(put: Put) -> Native | None:
    """The source of this system; None where it has others."""
    if sys.platform == "win32":
        from deskbreak.sensors.windows import User32, Windows

        return Native(Windows(User32()), put)
    if sys.platform == "darwin":
        from deskbreak.sensors.macos import Mac, Quartz

        return Native(Mac(Quartz()), put)
    return None
