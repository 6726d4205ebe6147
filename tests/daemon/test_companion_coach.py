"""What the person asks of the coach and what they are answered; the screening as it is read again."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from deskbreak.coach.library import Library, packaged, put_in_force
from deskbreak.coach.screening import STAND_AT_MOST, WORST, Answers, Question
from deskbreak.core.commands import Button
from deskbreak.core.events import AskedAnother, Started
from deskbreak.daemon.companion import rules
from deskbreak.daemon.wire import Query, WhyThis
from deskbreak.settings import Settings
from deskbreak.store.screening import Kept
from tests.daemon.test_companion import MINUTE, Stage

KNOWN = packaged().known


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def at_a_low_desk() -> Stage:
    return Stage(settings=Settings(standing_desk=False))


@pytest.fixture
def everything_hidden() -> Iterator[None]:
    put_in_force(Library(KNOWN, frozenset(KNOWN)))
    yield
    put_in_force(None)


def chosen(answer: Mapping[str, object]) -> dict[str, object]:
    choice = answer["choice"]
    assert isinstance(choice, dict)
    return choice


def test_why_tells_of_the_pick_that_is_on_offer_and_begins_nothing(stage: Stage) -> None:
    stage.works(35 * MINUTE)
    offered = stage.loop.state.open

    answer = stage.asks(WhyThis())

    assert offered is not None
    assert offered.prompt.exercise is not None
    assert chosen(answer)["pick"] == offered.prompt.exercise
    says = str(answer["says"])
    assert says.startswith(f"{KNOWN[offered.prompt.exercise].name}, for ")
    assert "of a level not reached yet: " in says
    assert max(map(len, says.split("\n"))) <= 80
    assert stage.loop.state.exercise is None
    assert stage.loop.state.open is offered


def test_why_without_an_offer_tells_what_a_break_begun_now_would_be(at_a_low_desk: Stage) -> None:
    stage = at_a_low_desk
    stage.works(5 * MINUTE)

    told = chosen(stage.asks(WhyThis(MINUTE, quiet=True)))
    stage.asks(Started(None, MINUTE, quiet=True))

    running = stage.loop.state.exercise
    assert running is not None
    assert running.id == told["pick"]
    assert running.dose == timedelta(seconds=float(str(told["length_s"])))
    assert running.dose <= MINUTE


def test_a_break_for_less_time_than_the_offer_takes_is_a_shorter_one(at_a_low_desk: Stage) -> None:
    stage = at_a_low_desk
    stage.works(35 * MINUTE)
    offered = stage.loop.state.open

    stage.asks(Started(None, timedelta(seconds=20)))

    running = stage.loop.state.exercise
    assert offered is not None
    assert running is not None
    assert offered.dose > timedelta(seconds=20)
    assert running.dose <= timedelta(seconds=20)


@pytest.mark.usefixtures("everything_hidden")
def test_where_nothing_suits_that_is_said_and_nothing_begins(stage: Stage) -> None:
    stage.works(5 * MINUTE)

    begun = stage.asks(Started())
    another = stage.asks(AskedAnother())
    why = stage.asks(WhyThis())

    assert begun["ok"] is another["ok"] is why["ok"] is False
    assert str(begun["says"]).startswith("Nothing that suits is left: ")
    assert another["says"] == begun["says"]
    assert chosen(why)["pick"] is None
    assert stage.loop.state.exercise is None


@pytest.mark.usefixtures("everything_hidden")
def test_a_reminder_comes_where_nothing_suits_and_has_nothing_to_start(stage: Stage) -> None:
    stage.works(35 * MINUTE)

    opened = stage.loop.state.open
    assert opened is not None
    assert opened.prompt.exercise is None
    assert Button.START not in opened.prompt.buttons
    assert Button.SNOOZE in opened.prompt.buttons
    assert len(stage.desk.cards) == 1


def test_a_reload_reads_the_screening_again(stage: Stage) -> None:
    stage.works(5 * MINUTE)
    before = stage.loop.rules.stand_limit
    stage.kept = Kept(Answers(frozenset({Question.PREGNANT})))

    stage.asks(Query.RELOAD)

    left_out = chosen(stage.asks(WhyThis()))["refused"]
    assert isinstance(left_out, dict)
    assert "excluded" in left_out["glute-bridge"]
    assert stage.loop.rules.stand_limit == STAND_AT_MOST < before


def test_a_screening_that_cannot_be_read_is_a_fault_and_counts_as_yes_to_everything(stage: Stage) -> None:
    stage.kept = Kept(fault="screening.json: it is not valid JSON")

    stage.asks(Query.RELOAD)
    status = stage.asks(Query.STATUS)["status"]

    assert isinstance(status, Mapping)
    assert "screening.json: it is not valid JSON" in status["faults"]
    assert stage.loop.rules.stand_limit == STAND_AT_MOST


def test_who_stands_for_less_by_the_settings_stands_no_longer_for_the_screening() -> None:
    short = Settings(stand_limit=10 * MINUTE)

    assert rules(short, WORST).stand_limit == 10 * MINUTE
