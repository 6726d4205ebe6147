"""What stands in the calendar: the edges of the working hours, and the end of a pause until tomorrow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from deskbreak.core import hours, naming
from deskbreak.core.events import Event, HoursBegan, HoursEnded, TomorrowCame, Until
from deskbreak.core.postures import Stamp
from deskbreak.core.state import Off, Quiet, State
from deskbreak.core.view import View
from deskbreak.settings import Settings


def week(settings: Settings) -> hours.Week:
    return hours.Week(settings.hours, frozenset(settings.days_off))


def appointments(settings: Settings, state: State, now: Stamp) -> Mapping[str, tuple[datetime, Event]]:
    """By name, when (UTC) which event is to be put into the inbox."""
    found: dict[str, tuple[datetime, Event]] = {}
    change = hours.next_change(week(settings), now.wall, now.zone)
    if change is not None:
        working = hours.working(week(settings), change, now.zone)
        found["hours"] = (change, HoursBegan() if working else HoursEnded())
    ends = [
        end
        for pause in (state.quiet, state.off)
        if (end := _tomorrow(settings, state, pause, now)) is not None
    ]
    if ends:
        found["tomorrow"] = (min(ends), TomorrowCame())
    return found


def dated(view: View, settings: Settings, state: State, now: Stamp) -> View:
    """The view with the moment in place of `until-tomorrow`."""
    return replace(
        view,
        paused_until=_tomorrow(settings, state, state.quiet, now) or view.paused_until,
        tracking_until=_tomorrow(settings, state, state.off, now) or view.tracking_until,
    )


def _tomorrow(settings: Settings, state: State, pause: Quiet | Off | None, now: Stamp) -> datetime | None:
    if pause is None or pause.named is not Until.TOMORROW:
        return None
    said_at = naming.wall(state.namings, pause.since)
    return hours.tomorrow(week(settings), said_at, now.zone, settings.day_start)
