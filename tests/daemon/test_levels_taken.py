"""Levels in the running program: offered once, taken by a click or a word, grown with what was done."""

from datetime import timedelta

import pytest

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.library import by_id, packaged
from deskbreak.coach.sessions import LevelSet, Mastered, Now
from deskbreak.core.commands import ExerciseRow, RecordExercise
from deskbreak.core.events import Rated, Rating, Started
from deskbreak.daemon.memory import Memory
from deskbreak.daemon.wire import PassedTest, WhyThis
from deskbreak.ports import TakeLevel
from tests.daemon.test_companion import MINUTE, Stage
from tests.fakes import MONDAY

BRIDGE = packaged().known["glute-bridge"]
DAY = timedelta(days=1)


def did(number: int, days_ago: float, exercise: str = BRIDGE.id, rating: Rating = Rating.EASY) -> ExerciseRow:
    dose = packaged().known[exercise].dose.total
    return ExerciseRow(number, exercise, MONDAY - days_ago * DAY, timedelta(0), dose, dose, False, rating)


def five_easy_bridges() -> Memory:
    return Memory(exercises=[did(-n, 12 - 2 * n) for n in range(5)])


def does_an_easy_bridge(stage: Stage, available: timedelta | None = None) -> None:
    stage.asks(Started(BRIDGE.id, available))
    stage.is_quiet(3 * MINUTE)
    stage.works(MINUTE)
    question = stage.loop.state.question
    assert question is not None
    stage.loop.turn(Rated(question.prompt.number, Rating.EASY))


def test_the_sixth_easy_bridge_brings_the_offer_of_the_next_level() -> None:
    stage = Stage(memory=five_easy_bridges())
    stage.works(MINUTE)

    does_an_easy_bridge(stage)

    card = stage.desk.cards[-1]
    assert card.title == "Bridges: 202 is open to you"
    assert card.body.startswith("The last three were easy. Stay at 101 as long as you like")
    assert stage.log.levels == []
    stage.works(MINUTE)
    assert [each.title for each in stage.desk.cards].count(card.title) == 1


def test_a_bridge_for_which_there_was_no_time_brings_no_offer() -> None:
    stage = Stage(memory=five_easy_bridges())
    stage.works(MINUTE)

    does_an_easy_bridge(stage, timedelta(seconds=20))

    [done] = stage.log.exercises
    assert (done.dose, done.rating) == (timedelta(seconds=20), Rating.EASY)
    assert not any("is open to you" in each.title for each in stage.desk.cards)


def test_the_offer_is_taken_by_a_click_on_the_card() -> None:
    stage = Stage(memory=five_easy_bridges())
    stage.works(MINUTE)
    does_an_easy_bridge(stage)
    [button] = stage.desk.cards[-1].buttons

    stage.loop.turn(button.choice)

    [taken] = stage.log.levels
    assert isinstance(taken, LevelSet)
    assert (button.label, taken.family, taken.level) == ("Bridges: go up to 202", Family.BRIDGE, Level.L202)
    assert stage.desk.cards[-1].title == "Bridges: 202 from now on."
    picked = stage.asks(WhyThis())["choice"]
    assert isinstance(picked, dict)
    assert "marching-bridge" not in picked["refused"]


def test_an_offer_of_yesterday_stands_in_the_menu_and_on_no_card() -> None:
    stage = Stage(memory=Memory(exercises=[did(-n, 12 - 2 * n) for n in range(6)]))

    stage.works(MINUTE)

    assert stage.desk.cards == []
    stage.clicks("Bridges: go up to 202")
    assert [type(each) for each in stage.log.levels] == [LevelSet]


def test_a_level_that_is_set_too_soon_is_set_with_a_line_of_warning() -> None:
    stage = Stage(memory=Memory())
    stage.works(MINUTE)

    up = stage.asks(TakeLevel(Family.FLEXOR, Level.L303))
    down = stage.asks(TakeLevel(Family.FLEXOR, Level.L101))

    assert up["says"] == (
        "Hip-flexor stretches: 303 from now on. "
        "That is sooner than this ladder asks for: begin slowly, and stop if anything hurts."
    )
    assert down["says"] == "Hip-flexor stretches: 101 from now on."


def test_a_test_that_went_well_counts_from_202_on() -> None:
    stage = Stage(memory=Memory())
    stage.works(MINUTE)

    early = stage.asks(PassedTest(Family.BRIDGE))
    stage.asks(TakeLevel(Family.BRIDGE, Level.L202))
    answer = stage.asks(PassedTest(Family.BRIDGE))

    assert (early["ok"], answer["ok"]) == (False, True)
    assert early["says"] == "The test is for 303, and counts once you are at 202. You are at 101."
    assert str(answer["says"]).startswith("Noted: the test went well. For 303: 0 of 9 full doses")
    assert [type(each) for each in stage.log.levels] == [LevelSet, Mastered]


def test_a_level_that_a_family_does_not_have_is_refused() -> None:
    stage = Stage(memory=Memory())
    stage.works(MINUTE)

    answer = stage.asks(TakeLevel(Family.PUMP, Level.L202))

    assert (answer["ok"], answer["says"]) == (False, "There is no 202 in this family: Calf and leg pumps.")
    assert stage.log.levels == []


def test_the_dose_grows_with_what_was_easy() -> None:
    stage = Stage(memory=Memory(exercises=[did(-1, 3)]))
    stage.works(MINUTE)
    before = by_id()[BRIDGE.id].dose

    does_an_easy_bridge(stage)
    stage.works(MINUTE)

    after = by_id()[BRIDGE.id].dose
    assert (before.sets, before.reps) == (1, 8)
    assert (after.sets, after.reps) == (1, 10)
    assert str(stage.asks(Started(BRIDGE.id))["says"]).startswith("Now: Glute bridge, 10 times, about 45 s.")


def test_the_time_that_there_is_stands_on_the_card() -> None:
    stage = Stage(memory=Memory())
    stage.works(MINUTE)

    says = stage.asks(Started(BRIDGE.id, timedelta(seconds=20)))["says"]

    assert str(says).startswith("Now: Glute bridge, 20 s.")
    assert stage.desk.cards[-1].body == (
        "20 s. Squeeze first, then let the squeeze lift you. Press Done when you are done."
    )


def test_pain_takes_a_level_back_and_nothing_is_offered() -> None:
    memory = five_easy_bridges()
    memory.heed((RecordExercise(did(50, 1, rating=Rating.PAIN)),))
    stage = Stage(memory=memory)

    stage.works(MINUTE)

    now = stage.clock.now()
    stands = stage.rotation.standings(Now(now.wall, now.wall.date()))
    standing = next(each for each in stands if each.family is Family.BRIDGE)
    assert not standing.offered
    assert standing.rests_until is not None


@pytest.mark.parametrize(
    ("memory", "exercise", "warning"),
    [
        (Memory(exercises=[did(-1, 1, rating=Rating.PAIN)]), BRIDGE.id, "This family is at rest as it hurt"),
        (Memory(), "single-leg-bridge", "It is of a level not reached yet"),
        (
            Memory(exercises=[did(-n, 0.01 * n) for n in (1, 2, 3)]),
            BRIDGE.id,
            "That is enough",
        ),
        (Memory(), BRIDGE.id, ""),
    ],
)
def test_who_names_what_would_not_be_suggested_is_told_why(
    memory: Memory, exercise: str, warning: str
) -> None:
    stage = Stage(memory=memory)
    stage.works(MINUTE)

    says = str(stage.asks(Started(exercise))["says"])

    assert says.startswith("Now: ")
    assert says.partition("when you are done.")[2].strip().startswith(warning)
    assert bool(warning) is not says.endswith("when you are done.")
