"""How it notices: the first idle source that works here, the lock and the sleep, and why others do not."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.core.events import Hold, Reading
from deskbreak.links.bus import Bus
from deskbreak.ports import Clock, Put
from deskbreak.sensors import x11
from deskbreak.sensors.banners import Banners
from deskbreak.sensors.claims import Belief
from deskbreak.sensors.dnd import DoNotDisturb
from deskbreak.sensors.idle import Idle, Refusal, Sieve
from deskbreak.sensors.logind import Logind
from deskbreak.sensors.screensaver import SAVERS, ScreenSavers
from deskbreak.settings import Settings
from deskbreak.words import _

_log = logging.getLogger(__name__)

# In this order; the first that does not refuse is used.
_IDLE_SOURCES: tuple[Callable[[Mapping[str, str], Put], Idle | Refusal], ...] = (x11.find,)
# Unlocking takes typing, which must not pass for the end of the lock; falling asleep takes some seconds.
_LOCK_GRACE = timedelta(seconds=30)
_SLEEP_GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Account:
    """One source as `doctor` shows it: whether it is used, what it says or why not, what would mend it."""

    source: str
    used: bool
    says: str
    mend: str = ""


class Senses:
    """`ports.Sensor` on this desktop. `session_joined` and `system_joined` are for the owners of the buses.

    The system bus has to pass file descriptors. Only the loop's thread uses the rest.
    """

    def __init__(self, env: Mapping[str, str], clock: Clock, put: Put) -> None:
        self._clock = clock
        self._sieve = Sieve()
        self._logind = Logind(env, put)
        self._savers = ScreenSavers(put)
        self._dnd = DoNotDisturb(put)
        self._banners = Banners(env, put)
        self._settings = Settings()
        self._lock_asked = Belief(_LOCK_GRACE)
        self._sleep_told = Belief(_SLEEP_GRACE)
        self._idle: Idle | None = None
        self._refusals: list[Refusal] = []
        for find in _IDLE_SOURCES:
            found = find(env, put)
            if not isinstance(found, Refusal):
                self._idle = found
                break
            self._refusals.append(found)
        self.system_joined: Callable[[Bus], None] = self._logind.joined
        if self._idle is None:
            for refusal in self._refusals:
                _log.warning(
                    _("input goes unnoticed, so sitting is counted by your own word only (%s: %s): %s"),
                    refusal.name,
                    refusal.why,
                    refusal.mend,
                )

    def session_joined(self, bus: Bus) -> None:
        self._savers.joined(bus)
        self._dnd.joined(bus)
        self._banners.joined(bus)

    def heed(self, settings: Settings) -> None:
        """Let these settings say, from now on, which holds and which evidence are read."""
        self._settings = settings

    def read(self) -> Reading:
        """What is known at this moment, without a question to any bus."""
        awake = self._clock.now().awake
        seconds = None if self._idle is None else self._idle.seconds()
        idle = None if seconds is None else self._sieve.plausible(seconds, awake)
        login = self._logind.now
        asked = self._lock_asked.holds(login.lock_asked, idle, awake)
        told = self._sleep_told.holds(login.sleep_told, idle, awake)
        return Reading(
            idle=idle,
            blind=self._idle is None or self._idle.blind,
            locked=asked or login.hinted or bool(self._savers.active),
            asleep=told or not login.active,
            holds=self._holds() & self._settings.holds,
        )

    def _holds(self) -> frozenset[Hold]:
        silenced = bool(self._dnd.silent) or bool(self._banners.hidden)
        return frozenset({Hold.DND}) if silenced else frozenset()

    def listen(self, next_input: bool) -> None:
        if self._idle is not None:
            self._idle.listen(next_input)

    def ready_to_sleep(self) -> None:
        """Let the machine sleep: the log is written."""
        self._logind.ready_to_sleep()

    def close(self) -> None:
        if self._idle is not None:
            self._idle.close()
        self._logind.ready_to_sleep()

    def why(self) -> tuple[Account, ...]:
        """Every source in the order in which it is tried, for `doctor`."""
        return (*self._idle_accounts(), self._login_account(), self._saver_account())

    def _idle_accounts(self) -> tuple[Account, ...]:
        refused = tuple(Account(refusal.name, False, refusal.why, refusal.mend) for refusal in self._refusals)
        if self._idle is None:
            return refused
        seconds = self._idle.seconds()
        if self._idle.blind:
            says = _("not there at the moment; it is tried again every few seconds")
        elif seconds is None:
            says = _("does not answer at the moment")
        else:
            says = _("last input {seconds} s ago").format(seconds=f"{seconds:.1f}")
        return (*refused, Account(self._idle.name, not self._idle.blind, says))

    def _login_account(self) -> Account:
        login = self._logind.now
        if not login.present:
            return Account(
                "logind", False, _("no login service on the system bus"), _("install systemd or elogind")
            )
        words = [
            _("suspend"),
            _("the session is active") if login.active else _("another session is active"),
            _("locked") if login.hinted or login.lock_asked else _("not locked"),
        ]
        return Account("logind", True, ", ".join(words if login.session else words[:1]))

    def _saver_account(self) -> Account:
        name = "ScreenSaver"
        if not self._savers.there:
            tried = ", ".join(saver.name for saver in SAVERS)
            return Account(name, False, _("none on the session bus (tried {names})").format(names=tried))
        says = _("locked") if self._savers.active else _("not locked")
        return Account(name, True, f"{says} ({', '.join(sorted(self._savers.there))})")
