"""Names for moments of the elapsed clock: UTC, the local offset and the local day they fall on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from deskbreak.core.postures import Row, Stamp, Stretch

# A wall clock that wanders by less than this is being slewed, not set: no new name is needed.
STEP = timedelta(seconds=1)
_HOUR = timedelta(hours=1)
_NOTHING = timedelta(0)
_TICK = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Naming:
    """From `since` on (elapsed clock) the wall clock read `zero_at` + elapsed, in this zone."""

    since: timedelta
    zero_at: datetime
    zone: tzinfo

    def wall(self, at: timedelta) -> datetime:
        return self.zero_at + at

    def offset(self, at: timedelta) -> timedelta:
        return self.zone.utcoffset(self.wall(at).astimezone(self.zone)) or _NOTHING

    def day(self, at: timedelta, day_start: time) -> date:
        """The local date `at` belongs to, with the day starting at `day_start`."""
        return local_day(self.wall(at), self.offset(at), day_start)


def local_day(at: datetime, offset: timedelta, day_start: time) -> date:
    """The local date that a moment belongs to (UTC, the local clock being `offset` ahead of it)."""
    return (at + offset - _since_midnight(day_start)).date()


@cache
def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def noticed(namings: tuple[Naming, ...], now: Stamp) -> tuple[Naming, ...]:
    """The namings with a step of the wall clock or a change of zone added that `now` shows, if any."""
    zero_at = now.wall - now.elapsed
    last = namings[-1]
    if abs(zero_at - last.zero_at) < STEP and last.zone == now.zone:
        return namings
    return (*namings, Naming(now.elapsed, zero_at, now.zone))


def since(namings: tuple[Naming, ...], at: timedelta) -> tuple[Naming, ...]:
    """Those that are still needed when everything before `at` is booked."""
    if len(namings) < 2 or namings[1].since > at:
        return namings
    return since(namings[1:], at)


def in_force(namings: tuple[Naming, ...], at: timedelta) -> Naming:
    """The naming that held at `at`; before the first one, the first."""
    for naming in reversed(namings):
        if naming.since <= at:
            return naming
    return namings[0]


def wall(namings: tuple[Naming, ...], at: timedelta) -> datetime:
    return in_force(namings, at).wall(at).astimezone(UTC)


def rows(stretch: Stretch, namings: tuple[Naming, ...], day_start: time) -> Iterator[Row]:
    """The stretch cut at every step of the wall clock, change of offset and start of a day.

    The rows' lengths add up to the stretch's to the microsecond.
    """
    began = stretch.began
    while began < stretch.ended:
        naming = in_force(namings, began)
        later = [n.since for n in namings if n.since > began]
        ended = min([stretch.ended, *later])
        ended = _first_change(naming, began, ended, day_start)
        start_at = naming.wall(began).astimezone(UTC)
        yield Row(
            began,
            ended - began,
            start_at,
            start_at + (ended - began),
            naming.offset(began),
            naming.day(began, day_start),
            stretch.posture,
            stretch.how,
        )
        began = ended


def _first_change(naming: Naming, began: timedelta, ended: timedelta, day_start: time) -> timedelta:
    def key(at: timedelta) -> tuple[timedelta, date]:
        return naming.offset(at), naming.day(at, day_start)

    first = key(began)
    low = began
    while low < ended:
        high = min(low + _HOUR, ended)
        # The end itself is not part of a half-open interval: a change just there cuts nothing.
        if key(max(low, high - _TICK)) != first:
            break
        low = high
    else:
        return ended
    while high - low > _TICK:
        middle = low + (high - low) / 2
        if key(middle) == first:
            low = middle
        else:
            high = middle
    return _whole(naming, high)


def _whole(naming: Naming, at: timedelta) -> timedelta:
    # Days and offsets change at whole seconds of the wall clock; the search ends within a millisecond.
    named = naming.wall(at)
    return at + (named.replace(microsecond=0) + timedelta(seconds=round(named.microsecond / 1e6)) - named)
