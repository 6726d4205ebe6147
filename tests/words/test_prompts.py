"""Reminders state a fact and name one movement with its dose; they neither scold nor promise."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from deskbreak.coach.doses import LADDER
from deskbreak.coach.library import by_id, library, put_doses_in_force
from deskbreak.core.commands import Prompt, PromptKind
from deskbreak.report.plan import tempo
from deskbreak.words.exercises import dose, each_side, name, named_with_dose
from deskbreak.words.prompts import pool_size, text
from tests.words.moments import reminder

# Beside what no text may say at all: see test_every_text.py.
SCOLDING = re.compile(
    r"should|must|bad|fail|miss|health|risk|posture|again\?|finally|lazy|burn|!", re.IGNORECASE
)


POOLS = (
    (PromptKind.REMINDER, 1),
    (PromptKind.REMINDER, 2),
    (PromptKind.REMINDER, 3),
    (PromptKind.STANDING, 1),
    (PromptKind.STANDING, 2),
)
EACH_POOL = pytest.mark.parametrize(("kind", "level"), POOLS)


def every_reminder() -> list[Prompt]:
    return [
        replace(reminder(level, exercise.id, wording), kind=kind)
        for kind, level in POOLS
        for wording in range(pool_size(kind, level))
        for exercise in library()
    ]


def test_a_first_reminder_is_a_fact_and_one_movement_with_its_dose() -> None:
    assert text(reminder()) == ("41 min in the chair", "Glute bridge, 2 sets of 10, about 2 min.")


def test_every_reminder_states_how_long_and_names_its_movement_and_dose_in_one_line_each() -> None:
    for prompt in every_reminder():
        title, body = text(prompt)
        assert prompt.exercise is not None

        assert "41 min" in title
        assert name(prompt.exercise) in body
        assert dose(prompt.exercise) in body
        assert "\n" not in title + body
        assert len(title) <= 45
        assert len(body) <= 130


def test_no_reminder_scolds_or_promises() -> None:
    names = {word for exercise in library() for word in (exercise.name,)}
    for prompt in every_reminder():
        words = " ".join(text(prompt))
        for known in names:
            words = words.replace(known, "")

        assert not SCOLDING.search(words), words


@EACH_POOL
def test_the_next_wording_is_never_the_same_as_the_last(kind: PromptKind, level: int) -> None:
    for wording in range(12):
        one = text(replace(reminder(level, wording=wording), kind=kind))
        next_one = text(replace(reminder(level, wording=wording + 1), kind=kind))

        assert one != next_one


@EACH_POOL
def test_there_are_enough_wordings_that_the_same_one_is_long_ago(kind: PromptKind, level: int) -> None:
    assert pool_size(kind, level) >= 5


def test_no_wording_is_in_two_pools_so_that_a_change_of_level_repeats_none() -> None:
    said = [
        text(replace(reminder(level, wording=wording), kind=kind))
        for kind, level in POOLS
        for wording in range(pool_size(kind, level))
    ]

    assert len({title for title, _body in said}) == len(said)
    assert len({body for _title, body in said}) == len(said)


def test_a_title_keeps_to_one_line_of_a_card_however_long_the_sitting() -> None:
    for prompt in every_reminder():
        title, _body = text(replace(prompt, sat_for=timedelta(hours=23, minutes=59)))

        assert len(title) <= 45, title


def test_the_last_reminder_says_that_it_stays() -> None:
    assert text(reminder(3)) == (
        "41 min in one go",
        "Glute bridge, 2 sets of 10, about 2 min. This stays until you answer.",
    )


def test_a_reminder_without_an_exercise_suggests_a_short_walk() -> None:
    assert text(reminder(exercise=None))[1] == "A short walk."


def test_what_was_started_says_how_much_of_it() -> None:
    title, body = text(replace(reminder(), kind=PromptKind.EXERCISE_END))

    assert (title, body) == (
        "Glute bridge",
        "2 sets of 10, about 2 min. Squeeze first, then let the squeeze lift you. "
        "Press Done when you are done.",
    )


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        ("glute-bridge", "Glute bridge, 2 sets of 10, about 2 min"),
        ("standing-flexor-stretch", "Standing hip-flexor stretch, 30 s on each side, about 70 s"),
        ("couch-stretch", "Couch stretch, 45 s on each side, about 2 min"),
        ("standing-march", "Standing march, 20 times on each side, about 60 s"),
        ("wall-sit", "Wall sit, 2 times 25 s, about 80 s"),
        ("stand-up-desk", "Switch to standing, about 15 min"),
        ("walk-break", "Walk break, about 3 min"),
        ("never-heard-of", "never-heard-of"),
    ],
)
def test_a_dose_reads_as_one_says_it(exercise: str, words: str) -> None:
    assert named_with_dose(exercise) == words


def test_beats_are_halved_without_losing_one() -> None:
    assert [each_side(beats) for beats in LADDER[:5]] == ["15", "22 or 23", "30", "37 or 38", "45"]
    assert tempo(75) == "75 beats a minute, 37 or 38 each side"
    put_doses_in_force({"alternating-squeeze": replace(by_id()["alternating-squeeze"].dose, beats=45)})
    assert dose("alternating-squeeze").startswith("45 beats, 22 or 23 each side")
