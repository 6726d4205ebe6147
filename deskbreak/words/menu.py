"""What the rows of the menu say."""

from datetime import timedelta

from deskbreak.core.commands import Told
from deskbreak.core.events import Hold, Until
from deskbreak.core.postures import Posture, Stamp
from deskbreak.core.view import View
from deskbreak.words import _, ngettext
from deskbreak.words.durations import duration, moment
from deskbreak.words.exercises import name, name_within
from deskbreak.words.sentences import held, snoozed, until

LONG_DND = timedelta(hours=2)
"""From then on do-not-disturb is taken for forgotten, and that is said (rules.md section 5)."""


def forgotten_dnd(view: View, now: Stamp) -> bool:
    """Whether do-not-disturb has been on for so long that it may be forgotten."""
    return (
        view.hold is Hold.DND and view.held_since_at is not None and now.wall - view.held_since_at >= LONG_DND
    )


def state_line(view: View, now: Stamp) -> str:
    """The menu's line about this moment: `Sitting 41 min, next reminder 14:10`."""
    if not view.tracking:
        return _("Not tracking {end}").format(end=until(view.tracking_until, now))
    if view.paused_until is not None:
        return _("Paused {end}").format(end=until(view.paused_until, now))
    if forgotten_dnd(view, now):
        return _("No reminders: {hold}").format(hold=held(view, now))
    if view.hold is not None:
        return _("Held: {hold}").format(hold=held(view, now))
    if view.snoozed_until_at is not None:
        return snoozed(view, now).removesuffix(".")
    line = _posture_line(view, now)
    if view.next_at is None:
        return line
    return _("{line}, next reminder {moment}").format(
        line=line, moment=moment(view.next_at, now.wall, now.zone)
    )


def _posture_line(view: View, now: Stamp) -> str:
    since = moment(view.since_at, now.wall, now.zone)
    match view.posture:
        case Posture.SITTING:
            line = _("Sitting {length}") if view.sure else _("Sitting {length}?")
            return line.format(length=duration(view.count))
        case Posture.STANDING:
            return _("Standing {length}").format(length=duration(view.stood))
        case Posture.MOVING:
            return _("Moving since {moment}").format(moment=since)
        case Posture.AWAY:
            return _("Away since {moment}").format(moment=since)
        case Posture.UNKNOWN:
            return _("Nothing observed since {moment}").format(moment=since)


def today_line(sitting: timedelta, breaks: int, longest: timedelta) -> str:
    """`Today 5 h 12 min sitting, 7 breaks, longest 52 min`."""
    line = ngettext(
        "Today {sitting} sitting, {breaks} break, longest {longest}",
        "Today {sitting} sitting, {breaks} breaks, longest {longest}",
        breaks,
    )
    return line.format(sitting=duration(sitting), breaks=breaks, longest=duration(longest))


def undo_label(told: Told) -> str:
    """What the last command was, for the row that takes it back."""
    match told:
        case Told.SITTING:
            return _("sitting")
        case Told.STANDING:
            return _("standing")
        case Told.HERE:
            return _("reading")
        case Told.STARTED:
            return _("start")
        case Told.DONE:
            return _("done")
        case Told.WALKED:
            return _("walk")
        case Told.SNOOZED:
            return _("snooze")
        case Told.PAUSED | Told.PAUSED_NOT_SNOOZED:
            return _("pause")
        case Told.SKIPPED:
            return _("skip")
        case Told.WAS_AWAY | Told.WAS_UP:
            return _("away")
        case Told.WAS_SITTING:
            return _("sitting")
        case Told.WAS_STANDING:
            return _("standing")
        case Told.RATED:
            return _("what you said of it")
        case Told.NOT_DONE:
            return _("not done")
        case Told.CORRECTED | Told.UNCORRECTED:
            return _("correction")
        case Told.RUN_PLANNED:
            return _("the run")
        case Told.LATER | Told.NOT_AGAIN:
            return _("primer later")
        case Told.NOT_TODAY:
            return _("no primer today")
        case Told.TRACKING_OFF:
            return _("stop tracking")
        case Told.RESUMED:
            return _("resume")
        case _:
            return str(told.value)


def reading_label(view: View, now: Stamp) -> str:
    """The row of reading mode, which says its end while it is on: `Reading until 14:32`."""
    match view.reading_until:
        case None:
            return _("I'm here (reading)")
        case Until():
            return _("Reading until the screen is locked")
        case end:
            return _("Reading until {moment}").format(moment=moment(end, now.wall, now.zone))


def was_label(view: View, now: Stamp) -> str:
    """The row for the last stretch that is over, with its times: `I was … 13:02 to 13:14`."""
    if view.finished_since_at is None or view.finished_until_at is None:
        return _("I was …")
    return _("I was … {since} to {until}").format(
        since=moment(view.finished_since_at, now.wall, now.zone),
        until=moment(view.finished_until_at, now.wall, now.zone),
    )


def start_label(exercise: str | None) -> str:
    return _("Start") if exercise is None else _("Start {name}").format(name=name_within(exercise))


def question_label(view: View, now: Stamp) -> str:
    """`Quiet 13:02 to 13:14, you were`: the row that the answers are below."""
    if view.question is not None and view.question.exercise is not None:
        return _("{movement}: how was it?").format(movement=name(view.question.exercise))
    if view.quiet_since_at is None or view.quiet_until_at is None:
        return _("Take longer quiet for sitting?")
    return _("Quiet {since} to {until}, you were").format(
        since=moment(view.quiet_since_at, now.wall, now.zone),
        until=moment(view.quiet_until_at, now.wall, now.zone),
    )


def done_label(exercise: str) -> str:
    return _("Done: {name}").format(name=name(exercise))
