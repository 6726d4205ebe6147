"""What a person means by `14:00-14:40`: times of the local clock as moments, over both changes of a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

_DAY = timedelta(days=1)


class Unclear(Enum):
    """Why no time is meant by it."""

    REVERSED = "reversed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Written:
    """A time as it was written; without a `day` it is one of the day that is spoken of."""

    clock: time
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """`[start, end)` in UTC; `end` None: now. `twice` are the local times of both that come twice."""

    start: datetime
    end: datetime | None
    twice: tuple[datetime, ...]


def meant(
    start: Written, end: Written | None, day: date, day_start: time, zone: tzinfo, second: bool = False
) -> Meant | Unclear:
    """The moments; a local day goes from `day_start` to the next one, so that 01:30 is the night after it.

    `second`: of a time that the clock shows twice the later one is meant.
    """
    first = start.day or _calendar(start.clock, day, day_start)
    starts = _moments(first, start.clock, zone, second)
    if not starts:
        return Unclear.SKIPPED
    began = starts[0]
    twice = _twice(first, start.clock, zone)
    if end is None:
        return Meant(began, None, twice)
    if end.day is not None:
        days = [end.day]
    else:
        spoken_of = day if start.day is None else first - (_DAY if start.clock < day_start else _DAY * 0)
        days = sorted({first, _calendar(end.clock, spoken_of, day_start)})
    if not any(_moments(each, end.clock, zone, second) for each in days):
        return Unclear.SKIPPED
    later = ((at, each) for each in days for at in _moments(each, end.clock, zone, second) if at > began)
    ended, last = next(later, (began, first))
    if ended == began:
        return Unclear.REVERSED
    return Meant(began, ended, twice + _twice(last, end.clock, zone))


def _calendar(clock: time, day: date, day_start: time) -> date:
    return day if clock >= day_start else day + _DAY


def _moments(day: date, clock: time, zone: tzinfo, second: bool) -> list[datetime]:
    """The moments at which the clock shows this, the one that is meant first."""
    shown = list(_shown(day, clock, zone))
    return shown[-1:] if second else shown


def _twice(day: date, clock: time, zone: tzinfo) -> tuple[datetime, ...]:
    return (datetime.combine(day, clock),) if len(list(_shown(day, clock, zone))) > 1 else ()


def _shown(day: date, clock: time, zone: tzinfo) -> Iterator[datetime]:
    told = datetime.combine(day, clock)
    both = {told.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    yield from sorted(at for at in both if at.astimezone(zone).replace(tzinfo=None) == told)
