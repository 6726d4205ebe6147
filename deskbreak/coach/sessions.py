"""What the person did, felt and decided, as the log has it: what levels and the beat are worked out from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.situation import Done
from deskbreak.core.events import Rating


@dataclass(frozen=True, slots=True)
class Session:
    """An exercise that was done; `at` is when it ended (aware), `day` the person's day that this was.

    `full`: all of `dose`, how long it was to last; None: as long as the library says. Whether that was a
    whole dose is for `doses.whole` to say. `rating` None: not answered; `PAIN` is a report of pain in the
    exercise's family.
    """

    exercise: str
    at: datetime
    day: date
    full: bool = True
    rating: Rating | None = None
    dose: timedelta | None = None


@dataclass(frozen=True, slots=True)
class LevelSet:
    """The person accepted the next level, or set one by hand."""

    family: Family
    level: Level
    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Mastered:
    """The person says that the family's test for 303 went well."""

    family: Family
    at: datetime
    day: date


Entry = Session | LevelSet | Mastered


@dataclass(frozen=True, slots=True)
class Now:
    """The moment (aware) and the person's day that it belongs to, which begins at `day_start`."""

    at: datetime
    day: date


def done(sessions: Iterable[Session], now: Now) -> tuple[Done, ...]:
    """The same sessions as the choice wants them: how long ago; one from the future counts as just now."""
    return tuple(
        Done(each.exercise, max(now.at - each.at, timedelta()), max((now.day - each.day).days, 0))
        for each in sessions
    )
