"""A moment at the desk, for tests that put it into words: sitting for 41 minutes at 14:00 in Berlin."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deskbreak.core.commands import Button, Prompt, PromptKind, Urgency
from deskbreak.core.events import Summed
from deskbreak.core.postures import BreakKind, Posture, Stamp
from deskbreak.core.view import View
from deskbreak.ports import DayTotals

ZONE = ZoneInfo("Europe/Berlin")
NOW = Stamp(timedelta(hours=9), timedelta(hours=9), datetime(2026, 11, 23, 13, 0, tzinfo=UTC), ZONE)


def minutes(length: float) -> timedelta:
    return timedelta(minutes=length)


def at(hour: int, minute: int) -> datetime:
    """This local time of the day."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE).astimezone(UTC)


SITTING = View(
    posture=Posture.SITTING,
    sure=True,
    since_at=at(13, 19),
    count=minutes(41),
    limit=minutes(30),
    stood=minutes(0),
    next_at=at(14, 10),
    hold=None,
    held_since_at=None,
    snoozed_until_at=None,
    paused_until=None,
    tracking=True,
    tracking_until=None,
    reading_until=None,
    open=None,
    question=None,
    quiet_since_at=None,
    quiet_until_at=None,
    exercise=None,
    exercise_lasts=minutes(0),
    exercise_since_at=None,
    run_at=None,
    undoable=None,
    stretched=minutes(0),
    blind=False,
    day=date(2026, 11, 23),
    pending=(),
    pending_bout=minutes(0),
)

TODAY = DayTotals(
    date(2026, 11, 23),
    ((Posture.SITTING, minutes(312)), (Posture.STANDING, minutes(60))),
    ((BreakKind.AWAY, 4), (BreakKind.STOOD, 3)),
    minutes(52),
)


def reminder(level: int = 1, exercise: str | None = "glute-bridge", wording: int = 0) -> Prompt:
    return Prompt(
        number=7,
        kind=PromptKind.REMINDER,
        level=level,
        exercise=exercise,
        wording=wording,
        sat_for=minutes(41),
        buttons=(Button.START, Button.SNOOZE, Button.SKIP),
        urgency=Urgency.CRITICAL if level == 3 else Urgency.NORMAL,
    )


def summary(breaks: int = 7) -> Prompt:
    summed = Summed(date(2026, 11, 23), minutes(372), minutes(312), breaks, minutes(52))
    return Prompt(8, PromptKind.EVENING, 0, None, 0, summed.sitting, (), Urgency.LOW, summed=summed)
