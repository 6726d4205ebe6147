"""Notices input by a Wayland compositor that tells of pauses; and a screen kept awake, by those it does not.

A program that keeps the screen awake (zwp_idle_inhibit_v1) shows itself to nobody but the compositor. With
version 2 of ext-idle-notify-v1, some pauses are kept back then and others are not. Before it all are, so that
a film passes for input that goes on; after some minutes of it a pause is asked for that nobody is too quick
for, and where that is not told either, it was no input.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.links.wayland import Message, WaylandError, socket_path
from deskbreak.links.widle import EXT, IDLED, KDE, RESUMED, Line
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import Refusal, account
from deskbreak.sensors.pauses import PAUSE, TRUST, Ear, Known
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

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
        self._watch = Watch("wayland", self._compositor, place=path)
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
        """Whether some program keeps the screen awake; None while the compositor tells of nothing."""
        return self._compositor.inhibited

    def listen(self, next_input: bool) -> None:
        if self._ear.listen(next_input):
            self._watch.wake()

    def accounts(self) -> tuple[Account, ...]:
        mend = _("it is tried again every few seconds; else start deskbreak inside the desktop session")
        if self.hopeless:
            mend = _("say it yourself with sit, stand and here, or use a newer compositor")
        return (account(self, mend),)

    def close(self) -> None:
        self._watch.end()


class _Compositor:
    """`Watched`: the connection and what it told; what has no underscore is published by one assignment.

    The notifications: `_pauses` and `_next` tell of input, `_kept_back` (version 2) only while the screen
    may go dark, `_probe` (before) whether it may; `probed` is since when that one owes an answer.
    """

    def __init__(self, path: Path, put: Put, ear: Ear) -> None:
        self.known: Known | None = None
        self.probed: timedelta | None = None
        self.absence = ""
        self.hopeless = False
        self._path = path
        self._put = put
        self._ear = ear
        self._line: Line | None = None
        self._rested = False
        self._inhibited: bool | None = None
        self._pauses: int | None = None
        self._next: int | None = None
        self._kept_back: int | None = None
        self._probe: int | None = None

    @property
    def inhibited(self) -> bool | None:
        probed = self.probed
        overdue = probed is not None and awake() > probed + PAUSE
        return True if overdue else self._inhibited

    def open(self, again: bool) -> None:
        self._line = line = Line(self._path)
        self.hopeless = not line.tells
        if self.hopeless:
            # What it offers may change only with its next start, which the end of this connection tells.
            self.absence = _("the compositor has neither {ext} nor {kde}").format(ext=EXT, kde=KDE)
            return
        # Whoever starts a compositor, or this program, is there; what was before is not told.
        try:
            self._pauses = line.notification(PAUSE)
            self._kept_back = line.notification(_KEPT_BACK, kept_back=True) if line.two_kinds else None
        except WaylandError:
            self.close()
            raise
        self._next = self._probe = None
        self._rested = self._inhibited = False
        self.known = Known.told(awake(), awake())
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
            if not line.two_kinds and self._probe is None:
                self._probe, self.probed = line.notification(_AT_ONCE), awake()
        if self._ear.open and self._next is None and not known.quiet:
            # In a quiet the end of the pause is the next input; else a pause has to be seen first.
            self._next = line.notification(_AT_ONCE)
        elif not self._ear.open and self._next is not None:
            line.destroy(self._next)
            self._next = None

    def hear(self) -> None:
        self._heed(self._open_line().screen.receive())

    def _heed(self, messages: tuple[Message, ...]) -> None:
        for message in messages:
            known = self.known
            if message.sender == self._kept_back:
                self._rested = message.opcode == IDLED
                self._inhibit(self._inhibited and not self._rested)
            elif message.sender == self._probe and message.opcode == IDLED:
                self._answered(message.sender)
            if known is None or message.sender not in (self._pauses, self._next):
                continue
            if message.opcode == RESUMED:
                self.known = Known.told(awake(), awake())
                self._ear.ring()
            elif message.opcode == IDLED and message.sender == self._pauses:
                self.known = known.paused(awake())
                self._inhibit(not self._rested)

    def _answered(self, probe: int) -> None:
        inhibited = self.inhibited
        self._open_line().destroy(probe)
        self._probe = self.probed = None
        if inhibited:
            self._put(Stirred())

    def _inhibit(self, inhibited: bool | None) -> None:
        """Input proves nothing of it: a hand on the mouse does not end a film."""
        if self._kept_back is not None and inhibited != self._inhibited:
            self._inhibited = inhibited
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
            self.known = self.probed = self._inhibited = None
            self._put(Stirred())

    def close(self) -> None:
        self._open_line().screen.close()
        self._line = None

    def _open_line(self) -> Line:
        assert self._line is not None
        return self._line
