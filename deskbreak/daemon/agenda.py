"""The calendar, on APScheduler: what is due at a time of the day; it only puts events into the inbox.

It is embedded in the loop the way the library documents for event loops: a subclass of `BaseScheduler`
whose `_process_jobs` runs what is due and tells how long to wait.
"""

import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

if "ssl" not in sys.modules:
    # APScheduler imports asyncio, and that the whole of TLS: 4 MiB all day for what nothing here speaks.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

from deskbreak.core.events import Event
from deskbreak.ports import Errand, Put, Stirred

# Every run is told at INFO, which nobody needs to read all day.
logging.getLogger("apscheduler").setLevel(logging.WARNING)


class Agenda(BaseScheduler):  # type: ignore[misc]
    """Used by the loop's thread alone. A job that was slept through runs once, late, and is not lost."""

    def __init__(self, put: Put) -> None:
        super().__init__(
            timezone=UTC,
            executors={"default": DebugExecutor()},
            job_defaults={"coalesce": True, "misfire_grace_time": None},
        )
        self._put = put
        self._armed: Mapping[str, tuple[datetime, Event | Errand]] = {}

    def start(self) -> None:
        super().start()

    def shutdown(self) -> None:
        super().shutdown(wait=False)

    def wakeup(self) -> None:
        self._put(Stirred())

    def arm(self, appointments: Mapping[str, tuple[datetime, Event | Errand]]) -> None:
        """Keep these appointments (by name: when, and what to put) and no others."""
        if appointments == self._armed:
            return
        for name in self._armed.keys() - appointments.keys():
            if self.get_job(name) is not None:
                self.remove_job(name)
        for name, (at, event) in appointments.items():
            if self._armed.get(name) != (at, event):
                self.add_job(self._put, DateTrigger(at, UTC), (event,), id=name, replace_existing=True)
        self._armed = dict(appointments)

    def due(self) -> timedelta | None:
        """Put what is due by now; returns how long until the next, None if there is none."""
        seconds = self._process_jobs()
        return None if seconds is None else timedelta(seconds=seconds)
