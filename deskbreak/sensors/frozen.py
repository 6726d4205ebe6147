"""Notices an idle source that has stopped noticing: it repeats itself, or is silent about somebody."""

import logging
from dataclasses import replace
from datetime import timedelta

from deskbreak.core.events import Reading
from deskbreak.sensors.account import Account
from deskbreak.sensors.pauses import PAUSE
from deskbreak.words import _

_log = logging.getLogger(__name__)

_SAME = timedelta(milliseconds=50)
# Readings closer together than this may well be of the same input, or rounded to the same number.
_APART = timedelta(seconds=1)
# By chance two are equal once in thousands of readings, and three never.
_REPEATED = 3
_REPEATED_FOR = timedelta(seconds=60)
# Whoever unlocks the screen or takes a call has touched something by then.
_UNTOUCHED = timedelta(seconds=60)
_SILENT_FOR = timedelta(minutes=10)


class Repeating:
    """An idle time grows with the clock until there is input: one that stays the same is no reading.

    Sources that know pauses only say the length of the shortest, or nothing, all through the work; those
    numbers may recur.
    """

    def __init__(self) -> None:
        self._seconds = 0.0
        self._since = timedelta(0)
        self._counted = timedelta(0)
        self._times = 0

    def noted(self, seconds: float, awake: timedelta) -> bool:
        """Whether `seconds`, said at `awake`, has been said for so long that it cannot be true."""
        if seconds != self._seconds or seconds <= PAUSE.total_seconds():
            self._seconds, self._since, self._counted, self._times = seconds, awake, awake, 1
        elif awake - self._counted >= _APART:
            self._counted = awake
            self._times += 1
        return self._times >= _REPEATED and awake - self._since >= _REPEATED_FOR


class Silent:
    """Whether a source says that nobody has touched anything, though the person does what takes touching.

    Unlocking the screen and taking a call do; two of them far apart are enough. Said once.
    """

    def __init__(self) -> None:
        self.suspect = False
        self._before = Reading()
        self._last: timedelta | None = None
        self._sign: timedelta | None = None
        self._said = False

    def noted(self, reading: Reading, awake: timedelta) -> None:
        """For each reading that is made, at `awake`."""
        before, self._before = self._before, reading
        if reading.idle is None:
            return
        last = awake - reading.idle
        unlocked = before.locked and not reading.locked
        if self._last is None or last > self._last + _SAME:
            self._last, self._sign, self.suspect = last, None, False
        elif (unlocked or (reading.call and not before.call)) and awake - self._last > _UNTOUCHED:
            self._sign = awake if self._sign is None else self._sign
            self.suspect = self.suspect or awake - self._sign >= _SILENT_FOR
        if self.suspect and not self._said:
            self._said = True
            _log.warning(
                "%s", _("no input is noticed though somebody is there: deskbreak doctor shows by what")
            )

    def on(self, account: Account) -> Account:
        """What the source says of itself, with the doubt."""
        if not self.suspect:
            return account
        says = _("{says}, but somebody has been there since").format(says=account.says)
        return replace(account, says=says, mend=_("log out and in again; until then tell deskbreak yourself"))
