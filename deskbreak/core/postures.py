"""What a person can be doing, how that is known, and the half-open intervals the log is made of."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum


class Posture(Enum):
    """Closed: `UNKNOWN` means that nothing was observed."""

    SITTING = "sitting"
    STANDING = "standing"
    MOVING = "moving"
    AWAY = "away"
    UNKNOWN = "unknown"


class How(Enum):
    """How a posture is known."""

    INPUT = "input"
    CALL = "call"
    MEDIA = "media"
    USER = "user"
    DESK = "desk"
    LOCK = "lock"
    SUSPEND = "suspend"
    IDLE = "idle"
    ACCEPTED = "accepted"
    EXERCISE = "exercise"
    GAP = "gap"


class BreakKind(Enum):
    """What made the count 0."""

    AWAY = "away"
    STOOD = "stood"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Stamp:
    """One moment on every clock there is.

    `elapsed` counts suspended time and is never set; it is the only one that durations are taken from,
    and it goes on over restarts and reboots. `awake` stands still while the machine sleeps. `wall` is
    aware UTC and only names moments; `zone` is the zone in force at that moment.
    """

    elapsed: timedelta
    awake: timedelta
    wall: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open interval `[began, ended)` of the elapsed clock in one posture."""

    began: timedelta
    ended: timedelta
    posture: Posture
    how: How

    @property
    def length(self) -> timedelta:
        return self.ended - self.began


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch as the log keeps it: cut so that one offset and one local day hold for all of it.

    `began` is where it starts on the elapsed clock, `length` its true duration; `start_at` and `end_at`
    are UTC names of its ends, `offset` the local offset from UTC, `day` the local date it belongs to
    (the day starts at `day_start`, not at midnight).
    """

    began: timedelta
    length: timedelta
    start_at: datetime
    end_at: datetime
    offset: timedelta
    day: date
    posture: Posture
    how: How


@dataclass(frozen=True, slots=True)
class Word:
    """`[start, end)` (UTC) was spent in `posture`, says the person; `end` None: until now."""

    start: datetime
    end: datetime | None
    posture: Posture
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What the person says a time was, from `began` on the elapsed clock, and when (UTC) they said so.

    `start_at` is the UTC name of `began`, `offset` the local offset from UTC then, `note` their own words.
    """

    began: timedelta
    length: timedelta
    start_at: datetime
    offset: timedelta
    posture: Posture
    said_at: datetime
    note: str | None = field(default=None, compare=False)

    @property
    def ended(self) -> timedelta:
        return self.began + self.length


@dataclass(frozen=True, slots=True)
class Break:
    """A reset as the log keeps it; `spell` is the number of the spell that it ended."""

    spell: int
    kind: BreakKind
    began: timedelta
    length: timedelta
    start_at: datetime
    offset: timedelta
    day: date
