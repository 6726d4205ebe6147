"""The senses as they are in this terminal, for `doctor`: opened to be looked at, and closed again."""

import os
from collections.abc import Callable
from datetime import timedelta
from select import select
from types import TracebackType
from typing import Self

from deskbreak.clock import SystemClock, awake, axis_at_launch
from deskbreak.core.events import Reading
from deskbreak.ports import Put
from deskbreak.sensors import Senses
from deskbreak.sensors.account import Account
from deskbreak.settings import Settings

_LOOK_EVERY = timedelta(milliseconds=50)
_STEADY_FOR = timedelta(milliseconds=300)
_AT_MOST = timedelta(seconds=1)


class SensesHere:
    """Like the daemon's; `session_joined` and `system_joined` are for the owners of the buses."""

    def __init__(self, settings: Settings, put: Put) -> None:
        self._senses = Senses(os.environ, SystemClock(axis_at_launch(None)), put)
        self._senses.heed(settings)
        self.session_joined = self._senses.session_joined
        self.system_joined = self._senses.system_joined

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._senses.close()

    def settled(self) -> tuple[Account, ...]:
        """What the sources say once nothing has changed for 0.3 s; within a second they have answered."""
        began = steady_since = awake()
        accounts = self._senses.why()
        while awake() - began < _AT_MOST and awake() - steady_since < _STEADY_FOR:
            select((), (), (), _LOOK_EVERY.total_seconds())
            before, accounts = accounts, self._senses.why()
            if _used(before) != _used(accounts):
                steady_since = awake()
        return accounts

    def look(self, listen: Callable[[Reading], bool]) -> tuple[Reading, tuple[Account, ...]]:
        """What is the case now; `listen` says, by the reading, whether the very next input is to ring."""
        reading = self._senses.read()
        self._senses.listen(listen(reading))
        if reading.asleep:
            self._senses.ready_to_sleep()
        return reading, self._senses.why()


def _used(accounts: tuple[Account, ...]) -> tuple[bool, ...]:
    return tuple(account.used for account in accounts)
