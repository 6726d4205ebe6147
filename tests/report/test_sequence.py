"""The primer as a page: every exercise of it, to the millisecond, and no way in for what it says."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deskbreak.coach.library import Library, packaged
from deskbreak.coach.primer import Primer
from deskbreak.coach.slots import Kind
from deskbreak.report.sequence import sequence
from deskbreak.words.exercises import primer as title
from deskbreak.words.safety import DISCLAIMER, RED_FLAGS, STOP_SIGNS
from tests.report.primers import BEGINNER, FOUR, KNOWN, made
from tests.report.reading import Page

NOTHING = frozenset[str]()
CLOSING = "Run the first 5-10 minutes easy. For the first five, feel the buttock of the leg that goes back."
HOSTILE = (
    """</script></style></title>--><script>alert("x")</script><img src=x onerror='alert(1)'>&amp;{escape}"""
)
MS = timedelta(milliseconds=1)


def opened(primer: Primer, library: Library | None = None) -> tuple[Page, dict[str, Any]]:
    page = Page(sequence(primer, library or packaged()))
    return page, json.loads(page.inside["script"][0])


def words(page: Page) -> str:
    return " ".join(page.said.split())


@pytest.mark.parametrize(("which", "lying"), FOUR)
def test_all_four_say_all_of_it(which: Kind, lying: bool) -> None:
    primer = made(which, lying)
    page, plan = opened(primer)

    for step in primer.steps:
        exercise = KNOWN[step.exercise]
        for said in (exercise.name, exercise.cue, *exercise.steps, *exercise.mistakes, *exercise.cautions):
            assert said in page.said
    for said in (DISCLAIMER, *STOP_SIGNS, *(part for flag in RED_FLAGS for part in flag)):
        assert said in page.said
    assert "Skip the primer if anything hurts." in page.said
    for sentence in re.findall(r"[^.]+\.", CLOSING):
        assert sentence.strip() in page.said
    assert len(plan["steps"]) == len(primer.steps)


@pytest.mark.parametrize(("which", "lying"), FOUR)
@pytest.mark.parametrize("tried", [frozenset(KNOWN), NOTHING], ids=["all", "nothing"])
def test_they_last_to_the_millisecond(which: Kind, lying: bool, tried: frozenset[str]) -> None:
    primer = made(which, lying, tried=tried)
    _page, plan = opened(primer)

    assert sum(stage["ms"] for stage in plan["stages"]) * MS == primer.length
    assert primer.length == made(which, lying).length


def test_the_head_says_what_it_is() -> None:
    heads = [words(opened(made(which, lying))[0]) for which, lying in FOUR]

    for head, said in zip(
        heads,
        (
            f"Before a run · 7 min · 7 exercises {title(Kind.FULL)}",
            f"Before a run · 6 min · 6 exercises {title(Kind.FULL)}",
            f"Before a run · 5 min · 6 exercises {title(Kind.SHORT)}",
            f"Before a run · 3 min · 3 exercises {title(Kind.THREE_MINUTES)}",
        ),
        strict=True,
    ):
        assert said in head


def test_who_has_tried_nothing_is_shown_a_walk() -> None:
    page, plan = opened(made(Kind.FULL, person=BEGINNER, tried=NOTHING))

    assert f"7 min · 1 exercise {title(Kind.FULL)}" in words(page)
    assert "Walk break at an easy pace 7 min" in words(page)
    assert [(stage["heading"], stage["said"]) for stage in plan["stages"]] == [
        ("Walk break", "Walk break. At an easy pace")
    ]
    assert plan["steps"] == [{"number": "", "cue": KNOWN["walk-break"].cue, "figure": 0}]


def test_a_screen_reader_hears_what_comes_next_and_how_much_of_it() -> None:
    _page, plan = opened(made(Kind.THREE_MINUTES))

    assert [stage["said"] for stage in plan["stages"]] == [
        "Standing march. At an easy pace",
        "Next: Standing hip-flexor stretch. 20 s on each side",
        "First side",
        "Change sides",
        "Second side",
        "Next: Running-rhythm glute switch. "
        "90 beats a minute, 45 each side, then up to 180 beats a minute, 90 each side",
        "90 beats a minute, 45 each side",
        "120 beats a minute, 60 each side",
        "150 beats a minute, 75 each side",
        "180 beats a minute, 90 each side",
    ]
    assert plan["words"]["over"] == CLOSING


@pytest.mark.parametrize(("which", "lying"), FOUR)
@pytest.mark.parametrize("tempo", [30, 90, 180])
def test_no_tempo_is_said_alone(which: Kind, lying: bool, tempo: int) -> None:
    page, plan = opened(made(which, lying, tempo=tempo))
    texts = [page.said, *(stage[said] for stage in plan["stages"] for said in ("label", "said"))]

    for text in texts:
        for beats, after in re.findall(r"(\d+) beats a minute(, \d+ each side)?", text):
            # The steps of the running rhythm are the library's own words.
            assert after == f", {int(beats) // 2} each side" or "Start at 90 beats a minute" in text


def test_an_exercise_that_comes_twice_is_drawn_once() -> None:
    tried = frozenset({"standing-march", "glute-bridge", "standing-squeeze"})
    page, plan = opened(made(Kind.FULL, person=BEGINNER, tried=tried))
    ids = [value for _tag, attrs in page.tags for name, value in attrs.items() if name == "id"]

    assert [step["figure"] for step in plan["steps"]] == [0, 1, 2, 2, 1, 3]
    assert len(set(ids)) == len(ids)


def test_whatever_an_own_entry_says_is_only_said() -> None:
    bridge = KNOWN["glute-bridge"]
    entry = replace(
        bridge, name=HOSTILE, cue=HOSTILE, steps=(HOSTILE,), mistakes=(HOSTILE,), cautions=(HOSTILE,)
    )
    text = sequence(made(Kind.FULL), Library({**KNOWN, entry.id: entry}))
    page, usual = Page(text), Page(sequence(made(Kind.FULL), packaged()))

    assert page.said.count(HOSTILE) >= 6
    assert "<img" not in text
    assert page.inside["script"][1:] == usual.inside["script"][1:]
    assert HOSTILE in {step["cue"] for step in json.loads(page.inside["script"][0])["steps"]}
    assert {tag for tag, _attrs in page.tags} == {tag for tag, _attrs in usual.tags}


def test_an_own_entry_without_a_figure_has_its_place_all_the_same() -> None:
    march = replace(KNOWN["standing-march"], figure=None)
    page, plan = opened(made(Kind.THREE_MINUTES), Library({**KNOWN, march.id: march}))

    assert march.name in page.said
    assert [step["figure"] for step in plan["steps"]] == [0, 1, 2]
    assert sum(attrs.get("class") == "figure" for _tag, attrs in page.tags) == 3


def test_it_takes_nothing_from_elsewhere() -> None:
    text = sequence(made(Kind.FULL), packaged())
    page = Page(text)
    names = {name for _tag, attrs in page.tags for name in attrs}

    assert [attrs["href"] for _tag, attrs in page.tags if "href" in attrs] == ["#stop"]
    assert not names & {"src", "style", "srcset", "action", "data"}
    assert not [name for name in names if name.startswith("on")]
    assert set(re.findall(r"https?://[^\"]+|url\(|@import", text)) == {"http://www.w3.org/2000/svg"}
    assert len(text.encode()) < 800_000
