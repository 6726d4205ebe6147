"""The working hours of the settings: whether it is one, and when that changes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)
_AHEAD = 9
_WITHOUT_HOURS = time(6)


@dataclass(frozen=True, slots=True)
class Week:
    """`spans` by weekday (Monday 0), each from and to a local time; one that ends no later than it begins
    goes on past midnight. No spans at all: it is always a working hour, except on `days_off`.
    """

    spans: tuple[tuple[tuple[time, time], ...], ...] = ()
    days_off: frozenset[date] = frozenset()


def working(week: Week, at: datetime, zone: tzinfo) -> bool:
    """Whether `at` (aware) lies in the working hours."""
    local = at.astimezone(zone)
    if not any(week.spans):
        return local.date() not in week.days_off
    around = (local.date() - _DAY, local.date())
    return any(began <= at < ended for day in around for began, ended in spans(week, day, zone))


def next_change(week: Week, at: datetime, zone: tzinfo) -> datetime | None:
    """The next moment (UTC) at which `working` changes; None if none is near."""
    today = at.astimezone(zone).date()
    edges: set[datetime] = set()
    for ahead in range(-1, _AHEAD):
        day = today + ahead * _DAY
        if any(week.spans):
            edges.update(edge for span in spans(week, day, zone) for edge in span)
        else:
            edges.add(moment(day, time(0), zone))
    now = working(week, at, zone)
    return next((e for e in sorted(edges) if e > at and working(week, e, zone) != now), None)


def tomorrow(week: Week, at: datetime, zone: tzinfo, day_start: time) -> datetime:
    """The end of a pause `until-tomorrow`: the first start of the hours after the next start of a day."""
    today = at.astimezone(zone).date()
    starts = (moment(today + n * _DAY, day_start, zone) for n in range(3))
    new_day = next(s for s in starts if s > at)
    if not any(week.spans):
        first = new_day.astimezone(zone).date()
        return next(
            at_six for n in range(3) if (at_six := moment(first + n * _DAY, _WITHOUT_HOURS, zone)) >= new_day
        )
    first = new_day.astimezone(zone).date()
    begins = sorted(began for n in range(_AHEAD) for began, _ in spans(week, first + n * _DAY, zone))
    return next((b for b in begins if b >= new_day), new_day)


def spans(week: Week, day: date, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """The working hours that begin on this local date, from when to when (UTC)."""
    if day in week.days_off:
        return
    for began, ended in week.spans[day.weekday()]:
        last = day if ended > began else day + _DAY
        yield moment(day, began, zone), moment(last, ended, zone)


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """When (UTC) the local clock shows this on that date; of two times the first."""
    return datetime.combine(day, at, zone).astimezone(UTC)
