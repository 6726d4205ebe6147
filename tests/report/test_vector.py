"""Figures as SVG: well formed, safe whatever they are called, and the same shapes that Pillow draws."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.drawing.colours import COLOURS, Theme
from deskbreak.coach.drawing.figure import moments, picture
from deskbreak.coach.drawing.shapes import Tone
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import packaged
from deskbreak.report.vector import colours, moving, ornament, still

EXERCISES = packaged().known
BRIDGE = EXERCISES["glute-bridge"]
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?"
POINT = rf"{NUMBER} {NUMBER}"
OUTLINE = re.compile(rf"(?:M{POINT}(?:A{NUMBER} {NUMBER} 0 0 0 {POINT}|L{POINT})+Z)+")
EACH_POINT = re.compile(rf"(?:[ML]|A{NUMBER} {NUMBER} 0 0 0 )({NUMBER}) ({NUMBER})")
ALLOWED = {
    f"{SVG}svg": {"viewBox", "role", "aria-labelledby", "aria-describedby"},
    f"{SVG}title": {"id"},
    f"{SVG}desc": {"id"},
    f"{SVG}g": {"class", "display"},
    f"{SVG}path": {"fill", "d"},
}


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def paths(root: ElementTree.Element) -> list[str]:
    return [path.attrib["d"] for path in root.iter(f"{SVG}path")]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_picture_is_sound_and_lies_in_its_square(exercise: Exercise) -> None:
    for svg in (still(exercise, "Title", "What to do"), moving(exercise, "Title", "What to do", 5)):
        root = read(svg)
        _, _, width, height = map(float, root.attrib["viewBox"].split())

        assert width == height
        for outline in paths(root):
            assert OUTLINE.fullmatch(outline)
            points = [(float(x), float(y)) for x, y in EACH_POINT.findall(outline)]
            assert all(-0.01 <= at <= width + 0.01 for point in points for at in point)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_it_has_every_shape_that_is_drawn(exercise: Exercise) -> None:
    drawing = picture(exercise)
    assert drawing is not None

    outlines = "".join(paths(read(still(exercise, "", ""))))

    assert outlines.count("M") == len(drawing.shapes)


def test_no_style_no_script_and_nothing_from_elsewhere_is_in_it() -> None:
    for svg in (still(BRIDGE, "t", "d"), moving(BRIDGE, "t", "d", 3)):
        for part in read(svg).iter():
            assert set(part.attrib) <= ALLOWED[part.tag]


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))))
def test_whatever_an_exercise_is_called_it_is_only_said(name: str) -> None:
    root = read(still(replace(BRIDGE, id=name), name, name))

    title, text = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert text is not None
    assert (title.text or "", text.text or "") == (name, name)
    assert {part.tag for part in root.iter()} <= set(ALLOWED)


def test_a_screen_reader_finds_title_and_description() -> None:
    root = read(still(BRIDGE, "Glute bridge", "Lie on your back."))
    said = {part.attrib["id"]: part.text for part in root if "id" in part.attrib}

    assert root.attrib["role"] == "img"
    assert said[root.attrib["aria-labelledby"]] == "Glute bridge"
    assert said[root.attrib["aria-describedby"]] == "Lie on your back."


def test_the_still_and_the_moving_one_can_stand_on_one_page() -> None:
    ids = [
        part.attrib["id"]
        for svg in (still(BRIDGE, "", ""), moving(BRIDGE, "", "", 3), still(EXERCISES["clamshell"], "", ""))
        for part in read(svg).iter()
        if "id" in part.attrib
    ]

    assert len(set(ids)) == len(ids) == 6


def test_an_ornament_is_the_same_picture_and_nothing_is_read_aloud() -> None:
    root = read(ornament(BRIDGE))

    assert paths(root) == paths(read(still(BRIDGE, "", "")))
    assert root.attrib["aria-hidden"] == "true"
    assert {part.tag for part in root.iter()} == {f"{SVG}svg", f"{SVG}path"}


def test_only_the_first_moment_is_shown_until_a_script_moves_it() -> None:
    groups = read(moving(BRIDGE, "", "", 5)).findall(f"{SVG}g")

    assert [group.attrib.get("display") for group in groups] == [None, "none", "none", "none", "none"]
    assert len({tuple(paths(group)) for group in groups}) == len(moments(BRIDGE, 5))


@pytest.mark.parametrize("theme", Theme)
def test_the_page_sets_the_colours_and_light_is_what_is_without_it(theme: Theme) -> None:
    declared = dict(line.split(": ") for line in colours(theme).rstrip(";").split("; "))
    used = [re.fullmatch(r"var\((--figure-\w+), (#\w{6})\)", path.attrib["fill"])
            for path in read(still(BRIDGE, "", "")).iter(f"{SVG}path")]  # fmt: skip

    assert len(declared) == len(Tone) == len(COLOURS[theme])
    for found in used:
        assert found is not None
        assert (declared[found[1]] == found[2]) is (theme is Theme.LIGHT)


def test_an_exercise_without_a_figure_leaves_nothing_on_the_page() -> None:
    told = replace(BRIDGE, figure=None)

    assert still(told, "t", "d") == ""
    assert ornament(told) == ""
    assert moving(told, "t", "d", 5) == ""
