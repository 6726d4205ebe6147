"""The guide as a page: all that is to be said, nothing from elsewhere, and no way in for what it says."""

import json
import re
from dataclasses import replace

import pytest

from deskbreak.coach.exercise import Exercise
from deskbreak.coach.library import Library, packaged
from deskbreak.report.guide import guide
from deskbreak.words.safety import DISCLAIMER, RED_FLAGS, STOP_SIGNS
from tests.report.reading import Page

EXERCISES = packaged().known
BRIDGE = EXERCISES["glute-bridge"]
HOSTILE = (
    """</script></style></title>--><script>alert("x")</script><img src=x onerror='alert(1)'>&amp;{escape}"""
)
MAY_HOLD = {
    "body", "button", "dd", "desc", "details", "div", "dl", "dt", "footer", "g", "h1", "h2", "head",
    "header", "html", "kbd", "li", "main", "meta", "ol", "p", "path", "script", "section", "span", "style",
    "summary", "svg", "title", "ul",
}  # fmt: skip


def hostile() -> Exercise:
    return replace(
        BRIDGE,
        name=HOSTILE,
        cue=HOSTILE,
        steps=(HOSTILE,),
        mistakes=(HOSTILE,),
        cautions=(HOSTILE,),
        muscles=(HOSTILE,),
        needs=(HOSTILE,),
        dose=replace(BRIDGE.dose, tempo=HOSTILE),
    )


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_guide_says_all_and_takes_nothing_from_elsewhere(exercise: Exercise) -> None:
    text = guide(exercise, packaged())
    page = Page(text)

    for said in (exercise.name, exercise.cue, *exercise.steps, *exercise.mistakes, *exercise.cautions):
        assert said in page.said
    for said in (DISCLAIMER, *STOP_SIGNS, *(part for flag in RED_FLAGS for part in flag)):
        assert said in page.said
    for other in filter(None, (exercise.easier, exercise.harder)):
        assert EXERCISES[other].name in page.said
    assert {tag for tag, _attrs in page.tags} <= MAY_HOLD
    names = {name for tag, attrs in page.tags for name in attrs}
    assert not names & {"src", "href", "style", "srcset", "action", "data"}
    assert not [name for name in names if name.startswith("on")]
    assert re.findall(r"https?://[^\"]+|url\(|@import", text) in ([], ["http://www.w3.org/2000/svg"] * 2)
    assert len(text.encode()) < 150_000


def test_whatever_an_own_entry_says_is_only_said() -> None:
    entry = hostile()
    text = guide(entry, Library({**EXERCISES, entry.id: entry}))
    page, usual = Page(text), Page(guide(BRIDGE, packaged()))

    assert page.said.count(HOSTILE) >= 7
    assert "<img" not in text
    assert page.inside["script"][1] == usual.inside["script"][1]
    json.loads(page.inside["script"][0])
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 2


def test_an_own_entry_without_a_figure_has_a_guide_all_the_same() -> None:
    page = Page(guide(replace(BRIDGE, figure=None, easier=None, harder=None), packaged()))

    assert "svg" not in {tag for tag, _attrs in page.tags}
    assert "Easier" not in page.said


def test_the_plan_lasts_as_long_as_the_dose() -> None:
    plan = json.loads(Page(guide(BRIDGE, packaged())).inside["script"][0])

    assert sum(stage["ms"] for stage in plan["stages"]) == 105_000
    assert [stage["label"] for stage in plan["stages"]] == [
        "Get ready. Next: Set 1 of 2",
        "Set 1 of 2",
        "Rest. Next: Set 2 of 2",
        "Set 2 of 2",
    ]
