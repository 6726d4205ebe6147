"""The words of a review: postures, kinds of breaks, outcomes, dates in full."""

from datetime import date

from deskbreak.core.outcomes import Outcome, PromptKind
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.words import _


def posture(kind: Posture) -> str:
    """The posture, as it stands in the middle of a sentence."""
    match kind:
        case Posture.SITTING:
            return _("sitting")
        case Posture.STANDING:
            return _("standing")
        case Posture.MOVING:
            return _("moving")
        case Posture.AWAY:
            return _("away")
        case Posture.UNKNOWN:
            return _("unknown")


def break_kind(kind: BreakKind) -> str:
    match kind:
        case BreakKind.AWAY:
            return _("away")
        case BreakKind.STOOD:
            return _("stood")
        case BreakKind.MOVED:
            return _("moved")


def prompt(kind: PromptKind) -> str:
    match kind:
        case PromptKind.REMINDER:
            return _("reminder")
        case PromptKind.STANDING:
            return _("standing reminder")
        case PromptKind.RETURN:
            return _("question on return")
        case PromptKind.EXERCISE_END:
            return _("end of an exercise")
        case PromptKind.PRIMER:
            return _("primer")
        case PromptKind.EVENING:
            return _("evening summary")
        case PromptKind.WELCOME:
            return _("welcome")
        case PromptKind.FAULT:
            return _("fault")


def outcome(kind: Outcome) -> str:
    """What became of a prompt, as it stands in the middle of a sentence."""
    match kind:
        case Outcome.STARTED:
            return _("started")
        case Outcome.DONE:
            return _("done")
        case Outcome.SNOOZED:
            return _("snoozed")
        case Outcome.SKIPPED:
            return _("skipped")
        case Outcome.LEFT:
            return _("left the desk")
        case Outcome.HELD:
            return _("held back")
        case Outcome.IGNORED:
            return _("not answered")
        case Outcome.UNDELIVERED:
            return _("not delivered")
        case Outcome.ANSWERED:
            return _("answered")


def weekdays() -> tuple[str, ...]:
    """In full, Monday first, whatever the locale of the process."""
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip


def months() -> tuple[str, ...]:
    """In full, January first."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def in_full(day: date) -> str:
    """`Monday, 23 November 2026`."""
    return _("{weekday}, {day} {month} {year}").format(
        weekday=weekdays()[day.weekday()], day=day.day, month=months()[day.month - 1], year=day.year
    )


def how(kind: How) -> str:
    """How a posture is known, to follow "by"."""
    match kind:
        case How.INPUT:
            return _("input")
        case How.CALL:
            return _("a call")
        case How.MEDIA:
            return _("a film or music")
        case How.USER:
            return _("your word")
        case How.DESK:
            return _("the desk")
        case How.LOCK:
            return _("the lock")
        case How.SUSPEND:
            return _("the computer's sleep")
        case How.IDLE:
            return _("quiet")
        case How.ACCEPTED:
            return _("Start")
        case How.EXERCISE:
            return _("an exercise")
        case How.GAP:
            return _("a gap in the log")
