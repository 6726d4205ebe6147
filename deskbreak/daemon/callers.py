"""Everyone who is connected to the control socket at this moment: so many, each for so long."""

import logging
import selectors
import socket
from collections.abc import Callable, Mapping
from datetime import timedelta

from deskbreak.daemon.caller import Caller, HungUpError, Stage, TooMuchError
from deskbreak.daemon.wire import encode, refusal
from deskbreak.words import _

_log = logging.getLogger(__name__)

MOST = 32


class Callers:
    """Owned by the thread of the control socket. A number is given once, and means nothing afterwards."""

    def __init__(self, selector: selectors.BaseSelector, now: Callable[[], timedelta]) -> None:
        self._selector = selector
        self._now = now
        self._callers: dict[int, Caller] = {}
        self._next_number = 0

    def admit(self, line: socket.socket) -> int | None:
        """The number of a new caller, by which the selector names it; None: there was no room."""
        if len(self._callers) >= MOST and not self.make_room():
            line.close()
            return None
        number = self._next_number
        self._next_number += 1
        self._callers[number] = Caller(line, self._now())
        self._selector.register(line, selectors.EVENT_READ, number)
        return number

    def make_room(self) -> bool:
        """The one who has been silent longest goes: who has something to say says it at once."""
        for number, caller in self._callers.items():
            if caller.stage is Stage.READING:
                self._hang_up(number)
                return True
        return False

    def attend(self, number: int) -> bytes | None:
        """Read or write what can be; returns the request once it is whole, and then waits for its answer."""
        caller = self._callers.get(number)
        if caller is None:
            return None
        try:
            if caller.stage is Stage.WRITING:
                if caller.say():
                    self._hang_up(number)
                return None
            line = caller.hear()
        except HungUpError:
            self._hang_up(number)
            return None
        except TooMuchError as refused:
            self.refuse(number, str(refused))
            return None
        if line is not None:
            caller.wait(self._now())
            self._selector.unregister(caller.line)
        return line

    def refuse(self, number: int, says: str) -> None:
        self.answer(number, refusal(says))

    def answer(self, number: int, answer: Mapping[str, object]) -> None:
        """Say this and hang up; to one who is gone or is answered already, nothing is said."""
        caller = self._callers.get(number)
        if caller is None or caller.stage is Stage.WRITING:
            return
        try:
            line = encode(answer)
        except (TypeError, ValueError) as fault:
            _log.error("an answer cannot be said: %s", fault)
            line = encode(refusal(_("the answer cannot be said")))
        if caller.stage is Stage.WAITING:
            self._selector.register(caller.line, selectors.EVENT_WRITE, number)
        else:
            self._selector.modify(caller.line, selectors.EVENT_WRITE, number)
        caller.answer(line, self._now())
        self.attend(number)

    def ends(self) -> list[timedelta]:
        """When the patience with each of them ends, on the elapsed clock."""
        return [caller.until for caller in self._callers.values()]

    def expire(self) -> None:
        """Have done with those whose time is over."""
        now = self._now()
        for number, caller in list(self._callers.items()):
            if now < caller.until:
                continue
            match caller.stage:
                case Stage.READING:
                    self.refuse(number, _("a request is whole within 5 seconds"))
                case Stage.WAITING:
                    self.refuse(number, _("deskbreak is busy: no answer within 5 seconds"))
                case Stage.WRITING:
                    self._hang_up(number)

    def end(self) -> None:
        for number in list(self._callers):
            self.refuse(number, _("deskbreak is ending"))
            self._hang_up(number)

    def _hang_up(self, number: int) -> None:
        caller = self._callers.pop(number, None)
        if caller is None:
            return
        if caller.stage is not Stage.WAITING:
            self._selector.unregister(caller.line)
        caller.line.close()
