"""A card shows the exercise that it is about."""

from dataclasses import replace

from deskbreak.core.commands import PromptKind
from deskbreak.core.rules import Rules
from deskbreak.daemon.cards import card
from tests.words.moments import reminder


def test_a_reminder_shows_the_exercise_that_it_names() -> None:
    assert card(reminder(), Rules()).picture == "glute-bridge"


def test_a_question_about_an_absence_shows_none() -> None:
    asked = replace(reminder(), kind=PromptKind.RETURN, exercise=None, buttons=())

    assert card(asked, Rules()).picture is None
