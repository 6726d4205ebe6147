"""Notices input by GNOME's compositor, on X11 and on Wayland, over the session bus; nothing here waits.

Source: org.gnome.Mutter.IdleMonitor, its D-Bus introspection in mutter.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.links.asked import Body
from deskbreak.links.bus import Bus, BusError, Signal
from deskbreak.links.wire import DISCONNECTED, NO_REPLY
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import account
from deskbreak.sensors.pauses import PAUSE, Ear, Known
from deskbreak.words import _

_log = logging.getLogger(__name__)

NAME = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"
# Larger ones are judged like this one, and fit into a timedelta.
_LONGEST_MS = 2**53
# A bus that has not answered by then has no Mutter to offer.
_PATIENCE = timedelta(seconds=5)


def find(env: Mapping[str, str], put: Put) -> "MutterIdle":
    """The source for this session; whether there is a Mutter is known once the bus has said so."""
    bus = Path(env.get("XDG_RUNTIME_DIR") or "/nonexistent") / "bus"
    return MutterIdle(put, pending=bool(env.get("DBUS_SESSION_BUS_ADDRESS")) or bus.exists())


class MutterIdle:
    """`Idle` by Mutter's two kinds of watch: one tells of each pause, one of the input that ends it.

    `pending`: nobody knows yet whether there is a Mutter. All but `listen` and the answers to the loop
    happens in the bus thread.
    """

    name = "Mutter"

    def __init__(self, put: Put, pending: bool) -> None:
        self.pending = pending
        self._began = awake()
        self._put = put
        self._ear = Ear(put)
        self._known: Known | None = None
        self._doubted: Known | None = None
        self._bus: Bus | None = None
        self._owner: str | None = None
        self._pauses: int | None = None
        self._moves: set[int] = set()
        self._said: set[str] = set()

    @property
    def blind(self) -> bool:
        return self._known is None

    @property
    def absence(self) -> str:
        if self._bus is None:
            return _("there is no session bus")
        if self._owner is not None:
            return _("{name} does not answer").format(name=NAME)
        return _("{name} is not on the session bus").format(name=NAME)

    @property
    def hopeless(self) -> bool:
        waiting = self.pending and awake() - self._began < _PATIENCE
        return self.blind and self._owner is None and not waiting

    def seconds(self) -> float | None:
        known, now = self._known, awake()
        if known is None:
            return None
        if known.doubtful(now) and known is not self._doubted:
            self._doubted = known
            self._ask("GetIdletime", to=self._learn)
        return known.idle(now).total_seconds()

    def listen(self, next_input: bool) -> None:
        if self._ear.listen(next_input) and next_input and self._known is not None:
            self._watch()

    def accounts(self) -> tuple[Account, ...]:
        return (account(self),)

    def close(self) -> None:
        self._ear.listen(False)

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        self._bus = bus
        bus.on_lost(self._lost)
        bus.hear(interface=NAME, member="WatchFired", path=PATH, sender=NAME, to=self._fired)
        bus.follow(NAME, self._owned)

    def _lost(self) -> None:
        self._bus = None
        self._owned(None)

    def _owned(self, owner: str | None) -> None:
        told = self.pending or self._known is not None
        self._owner, self._pauses, self._moves = owner, None, set()
        self._known = None
        if owner is None:
            self.pending = False
            if told:
                self._put(Stirred())
            return
        self._ask("GetIdletime", to=self._appeared)

    def _appeared(self, answer: Body) -> None:
        milliseconds = round(PAUSE.total_seconds() * 1000)
        self._ask("AddIdleWatch", "t", (milliseconds,), to=self._add_pauses)
        self._learn(answer)
        self.pending = False
        self._put(Stirred())
        self._watch()

    def _add_pauses(self, answer: Body) -> None:
        self._pauses = _number(answer)

    def _watch(self) -> None:
        """Have the next input told; what came before the watch was there shows in the idle time."""
        self._ask("AddUserActiveWatch", to=lambda answer: self._moves.add(_number(answer)))
        self._ask("GetIdletime", to=self._learn)

    def _learn(self, answer: Body) -> None:
        idle = timedelta(milliseconds=min(_number(answer), _LONGEST_MS))
        now = awake()
        self._known = Known.told(now, now - idle)

    def _fired(self, signal: Signal) -> None:
        watch, known = signal.body[0], self._known
        if known is None:
            return
        if watch == self._pauses:
            self._known = known.paused(awake())
            self._watch()
        elif watch in self._moves:
            self._moves.remove(_number(signal.body))
            now = awake()
            self._known = Known.told(now, now)
            self._ear.ring()

    def _ask(self, member: str, signature: str = "", body: Body = (), *, to: Callable[[Body], None]) -> None:
        owner, bus = self._owner, self._bus
        if owner is None or bus is None:
            return

        def answered(reply: Body | BusError) -> None:
            if self._owner != owner or self._bus is not bus:
                return
            if not isinstance(reply, BusError):
                to(reply)
            elif reply.name == NO_REPLY:
                # It hangs: ask until it answers or is gone.
                self._ask(member, signature, body, to=to)
            elif reply.name not in (DISCONNECTED, *self._said):
                self._said.add(reply.name)
                _log.warning(_("Mutter does not tell of input: %s"), reply)

        bus.ask(owner, PATH, NAME, member, signature, body, reply=answered)


def _number(body: Body) -> int:
    number = body[0]
    assert isinstance(number, int)
    return number
