"""Notices input by the X server: asks it how long ago the last one was, and has it ring at the next."""

import logging
import queue
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.links.wayland import in_session
from deskbreak.links.x11 import X11, X11Error, display_number, display_socket
from deskbreak.links.xidle import SaverIdle, SyncIdle, idle_on
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import Refusal, account
from deskbreak.sensors.pauses import Ear
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

_SOON = timedelta(milliseconds=10)
_LOOK_EVERY = timedelta(seconds=2)
_LEAST_GROWTH = timedelta(seconds=1.95)


def find(env: Mapping[str, str], put: Put) -> "X11Idle | Refusal":
    """The source for this session, or why there is none."""
    if in_session(env):
        return Refusal(
            "X11",
            _("in a Wayland session it would see input only in X11 windows"),
            "" if env.get("WAYLAND_DISPLAY") else _("start deskbreak inside the desktop session"),
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
        self._ear = Ear(put)
        self._server = _Server(display, authority, put, self._ear)
        self._watch = Watch("x11", self._server, place=display_socket(display_number(display)))
        self._watch.open()
        self._watch.start()

    @property
    def blind(self) -> bool:
        return self._server.published is None

    @property
    def absence(self) -> str:
        return self._server.absence

    def seconds(self) -> float | None:
        self._server.bury()
        line = self._server.published
        if line is None:
            return None
        try:
            return line.idle.seconds()
        except X11Error:
            self._server.silent = line
            self._watch.wake()
            return None

    def listen(self, next_input: bool) -> None:
        if self._ear.listen(next_input):
            self._watch.wake()

    def accounts(self) -> tuple[Account, ...]:
        mend = _("it is tried again every few seconds; else start deskbreak inside the desktop session")
        return (account(self, mend),)

    def close(self) -> None:
        self._watch.end()
        self._server.bury()
        if self._server.published is not None:
            self._server.published.close()


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


class _Server:
    """`Watched`: the connection that alarms come over, and one for the loop to ask over.

    There are two, so that neither thread waits for the other. `published` is the loop's; in `silent` the
    loop leaves it when the server has hung up on it; `absence` is why there is none.
    """

    def __init__(self, display: str, authority: Path, put: Put, ear: Ear) -> None:
        self.published: _Line | None = None
        self.silent: _Line | None = None
        self.absence = ""
        self.absence = ""
        self._buried: queue.SimpleQueue[_Line] = queue.SimpleQueue()
        self._display = display
        self._authority = authority
        self._put = put
        self._ear = ear
        self._line: _Line | None = None
        self._last: float | None = None

    def bury(self) -> None:
        """For the loop: close what it asked over before, which nobody else may do while it might ask."""
        with suppress(queue.Empty):
            while True:
                self._buried.get_nowait().close()

    def open(self, again: bool) -> None:
        line = _Line(self._display, self._authority)
        try:
            self.published = _Line(self._display, self._authority)
        except X11Error:
            line.close()
            raise
        self._line = line
        self._last = None
        if again:
            _log.info(_("the X server is there, input is noticed"))
            self._put(Stirred())

    def fileno(self) -> int:
        return self._open_line().screen.fileno()

    def prepare(self) -> timedelta | None:
        if self.silent is not None and self.silent is self.published:
            raise X11Error(_("the X server has hung up"))
        idle = self._open_line().idle
        if isinstance(idle, SaverIdle):
            return self._look(idle)
        sure = self._tune(idle)
        while idle.rang():
            self._ear.ring()
            sure = self._tune(idle)
        return None if sure else _SOON

    def hear(self) -> None:
        line = self._open_line()
        if isinstance(line.idle, SaverIdle):
            # Nobody has asked for what it says, but it has to be taken.
            line.screen.receive()

    def waited(self) -> None:
        idle = self._open_line().idle
        if isinstance(idle, SaverIdle):
            self._compare(idle)

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        self.absence = str(fault)
        self.absence = str(fault)
        if first:
            _log.warning(_("%s; until it is there, input goes unnoticed"), fault)

    def lost(self, fault: DeskbreakError) -> None:
        self.absence = str(fault)
        _log.warning(_("%s; until it is back, input goes unnoticed"), fault)
        self.close()
        self.absence = str(fault)
        if self.published is not None:
            self._buried.put(self.published)
        self.published = None
        self._put(Stirred())

    def close(self) -> None:
        self._open_line().close()
        self._line = None

    def _open_line(self) -> _Line:
        assert self._line is not None
        return self._line

    def _tune(self, idle: SyncIdle) -> bool:
        """Whether the very next input will ring, if it is to."""
        if self._ear.open:
            return idle.arm()
        idle.disarm()
        return True

    def _look(self, idle: SaverIdle) -> timedelta | None:
        # A server without alarms can only be looked at again and again, while somebody wants to know.
        if not self._ear.open:
            self._last = None
            return None
        if self._last is None:
            self._last = idle.seconds()
        return _LOOK_EVERY

    def _compare(self, idle: SaverIdle) -> None:
        now, before = idle.seconds(), self._last
        if now is not None and before is not None and now < before + _LEAST_GROWTH.total_seconds():
            self._ear.ring()
        self._last = now
