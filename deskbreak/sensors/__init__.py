"""How it notices: the first idle source that sees anything, the lock, the sleep, and why others do not."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

from deskbreak.core.events import Hold, Reading
from deskbreak.links.bus import Bus
from deskbreak.ports import Clock, Put
from deskbreak.sensors import idlehint, mutter, native, terminals, wayland, x11
from deskbreak.sensors.account import Account
from deskbreak.sensors.banners import Banners
from deskbreak.sensors.calls import Calls
from deskbreak.sensors.cameras import Cameras
from deskbreak.sensors.dnd import DoNotDisturb
from deskbreak.sensors.frozen import Silent
from deskbreak.sensors.fullscreen import FullScreen
from deskbreak.sensors.idle import Idle, Refusal, Sieve
from deskbreak.sensors.inhibitors import Inhibitors
from deskbreak.sensors.locks import Locks
from deskbreak.sensors.logind import Logind
from deskbreak.sensors.mutter import MutterIdle
from deskbreak.sensors.pictures import Pictures
from deskbreak.sensors.players import Players
from deskbreak.sensors.screensaver import ScreenSavers
from deskbreak.sensors.watching import close_all
from deskbreak.sensors.wayland import WaylandIdle
from deskbreak.settings import Evidence, Settings
from deskbreak.words import _

_log = logging.getLogger(__name__)

# After Mutter, before the login service's hint and terminals, and in this order: the first that sees anything
# at the moment is used. On a system that tells of itself there is nothing else.
_IDLE_SOURCES: tuple[Callable[[Mapping[str, str], Put], Idle | Refusal], ...] = (wayland.find, x11.find)

# Who ends the program waits for it.
_CLOSED_WITHIN = timedelta(seconds=1)


class Senses:
    """`ports.Sensor` on this desktop. `session_joined` and `system_joined` are for the owners of the buses.

    The system bus has to pass file descriptors. Only the loop's thread uses the rest.
    """

    def __init__(self, env: Mapping[str, str], clock: Clock, put: Put, devices: Path = Path("/dev")) -> None:
        self._clock = clock
        self._sieve = Sieve()
        self._silent = Silent()
        self._logind = Logind(env, put)
        self._savers = ScreenSavers(put)
        self._dnd = DoNotDisturb(put)
        self._banners = Banners(env, put)
        self._calls = Calls(env, put)
        self._cameras = Cameras(put, devices)
        self._pictures = Pictures(env, put)
        self._screen = FullScreen(env)
        self._players = Players(put)
        self._settings = Settings()
        self._locks = Locks(self._logind, self._savers)
        self._mutter: MutterIdle = mutter.find(env, put)
        self._native = native.find(put)
        self._tried: tuple[Idle | Refusal, ...] = (
            (
                self._mutter,
                *(find(env, put) for find in _IDLE_SOURCES),
                idlehint.find(env, lambda: self._logind.now),
                terminals.find(env, put, lambda: self._logind.now.graphical),
            )
            if self._native is None
            else (self._native,)
        )
        self._sources = tuple(each for each in self._tried if not isinstance(each, Refusal))
        self._inhibitors = Inhibitors(put, self._inhibited)
        self._senses = (
            self._logind,
            self._savers,
            self._calls,
            self._cameras,
            self._pictures,
            self._players,
            self._inhibitors,
            self._screen,
            self._dnd,
            self._banners,
            *(() if self._native is None else (self._native.lock,)),
        )
        self._said_blind = False
        self.system_joined: Callable[[Bus], None] = self._logind.joined

    def session_joined(self, bus: Bus) -> None:
        self._mutter.joined(bus)
        self._savers.joined(bus)
        self._dnd.joined(bus)
        self._banners.joined(bus)
        self._players.joined(bus)
        self._inhibitors.joined(bus)

    def heed(self, settings: Settings) -> None:
        """Let these settings say, from now on, which holds and which evidence are read."""
        self._settings = settings

    def read(self) -> Reading:
        """What is known at this moment; no answer of any bus is waited for."""
        awake = self._clock.now().awake
        source = self._seeing()
        if source is None:
            self._say_blind()
        seconds = None if source is None else source.seconds()
        idle = None if seconds is None else self._sieve.plausible(seconds, awake)
        own = None if self._native is None else self._native.lock
        reading = Reading(
            idle=idle,
            blind=source is None,
            locked=self._locks.locked(idle, awake) or (own is not None and own.locked),
            asleep=self._locks.asleep(idle, awake) or (own is not None and not own.active),
            call=Evidence.CALL in self._settings.evidence and self._call(),
            media=Evidence.MEDIA in self._settings.evidence and self._film(),
            holds=frozenset(hold for hold in self._settings.holds if self._holds(hold)),
        )
        self._silent.noted(reading, awake)
        return reading

    def _call(self) -> bool:
        """A microphone or a camera in use."""
        ignored = self._settings.ignore_calls_by
        return self._calls.going(ignored) or self._cameras.going(ignored) or self._pictures.filming(ignored)

    def _film(self) -> bool:
        """Media playing with the screen kept awake; music alone is nobody."""
        return bool(self._players.playing) and self._inhibitors.awake

    def _holds(self, hold: Hold) -> bool:
        match hold:
            case Hold.CALL:
                return self._call()
            case Hold.DND:
                self._dnd.look()
                return bool(self._dnd.silent) or bool(self._banners.hidden)
            case Hold.FULLSCREEN:
                # A full-screen terminal holds nothing; the screen is looked at only while it is kept awake.
                return self._inhibitors.awake and self._screen.covered()
            case Hold.SHARING:
                return self._pictures.sharing
            case _:
                return False

    def listen(self, next_input: bool) -> None:
        seeing = self._seeing()
        for source in self._sources:
            source.listen(next_input and source is seeing)

    def ready_to_sleep(self) -> None:
        """Let the machine sleep: the log is written."""
        self._logind.ready_to_sleep()

    def close(self) -> None:
        sources = (source.close for source in self._sources)
        close_all((self._calls.close, self._cameras.close, self._pictures.close, *sources), _CLOSED_WITHIN)
        self._logind.close()

    def why(self) -> tuple[Account, ...]:
        """Every source in the order in which it is tried, for `doctor`."""
        return (*self._idle_accounts(), *chain.from_iterable(sense.accounts() for sense in self._senses))

    def _inhibited(self) -> bool | None:
        """What the compositor shows of a screen kept awake, where it shows that."""
        shown = (each.inhibited for each in self._sources if isinstance(each, WaylandIdle))
        return next(shown, None)

    def _seeing(self) -> Idle | None:
        return next((source for source in self._sources if not source.blind), None)

    def _say_blind(self) -> None:
        if self._said_blind or not all(source.hopeless for source in self._sources):
            return
        self._said_blind = True
        accounts = self._idle_accounts()
        why = "; ".join(f"{account.source}: {account.says}" for account in accounts)
        _log.warning(
            _("input goes unnoticed, so sitting is counted by your own word only (%s): %s"),
            why,
            next((account.mend for account in reversed(accounts) if account.mend), _("run deskbreak doctor")),
        )

    def _idle_accounts(self) -> tuple[Account, ...]:
        """The first that sees anything is used; what sees something after it stands ready."""
        accounts: list[Account] = []
        used: Account | None = None
        for each in chain.from_iterable(source.accounts() for source in self._tried):
            if used is None:
                used = self._silent.on(each) if each.used else None
                accounts.append(used or each)
            elif each.used:
                ready = _("ready, if {source} is lost").format(source=used.source)
                accounts.append(replace(each, used=False, says=ready))
            else:
                accounts.append(each)
        return tuple(accounts)
