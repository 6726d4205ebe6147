"""The packaged exercises: every field a value of its kind, every entry as the rules want it."""

import json
import re
from importlib.resources import files

import pytest

from deskbreak.coach.entries import ENTRY, exercise
from deskbreak.coach.exercise import JOINTS, Exercise, Family, Level, Place, Point, View
from deskbreak.coach.kinds import Fields
from deskbreak.coach.library import Library, by_id, library, packaged, put_in_force
from deskbreak.coach.load import STRENGTH
from deskbreak.coach.written import entry

# Evidence, section 5.6; and the founding trap of 1: 90 is never said alone.
BANNED = re.compile(
    r"\bcures?\b|\btreats?\b|prevents? injur|fix(es)? (posture|back)|reverses? sitting|dead butt"
    r"|glutes are|calorie|weight loss|new smoking|switched off|\bat 90$",
    re.IGNORECASE,
)
DATA: list[dict[str, object]] = json.loads(
    files("deskbreak.coach").joinpath("exercises.json").read_text("utf-8")
)
EACH = pytest.mark.parametrize("given", DATA, ids=lambda given: str(given["id"]))


def texts(each: Exercise) -> tuple[str, ...]:
    return (each.name, each.cue, *each.steps, *each.mistakes, *each.cautions, *each.muscles, *each.needs)


def test_there_are_28_of_them_at_three_levels_and_three_places() -> None:
    known = packaged().known.values()

    assert len(known) == 28
    assert [sum(each.level is level for each in known) for level in Level] == [15, 8, 5]
    assert [sum(each.place is place for each in known) for place in Place] == [5, 13, 10]
    assert {each.family for each in known} == set(Family)
    assert {each.figure.view for each in known if each.figure} == set(View)


@EACH
def test_nothing_in_the_data_is_lost_on_the_way(given: dict[str, object]) -> None:
    assert entry(exercise(given)) == given


@EACH
def test_a_packaged_entry_leaves_no_field_out(given: dict[str, object]) -> None:
    optional = {"hidden"}

    assert ENTRY.of.keys() - given.keys() == optional
    dose, figure = ENTRY.of["dose"].kind, ENTRY.of["figure"].kind
    assert isinstance(dose, Fields)
    assert isinstance(figure, Fields)
    assert isinstance(given["dose"], dict)
    assert isinstance(given["figure"], dict)
    assert dose.of.keys() - given["dose"].keys() <= {"tempo", "tempo_bpm"}
    assert figure.of.keys() == given["figure"].keys()


def test_easier_and_harder_ones_are_there_and_end_somewhere() -> None:
    known = packaged().known
    for link in ("easier", "harder"):
        for each in known.values():
            way = [each.id]
            while (then := getattr(known[way[-1]], link)) is not None:
                way.append(then)

                assert len(way) == len(set(way)), way


def test_no_exercise_promises_anything() -> None:
    for each in packaged().known.values():
        for text in (*texts(each), *each.sources):
            assert not BANNED.search(text), text


def test_no_step_says_how_often_where_that_changes_with_the_person() -> None:
    number = r"\b(two|three|four|five|six|eight|ten|twelve|fifteen|\d+)"
    counted = re.compile(rf"{number} (times|lifts|squeezes)\b|{number}[- ](per|beats)\b", re.IGNORECASE)
    grows = [each for each in packaged().known.values() if each.family in STRENGTH and each.dose.reps > 1]

    assert len(grows) > 10
    assert [text for each in grows for text in (*each.steps, *each.needs) if counted.search(text)] == []


def test_a_dose_takes_at_least_as_long_as_its_holds() -> None:
    for each in packaged().known.values():
        dose = each.dose

        assert dose.total >= dose.sets * dose.reps * dose.hold * (2 if dose.per_side else 1)


def test_both_poses_of_a_figure_show_the_same_near_limbs() -> None:
    for each in packaged().known.values():
        assert each.figure is not None
        start, end = each.figure.start.joints, each.figure.end.joints

        assert {joint for joint in JOINTS if joint.endswith("N")} & start.keys() == {
            joint for joint in JOINTS if joint.endswith("N")
        } & end.keys()
        assert start != end


def test_a_pose_names_the_joints_that_are_drawn_as_the_data_does() -> None:
    squeeze = packaged().known["seated-squeeze"].figure
    assert squeeze is not None

    assert squeeze.start.joints["kneeN"] == squeeze.start.knee_near == Point(62.0, 25.0)
    assert "kneeF" not in squeeze.start.joints
    assert squeeze.start.knee_far is None


def test_the_library_in_force_is_the_packaged_one_until_another_is_chosen() -> None:
    known = packaged().known
    try:
        put_in_force(
            Library({"stairs": known["stairs"], "walk-break": known["walk-break"]}, frozenset({"stairs"}))
        )

        assert [each.id for each in library()] == ["walk-break"]
        assert list(by_id()) == ["stairs", "walk-break"]
    finally:
        put_in_force(None)

    assert by_id() == known
    assert library() == tuple(known.values())


def test_in_the_chair_is_seated_and_standing_up_is_a_switch() -> None:
    known = packaged().known

    assert [each.id for each in known.values() if each.switch] == ["stand-up-desk"]
    assert known["seated-squeeze"].seated
    assert not known["glute-bridge"].seated
