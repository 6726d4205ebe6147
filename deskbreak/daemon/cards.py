"""Prompts as cards for the notification server: their words, their buttons and what each button means."""

from datetime import timedelta

from deskbreak.coach.library import by_id
from deskbreak.core.commands import Button, Prompt, PromptKind, Urgency
from deskbreak.core.events import Event, Finished, SatDown, Skipped, Snoozed, Started, StoodUp
from deskbreak.core.rules import Rules
from deskbreak.ports import Card, CardButton
from deskbreak.words import _
from deskbreak.words.durations import duration
from deskbreak.words.prompts import text

# Servers show a card for 5 to 10 s by themselves, too short for one who looks at a book.
_SEEN = timedelta(seconds=30)
_AFTER_DOSE = timedelta(minutes=1)


def card(prompt: Prompt, rules: Rules) -> Card:
    """The card for this prompt, with the names that its buttons have under these rules."""
    title, body = text(prompt)
    buttons = tuple(
        CardButton(_label(button, rules), _choice(button, prompt.exercise)) for button in prompt.buttons
    )
    return Card(prompt.number, title, body, buttons, prompt.urgency, _lasts(prompt))


def _label(button: Button, rules: Rules) -> str:
    match button:
        case Button.START:
            return _("Start")
        case Button.SNOOZE:
            return _("Snooze {length}").format(length=duration(rules.snooze))
        case Button.SKIP:
            return _("Skip")
        case Button.SIT:
            return _("I'm sitting")
        case Button.STAND:
            return _("I'm standing")
        case Button.DONE:
            return _("Done")


def _choice(button: Button, exercise: str | None) -> Event:
    match button:
        case Button.START:
            return Started(exercise)
        case Button.SNOOZE:
            return Snoozed()
        case Button.SKIP:
            return Skipped()
        case Button.SIT:
            return SatDown()
        case Button.STAND:
            return StoodUp()
        case Button.DONE:
            return Finished()


def _lasts(prompt: Prompt) -> timedelta | None:
    if prompt.kind is PromptKind.EXERCISE_END and prompt.exercise in by_id():
        return by_id()[prompt.exercise].dose.total + _AFTER_DOSE
    return None if prompt.urgency is Urgency.CRITICAL else _SEEN
