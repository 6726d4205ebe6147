"""What an idle source is, and which of its numbers can be true; it touches no desktop."""

import logging
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.frozen import Repeating
from deskbreak.words import _

_log = logging.getLogger(__name__)

# The two clocks are read one after the other, and a server may round up.
_SLACK = timedelta(seconds=2)
# Milliseconds in 32 bits: from here on the number is a small negative one that wrapped.
_WRAPPED = 2**31 / 1000


class Idle(Protocol):
    """The time since the last input, by one technology; only the loop's thread uses it."""

    name: str

    @property
    def blind(self) -> bool:
        """Whether the source is lost at the moment; it comes back by itself."""

    @property
    def absence(self) -> str:
        """Why it is blind, for `doctor`; means nothing while it is not."""

    @property
    def hopeless(self) -> bool:
        """Whether it stays blind unless the desktop changes; one that is merely lost says so itself."""

    def seconds(self) -> float | None:
        """Since the last input, as the source says, however impossible; None: it says nothing now.

        Answers within a quarter of a second, whatever the source does.
        """

    def listen(self, next_input: bool) -> None:
        """True: put one `Stirred` into the inbox at the next input; again only when asked again."""

    def accounts(self) -> tuple[Account, ...]:
        """What it says now, or why it is blind; asks like `seconds`."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source cannot be used here, and what would mend it (empty: nothing would)."""

    name: str
    why: str
    mend: str = ""

    def accounts(self) -> tuple[Account, ...]:
        return (Account(self.name, Serves.INPUT, False, self.why, self.mend),)


def account(source: Idle, mend: str = "") -> Account:
    """What a source says of the last input; `mend` is what would end its blindness."""
    seconds = source.seconds()
    if source.blind:
        return Account(source.name, Serves.INPUT, False, source.absence, mend)
    if seconds is None:
        return Account(source.name, Serves.INPUT, True, _("does not answer at the moment"))
    says = _("last input {seconds} s ago").format(seconds=f"{seconds:.1f}")
    return Account(source.name, Serves.INPUT, True, says)


class Sieve:
    """Lets plausible numbers through and says each cause of the others once."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._repeating = Repeating()

    def plausible(self, seconds: float, awake: timedelta) -> timedelta | None:
        """The same as a duration; None for what cannot be: `awake` is how long the machine has been up.

        Rejected are NaN, infinities, negative and wrapped numbers, idle times longer than `awake`, and
        those that have not changed for a minute.
        """
        cause = _doubt(seconds, awake)
        if cause is None and self._repeating.noted(seconds, awake):
            cause = "the same all the time"
        if cause is None:
            return timedelta(seconds=seconds)
        if cause not in self._said:
            self._said.add(cause)
            _log.warning("an idle time of %r s is ignored: it is %s", seconds, cause)
        return None


def _doubt(seconds: float, awake: timedelta) -> str | None:
    if not math.isfinite(seconds):
        return "not a number"
    if seconds < 0:
        return "negative"
    if seconds >= _WRAPPED:
        return "a 32-bit counter that wrapped"
    if seconds > (awake + _SLACK).total_seconds():
        return "longer than the machine has been up"
    return None
