"""What was put on the screen and what became of it, as the figures look back on it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from deskbreak.core.naming import local_day


class PromptKind(Enum):
    REMINDER = "reminder"
    STANDING = "standing"
    RETURN = "return"
    EXERCISE_END = "exercise-end"
    PRIMER = "primer"
    EVENING = "evening"
    WELCOME = "welcome"
    FAULT = "fault"


class Outcome(Enum):
    STARTED = "started"
    DONE = "done"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    LEFT = "left"
    HELD = "held"
    IGNORED = "ignored"
    UNDELIVERED = "undelivered"
    ANSWERED = "answered"


class Fate(Enum):
    """Outcomes in the few kinds that a picture can tell apart."""

    MOVED = "moved"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    IGNORED = "ignored"
    KEPT_BACK = "kept-back"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder, sitting or standing, that was given or kept back `at` (UTC; `offset`: the local one then).

    `outcome` None: not known yet.
    """

    at: datetime
    offset: timedelta
    level: int
    outcome: Outcome | None

    def day(self, day_start: time) -> date:
        """The local day that it belongs to."""
        return local_day(self.at, self.offset, day_start)


def fate(outcome: Outcome | None) -> Fate | None:
    """None for what is not known yet."""
    match outcome:
        case Outcome.STARTED | Outcome.DONE | Outcome.LEFT | Outcome.ANSWERED:
            return Fate.MOVED
        case Outcome.SNOOZED:
            return Fate.SNOOZED
        case Outcome.SKIPPED:
            return Fate.SKIPPED
        case Outcome.IGNORED:
            return Fate.IGNORED
        case Outcome.HELD | Outcome.UNDELIVERED:
            return Fate.KEPT_BACK
        case None:  # pragma: no branch
            return None
