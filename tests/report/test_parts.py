"""The time of a primer, exercise by exercise: all of it, and time to change over before each."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.library import packaged
from deskbreak.coach.primer import Beat, Primer, Step
from deskbreak.coach.situation import Person
from deskbreak.coach.slots import Kind as Which
from deskbreak.report.course import Kind, Motion
from deskbreak.report.parts import Part, parts
from tests.report.primers import BEGINNER, FOUR, KNOWN, made

SECOND = timedelta(seconds=1)
NOTHING = frozenset[str]()


def told(part: Part) -> list[tuple[str, float, int, int]]:
    return [(stage.kind.value, stage.length / SECOND, stage.side, stage.reps) for stage in part.stages]


def lasts(made: tuple[Part, ...]) -> timedelta:
    return sum((stage.length for part in made for stage in part.stages), timedelta())


@pytest.mark.parametrize(("which", "lying"), FOUR)
def test_all_four_last_as_long_as_they_say(which: Which, lying: bool) -> None:
    primer = made(which, lying)

    assert lasts(parts(primer, packaged())) == primer.length


@given(
    which=st.sampled_from(Which),
    lying=st.booleans(),
    level=st.sampled_from(Level),
    tried=st.frozensets(st.sampled_from(sorted(KNOWN))),
    tempo=st.sampled_from([30, 60, 90, 120, 150, 180]),
)
def test_for_whomever_no_stage_is_empty_and_nothing_is_left_over(
    which: Which, lying: bool, level: Level, tried: frozenset[str], tempo: int
) -> None:
    primer = made(which, lying, Person(levels=dict.fromkeys(Family, level)), tried, tempo)
    found = parts(primer, packaged())

    assert [part.exercise.id for part in found] == [step.exercise for step in primer.steps]
    assert all(
        stage.length > timedelta() and stage.each > timedelta() for part in found for stage in part.stages
    )
    assert lasts(found) == primer.length


def test_whoever_changes_over_does_so_before_each_exercise_but_the_first() -> None:
    march, stretch, *_others = parts(made(Which.FULL), packaged())

    assert told(march) == [("work", 60, 0, 1)]
    assert told(stretch) == [("ready", 8, 0, 1), ("work", 25, 1, 1), ("change", 5, 2, 1), ("work", 25, 2, 1)]
    assert march.stages[0].motion is Motion.ON_AND_ON


def test_repetitions_are_those_of_the_primer_and_not_of_the_exercise() -> None:
    bridge = parts(made(Which.FULL), packaged())[2]

    assert told(bridge) == [("ready", 8, 0, 1), ("work", 55, 0, 12)]
    assert KNOWN["glute-bridge"].dose.reps == 10


def test_the_running_rhythm_climbs_in_four_quarters_of_a_minute() -> None:
    rhythm = parts(made(Which.FULL), packaged())[-1]

    assert [(stage.beats, stage.length / SECOND, stage.reps) for stage in rhythm.stages[1:]] == [
        (90, 15, 23),
        (120, 15, 30),
        (150, 15, 38),
        (180, 15, 45),
    ]
    assert rhythm.stages[0].kind is Kind.READY


def test_who_may_go_no_faster_than_120_stays_there() -> None:
    rhythm = parts(made(Which.FULL, tempo=120), packaged())[-1]

    assert [(stage.beats, stage.length / SECOND) for stage in rhythm.stages[1:]] == [(90, 15), (120, 45)]


def test_who_has_tried_nothing_walks_all_the_time() -> None:
    (walk,) = parts(made(Which.FULL, person=BEGINNER, tried=NOTHING), packaged())

    assert told(walk) == [("work", 420, 0, 1)]


def test_what_is_left_after_a_single_exercise_is_spent_before_it() -> None:
    step = Step("alternating-squeeze", 60 * SECOND, beats=(Beat(90, 60 * SECOND),), then=10 * SECOND)
    (squeeze,) = parts(Primer(Which.SHORT, 70 * SECOND, (step,)), packaged())

    assert told(squeeze) == [("ready", 10, 0, 1), ("work", 60, 0, 90)]
