"""What the answers to the seven questions keep from being suggested."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.choose import choose
from deskbreak.coach.exercise import Exercise, Family
from deskbreak.coach.library import packaged
from deskbreak.coach.screening import BY_NAME, WORST, Answers, Ground, Question, Region, outcome
from deskbreak.coach.situation import Person, Situation

KNOWN = packaged().known
QUARTER = timedelta(minutes=15)
KNEES = {
    "sit-to-stand", "single-leg-sit-down", "wall-sit", "seated-figure-four", "half-kneeling-flexor-stretch",
    "couch-stretch", "bird-dog", "quadruped-hip-extension", "ninety-ninety", "stairs",
}  # fmt: skip
BACK = {
    "hip-hinge", "single-leg-hinge", "standing-hip-extension", "glute-bridge", "marching-bridge",
    "single-leg-bridge", "standing-alternating-squeeze",
}  # fmt: skip
HIP = {
    "single-leg-sit-down", "standing-alternating-squeeze", "standing-hip-abduction",
    "standing-flexor-stretch", "half-kneeling-flexor-stretch", "couch-stretch", "seated-figure-four",
    "ninety-ninety", "clamshell", "side-lying-abduction",
}  # fmt: skip
BRIDGES = {"glute-bridge", "marching-bridge", "single-leg-bridge"}
OPERATED = {
    "seated-figure-four", "ninety-ninety", "couch-stretch", "hip-hinge", "single-leg-hinge",
    "single-leg-sit-down",
}  # fmt: skip


def yes(*questions: int, where: tuple[Region, ...] = ()) -> Answers:
    return Answers(frozenset(map(Question, questions)), frozenset(where))


def left_out(answers: Answers) -> set[str]:
    return set(outcome(answers, KNOWN).excluded)


ANSWERS = st.frozensets(st.sampled_from(Question)).flatmap(
    lambda some: st.builds(
        Answers,
        st.just(some),
        st.frozensets(st.sampled_from(Region)) if Question.JOINTS in some else st.just(frozenset()),
    )
)


def test_who_answers_no_to_everything_may_do_everything() -> None:
    result = outcome(Answers(), KNOWN)

    assert result.left_out == {}
    assert result.stand_at_most is None
    assert not result.ask_first


@pytest.mark.parametrize("question", [1, 2, 7])
def test_heart_and_blood_pressure_leave_out_held_efforts_and_stairs(question: int) -> None:
    result = outcome(yes(question), KNOWN)

    assert result.left_out == {"wall-sit": (Ground.HELD,), "stairs": (Ground.STAIRS,)}
    assert result.stand_at_most is None


def test_who_faints_is_spared_what_needs_balance_and_long_standing() -> None:
    result = outcome(yes(3), KNOWN)

    assert set(result.left_out) == {"single-leg-sit-down", "single-leg-hinge"}
    assert result.stand_at_most == QUARTER


@pytest.mark.parametrize(("region", "ids"), [(Region.BACK, BACK), (Region.KNEE, KNEES), (Region.HIP, HIP)])
def test_a_bad_joint_leaves_out_what_loads_it(region: Region, ids: set[str]) -> None:
    assert left_out(yes(4, where=(region,))) == ids


def test_only_a_bad_back_shortens_the_standing() -> None:
    standing = {each: outcome(yes(4, where=(each,)), KNOWN).stand_at_most for each in Region}

    assert standing == {Region.BACK: QUARTER, Region.KNEE: None, Region.HIP: None}


def test_a_bad_joint_that_is_not_named_may_be_any_of_them() -> None:
    assert left_out(yes(4)) == BACK | KNEES | HIP


def test_in_pregnancy_nobody_lies_flat_on_the_back_or_stands_long() -> None:
    result = outcome(yes(5), KNOWN)

    assert result.left_out == dict.fromkeys(sorted(BRIDGES), (Ground.LYING,))
    assert result.stand_at_most == QUARTER


def test_after_surgery_the_hip_is_neither_bent_nor_turned_far() -> None:
    result = outcome(yes(6), KNOWN)

    assert set(result.left_out) == OPERATED
    assert result.stand_at_most is None


def test_an_exercise_that_is_left_out_twice_says_both_in_order() -> None:
    result = outcome(yes(7, 4, where=(Region.KNEE,)), KNOWN)

    assert result.left_out["wall-sit"] == (Ground.HELD, Ground.KNEE)
    assert result.left_out["stairs"] == (Ground.STAIRS, Ground.KNEE)


def test_regions_without_a_yes_to_their_question_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="question 4"):
        Answers(regions=frozenset({Region.HIP}))


def own(like: str, **changes: object) -> dict[str, Exercise]:
    mine = replace(KNOWN[like], id="mine", **changes)  # type: ignore[arg-type]
    return {"mine": mine}


def test_an_exercise_of_ones_own_is_judged_by_how_long_it_is_held() -> None:
    held = timedelta(seconds=11)
    squeeze = KNOWN["standing-squeeze"].dose

    long = own("standing-squeeze", dose=replace(squeeze, hold=held))
    just = own("standing-squeeze", dose=replace(squeeze, hold=timedelta(seconds=10)))
    stretch = own("couch-stretch")
    bridge = own("glute-bridge")

    assert outcome(yes(1), long).left_out == {"mine": (Ground.HELD,)}
    assert outcome(yes(1), just | stretch).left_out == {}
    assert outcome(yes(5), bridge).left_out == {"mine": (Ground.LYING,)}


def test_every_exercise_that_is_named_exists() -> None:
    assert set(chain.from_iterable(BY_NAME.values())) <= set(KNOWN)


@pytest.mark.parametrize(
    ("ground", "words", "stays"),
    [
        # Not hidden but shortened: the block of standing.
        (Ground.BACK, r"(?<!your )\bback\b(?! one)", {"stand-up-desk"}),
        (Ground.KNEE, r"\bknee", set()),
        # The marching bridge speaks of hips that dip, which is a matter of form.
        (Ground.HIP, r"\bhips?\b|groin", {"marching-bridge"}),
        # Holding on to the desk is enough for these.
        (Ground.BALANCE, r"balance", {"standing-alternating-squeeze", "standing-flexor-stretch"}),
        (Ground.OPERATED, r"replacement|surgery", set()),
    ],
)
def test_no_caution_of_the_library_is_overlooked(ground: Ground, words: str, stays: set[str]) -> None:
    warning = {id_ for id_, each in KNOWN.items() if re.search(words, " ".join(each.cautions))}
    if ground is Ground.BACK:
        # "drop back to the two-leg bridge" is no back.
        warning.discard("marching-bridge")

    assert warning - BY_NAME[ground] == stays


def test_who_lies_on_the_back_does_so_in_a_bridge() -> None:
    on_the_back = {
        id_
        for id_, each in KNOWN.items()
        if re.search("on your back", " ".join((*each.steps, *each.cautions)))
    }

    assert on_the_back <= BRIDGES
    assert {id_ for id_, each in KNOWN.items() if each.family is Family.BRIDGE} == BRIDGES


@given(ANSWERS, st.sampled_from(Question))
def test_another_yes_never_lets_an_exercise_back_in(answers: Answers, question: Question) -> None:
    regions = answers.where
    more = Answers(answers.yes | {question}, regions)

    before, after = outcome(answers, KNOWN), outcome(more, KNOWN)

    assert before.excluded <= after.excluded <= outcome(WORST, KNOWN).excluded
    assert before.stand_at_most in (None, after.stand_at_most)
    assert after.ask_first


def test_whatever_the_answers_there_is_always_something_to_do() -> None:
    for count in range(len(Question) + 1):
        for some in combinations(Question, count):
            excluded = outcome(Answers(frozenset(some)), KNOWN).excluded

            assert {"walk-break", "stand-up-desk", "standing-squeeze", "standing-march"}.isdisjoint(excluded)


@given(ANSWERS)
def test_the_coach_suggests_nothing_that_is_left_out(answers: Answers) -> None:
    excluded = outcome(answers, KNOWN).excluded

    choice = choose(KNOWN, Situation(person=Person(excluded=excluded)))

    assert choice.pick is not None
    assert choice.pick.id not in excluded
