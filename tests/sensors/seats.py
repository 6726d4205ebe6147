"""Somebody sitting before each of the idle sources, the real ones and the fake."""

import queue
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from deskbreak.clock import awake
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Stirred
from deskbreak.sensors import idlehint, mutter, wayland, x11
from deskbreak.sensors.idle import Idle, Refusal
from deskbreak.sensors.logind import Logind
from deskbreak.sensors.pauses import PAUSE
from tests.e2e.desk import Desk, until
from tests.e2e.hands import KwinHands, MutterHands, SwayHands
from tests.e2e.parts import Part
from tests.fakes import FakeIdle

Inbox = queue.SimpleQueue[object]
BACK_WITHIN = timedelta(seconds=6)


class Seat(Protocol):
    """Somebody sitting before an idle source that knows, while nobody asks, of a quiet as long as `knows`."""

    source: Idle
    inbox: Inbox
    knows: timedelta

    def types(self) -> None: ...

    def stays_quiet(self, length: timedelta) -> None: ...

    def loses_it(self) -> None: ...

    def gets_it_back(self) -> None: ...

    def leaves(self) -> None: ...


class X11Seat:
    knows = timedelta(0)

    def __init__(self, desk: Desk, display: str | None = None) -> None:
        self.desk = desk
        self.inbox: Inbox = queue.SimpleQueue()
        found = x11.find(desk.env | {"DISPLAY": display or desk.display}, self.inbox.put)
        assert not isinstance(found, Refusal)
        self.source: Idle = found

    def types(self) -> None:
        self.desk.type_text("a")

    def stays_quiet(self, length: timedelta) -> None:
        until(lambda: (self.source.seconds() or 0) >= length.total_seconds(), "quiet for so long")

    def loses_it(self) -> None:
        self.desk.stop(Part.SCREEN, kill=True)
        until(lambda: self.source.blind, "the loss is noticed")

    def gets_it_back(self) -> None:
        self.desk.start(Part.SCREEN)
        until(lambda: not self.source.blind, "the return is noticed", BACK_WITHIN)

    def leaves(self) -> None:
        self.source.close()


class MutterSeat:
    knows = PAUSE

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.inbox: Inbox = queue.SimpleQueue()
        self.idle = mutter.find(desk.env, self.inbox.put)
        self.source: Idle = self.idle
        self._bus = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self._bus.join(self.idle.joined)
        until(lambda: not self.source.blind, "it is known")
        self._hands = MutterHands(desk.env["DBUS_SESSION_BUS_ADDRESS"])
        heard(self.inbox)

    def types(self) -> None:
        self._hands.types()

    def stays_quiet(self, length: timedelta) -> None:
        until(lambda: (self.source.seconds() or 0) >= length.total_seconds(), "quiet for so long")

    def loses_it(self) -> None:
        self._hands.leave()
        self.desk.stop(Part.MUTTER, kill=True)
        until(lambda: self.source.blind, "the loss is noticed")

    def gets_it_back(self) -> None:
        self.desk.start(Part.MUTTER)
        until(lambda: not self.source.blind, "the return is noticed", BACK_WITHIN)
        self._hands = MutterHands(self.desk.env["DBUS_SESSION_BUS_ADDRESS"])

    def leaves(self) -> None:
        self._hands.leave()
        self._bus.close()
        self.source.close()


class WaylandSeat:
    knows = PAUSE

    def __init__(
        self, desk: Desk, compositor: Part, hands: Callable[[Mapping[str, str]], SwayHands | KwinHands]
    ) -> None:
        self.desk = desk
        self.inbox: Inbox = queue.SimpleQueue()
        self._compositor = compositor
        self._find_hands = hands
        self._hands = hands(desk.env)
        found = wayland.find(desk.env, self.inbox.put)
        assert not isinstance(found, Refusal)
        self.source: Idle = found

    def types(self) -> None:
        self._hands.types()

    def stays_quiet(self, length: timedelta) -> None:
        until(lambda: (self.source.seconds() or 0) >= length.total_seconds(), "quiet for so long")

    def loses_it(self) -> None:
        self._hands.leave()
        self.desk.stop(self._compositor, kill=True)
        until(lambda: self.source.blind, "the loss is noticed")

    def gets_it_back(self) -> None:
        self.desk.start(self._compositor)
        until(lambda: not self.source.blind, "the return is noticed", BACK_WITHIN)
        self._hands = self._find_hands(self.desk.env)

    def leaves(self) -> None:
        self._hands.leave()
        self.source.close()


class IdleHintSeat:
    """A desktop that keeps the hint, with hardly any delay."""

    knows = timedelta(0)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.inbox: Inbox = queue.SimpleQueue()
        self.logind = Logind(desk.env, self.inbox.put)
        self.source: Idle = idlehint.find(desk.env, lambda: self.logind.now)
        self._bus = Rejoin(lambda: desk.env["DBUS_SYSTEM_BUS_ADDRESS"], fds=True)
        self._bus.join(self.logind.joined)
        self._idle = False
        self.is_known()
        self.stays_quiet(timedelta(0))
        self.types()
        heard(self.inbox)

    def is_known(self) -> None:
        """The session is, and it has a desktop."""
        until(lambda: self.logind.now.session, "the session is known")
        self.desk.session_says(Type=("s", "wayland"))
        until(lambda: self.logind.now.graphical, "it is heard")

    def hints(self, idle: bool, since: timedelta | None = None) -> None:
        """What the login service tells when the desktop sets the hint or takes it back."""
        microseconds = (awake() if since is None else since) // timedelta(microseconds=1)
        self._idle = idle
        self.desk.session_says(IdleHint=("b", idle), IdleSinceHintMonotonic=("t", microseconds))
        told = timedelta(microseconds=microseconds)
        until(lambda: self.logind.now.idle_since == told, "it is heard")

    def types(self) -> None:
        if self._idle:
            self.hints(idle=False)

    def stays_quiet(self, length: timedelta) -> None:
        if not self._idle:
            self.hints(idle=True)
        until(lambda: (self.source.seconds() or 0) >= length.total_seconds(), "quiet for so long")
        heard(self.inbox)

    def loses_it(self) -> None:
        self.desk.stop(Part.LOGIND, kill=True)
        until(lambda: self.source.blind, "the loss is noticed")

    def gets_it_back(self) -> None:
        self._idle = False
        self.desk.start(Part.LOGIND)
        self.is_known()
        self.hints(idle=True)

    def leaves(self) -> None:
        self._bus.close()
        self.source.close()


class FakeSeat:
    knows = timedelta(0)

    def __init__(self) -> None:
        self.inbox: Inbox = queue.SimpleQueue()
        self.fake = FakeIdle(self.inbox.put)
        self.source: Idle = self.fake

    def types(self) -> None:
        self.fake.hands_move()

    def stays_quiet(self, length: timedelta) -> None:
        self.fake.passes(length)

    def loses_it(self) -> None:
        self.fake.is_lost()

    def gets_it_back(self) -> None:
        self.fake.comes_back()

    def leaves(self) -> None:
        self.source.close()


def heard(inbox: Inbox) -> list[object]:
    found: list[object] = []
    with suppress(queue.Empty):
        while True:
            found.append(inbox.get_nowait())
    return found


def rings(seat: Seat) -> Callable[[], bool]:
    return lambda: heard(seat.inbox) == [Stirred()]


def typing_rings(seat: Seat) -> Callable[[], bool]:
    """One more key, and whether it rang: what was asked for just before may still be on its way."""

    def rang() -> bool:
        seat.types()
        return heard(seat.inbox) == [Stirred()]

    return rang


def switches(thread: int) -> int:
    """How often a thread of this process has waited for something so far."""
    status = Path("/proc/self/task") / str(thread) / "status"
    return int(status.read_text().partition("voluntary_ctxt_switches:")[2].split()[0])
