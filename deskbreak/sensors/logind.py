"""Notices lock, suspend and user switching by the login service, and holds sleep up while the log is written.

Sources: org.freedesktop.login1(5); Inhibitor Locks, https://systemd.io/INHIBITOR_LOCKS/.
"""

import logging
import os
import queue
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol, runtime_checkable

from deskbreak.links.asked import Body
from deskbreak.links.bus import Bus, BusError, Signal
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

_log = logging.getLogger(__name__)

NAME = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_SESSION = "org.freedesktop.login1.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"
GRAPHICAL = ("x11", "wayland", "mir")
"""The types of session that have a desktop (sd_session_get_type(3))."""
# A machine that is just starting answers late; nobody waits for it.
_PATIENCE = timedelta(seconds=60)

_MEANING: Mapping[str, Callable[[], str]] = {
    "GetSession": lambda: _(
        "the login service knows no session of yours: lock and user switching go unnoticed"
    ),
    "GetAll": lambda: _("the login service tells nothing of your session: its lock may go unnoticed"),
    "Inhibit": lambda: _(
        "sleep cannot be held up: what was sat since the last minute may be missing after it"
    ),
}


@dataclass(frozen=True, slots=True)
class Login:
    """What the login service has said last. `lock_asked` and `sleep_told`: a new object each time it is.

    Asking for the lock is not locking, and not every locker tells when it is undone: `hinted` says what
    those tell that do. `kind` is the type of the session (sd_session_get_type(3)), empty: not told; `idle`
    its idle hint and `idle_since` when that was set or taken back (awake clock), 0: never.
    """

    present: bool = False
    session: str = ""
    kind: str = ""
    active: bool = True
    hinted: bool = False
    idle: bool = False
    idle_since: timedelta = timedelta(0)
    lock_asked: object | None = None
    sleep_told: object | None = None

    @property
    def graphical(self) -> bool:
        """Whether there is a desktop in it."""
        return self.kind in GRAPHICAL


@runtime_checkable
class _Descriptor(Protocol):
    """A file descriptor as the link hands it over, for the taker to close."""

    def to_raw_fd(self) -> int: ...


class Logind:
    """The login service on one bus after another; `now` is published by the bus thread alone."""

    def __init__(self, env: Mapping[str, str], put: Put) -> None:
        self.now = Login()
        self._wanted = env.get("XDG_SESSION_ID") or "auto"
        self._put = put
        self._inhibitors: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._said: set[str] = set()
        self._refused: dict[str, str] = {}
        self._slept_not: object | None = None
        self._bus: Bus | None = None

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of a system bus that passes file descriptors."""
        self._bus = bus
        bus.on_lost(self._gone)
        bus.hear(interface=_MANAGER, member="PrepareForSleep", path=_PATH, sender=NAME, to=self._sleep)
        bus.hear(interface=_MANAGER, member="SessionNew", path=_PATH, sender=NAME, to=self._began)
        bus.hear(interface=_MANAGER, member="SessionRemoved", path=_PATH, sender=NAME, to=self._ended)
        bus.hear(interface=_SESSION, member="Lock", sender=NAME, to=self._lock)
        bus.hear(interface=_SESSION, member="Unlock", sender=NAME, to=self._unlock)
        bus.hear(interface=_PROPERTIES, member="PropertiesChanged", sender=NAME, to=self._changed)
        bus.follow(NAME, self._owned)

    def accounts(self) -> tuple[Account, ...]:
        """For `doctor`: the lock with the person's session, and the sleep."""
        login, refused = self.now, self._refused
        if not login.present:
            why = _("no login service on the system bus")
            mend = _("install systemd or elogind; until then the clocks alone tell of sleep")
            return tuple(Account("logind", each, False, why, mend) for each in (Serves.LOCK, Serves.SLEEP))
        words = [
            _("locked") if login.hinted or login.lock_asked else _("not locked"),
            _("your session is active") if login.active else _("another session is active"),
        ]
        if login.session:
            # A lock that is asked for is heard even where the rest is not told.
            says = ", ".join(words) + (f"; {refused['GetAll']}" if "GetAll" in refused else "")
            lock = Account("logind", Serves.LOCK, True, says)
        else:
            says = refused.get("GetSession") or _("your session is not known yet")
            lock = Account(
                "logind", Serves.LOCK, False, says, _("start deskbreak inside the desktop session")
            )
        state = _("about to sleep") if login.sleep_told else _("awake")
        held = refused.get("Inhibit") or _("sleep waits until the log is written")
        return lock, Account("logind", Serves.SLEEP, True, f"{state}; {held}")

    def ready_to_sleep(self) -> None:
        """Let the machine sleep, if it is about to: all that had to be written is."""
        if self.now.sleep_told not in (None, self._slept_not):
            self._let_go()

    def sleeps_not(self, told: object) -> None:
        """For the loop: after `sleep_told` there was input, so hold the next sleep up again."""
        if told is not self._slept_not:
            self._slept_not = told
            self._inhibit()

    def close(self) -> None:
        self._let_go()

    def _owned(self, owner: str | None) -> None:
        self._refused = {}
        if owner is None:
            self._gone()
            self._say_once(
                NAME, _("no login service: suspend is noticed by the clocks alone; install systemd")
            )
            return
        self._tell(replace(self._left(), present=True))
        self._inhibit()
        self._find()

    def _find(self) -> None:
        self._ask(_PATH, _MANAGER, "GetSession", "s", (self._wanted,), self._found)

    def _found(self, body: Body) -> None:
        session = str(body[0])
        self._tell(replace(self.now, session=session))
        self._ask(session, _PROPERTIES, "GetAll", "s", (_SESSION,), lambda said: self._learn(said[0]))

    def _learn(self, properties: object) -> None:
        assert isinstance(properties, dict)
        said = {str(key): value[1] for key, value in properties.items()}
        hinted = bool(said.get("LockedHint", self.now.hinted))
        # A locker that tells of its end ends the wish that it was started by, too.
        asked = None if self.now.hinted and not hinted else self.now.lock_asked
        active = bool(said.get("Active", self.now.active))
        since = said.get("IdleSinceHintMonotonic")
        hint = replace(
            self.now,
            kind=str(said.get("Type", self.now.kind)),
            idle=bool(said.get("IdleHint", self.now.idle)),
            idle_since=timedelta(microseconds=since) if isinstance(since, int) else self.now.idle_since,
        )
        self._tell(replace(hint, hinted=hinted, lock_asked=asked, active=active))

    def _ended(self, signal: Signal) -> None:
        if signal.body[1] == self.now.session:
            # What it said last is true of nothing any more, and the next session has another name.
            self._wanted = "auto"
            self._tell(replace(self._left(), present=True))

    def _began(self, _signal: Signal) -> None:
        if not self.now.session:
            self._find()

    def _sleep(self, signal: Signal) -> None:
        if signal.body[0]:
            self._tell(replace(self.now, sleep_told=object()))
            return
        self._tell(replace(self.now, sleep_told=None))
        self._inhibit()

    def _lock(self, signal: Signal) -> None:
        if signal.path == self.now.session:
            self._tell(replace(self.now, lock_asked=object()))

    def _unlock(self, signal: Signal) -> None:
        if signal.path == self.now.session:
            self._tell(replace(self.now, lock_asked=None))

    def _changed(self, signal: Signal) -> None:
        if signal.path == self.now.session and signal.body[0] == _SESSION:
            self._learn(signal.body[1])

    def _inhibit(self) -> None:
        why = _("to write down how long you have been sitting")
        self._ask(_PATH, _MANAGER, "Inhibit", "ssss", ("sleep", "deskbreak", why, "delay"), self._hold)

    def _hold(self, body: Body) -> None:
        descriptor = body[0]
        assert isinstance(descriptor, _Descriptor)
        self._let_go()
        self._inhibitors.put(descriptor.to_raw_fd())

    def _let_go(self) -> None:
        while True:
            try:
                os.close(self._inhibitors.get_nowait())
            except queue.Empty:
                return

    def _gone(self) -> None:
        self._let_go()
        if self.now != Login():
            self._tell(self._left())

    def _left(self) -> Login:
        """What stays when the service is gone: nobody has unlocked the screen by that."""
        return Login(lock_asked=object() if self.now.hinted else self.now.lock_asked)

    def _ask(
        self,
        path: str,
        interface: str,
        member: str,
        signature: str,
        body: tuple[str, ...],
        to: Callable[[Body], None],
    ) -> None:
        def answered(reply: Body | BusError) -> None:
            if isinstance(reply, BusError):
                why = f"{_MEANING[member]()} ({reply})"
                self._refused = self._refused | {member: why}
                self._say_once(member, why)
            else:
                to(reply)

        assert self._bus is not None
        self._bus.ask(NAME, path, interface, member, signature, body, reply=answered, timeout=_PATIENCE)

    def _say_once(self, cause: str, warning: str) -> None:
        if cause not in self._said:
            self._said.add(cause)
            _log.warning("%s", warning)

    def _tell(self, login: Login) -> None:
        self.now = login
        self._put(Stirred())
