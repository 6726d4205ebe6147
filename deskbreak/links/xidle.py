"""The time since the last input as the X server counts it, and its alarm at the next one; it decides nothing.

Sources: X Synchronization Extension Protocol 3.1; MIT Screen Saver Extension 1.0.
"""

import struct
from datetime import timedelta

from deskbreak.links.x11 import X11, Extension, X11Error

_INITIALIZE, _LIST_SYSTEM_COUNTERS, _QUERY_COUNTER, _CREATE_ALARM, _DESTROY_ALARM = 0, 1, 5, 8, 11
_ALARM_NOTIFY = 1
_COUNTER, _VALUE_TYPE, _VALUE, _TEST_TYPE, _DELTA, _EVENTS = 1, 2, 4, 8, 16, 32
_ABSOLUTE, _NEGATIVE_TRANSITION = 0, 1
_QUERY_INFO = 1
# So small that two keys struck one after the other are always further apart.
_AT_ONCE = 5
_PATIENCE = timedelta(milliseconds=250)


class SyncIdle:
    """By the system counter IDLETIME of the SYNC extension; can ring. Raises X11Error where there is none."""

    name = "SYNC"

    def __init__(self, screen: X11) -> None:
        self._screen = screen
        self._sync = _present(screen, "SYNC")
        self._alarm: int | None = None
        self._sure = False
        screen.keeps = self._sync.first_event + _ALARM_NOTIFY
        screen.ask(struct.pack("<BBHBBxx", self._sync.opcode, _INITIALIZE, 2, 3, 0))
        self._counter = self._find()
        self._question = _Question(
            screen, struct.pack("<BBHI", self._sync.opcode, _QUERY_COUNTER, 2, self._counter)
        )

    def seconds(self) -> float | None:
        """As the server says, however impossible; None where it does not answer now. X11Error: it is gone."""
        reply = self._question.answer()
        return None if reply is None else _milliseconds(reply, 8) / 1000

    def arm(self) -> bool:
        """Have the server send an alarm at each input from now on.

        False: only if this is called again some milliseconds later can the very next input be heard.
        """
        if self._alarm is None:
            self._alarm = self._screen.new_id()
            mask = _COUNTER | _VALUE_TYPE | _VALUE | _TEST_TYPE | _DELTA | _EVENTS
            values = (self._counter, _ABSOLUTE, 0, _AT_ONCE, _NEGATIVE_TRANSITION, 0, 0, 1)
            head = (self._sync.opcode, _CREATE_ALARM, 3 + len(values), self._alarm, mask)
            self._screen.send(struct.pack("<BBHII2IiI4I", *head, *values))
            self._sure = False
        if not self._sure:
            # A fall below the threshold counts from the value that the server looked at last, and it looks
            # when it is asked: until it has seen one above, it takes the next input for no fall at all.
            seconds = self.seconds()
            self._sure = seconds is None or seconds * 1000 > _AT_ONCE
        return self._sure

    def disarm(self) -> None:
        if self._alarm is not None:
            self._screen.send(struct.pack("<BBHI", self._sync.opcode, _DESTROY_ALARM, 2, self._alarm))
            self._alarm = None

    def rang(self) -> bool:
        """Whether what has arrived by now holds an alarm that is still armed."""
        heard = False
        while (event := self._screen.receive()) is not None:
            heard |= struct.unpack_from("<I", event, 4)[0] == self._alarm
        return heard

    def _find(self) -> int:
        reply = self._screen.ask(struct.pack("<BBH", self._sync.opcode, _LIST_SYSTEM_COUNTERS, 1))
        at = 32
        for _each in range(struct.unpack_from("<I", reply, 8)[0] if reply else 0):
            counter, _high, _low, length = struct.unpack_from("<IiIH", reply or b"", at)
            if (reply or b"")[at + 14 : at + 14 + length] == b"IDLETIME":
                return int(counter)
            at += 14 + length + -(14 + length) % 4
        raise X11Error("the X server keeps no IDLETIME counter")


class SaverIdle:
    """By the MIT-SCREEN-SAVER extension, which can only be asked. Raises X11Error where there is none."""

    name = "MIT-SCREEN-SAVER"

    def __init__(self, screen: X11) -> None:
        saver = _present(screen, "MIT-SCREEN-SAVER")
        self._question = _Question(screen, struct.pack("<BBHI", saver.opcode, _QUERY_INFO, 2, screen.root))

    def seconds(self) -> float | None:
        """As `SyncIdle.seconds`."""
        reply = self._question.answer()
        return None if reply is None else float(struct.unpack_from("<I", reply, 16)[0]) / 1000


def idle_on(screen: X11) -> SyncIdle | SaverIdle:
    """What this server offers, the one that rings first. Raises X11Error where it offers neither."""
    try:
        return SyncIdle(screen)
    except X11Error:
        return SaverIdle(screen)


class _Question:
    """Asked again and again; while a server that hangs owes an answer, nobody waits for it a second time."""

    def __init__(self, screen: X11, request: bytes) -> None:
        self._screen = screen
        self._request = request
        self._owed: int | None = None

    def answer(self) -> bytes | None:
        if self._owed is not None and self._screen.reply(self._owed, timedelta(0)) is None:
            return None
        # What was owed is of no use any more: it tells of an earlier moment.
        self._owed = self._screen.send(self._request)
        reply = self._screen.reply(self._owed, _PATIENCE)
        if reply is None:
            return None
        self._owed = None
        return reply if reply[0] == 1 else None


def _present(screen: X11, name: str) -> Extension:
    found = screen.extension(name)
    if found is None:
        raise X11Error(f"the X server has no {name} extension")
    return found


def _milliseconds(reply: bytes, at: int) -> int:
    high, low = struct.unpack_from("<iI", reply, at)
    return int((high << 32) | low)
