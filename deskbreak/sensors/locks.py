"""Whether the screen is locked and the machine asleep, of all that say so; it asks nobody."""

import logging
from datetime import timedelta

from deskbreak.sensors.claims import Belief
from deskbreak.sensors.logind import Logind
from deskbreak.sensors.screensaver import ScreenSavers
from deskbreak.words import _

_log = logging.getLogger(__name__)

# Unlocking takes typing, which must not pass for the end of the lock; falling asleep takes some seconds.
_LOCK_GRACE = timedelta(seconds=30)
_SLEEP_GRACE = timedelta(seconds=10)
# Nobody types at a lock screen for so long; whoever does sits before a screen that is not locked.
_NO_PASSWORD = timedelta(minutes=3)


class Locks:
    """Any source that says "locked" is believed, until it takes that back or there is input instead.

    A wish to lock, and what a screen saver or login service said before it was gone, are taken back by
    nobody: the first input ends them. What a source says that is there, only long typing contradicts.
    """

    def __init__(self, logind: Logind, savers: ScreenSavers) -> None:
        self._logind = logind
        self._savers = savers
        self._asked = Belief(_LOCK_GRACE)
        self._left = Belief(_LOCK_GRACE)
        self._hinted = Belief(_LOCK_GRACE, _NO_PASSWORD)
        self._covered = Belief(_LOCK_GRACE, _NO_PASSWORD)
        self._told = Belief(_SLEEP_GRACE)
        self._said: set[str] = set()

    def locked(self, idle: timedelta | None, awake: timedelta) -> bool:
        login, savers = self._logind.now, self._savers
        believed = (
            self._asked.holds(login.lock_asked, idle, awake),
            self._left.holds(savers.left, idle, awake),
            self._hinted.holds(login.hinted or None, idle, awake),
            self._covered.holds(savers.active or None, idle, awake),
        )
        if self._hinted.refuted:
            self._say_once(_("the login service says that the screen is locked, but somebody types"))
        if self._covered.refuted:
            self._say_once(_("the screen saver says that the screen is locked, but somebody types"))
        return any(believed)

    def asleep(self, idle: timedelta | None, awake: timedelta) -> bool:
        """About to sleep, or another session is the active one."""
        login = self._logind.now
        told = self._told.holds(login.sleep_told, idle, awake)
        if self._told.refuted:
            self._logind.sleeps_not(login.sleep_told)
            self._say_once(_("the login service never said that the machine is awake again"))
        return told or not login.active

    def _say_once(self, cause: str) -> None:
        if cause not in self._said:
            self._said.add(cause)
            _log.warning("%s", cause)
