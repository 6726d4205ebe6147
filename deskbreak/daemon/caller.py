"""One connection to the control socket: one request in, one answer out, within limits; it never blocks."""

import socket
from datetime import timedelta
from enum import Enum, auto

from deskbreak.daemon.wire import LONGEST_LINE
from deskbreak.errors import DeskbreakError
from deskbreak.words import _

PATIENCE = timedelta(seconds=5)
"""How long each of reading, waiting for the answer and writing may take."""

_PIECE = 16 * 1024


class Stage(Enum):
    READING = auto()
    WAITING = auto()
    WRITING = auto()


class HungUpError(Exception):
    """The other side is gone."""


class TooMuchError(DeskbreakError):
    """A request beyond the limits, or an unfinished one; the message is the answer to it."""


class Caller:
    """Owned by the thread of the control socket; `until` is on the elapsed clock."""

    def __init__(self, line: socket.socket, now: timedelta) -> None:
        line.setblocking(False)
        self.line = line
        self.stage = Stage.READING
        self.until = now + PATIENCE
        self._heard = bytearray()
        self._to_say = memoryview(b"")

    def hear(self) -> bytes | None:
        """The request without its end of line once it is there, else None.

        Raises HungUpError, or TooMuchError for one that is too long or ends in the middle.
        """
        try:
            piece = self.line.recv(_PIECE)
        except (BlockingIOError, InterruptedError):
            return None
        except OSError as fault:
            raise HungUpError from fault
        before = len(self._heard)
        self._heard += piece
        end = self._heard.find(b"\n", before)
        if (len(self._heard) if end < 0 else end) >= LONGEST_LINE:
            raise TooMuchError(_("a request is at most 64 KiB long"))
        if end >= 0:
            return bytes(self._heard[:end])
        if not piece:
            if not self._heard:
                raise HungUpError
            raise TooMuchError(_("a request ends with a new line"))
        return None

    def wait(self, now: timedelta) -> None:
        """The request is with the loop from now on."""
        self._heard.clear()
        self.stage = Stage.WAITING
        self.until = now + PATIENCE

    def answer(self, line: bytes, now: timedelta) -> None:
        self._heard.clear()
        self.stage = Stage.WRITING
        self.until = now + PATIENCE
        self._to_say = memoryview(line)

    def say(self) -> bool:
        """Send what can be sent; returns whether all of the answer is out. Raises HungUpError."""
        try:
            sent = self.line.send(self._to_say)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as fault:
            raise HungUpError from fault
        self._to_say = self._to_say[sent:]
        return not self._to_say
