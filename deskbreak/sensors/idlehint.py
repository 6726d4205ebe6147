"""Notices input by what the desktop tells the login service, where nothing better does; it asks nothing.

A desktop that keeps the hint sets it when there was no input for as long as it likes to wait (often 5 min),
and takes it back at the next input. So while it is not set, all that is known is that no quiet has lasted so
long: the answer is 0 s. When it is set the quiet is counted from that moment, too short by the desktop's
delay: an absence begins later than it did, never earlier.

Many desktops never set it, so it is believed only once it was, in this session; and for a graphical session
only, because of a terminal the login service makes it up when it is asked (sd-login, "IdleHint"). Who sets
it may be gone while the session lasts: not set for longer than anybody works without a pause is frozen.

Source: org.freedesktop.login1(5), IdleHint, IdleSinceHintMonotonic (CLOCK_MONOTONIC), SetIdleHint.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import account
from deskbreak.sensors.logind import Login
from deskbreak.words import _

_NOTHING = timedelta(0)
_LONGEST_WORK = timedelta(hours=8)
# A login service that has not answered by then keeps no hint.
_PATIENCE = timedelta(seconds=5)
_SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"


def find(env: Mapping[str, str], login: Callable[[], Login]) -> "IdleHint":
    """The source for this session; whether its desktop keeps the hint is known once it was set."""
    address = env.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM_BUS
    bus = Path(address.partition("path=")[2].partition(",")[0] or "/nonexistent")
    return IdleHint(login, pending=bus.exists())


class IdleHint:
    """`Idle` by the hint of the session that `login` tells of. Each change of it rings, asked for or not.

    `pending`: the login service may still answer.
    """

    name = "IdleHint"

    def __init__(self, login: Callable[[], Login], pending: bool) -> None:
        self._login = login
        self._pending = pending
        self._began = awake()

    @property
    def blind(self) -> bool:
        return bool(self._doubt())

    @property
    def hopeless(self) -> bool:
        answered = bool(self._login().kind) or awake() - self._began >= _PATIENCE
        return self.blind and (answered or not self._pending)

    @property
    def absence(self) -> str:
        return self._doubt()

    def seconds(self) -> float | None:
        if self.blind:
            return None
        login = self._login()
        since = awake() - login.idle_since
        return since.total_seconds() if login.idle or since < _NOTHING else 0.0

    def listen(self, next_input: bool) -> None:
        """The login service rings at each change of the hint anyway."""

    def accounts(self) -> tuple[Account, ...]:
        return (account(self),)

    def close(self) -> None:
        """Nothing is open."""

    def _doubt(self) -> str:
        """Why it is not to be believed at this moment; empty: it is."""
        login = self._login()
        if not login.kind:
            return _("the login service tells nothing of your session")
        if not login.graphical:
            return _("yours is no desktop session, and terminals tell better")
        if not login.idle and login.idle_since == _NOTHING:
            return _("your desktop has not used it yet")
        if not login.idle and awake() - login.idle_since > _LONGEST_WORK:
            return _("it has not changed for longer than anybody works without a pause")
        return ""
