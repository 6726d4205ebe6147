"""What a figure is made of: things, colours, bands around discs, and poses that a person wrote down."""

import math
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.drawing.colours import COLOURS, Colour, Theme, as_hex
from deskbreak.coach.drawing.figure import moments, picture
from deskbreak.coach.drawing.marks import Muscle, muscle
from deskbreak.coach.drawing.shapes import Disc, Shape, Tone, bounds
from deskbreak.coach.drawing.things import things
from deskbreak.coach.exercise import JOINTS, Figure, Point, Pose, View
from tests.coach.test_figure import EXERCISES, IDS, drawn, figure, on_the_tile, poses

# -- what stands around


@pytest.mark.parametrize("name", IDS)
def test_everything_that_the_data_puts_there_is_drawn(name: str) -> None:
    for words in figure(name).props:
        assert things((words,), 50, 1), words


def test_what_nobody_can_draw_is_left_out() -> None:
    assert things(("a large dog at (3,4)", "chair: seat x30-52", ""), 50, 1) == ()


def test_a_desk_stands_on_the_side_that_its_edge_is_on() -> None:
    before, behind = (bounds(things((f"desk edge at ({at},50)",), 50, 0)) for at in (70, 30))

    assert (before.left, round(before.top)) == (70, 48)
    assert (behind.right, round(behind.top)) == (30, 48)


def test_a_desk_rises_with_the_one_who_stands_up() -> None:
    low, high = (
        bounds(things(("desk top: x62-92 at y36 then y54", "screen: x84 at y47 then y65"), 50, part)).top
        for part in (0.0, 1.0)
    )

    assert high - low == pytest.approx(18)


# -- exercises of the person's own


def test_an_exercise_without_a_figure_has_no_picture() -> None:
    told = replace(EXERCISES["glute-bridge"], figure=None)

    assert picture(told) is None
    assert moments(told, 5) == ()


points = st.builds(Point, st.integers(-12, 108), st.integers(0, 100))


@st.composite
def any_pose(draw: st.DrawFn) -> Pose:
    given: dict[str, Any] = draw(st.fixed_dictionaries(dict.fromkeys(JOINTS.values(), points)))
    for joints in (("hip_near", "hip_far"), ("toe_near",), ("toe_far",), ("elbow_far", "hand_far"),
                   ("knee_far", "ankle_far", "toe_far")):  # fmt: skip
        if draw(st.booleans()):
            given |= dict.fromkeys(joints)
    return Pose(**given)


@given(
    view=st.sampled_from(View),
    start=any_pose(),
    end=any_pose(),
    muscles=st.sampled_from([each.muscles for each in EXERCISES.values()]),
)
def test_whatever_pose_a_person_writes_down_is_drawn(
    view: View, start: Pose, end: Pose, muscles: tuple[str, ...]
) -> None:
    told = replace(EXERCISES["glute-bridge"], figure=Figure(view, start, end), muscles=muscles)

    for drawing in (drawn(told), *moments(told, 3)):
        seen = bounds(on_the_tile(drawing))
        assert drawing.box.left < seen.left
        assert seen.top < drawing.box.top
        assert all(len(shape.polygon(1)) >= 3 for shape in drawing.shapes)


def test_a_far_limb_that_only_one_pose_has_comes_out_of_the_near_one() -> None:
    start, end = poses("marching-bridge")

    assert start["kneeF"] == start["kneeN"]
    assert end["kneeF"] != end["kneeN"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Gluteus medius", "quadriceps"), Muscle.BUTTOCK),
        (("rectus femoris",), Muscle.FRONT_OF_HIP),
        (("Quadriceps",), Muscle.FRONT_OF_THIGH),
        (("calves (muscle pump)",), Muscle.CALF),
        (("neck", "gluteus maximus"), None),
        ((), None),
    ],
)
def test_the_first_muscle_named_is_the_one_shown(names: tuple[str, ...], shown: Muscle | None) -> None:
    assert muscle(names) is shown


# -- shapes

discs = st.builds(Disc, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 20))


@given(st.lists(discs, min_size=1, max_size=6), st.floats(0, 2 * math.pi))
def test_the_band_around_discs_touches_the_outermost_in_every_direction(
    given: list[Disc], angle: float
) -> None:
    def reach(at: Point, radius: float = 0.0) -> float:
        return at.x * math.cos(angle) + at.y * math.sin(angle) + radius

    shape = Shape(Tone.BODY, tuple(given))

    band = max(reach(at) for at in shape.polygon(0.2))

    assert band == pytest.approx(max(reach(disc.centre, disc.radius) for disc in given), abs=0.02)


@given(st.lists(discs, min_size=1, max_size=6))
def test_the_band_goes_round_once(given: list[Disc]) -> None:
    arcs = Shape(Tone.BODY, tuple(given)).outline()

    assert sum(arc.end - arc.start for arc in arcs) == pytest.approx(2 * math.pi)


# -- colours


def brightness(colour: Colour) -> float:
    """WCAG 2.1, "relative luminance"."""
    linear = [(part / 255 + 0.055) ** 2.4 / 1.055**2.4 if part > 10 else part / 3294.6 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", Theme)
def test_what_counts_stands_out_from_the_ground_and_the_rest_steps_back(theme: Theme) -> None:
    colours = COLOURS[theme]
    off = {tone: contrast(colour, colours[Tone.TILE]) for tone, colour in colours.items()}

    assert off[Tone.BODY] > 12
    assert off[Tone.WORK] > 3
    assert off[Tone.FAR] > 3
    assert all(1.3 < off[tone] < off[Tone.FAR] for tone in (Tone.THING, Tone.BEFORE))
    assert contrast(colours[Tone.WORK], colours[Tone.BODY]) > 2


@pytest.mark.parametrize("theme", Theme)
def test_every_tone_has_a_colour_of_its_own(theme: Theme) -> None:
    assert set(COLOURS[theme]) == set(Tone)
    assert all(one != other for one, other in combinations(map(as_hex, COLOURS[theme].values()), 2))
    assert as_hex((255, 0, 10)) == "#ff000a"
