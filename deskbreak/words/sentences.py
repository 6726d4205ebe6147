"""What is now true, in sentences: the answers to commands, the status paragraph."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskbreak.core.commands import Told
from deskbreak.core.events import Hold, Until
from deskbreak.core.postures import Posture, Stamp
from deskbreak.core.view import View
from deskbreak.words import _
from deskbreak.words.durations import duration, moment
from deskbreak.words.exercises import named_with_dose

_POSTURES = {Told.SITTING: Posture.SITTING, Told.STANDING: Posture.STANDING}


def answer(told: Told, view: View, now: Stamp) -> str:
    """What a command of the person's came to, and what is true since."""
    return " ".join(filter(None, _answer(told, view, now)))


def _answer(told: Told, view: View, now: Stamp) -> tuple[str, ...]:
    match told:
        case Told.SITTING | Told.STANDING if view.tracking and view.posture is not _POSTURES[told]:
            # A desk's word: rules.md section 4.
            return _("A desk is believed once it has held for a minute."), posture(view, now)
        case Told.SITTING:
            return _("You are sitting."), _upcoming(view, now)
        case Told.STANDING:
            return (_("You are standing. The sitting count is back to 0."),)
        case Told.HERE:
            return (reading(view, now) or posture(view, now),)
        case Told.STARTED:
            return (running(view), _('Say "done" when you are done.'))
        case Told.DONE:
            return _("Done."), count(view)
        case Told.WALKED:
            return _("Booked as a walk."), count(view)
        case Told.SNOOZED:
            return (snoozed(view, now), posture(view, now))
        case Told.PAUSED_NOT_SNOOZED:
            return (
                _("No reminder was given yet, so this is a pause."),
                _paused(view, now),
                posture(view, now),
            )
        case Told.SKIPPED:
            return _("Skipped."), _upcoming(view, now)
        case Told.PAUSED:
            return _paused(view, now), _("Sitting is still counted.")
        case Told.TRACKING_OFF:
            return (
                _untracked(view, now),
                _("The count waits at {count}.").format(count=duration(view.count)),
            )
        case Told.RESUMED:
            return _resumed(view, now), posture(view, now)
        case Told.UNDONE:
            return _("Taken back."), posture(view, now)
        case Told.ANOTHER:
            return (on_offer(view) or _("Another suggestion comes with the next reminder."),)
        case Told.WAS_AWAY | Told.WAS_UP:
            return _("Noted: you were away."), count(view)
        case Told.WAS_SITTING:
            return _("Noted: you were sitting."), posture(view, now)
        case Told.WAS_STANDING:
            return _("Noted: you were standing."), posture(view, now)
        case Told.LONGER:
            return (_("Longer quiet counts as sitting from now on: away_after in the settings."),)
        case Told.AS_IS:
            return (_("Nothing changes."),)
        case Told.RATED:
            return _("Noted."), count(view)
        case Told.NOT_DONE:
            return _("Not done, then."), posture(view, now)
        case Told.RUN_PLANNED:
            return run(view, now), posture(view, now)
        case Told.LATER:
            return run(view, now), posture(view, now)
        case Told.NOT_AGAIN:
            return (_("By then you will be running: the primer is not offered again."),)
        case Told.NOT_TODAY:
            return _("No primer before this run."), posture(view, now)
        case Told.CORRECTED:
            return _("Noted."), posture(view, now)
        case Told.UNCORRECTED:
            return _("Taken back."), posture(view, now)
        case Told.ALREADY:
            return (posture(view, now),)
        case Told.NOTHING_SUITS:
            return (
                _("Nothing that suits is left: the settings, the screening and what you hid rule all out."),
                _("The list: deskbreak exercises."),
            )
        case Told.NOTHING_INSTEAD:
            return (_("There is nothing in place of the primer: start it, put it off, or skip it."),)
        case Told.NOTHING_TO_SKIP:
            return (_("There is nothing to skip: no reminder was given since your last break."),)
        case Told.NOTHING_TO_END:
            return (_("There is nothing to end: no exercise is running, and there was no walk just now."),)
        case Told.NOTHING_TO_RESUME:
            return (_("There is nothing to resume: reminders and tracking are on."),)
        case Told.NOTHING_TO_ANSWER:
            return (_("There is nothing to answer: that question is no longer open."),)
        case Told.NOTHING_TO_UNDO:
            return (_("There is nothing to undo: a command can be taken back within 60 s."),)


def posture(view: View, now: Stamp) -> str:
    """`You have been sitting for 41 min.`"""
    since = moment(view.since_at, now.wall, now.zone)
    match view.posture:
        case Posture.SITTING if view.sure:
            return _("You have been sitting for {length}.").format(length=duration(view.count))
        case Posture.SITTING:
            return _("You have been sitting for {length}, if you are still there.").format(
                length=duration(view.count)
            )
        case Posture.STANDING:
            return _("You have been standing for {length}.").format(length=duration(view.stood))
        case Posture.MOVING:
            return _("You have been moving since {moment}.").format(moment=since)
        case Posture.AWAY:
            return _("You have been away since {moment}.").format(moment=since)
        case Posture.UNKNOWN if not view.tracking:
            return _untracked(view, now)
        case Posture.UNKNOWN:
            return _("Nothing has been observed since {moment}.").format(moment=since)


def count(view: View) -> str:
    if view.count < timedelta(seconds=1):
        return _("The sitting count is back to 0.")
    return _("You have been sitting for {length}.").format(length=duration(view.count))


def paragraph(view: View, today: str, faults: Sequence[str], now: Stamp) -> str:
    """All that `status` says: one paragraph, then a line for each fault; `today` is the day's sentence."""
    said = [posture(view, now)]
    if view.blind and view.tracking:
        said.append(_("Input cannot be seen at this moment, so sitting is not noticed by itself."))
    said += [asked(view, now), reading(view, now), running(view), on_offer(view)]
    said += [run(view, now), reminders(view, now)]
    if view.stretched:
        said.append(
            _("Reminders come every {length} for now, as several went unanswered.").format(
                length=duration(view.limit)
            )
        )
    said.append(today)
    return "\n".join([" ".join(filter(None, said)), *map(_whole, faults)])


def _whole(fault: str) -> str:
    """A fault's line as a sentence."""
    return fault[:1].upper() + fault[1:].rstrip(".") + "."


def reminders(view: View, now: Stamp) -> str:
    """What becomes of reminders: held, paused, snoozed, or when the next one comes; empty if none does."""
    if not view.tracking:
        return ""
    if view.paused_until is not None:
        return _paused(view, now)
    if view.hold is not None:
        return _("Reminders are held: {hold}.").format(hold=held(view, now))
    if view.snoozed_until_at is not None:
        return snoozed(view, now)
    return _upcoming(view, now)


def held(view: View, now: Stamp) -> str:
    """`do-not-disturb since 13:02`; empty when nothing holds."""
    if view.hold is None:
        return ""
    since = ""
    if view.held_since_at is not None:
        since = _(" since {moment}").format(moment=moment(view.held_since_at, now.wall, now.zone))
    return hold(view.hold) + since


def hold(kind: Hold) -> str:
    match kind:
        case Hold.CALL:
            return _("a call")
        case Hold.FULLSCREEN:
            return _("full screen")
        case Hold.SHARING:
            return _("screen sharing")
        case Hold.DND:
            return _("do-not-disturb")
        case Hold.LOCK:
            return _("the screen is locked")
        case Hold.PAUSE:
            return _("a pause")
        case Hold.HOURS:
            return _("outside your hours")


def until(end: datetime | Until | None, now: Stamp) -> str:
    """`until 14:32`, `until tomorrow`, `until you resume`."""
    match end:
        case Until.TOMORROW:
            return _("until tomorrow")
        case Until.INDEFINITELY | None:
            return _("until you resume")
        case _:
            return _("until {moment}").format(moment=moment(end, now.wall, now.zone))


def reading(view: View, now: Stamp) -> str:
    """Reading mode and its end; empty while it is off."""
    match view.reading_until:
        case None:
            return ""
        case Until():
            return _("You are taken to be here until the screen is locked.")
        case end:
            return _("You are taken to be here until {moment}.").format(
                moment=moment(end, now.wall, now.zone)
            )


def running(view: View) -> str:
    """The exercise that was started; empty when none is running."""
    if view.exercise is None:
        return ""
    return _("Now: {named}.").format(named=named_with_dose(view.exercise, view.exercise_lasts))


def run(view: View, now: Stamp) -> str:
    """The run that is near, or that the person told of; empty when there is none."""
    if view.run_at is None:
        return ""
    return _("Your run is at {moment}; its primer is offered before it.").format(
        moment=moment(view.run_at, now.wall, now.zone)
    )


def on_offer(view: View) -> str:
    """The movement that the open reminder names; empty when none is open."""
    offered = view.open
    if offered is None or offered.exercise is None:
        return ""
    return _("On offer: {named}.").format(named=named_with_dose(offered.exercise, offered.lasts))


def asked(view: View, now: Stamp) -> str:
    """The quiet that the person may tell about; empty when nothing is asked."""
    if view.quiet_since_at is None or view.quiet_until_at is None:
        return ""
    return _("Quiet from {since} to {until} is taken for away; the menu lets you say otherwise.").format(
        since=moment(view.quiet_since_at, now.wall, now.zone),
        until=moment(view.quiet_until_at, now.wall, now.zone),
    )


def snoozed(view: View, now: Stamp) -> str:
    if view.snoozed_until_at is None:
        return _("Snoozed.")
    return _("Snoozed until {moment}.").format(moment=moment(view.snoozed_until_at, now.wall, now.zone))


def _paused(view: View, now: Stamp) -> str:
    return _("Reminders are paused {end}.").format(end=until(view.paused_until, now))


def _resumed(view: View, now: Stamp) -> str:
    if view.paused_until is not None:
        return _("Tracking goes on.") + " " + _paused(view, now)
    return _("Reminders and tracking go on.")


def _untracked(view: View, now: Stamp) -> str:
    return _("Nothing is tracked {end}.").format(end=until(view.tracking_until, now))


def _upcoming(view: View, now: Stamp) -> str:
    if view.next_at is None:
        return ""
    return _("The next reminder comes at {moment}.").format(moment=moment(view.next_at, now.wall, now.zone))
