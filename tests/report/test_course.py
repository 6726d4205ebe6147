"""The time of a dose, stage by stage: all of it, in the order in which it is done."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.exercise import Dose, Exercise
from deskbreak.coach.library import packaged
from deskbreak.report.course import Kind, course

EXERCISES = packaged().known
SECOND = timedelta(seconds=1)


def told(id_: str) -> list[tuple[str, float, int]]:
    return [(stage.kind.value, stage.length / SECOND, stage.reps) for stage in course(EXERCISES[id_])]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_stages_of_every_exercise_fill_its_time(exercise: Exercise) -> None:
    assert sum((stage.length for stage in course(exercise)), timedelta()) == exercise.dose.total


@given(
    dose=st.builds(
        Dose,
        sets=st.integers(1, 10),
        reps=st.integers(1, 100),
        hold=st.timedeltas(timedelta(), timedelta(minutes=10)),
        per_side=st.booleans(),
        total=st.timedeltas(SECOND, timedelta(hours=1)),
        rest=st.timedeltas(timedelta(), timedelta(minutes=2)),
        beats=st.none() | st.integers(20, 240),
    ),
    id_=st.sampled_from(sorted(EXERCISES)),
)
def test_no_stage_of_any_dose_is_empty_and_together_they_fill_its_time(dose: Dose, id_: str) -> None:
    stages = course(replace(EXERCISES[id_], dose=dose))

    assert all(stage.length > timedelta() and stage.each > timedelta() for stage in stages)
    assert abs(sum((stage.length for stage in stages), timedelta()) - dose.total) < timedelta(milliseconds=1)


def test_sets_have_a_rest_between_them() -> None:
    assert told("glute-bridge") == [("ready", 5, 1), ("work", 42.5, 10), ("rest", 15, 1), ("work", 42.5, 10)]


def test_sides_are_changed_where_the_steps_say_so() -> None:
    assert told("couch-stretch") == [("ready", 5, 1), ("work", 45, 1), ("change", 15, 1), ("work", 45, 1)]
    assert [stage.side for stage in course(EXERCISES["couch-stretch"])] == [0, 1, 2, 2]
    assert told("bird-dog") == [("ready", 5, 1), ("work", 80, 12)]


def test_the_rest_of_a_single_set_follows_each_repetition() -> None:
    (squeezes,) = course(EXERCISES["seated-squeeze"])

    assert squeezes.each == 8 * SECOND
    assert squeezes.hold == 5 * SECOND


def test_ninety_beats_begin_slowly_and_last_a_minute() -> None:
    assert told("alternating-squeeze") == [("slowly", 15, 1), ("work", 60, 90)]


def test_the_running_rhythm_is_climbed_to() -> None:
    stages = course(EXERCISES["standing-alternating-squeeze"])

    assert [stage.beats for stage in stages] == [None, 90, 120, 150, 180]
    assert {stage.length for stage in stages if stage.kind is Kind.WORK} == {15 * SECOND}


def test_a_walk_begins_at_once_and_counts_nothing() -> None:
    assert told("walk-break") == [("work", 180, 1)]
