"""When the day is summed up, by the person's settings and log, and with which figures."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from deskbreak.core.evening import end_of
from deskbreak.core.events import Event, Summed
from deskbreak.core.hours import Week
from deskbreak.core.naming import in_force
from deskbreak.core.postures import Posture, Stamp
from deskbreak.core.state import State
from deskbreak.ports import DayTotals
from deskbreak.settings import Evening, Settings

_WORK = (Posture.SITTING, Posture.STANDING, Posture.MOVING)
# From the fourth day of the log on a person knows the program, and the figures mean something.
_DAYS_BEFORE = 3
_AHEAD = 9
_DAY = timedelta(days=1)


def summed(totals: DayTotals) -> Summed:
    """`totals` hold the whole day so far."""
    spent = dict(totals.by_posture)
    worked = sum((spent.get(posture, timedelta()) for posture in _WORK), timedelta())
    breaks = sum(number for _kind, number in totals.breaks)
    return Summed(totals.day, worked, spent.get(Posture.SITTING, timedelta()), breaks, totals.longest)


def appointment(
    settings: Settings, state: State, now: Stamp, worked_before: Callable[[date, int], int]
) -> Mapping[str, tuple[datetime, Event]]:
    """When (UTC) the next working day is over that is to be summed up, that of today even if it is by now.

    `worked_before` counts the days with work in the log before this one, up to so many.
    """
    today = in_force(state.namings, now.elapsed).day(now.elapsed, settings.day_start)
    known = settings.evening_summary is Evening.ON or worked_before(today, _DAYS_BEFORE) >= _DAYS_BEFORE
    if settings.evening_summary is Evening.OFF or not known:
        return {}
    came = state.evening is not None and state.evening.day == today
    week = Week(settings.hours, frozenset(settings.days_off))
    days = (today + n * _DAY for n in range(1 if came else 0, _AHEAD))
    ends = (end_of(week, day, settings.day_start, now.zone) for day in days)
    return next(({"evening": end} for end in ends if end is not None), {})
