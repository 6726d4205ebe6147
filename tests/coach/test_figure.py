"""Figures obey the laws of bodies: bones keep their length, feet stay put, nothing leaves the square."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.coach.drawing.blend import Joints, between, completed
from deskbreak.coach.drawing.figure import Drawing, moments, picture
from deskbreak.coach.drawing.shapes import Shape, Tone, bounds
from deskbreak.coach.exercise import Exercise, Figure, View
from deskbreak.coach.library import packaged

EXERCISES = packaged().known
IDS = sorted(EXERCISES)
BONES = (
    ("hip", "neck"),
    ("neck", "head"),
    ("hip", "kneeN"),
    ("kneeN", "ankleN"),
    ("ankleN", "toeN"),
    ("hip", "kneeF"),
    ("kneeF", "ankleF"),
    ("ankleF", "toeF"),
    ("neck", "elbowN"),
    ("elbowN", "handN"),
    ("neck", "elbowF"),
    ("elbowF", "handF"),
)
EXACT = 0.3
"""The data has one digit after the point."""

parts = st.floats(0, 1)


def figure(name: str) -> Figure:
    found = EXERCISES[name].figure
    assert found is not None
    return found


def seen_from_the_side() -> list[str]:
    return [name for name in IDS if figure(name).view is View.SIDE]


def poses(name: str) -> tuple[Joints, Joints]:
    return completed(figure(name).start, figure(name).end)


def drawn(exercise: Exercise) -> Drawing:
    drawing = picture(exercise)
    assert drawing is not None
    return drawing


def on_the_tile(drawing: Drawing) -> tuple[Shape, ...]:
    return tuple(shape for shape in drawing.shapes if shape.tone is not Tone.TILE)


def toned(drawing: Drawing, *tones: Tone) -> tuple[Shape, ...]:
    return tuple(shape for shape in drawing.shapes if shape.tone in tones)


# -- bodies


@settings(max_examples=400)
@given(name=st.sampled_from(seen_from_the_side()), part=parts)
def test_no_bone_grows_or_shrinks_on_the_way(name: str, part: float) -> None:
    start, end = poses(name)

    pose = between(start, end, part, turning=True)

    for root, joint in BONES:
        if joint in pose:
            lengths = [math.dist(each[root], each[joint]) for each in (start, end)]
            now = math.dist(pose[root], pose[joint])
            assert min(lengths) - EXACT <= now <= max(lengths) + EXACT, (root, joint)


@pytest.mark.parametrize("name", IDS)
def test_the_way_begins_and_ends_in_the_two_poses(name: str) -> None:
    start, end = poses(name)
    turning = figure(name).view is View.SIDE

    for pose, part in ((start, 0.0), (end, 1.0)):
        got = between(start, end, part, turning)
        assert all(math.dist(got[joint], pose[joint]) < EXACT for joint in pose)


@settings(max_examples=400)
@given(name=st.sampled_from(seen_from_the_side()), part=parts)
def test_a_foot_that_stands_in_both_poses_stands_all_the_while(name: str, part: float) -> None:
    start, end = poses(name)

    pose = between(start, end, part, turning=True)

    for ankle in ("ankleN", "ankleF"):
        if ankle in pose and math.dist(start[ankle], end[ankle]) < 0.75:
            assert math.dist(pose[ankle], start[ankle]) < 0.75


@pytest.mark.parametrize("name", seen_from_the_side())
def test_a_movement_has_no_jump_in_it(name: str) -> None:
    start, end = poses(name)
    way = [between(start, end, step / 40, turning=True) for step in range(41)]

    jumps = [math.dist(one[joint], other[joint]) for one, other in pairwise(way) for joint in start]

    assert max(jumps) < 4


@pytest.mark.parametrize("name", seen_from_the_side())
def test_knees_and_elbows_bend_the_way_they_can(name: str) -> None:
    for pose in poses(name):
        for limb, sign in ((("hip", "knee", "ankle"), -1), (("neck", "elbow", "hand"), 1)):
            for side in "NF":
                if limb[1] + side in pose:
                    root, middle, tip = (pose[joint + side * (joint != limb[0])] for joint in limb)
                    bend = (middle.x - root.x) * (tip.y - middle.y) - (middle.y - root.y) * (tip.x - middle.x)
                    assert bend * sign > -15, (limb, side)


# -- pictures


@pytest.mark.parametrize("name", IDS)
def test_nothing_is_below_the_floor(name: str) -> None:
    for drawing in moments(EXERCISES[name], 9):
        body = toned(drawing, Tone.BODY, Tone.FAR)

        assert bounds(body).bottom >= -1e-9
        # Some part of it rests on the floor, on the chair, or on a step.
        assert bounds(body).bottom < 2.5 or name == "stairs"


@pytest.mark.parametrize("name", IDS)
def test_all_of_it_lies_in_the_square_and_fills_it(name: str) -> None:
    for drawing in (drawn(EXERCISES[name]), *moments(EXERCISES[name], 9)):
        box, seen = drawing.box, bounds(on_the_tile(drawing))

        assert math.isclose(box.width, box.height)
        assert box.left + 2 < seen.left
        assert seen.right < box.right - 2
        assert box.bottom + 1.5 < seen.bottom
        assert seen.top < box.top - 2
        assert max(seen.width, seen.height) > 0.75 * box.width


@pytest.mark.parametrize("name", IDS)
def test_every_moment_is_drawn_in_the_same_square_as_the_picture(name: str) -> None:
    boxes = {drawn(EXERCISES[name]).box} | {drawing.box for drawing in moments(EXERCISES[name], 5)}

    assert len(boxes) == 1


@pytest.mark.parametrize("name", IDS)
def test_one_colour_tells_what_works(name: str) -> None:
    working = toned(drawn(EXERCISES[name]), Tone.WORK)

    assert working


@pytest.mark.parametrize(
    ("name", "tones"),
    [
        ("bird-dog", {Tone.WORK, Tone.BODY, Tone.FAR}),
        ("calf-raise", {Tone.BODY}),
        ("glute-bridge", {Tone.BODY}),
    ],
)
def test_only_a_limb_that_moves_alone_has_the_colour_of_work(name: str, tones: set[Tone]) -> None:
    last = moments(EXERCISES[name], 2)[-1]
    limbs = {
        shape.tone
        for shape in on_the_tile(last)
        if len(shape.discs) == 2 and shape.discs[0].radius == pytest.approx(4.9)
    }

    assert limbs <= tones
    assert (Tone.WORK in limbs) is (Tone.WORK in tones)


@pytest.mark.parametrize("name", ["sit-to-stand", "hip-hinge", "glute-bridge", "stand-up-desk", "wall-sit"])
def test_poses_that_differ_are_both_in_the_picture(name: str) -> None:
    assert toned(drawn(EXERCISES[name]), Tone.BEFORE)


@pytest.mark.parametrize("name", ["seated-squeeze", "standing-squeeze", "walk-break"])
def test_poses_that_look_the_same_are_drawn_once(name: str) -> None:
    assert not toned(drawn(EXERCISES[name]), Tone.BEFORE)


@pytest.mark.parametrize("name", ["alternating-squeeze", "standing-alternating-squeeze"])
def test_sides_that_take_turns_are_both_marked(name: str) -> None:
    (before,) = toned(drawn(EXERCISES[name]), Tone.BEFORE)
    (now,) = toned(drawn(EXERCISES[name]), Tone.WORK)

    assert before.discs[0].x < now.discs[0].x
    assert before.discs[0].radius == now.discs[0].radius


def test_the_mark_grows_as_the_squeeze_does() -> None:
    sizes = [
        toned(moment, Tone.WORK)[0].discs[0].radius for moment in moments(EXERCISES["seated-squeeze"], 5)
    ]

    assert sizes == sorted(sizes)
    assert sizes[-1] > 1.5 * sizes[0]
