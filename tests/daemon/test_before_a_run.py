"""A planned run in the running program: calendar, offer, guide, and the word of the person."""

from datetime import time, timedelta

import pytest

from deskbreak.core.commands import Outcome, PromptKind
from deskbreak.core.events import RunPlanned, Snoozed, Started
from deskbreak.daemon.appointments import next_run
from deskbreak.settings import Settings
from deskbreak.settings.values import Run
from tests.daemon.test_companion import MINUTE, SECOND, Stage
from tests.fakes import MONDAY

AT_TEN = Settings(runs=(Run(0, time(10)),))
"""The stage begins on a Monday at 9:00 in UTC."""


@pytest.fixture
def stage() -> Stage:
    return Stage(settings=AT_TEN)


def titles(stage: Stage) -> list[str]:
    return [card.title for card in stage.desk.cards]


def test_a_planned_run_is_offered_the_three_minute_primer_eight_minutes_before(stage: Stage) -> None:
    stage.works(51 * MINUTE)
    before = titles(stage)

    stage.works(MINUTE + SECOND)

    assert before == []
    assert titles(stage) == ["A run in 8 min"]
    assert stage.desk.cards[0].body.startswith("Quick primer, 3 min: ")
    assert [button.label for button in stage.desk.cards[0].buttons] == ["Start", "Not today"]


def test_what_is_started_is_shown_as_a_guide_and_logged_as_a_whole(stage: Stage) -> None:
    stage.works(53 * MINUTE)
    start = stage.desk.cards[0].buttons[0].choice

    stage.loop.turn(start)
    stage.is_quiet(3 * MINUTE)
    stage.works(MINUTE)

    assert stage.guides == ["primer-three-minutes"]
    [row] = stage.log.exercises
    assert (row.exercise, row.dose) == ("primer-three-minutes", 3 * MINUTE)
    outcomes = [row.outcome for row in stage.log.prompts.values() if row.kind is PromptKind.PRIMER]
    assert outcomes == [Outcome.DONE]


def test_who_says_not_now_is_asked_no_more_when_the_run_comes_first(stage: Stage) -> None:
    stage.works(53 * MINUTE)

    answer = stage.asks(Snoozed())

    assert str(answer["says"]).startswith("By then you will be running")
    stage.works(5 * MINUTE)
    assert titles(stage) == ["A run in 8 min"]


def test_the_next_run_is_that_of_next_week(stage: Stage) -> None:
    stage.works(53 * MINUTE)
    stage.clicks("Not today")

    following = next_run(AT_TEN, stage.loop.state, stage.clock.now())

    assert following == MONDAY + timedelta(days=7, hours=1)


def test_a_run_told_of_comes_before_the_planned_one(stage: Stage) -> None:
    stage.works(MINUTE)

    answer = stage.asks(RunPlanned(20 * MINUTE))

    assert str(answer["says"]).startswith("Your run is at 09:21; its primer is offered before it.")
    stage.works(13 * MINUTE)
    assert titles(stage) == ["A run in 8 min"]


def test_the_primer_is_begun_from_the_menu_at_any_time(stage: Stage) -> None:
    stage.works(MINUTE)

    stage.clicks("Before a run")

    assert stage.guides == ["primer-three-minutes"]
    assert stage.loop.state.exercise is not None
    assert str(stage.asks(Started(primer=True))["says"]).startswith("Now: Quick primer, 3 min.")
