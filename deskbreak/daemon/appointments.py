"""What stands in the calendar: the edges of the working hours, the end of a pause, and planned runs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from deskbreak.coach.primer import appointment
from deskbreak.core import hours, naming
from deskbreak.core.events import Event, HoursBegan, HoursEnded, PrimerDue, RunNears, TomorrowCame, Until
from deskbreak.core.postures import Stamp
from deskbreak.core.state import Off, Quiet, State
from deskbreak.core.view import View
from deskbreak.settings import Settings

# A run planned for today may be over; that of next week is the next one then.
_AHEAD = 8
# Nothing is copied while a login is busy.
_AFTER_LAUNCH = timedelta(minutes=10)


def week(settings: Settings) -> hours.Week:
    return hours.Week(settings.hours, frozenset(settings.days_off))


def appointments(
    settings: Settings, state: State, now: Stamp, primer_takes: timedelta
) -> Mapping[str, tuple[datetime, Event]]:
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
    run_at = next_run(settings, state, now)
    if run_at is not None:
        before = appointment(run_at, primer_takes)
        found["run"] = (before.hush_from, RunNears(run_at))
        found["primer"] = (before.offer_at, PrimerDue(run_at))
    return found


def nightly(settings: Settings, backed_up: date | None, launched: Stamp, now: Stamp) -> datetime:
    """When (UTC) the log is copied next: soon after the launch, then as each day begins.

    `backed_up` is the local day of the last copy of this launch.
    """
    if backed_up is None:
        return launched.wall + _AFTER_LAUNCH
    return hours.moment(backed_up + timedelta(days=1), settings.day_start, now.zone)


def next_run(settings: Settings, state: State, now: Stamp) -> datetime | None:
    """The next run (UTC) that is not dealt with: a planned one, or the one that the person told of."""
    after = max(filter(None, (now.wall, state.run_over)))
    today = now.wall.astimezone(now.zone).date()
    planned = (
        hours.moment(day, run.at, now.zone)
        for day in (today + timedelta(days=ahead) for ahead in range(_AHEAD))
        for run in settings.runs
        if run.weekday == day.weekday()
    )
    told_of = () if state.planned is None else (state.planned,)
    return min((at for at in (*planned, *told_of) if at > after), default=None)


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
