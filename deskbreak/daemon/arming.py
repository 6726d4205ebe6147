"""The calendar kept in step with the settings and the state; it alone arms it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from deskbreak.core import hours
from deskbreak.core.events import Event, HoursBegan, HoursEnded
from deskbreak.core.postures import Stamp
from deskbreak.daemon import evenings
from deskbreak.daemon.appointments import appointments, nightly, week
from deskbreak.daemon.loop import Loop
from deskbreak.ports import Errand
from deskbreak.settings import Settings


class Calendar(Protocol):
    """Puts events into the inbox at times of the day; see `agenda.Agenda`."""

    def arm(self, appointments: Mapping[str, tuple[datetime, Event | Errand]]) -> None: ...

    def due(self) -> timedelta | None: ...


class Arming:
    """Belongs to the loop's thread; the calendar is opened when it is first needed."""

    def __init__(self, open_calendar: Callable[[], Calendar]) -> None:
        self._open = open_calendar
        self._calendar: Calendar | None = None
        self._armed: object = None
        self._launched: Stamp | None = None
        self._backed_up: date | None = None

    def backed_up(self, day: date) -> None:
        """The log was copied on this local day."""
        self._backed_up = day

    def arm(
        self, settings: Settings, loop: Loop, now: Stamp, today: date, primer_takes: timedelta
    ) -> timedelta | None:
        """Keep the calendar up to date; returns how soon something stands in it, None: never."""
        if self._calendar is None:
            # The slowest part to load comes after the icon, which is waited for.
            self._calendar, self._launched = self._open(), now
        state = loop.state
        pauses = (state.quiet, state.off, state.off_hours_since)
        runs = (state.planned, state.run, state.run_over, primer_takes)
        wanted = (settings, state.namings[-1], pauses, runs, today, state.evening, self._backed_up)
        if wanted != self._armed:
            self._armed = wanted
            backup = nightly(settings, self._backed_up, self._launched or now, now), Errand.BACKUP
            evening = evenings.appointment(settings, state, now, loop.world.log.worked_before)
            others = appointments(settings, state, now, primer_takes)
            self._calendar.arm({**others, **evening, "backup": backup})
        return self._calendar.due()


def tell_hours(settings: Settings, loop: Loop, now: Stamp) -> None:
    """Tell the state whether this is a working hour."""
    working = hours.working(week(settings), now.wall, now.zone)
    loop.tell(now, HoursBegan() if working else HoursEnded())
