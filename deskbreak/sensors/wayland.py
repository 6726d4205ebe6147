"""Notices input by a Wayland compositor that tells of pauses; and a screen kept awake, by two kinds of them.

A program that keeps the screen awake (zwp_idle_inhibit_v1) shows itself to nobody but the compositor. Version
2 of ext-idle-notify-v1 has pauses that it keeps back then, and others; where only the first kind is, a film
passes for input that goes on.
Sources: Wayland protocols ext-idle-notify-v1 (versions 1 and 2) and KDE's idle.xml (org_kde_kwin_idle).
"""

import logging
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.links.wayland import Message, Wayland, WaylandError, socket_path
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import Refusal, account
from deskbreak.sensors.pauses import PAUSE, TRUST, Ear, Known
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

_SEAT, _EXT, _KDE = "wl_seat", "ext_idle_notifier_v1", "org_kde_kwin_idle"
_GET_NOTIFICATION, _GET_INPUT_NOTIFICATION, _GET_TIMEOUT = 1, 2, 0
_DESTROY = 0
_IDLED, _RESUMED = 0, 1
# So short that two keys struck one after the other are further apart.
_AT_ONCE = timedelta(milliseconds=10)
# The pause that may be kept back comes first, so that it is surely missing when the other has come.
_KEPT_BACK = PAUSE - timedelta(milliseconds=500)


def find(env: Mapping[str, str], put: Put) -> "WaylandIdle | Refusal":
    """The source for this session, or why there is none."""
    try:
        return WaylandIdle(socket_path(env), put)
    except WaylandError as fault:
        return Refusal("Wayland", str(fault))


class WaylandIdle:
    """`Idle` by the compositor at `path`, whether it is there yet or not."""

    name = "Wayland"

    def __init__(self, path: Path, put: Put) -> None:
        self._ear = Ear(put)
        self._compositor = _Compositor(path, put, self._ear)
        self._watch = Watch("wayland", self._compositor)
        self._watch.open()
        self._watch.start()

    @property
    def blind(self) -> bool:
        return self._compositor.known is None

    @property
    def absence(self) -> str:
        return self._compositor.absence

    @property
    def hopeless(self) -> bool:
        return self._compositor.hopeless

    def seconds(self) -> float | None:
        known, now = self._compositor.known, awake()
        if known is None:
            return None
        if known.doubtful(now):
            self._watch.wake()
        return known.idle(now).total_seconds()

    @property
    def inhibited(self) -> bool | None:
        """Whether some program keeps the screen awake; None where the compositor does not show it."""
        return self._compositor.inhibited

    def listen(self, next_input: bool) -> None:
        if self._ear.listen(next_input):
            self._watch.wake()

    def accounts(self) -> tuple[Account, ...]:
        mend = _("say it yourself with sit, stand and here, or use a newer compositor")
        return (account(self, mend if self.hopeless else ""),)

    def close(self) -> None:
        self._watch.end()


@dataclass(slots=True)
class _Line:
    """One connection and our notifications on it; `notifier` None: it offers none.

    `pauses` and `next` tell of input, `kept_back` (since version 2) only while the screen may go dark.
    """

    screen: Wayland
    seat: int = 0
    notifier: int | None = None
    interface: str = ""
    version: int = 1
    pauses: int = 0
    next: int | None = None
    kept_back: int | None = None

    def notification(self, after: timedelta, kept_back: bool = False) -> int:
        """A new object that says when there was no input for so long, and when there is some again.

        `kept_back`: while the screen is kept awake it is to say nothing; before version 2 it never does.
        """
        assert self.notifier is not None
        new = self.screen.new_id()
        milliseconds = round(after.total_seconds() * 1000)
        if self.interface == _KDE:
            opcode, body = _GET_TIMEOUT, struct.pack("=III", new, self.seat, milliseconds)
        else:
            opcode = _GET_NOTIFICATION if self.version == 1 or kept_back else _GET_INPUT_NOTIFICATION
            body = struct.pack("=III", new, milliseconds, self.seat)
        self.screen.request(self.notifier, opcode, body)
        return new


def _connected(path: Path) -> _Line:
    screen = Wayland(path)
    line = _Line(screen)
    try:
        line.interface = next((each for each in (_EXT, _KDE) if each in screen.offers), "")
        if line.interface and _SEAT in screen.offers:
            line.version = min(screen.offers[line.interface].version, 1 if line.interface == _KDE else 2)
            line.seat = screen.bind(_SEAT)
            line.notifier = screen.bind(line.interface, line.version)
            line.pauses = line.notification(PAUSE)
            if line.version > 1:
                line.kept_back = line.notification(_KEPT_BACK, kept_back=True)
    except WaylandError:
        screen.close()
        raise
    return line


class _Compositor:
    """`Watched`: the connection and what it told; what has no underscore is published by one assignment."""

    def __init__(self, path: Path, put: Put, ear: Ear) -> None:
        self.known: Known | None = None
        self.inhibited: bool | None = None
        self.absence = ""
        self.hopeless = False
        self._path = path
        self._put = put
        self._ear = ear
        self._line: _Line | None = None
        self._rested = False

    def open(self, again: bool) -> None:
        line = _connected(self._path)
        self._line = line
        self.hopeless = line.notifier is None
        if self.hopeless:
            # What it offers may change only with its next start, which the end of this connection tells.
            self.absence = _("the compositor has neither {ext} nor {kde}").format(ext=_EXT, kde=_KDE)
            return
        # Whoever starts a compositor, or this program, is there; what was before is not told.
        self.known = Known.told(awake(), awake())
        self._rested = False
        self.inhibited = None if line.kept_back is None else False
        if again:
            self._put(Stirred())

    def fileno(self) -> int:
        return self._open_line().screen.fileno()

    def prepare(self) -> None:
        line, known = self._open_line(), self.known
        if known is None:
            return
        if known.doubtful(awake()):
            # One that hangs does not answer and is lost; one that answers has told of every pause by then.
            self._heed(line.screen.settle())
            known = self.known = replace(self.known or known, trusted=awake() + TRUST)
        if self._ear.open and line.next is None and not known.quiet:
            # In a quiet the end of the pause is the next input; else a pause has to be seen first.
            line.next = line.notification(_AT_ONCE)
        elif not self._ear.open and line.next is not None:
            line.screen.request(line.next, _DESTROY)
            line.next = None

    def hear(self) -> None:
        self._heed(self._open_line().screen.receive())

    def _heed(self, messages: tuple[Message, ...]) -> None:
        line = self._open_line()
        for message in messages:
            known = self.known
            if message.sender == line.kept_back:
                self._rested = message.opcode == _IDLED
                self._inhibit(self.inhibited and not self._rested)
            if known is None or message.sender not in (line.pauses, line.next):
                continue
            if message.opcode == _RESUMED:
                self.known = Known.told(awake(), awake())
                self._ear.ring()
            elif message.opcode == _IDLED and message.sender == line.pauses:
                self.known = known.paused(awake())
                self._inhibit(not self._rested)

    def _inhibit(self, inhibited: bool | None) -> None:
        """Input proves nothing of it: a hand on the mouse does not end a film."""
        changed = self.inhibited is not None and inhibited != self.inhibited
        if changed:
            self.inhibited = inhibited
            self._put(Stirred())

    def waited(self) -> None:
        """It waits for a word only."""

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        self.absence = str(fault)
        if first:
            _log.warning(_("%s; it is tried again every few seconds"), fault)

    def lost(self, fault: DeskbreakError) -> None:
        self.close()
        self.absence = str(fault)
        self.hopeless = False
        if self.known is not None:
            _log.warning(_("%s; until it is back, it tells of no input"), fault)
            self.known = self.inhibited = None
            self._put(Stirred())

    def close(self) -> None:
        self._open_line().screen.close()
        self._line = None

    def _open_line(self) -> _Line:
        assert self._line is not None
        return self._line
