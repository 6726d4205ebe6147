"""A prompt on the screen: its words, its buttons, and how long it stays."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core.commands import Button, PromptKind, Urgency
from deskbreak.core.events import Finished, Rated, Rating, SatDown, Skipped, Snoozed, Started
from deskbreak.core.rules import Rules
from deskbreak.daemon.cards import card
from tests.words.moments import minutes, reminder


def test_a_reminder_has_its_three_buttons_and_each_is_the_event_of_the_menu_too() -> None:
    shown = card(reminder(), Rules(snooze=minutes(5)))

    assert (shown.number, shown.title) == (7, "41 min in the chair")
    assert [(button.label, button.choice) for button in shown.buttons] == [
        ("Start", Started("glute-bridge")),
        ("Snooze 5 min", Snoozed()),
        ("Skip", Skipped()),
    ]


def test_a_reminder_of_the_last_level_stays_until_it_is_answered() -> None:
    assert card(reminder(1), Rules()).lasts == timedelta(seconds=30)
    assert card(reminder(3), Rules()).lasts is None
    assert card(reminder(3), Rules()).urgency is Urgency.CRITICAL


def test_what_was_started_stays_as_long_as_it_takes_and_has_a_button_to_end_it() -> None:
    took = timedelta(seconds=105)
    running = replace(reminder(), kind=PromptKind.EXERCISE_END, buttons=(Button.DONE,), lasts=took)

    shown = card(running, Rules())

    assert [(button.label, button.choice) for button in shown.buttons] == [("Done", Finished())]
    assert shown.lasts == timedelta(seconds=105 + 60)


def test_a_standing_reminder_can_be_answered_by_sitting() -> None:
    asked = replace(reminder(), kind=PromptKind.STANDING, buttons=(Button.SIT, Button.START))

    shown = card(asked, Rules())

    assert [(button.label, button.choice) for button in shown.buttons] == [
        ("I'm sitting", SatDown()),
        ("Start", Started("glute-bridge")),
    ]


def test_the_question_how_it_was_has_its_answers_and_makes_no_sound() -> None:
    rated = (Button.EASY, Button.RIGHT, Button.HARD, Button.PAIN)
    asked = replace(reminder(), kind=PromptKind.EXERCISE_END, buttons=rated)

    shown = card(asked, Rules(), sound=True)

    assert shown.title == "Glute bridge: how was it?"
    assert [(button.label, button.choice) for button in shown.buttons] == [
        ("Easy", Rated(7, Rating.EASY)),
        ("Right", Rated(7, Rating.RIGHT)),
        ("Too hard", Rated(7, Rating.HARD)),
        ("It hurt", Rated(7, Rating.PAIN)),
    ]
    assert not shown.sound
    assert card(replace(asked, buttons=(*rated[:3], Button.NOT_DONE)), Rules()).buttons[3].choice == Rated(
        7, None
    )


def test_the_primer_is_offered_until_the_run_with_its_three_answers() -> None:
    offered = replace(
        reminder(exercise="primer-short"),
        kind=PromptKind.PRIMER,
        sat_for=timedelta(minutes=10),
        lasts=timedelta(minutes=5),
        buttons=(Button.START, Button.LATER, Button.NOT_TODAY),
    )

    shown = card(offered, Rules())

    assert shown.title == "A run in 10 min"
    assert shown.body.startswith("Short primer, 5 min: ")
    assert [(button.label, button.choice) for button in shown.buttons] == [
        ("Start", Started("primer-short")),
        ("In 10 min", Snoozed(timedelta(minutes=10))),
        ("Not today", Skipped()),
    ]
    assert shown.lasts == timedelta(minutes=10)
    assert shown.picture == "standing-march"


def test_a_reminder_is_heard_by_who_wants_to_hear_it() -> None:
    assert card(reminder(), Rules(), sound=True).sound
    assert not card(reminder(), Rules()).sound
