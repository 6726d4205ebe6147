"""The first minutes with the program: seven questions, asked on a card and answered in the menu."""

import pytest

from deskbreak.coach.screening import Answers, Question, Region
from deskbreak.core.events import Started
from deskbreak.errors import DeskbreakError
from deskbreak.ports import Choose, Separator
from deskbreak.store.screening import Kept
from deskbreak.words.screening import in_short
from tests.daemon.test_companion import MINUTE, SECOND, Stage

PREGNANT = in_short(Question.PREGNANT)


@pytest.fixture
def newcomer() -> Stage:
    return Stage(kept=Kept())


def test_a_newcomer_is_told_of_the_seven_questions_once(newcomer: Stage) -> None:
    newcomer.works(MINUTE)

    [card] = newcomer.desk.cards
    assert card.title == "Before the first exercise: seven questions"
    assert card.body.startswith("This is general information and not medical advice.")


def test_who_has_answered_is_not_asked_again(newcomer: Stage) -> None:
    newcomer.kept = Kept(Answers())
    newcomer.clicks("None of these")

    newcomer.works(MINUTE)

    assert newcomer.desk.cards == []
    assert newcomer.row("None of these").checked


def test_the_menu_has_all_seven_and_a_click_is_a_yes(newcomer: Stage) -> None:
    newcomer.works(SECOND)
    questions = newcomer.row("Health questions").rows
    asked = [row.label for row in questions if isinstance(row, Choose) and row.checked is not None]

    newcomer.clicks(PREGNANT)

    assert asked == [*map(in_short, Question), "None of these"]
    assert isinstance(questions[1], Separator)
    assert newcomer.kept == Kept(Answers(frozenset({Question.PREGNANT})))
    assert newcomer.row(PREGNANT).checked
    assert newcomer.desk.cards[-1].body.startswith("Please check with a doctor or physiotherapist first.")
    newcomer.clicks(PREGNANT)
    assert newcomer.kept == Kept(Answers())


def test_a_second_yes_keeps_the_first_and_the_parts_to_be_spared(newcomer: Stage) -> None:
    newcomer.works(SECOND)
    newcomer.kept = Kept(Answers(frozenset({Question.JOINTS}), frozenset({Region.KNEE})))
    newcomer.clicks("None of these")
    newcomer.kept = Kept(Answers(frozenset({Question.JOINTS}), frozenset({Region.KNEE})))
    newcomer.works(SECOND)

    newcomer.clicks(in_short(Question.JOINTS))

    assert newcomer.kept.in_force.regions == frozenset()


def test_answers_that_cannot_be_kept_are_said_on_a_card(newcomer: Stage) -> None:
    newcomer.works(SECOND)
    newcomer.unwritable = DeskbreakError("screening.json cannot be written: No space left on device")

    newcomer.clicks(PREGNANT)

    assert newcomer.kept == Kept()
    assert newcomer.desk.cards[-1].title == "The answers could not be kept"
    assert newcomer.desk.cards[-1].body == str(newcomer.unwritable)


def test_what_is_left_out_can_be_done_by_name_and_is_warned_of(newcomer: Stage) -> None:
    newcomer.works(SECOND)
    newcomer.clicks(PREGNANT)

    says = str(newcomer.asks(Started("glute-bridge"))["says"])

    assert says.endswith("Your answers to the health questions leave this one out: lying flat on the back.")
