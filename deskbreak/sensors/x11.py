"""Notices input by the X server: asks it how long ago the last one was, and has it ring at the next.

One thread waits for the server's alarms and for its return; it wakes for nothing else.
"""

import logging
import queue
import select
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from enum import IntEnum
from pathlib import Path

from deskbreak.links.x11 import X11, X11Error, display_number
from deskbreak.links.xidle import SaverIdle, SyncIdle, idle_on
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import Refusal, account
from deskbreak.words import _

_log = logging.getLogger(__name__)

_PAUSES = tuple(timedelta(seconds=pause) for pause in (1, 2, 3, 4))
_SOON = timedelta(milliseconds=10)
_LOOK_EVERY = timedelta(seconds=2)
_LEAST_GROWTH = timedelta(seconds=1.95)


class Order(IntEnum):
    """What the loop says to the watching thread: one byte each."""

    ARM = 1
    DISARM = 2
    RENEW = 3
    END = 4


def find(env: Mapping[str, str], put: Put) -> "X11Idle | Refusal":
    """The source for this session, or why there is none."""
    if env.get("WAYLAND_DISPLAY"):
        return Refusal(
            "X11",
            _("in a Wayland session it would see input only in X11 windows"),
            _("say it yourself with sit, stand and here"),
        )
    display = env.get("DISPLAY", "")
    if not display:
        return Refusal("X11", _("DISPLAY is not set"), _("start deskbreak inside the desktop session"))
    try:
        display_number(display)
    except X11Error as fault:
        return Refusal("X11", str(fault), _("set DISPLAY to the display of this desktop"))
    authority = Path(env.get("XAUTHORITY") or Path(env.get("HOME") or "/") / ".Xauthority")
    return X11Idle(display, authority, put)


class X11Idle:
    """`Idle` by the X server at `display`, whether it is there yet or not."""

    name = "X11"
    hopeless = False

    def __init__(self, display: str, authority: Path, put: Put) -> None:
        self._watch = _Watch(display, authority, put)
        self._armed_at: int | None = None
        self._watch.start()

    @property
    def blind(self) -> bool:
        return self._watch.published is None

    @property
    def absence(self) -> str:
        return self._watch.absence

    def seconds(self) -> float | None:
        self._watch.bury()
        line = self._watch.published
        if line is None:
            return None
        try:
            return line.idle.seconds()
        except X11Error:
            self._watch.order(Order.RENEW)
            return None

    def listen(self, next_input: bool) -> None:
        armed_at = self._watch.rings if next_input else None
        if armed_at != self._armed_at:
            self._armed_at = armed_at
            self._watch.order(Order.ARM if next_input else Order.DISARM)

    def accounts(self) -> tuple[Account, ...]:
        mend = _("it is tried again every few seconds; else start deskbreak inside the desktop session")
        return (account(self, mend),)

    def close(self) -> None:
        self._watch.end()


class _Line:
    """One connection and what counts the idle time on it. Raises X11Error where either cannot be had."""

    def __init__(self, display: str, authority: Path) -> None:
        self.screen = X11(display, authority)
        try:
            self.idle = idle_on(self.screen)
        except X11Error:
            self.screen.close()
            raise

    def close(self) -> None:
        self.screen.close()


class _Watch:
    """The thread that waits for alarms, and for the server while it is lost.

    It publishes, each by one assignment: a connection for the loop to ask over, so that neither thread
    waits for the other, how often it rang, and why there is no connection.
    """

    def __init__(self, display: str, authority: Path, put: Put) -> None:
        self.published: _Line | None = None
        self.rings = 0
        self.absence = ""
        self._lost: queue.SimpleQueue[_Line] = queue.SimpleQueue()
        self._display = display
        self._authority = authority
        self._put = put
        self._bell, self._rung = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="x11", daemon=True)
        self._line: _Line | None = None
        self._attempts = 0
        self._armed = False
        self._ended = False
        self._last: float | None = None

    def start(self) -> None:
        self._open()
        self._thread.start()

    def order(self, what: Order) -> None:
        with suppress(BlockingIOError):
            # The bell is full only of orders that nobody has attended to for long: a server that hangs.
            self._bell.send(bytes([what]))

    def bury(self) -> None:
        """For the loop: close what it asked over before, which nobody else may do while it might ask."""
        with suppress(queue.Empty):
            while True:
                self._lost.get_nowait().close()

    def end(self) -> None:
        self.order(Order.END)
        self._thread.join()
        self.bury()
        self._bell.close()
        self._rung.close()
        if self.published is not None:
            self.published.close()

    def _run(self) -> None:
        while not self._ended:
            if self._line is None:
                if not self._wait(_PAUSES[min(self._attempts, len(_PAUSES) - 1)]) and self._open():
                    self._put(Stirred())
                continue
            try:
                self._attend(self._line)
            except X11Error as fault:
                self._lose(self._line, fault)
        if self._line is not None:
            self._line.close()

    def _open(self) -> bool:
        watching = None
        try:
            watching = _Line(self._display, self._authority)
            self.published = _Line(self._display, self._authority)
        except X11Error as fault:
            if watching is not None:
                watching.close()
            if not self._attempts:
                _log.warning(_("%s; until it is there, input goes unnoticed"), fault)
            self._attempts += 1
            self.absence = str(fault)
            return False
        if self._attempts:
            _log.info(_("the X server is there, input is noticed"))
        self._attempts = 0
        self._line = watching
        return True

    def _lose(self, line: _Line, fault: X11Error) -> None:
        _log.warning(_("%s; until it is back, input goes unnoticed"), fault)
        line.close()
        self.absence = str(fault)
        if self.published is not None:
            self._lost.put(self.published)
        self._line = self.published = None
        self._attempts = 1
        self._put(Stirred())

    def _attend(self, line: _Line) -> None:
        idle = line.idle
        if isinstance(idle, SyncIdle):
            sure = True
            if self._armed:
                sure = idle.arm()
            else:
                idle.disarm()
            if idle.rang():
                self._ring()
            else:
                self._wait(None if sure else _SOON)
            return
        line.screen.receive()
        if not self._armed:
            self._last = None
            self._wait(None)
            return
        # A server without alarms can only be looked at again and again, while somebody wants to know.
        self._last = idle.seconds() if self._last is None else self._last
        if not self._wait(_LOOK_EVERY):
            self._compare(idle)

    def _compare(self, idle: SaverIdle) -> None:
        now, before = idle.seconds(), self._last
        if now is not None and before is not None and now < before + _LEAST_GROWTH.total_seconds():
            self._ring()
        self._last = now

    def _ring(self) -> None:
        if self._armed:
            self._armed = False
            self.rings += 1
            self._put(Stirred())

    def _wait(self, patience: timedelta | None) -> bool:
        """Whether the server or the loop said something; the loop's orders are carried out."""
        sides: list[socket.socket | X11] = [self._rung]
        if self._line is not None:
            sides.append(self._line.screen)
        ready = select.select(sides, [], [], None if patience is None else patience.total_seconds())[0]
        if self._rung in ready:
            for sent in self._rung.recv(4096):
                self._obey(Order(sent))
        return len(ready) > 0

    def _obey(self, order: Order) -> None:
        match order:
            case Order.ARM:
                self._armed = True
            case Order.DISARM:
                self._armed = False
            case Order.END:
                self._ended = True
            case Order.RENEW:
                # Raised where the line is attended to; while there is none, it is sought anyway.
                if self._line is not None:
                    raise X11Error(_("the X server has hung up"))
