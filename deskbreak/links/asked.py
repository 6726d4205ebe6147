"""The calls that wait for an answer: each is answered exactly once, by whoever takes it out first."""

import sched
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.links.wire import DISCONNECTED, NO_REPLY, BusError
from deskbreak.words import _

Body = tuple[object, ...]
Reply = Callable[[Body | BusError], None]


@dataclass(frozen=True, slots=True)
class _Call:
    reply: Reply
    expiry: sched.Event


class Asked:
    """Safe to use from several threads; replies are handed over by `hand` in the thread that causes them."""

    def __init__(self, hand: Callable[[Reply, Body | BusError], None]) -> None:
        self._hand = hand
        self._guard = threading.Lock()
        self._calls: dict[int, _Call] = {}
        self._expiries = sched.scheduler()
        self._open = True

    def add(self, serial: int, member: str, reply: Reply, timeout: timedelta) -> bool:
        """Whether it was taken; after `give_up` nothing is."""
        silent = BusError(_("no answer to {member} in time").format(member=member), NO_REPLY)
        with self._guard:
            if self._open:
                expiry = self._expiries.enter(timeout.total_seconds(), 0, self.settle, (serial, silent))
                self._calls[serial] = _Call(reply, expiry)
            return self._open

    def forget(self, serial: int) -> None:
        """Take a call out unanswered."""
        self._take(serial)

    def settle(self, serial: int, answer: Body | BusError) -> None:
        """Answer a call, unless it was answered before."""
        if (call := self._take(serial)) is not None:
            self._hand(call.reply, answer)

    def expire(self) -> float | None:
        """Answer what has waited too long; the seconds until the next one has, None without one."""
        return self._expiries.run(blocking=False)

    def give_up(self) -> None:
        """The bus is gone: answer all that is open, and take nothing more."""
        with self._guard:
            self._open = False
            left = list(self._calls)
        for serial in left:
            self.settle(serial, gone())

    def _take(self, serial: int) -> _Call | None:
        with self._guard:
            call = self._calls.pop(serial, None)
        if call is not None and call.expiry in self._expiries.queue:
            try:
                self._expiries.cancel(call.expiry)
            except ValueError:
                return call  # it fired in between, and will find the call taken
        return call


def gone() -> BusError:
    return BusError(_("the connection to the bus is lost"), DISCONNECTED)
