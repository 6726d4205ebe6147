"""Prompts as cards for the notification server: their words, their buttons and what each button means."""

from datetime import timedelta

from deskbreak.coach.primer import kind_of
from deskbreak.coach.slots import MARCH
from deskbreak.core.commands import Button, Prompt, PromptKind, Urgency
from deskbreak.core.events import (
    Answer,
    Answered,
    Event,
    Finished,
    Rated,
    Rating,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
)
from deskbreak.core.rules import Rules
from deskbreak.core.runs import AGAIN
from deskbreak.ports import Card, CardButton, ShowHow
from deskbreak.words import _
from deskbreak.words.durations import duration
from deskbreak.words.prompts import rating, text

# Servers show a card for 5 to 10 s by themselves, too short for one who looks at a book.
_SEEN = timedelta(seconds=30)
_AFTER_DOSE = timedelta(minutes=1)
# A question waits longer than a suggestion; after that the menu still asks it.
_ASKED_FOR = timedelta(minutes=1)


def card(prompt: Prompt, rules: Rules, sound: bool = False) -> Card:
    """The card for this prompt, with the names that its buttons have under these rules.

    `sound`: the person wants prompts to be heard; a question that comes unasked for and the evening's summary
    never are.
    """
    title, body = text(prompt)
    buttons = tuple(CardButton(label(button, rules), choice(button, prompt)) for button in prompt.buttons)
    heard = sound and not _asks(prompt) and prompt.kind is not PromptKind.EVENING
    return Card(prompt.number, title, body, buttons, prompt.urgency, _lasts(prompt), heard, _pictured(prompt))


def label(button: Button, rules: Rules) -> str:
    """The button's name, on a card and in the menu."""
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
        case Button.HOW:
            return _("Show me how")
        case Button.LATER:
            return _("In {length}").format(length=duration(AGAIN))
        case Button.NOT_TODAY:
            return _("Not today")
        case Button.WAS_AWAY:
            return _("Away")
        case Button.WAS_SITTING:
            return _("Sitting")
        case Button.WAS_STANDING:
            return _("Standing")
        case Button.WAS_READING:
            return _("Reading {length}").format(length=duration(rules.reads_for))
        case Button.WAS_UP:
            return _("I was up")
        case Button.LONGER:
            return _("Yes, up to {length}").format(length=duration(rules.longer_away_after))
        case Button.AS_IS:
            return _("Leave it")
        case Button.EASY:
            return rating(Rating.EASY)
        case Button.RIGHT:
            return rating(Rating.RIGHT)
        case Button.HARD:
            return rating(Rating.HARD)
        case Button.PAIN:
            return rating(Rating.PAIN)
        case Button.NOT_DONE:
            return _("Not done")


def choice(button: Button, prompt: Prompt) -> Event | ShowHow:
    """What pressing it means."""
    match button:
        case Button.START:
            return Started(prompt.exercise)
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
        case Button.HOW:
            return ShowHow(prompt.exercise or "")
        case Button.LATER:
            return Snoozed(AGAIN)
        case Button.NOT_TODAY:
            return Skipped()
        case Button.WAS_AWAY:
            return Answered(prompt.number, Answer.AWAY)
        case Button.WAS_SITTING:
            return Answered(prompt.number, Answer.SITTING)
        case Button.WAS_STANDING:
            return Answered(prompt.number, Answer.STANDING)
        case Button.WAS_READING:
            return Answered(prompt.number, Answer.READING)
        case Button.WAS_UP:
            return Answered(prompt.number, Answer.UP)
        case Button.LONGER:
            return Answered(prompt.number, Answer.LONGER)
        case Button.AS_IS:
            return Answered(prompt.number, Answer.AS_IS)
        case Button.EASY:
            return Rated(prompt.number, Rating.EASY)
        case Button.RIGHT:
            return Rated(prompt.number, Rating.RIGHT)
        case Button.HARD:
            return Rated(prompt.number, Rating.HARD)
        case Button.PAIN:
            return Rated(prompt.number, Rating.PAIN)
        case Button.NOT_DONE:
            return Rated(prompt.number, None)


def _asks(prompt: Prompt) -> bool:
    """Whether it is a question that comes by itself."""
    return prompt.kind is PromptKind.RETURN or Button.EASY in prompt.buttons


def _pictured(prompt: Prompt) -> str | None:
    """The exercise that the card shows; a primer shows what it begins with."""
    primer = prompt.exercise is not None and kind_of(prompt.exercise) is not None
    return MARCH[0].exercise if primer else prompt.exercise


def _lasts(prompt: Prompt) -> timedelta | None:
    if _asks(prompt):
        return _ASKED_FOR
    if prompt.kind is PromptKind.EXERCISE_END:
        return prompt.lasts + _AFTER_DOSE
    if prompt.kind is PromptKind.PRIMER:
        return prompt.sat_for
    return None if prompt.urgency is Urgency.CRITICAL else _SEEN
