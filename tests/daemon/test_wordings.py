"""A week of reminders through the program's own loop, companion and rotation: no wording twice running."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from deskbreak.core.commands import PromptKind
from deskbreak.core.events import AskedAnother, Event, Finished, SatDown, Skipped, Snoozed, Started, StoodUp
from deskbreak.ports import Card
from deskbreak.words.prompts import pool_size, text
from tests.daemon.test_companion import MINUTE, Stage
from tests.words.moments import reminder

STEP = timedelta(seconds=10)
DAY, NIGHT = timedelta(hours=8), timedelta(hours=16)
LENGTH = re.compile(r"\d+ h \d+ min|\d+ (?:h|min|s)\b")
POOLS = (
    (PromptKind.REMINDER, 1),
    (PromptKind.REMINDER, 2),
    (PromptKind.REMINDER, 3),
    (PromptKind.STANDING, 1),
    (PromptKind.STANDING, 2),
)
ANSWERS: tuple[Event | None, ...] = (
    None, None, None, None, Snoozed(), Snoozed(), Skipped(), Skipped(), Started(), AskedAnother(), StoodUp(),
)  # fmt: skip


def wording(card: Card) -> str:
    return LENGTH.sub("{length}", card.title)


def wordings(kind: PromptKind, level: int) -> list[str]:
    prompts = (replace(reminder(level, wording=n), kind=kind) for n in range(pool_size(kind, level)))
    return [LENGTH.sub("{length}", text(prompt)[0]) for prompt in prompts]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def works(stage: Stage, length: timedelta) -> None:
    for _step in range(length // STEP):
        stage.clock.passes(STEP)
        stage.desk.types()
        stage.loop.turn(None)


def is_gone(stage: Stage, length: timedelta) -> None:
    for _minute in range(length // MINUTE):
        stage.clock.passes(MINUTE)
        stage.loop.turn(None)


def works_a_day(stage: Stage, chance: Random) -> None:
    """Answers each reminder somehow, walks off now and then, and begins a break of their own at times."""
    begun = stage.clock.elapsed
    while stage.clock.elapsed - begun < DAY:
        shown = len(stage.desk.cards)
        works(stage, MINUTE)
        if len(stage.desk.cards) > shown and (answer := chance.choice(ANSWERS)) is not None:
            stage.loop.turn(answer)
        if chance.random() < 1 / 90:
            is_gone(stage, 8 * MINUTE)
        if chance.random() < 1 / 180:
            stage.loop.turn(Started())
            is_gone(stage, 3 * MINUTE)
            stage.loop.turn(Finished())
        if chance.random() < 1 / 150:
            stage.loop.turn(SatDown())
    is_gone(stage, NIGHT)


def test_no_wording_comes_twice_running_in_a_whole_week(stage: Stage) -> None:
    chance = Random(7)

    for _day in range(5):
        works_a_day(stage, chance)

    known = {said for pool in POOLS for said in wordings(*pool)}
    # The same card comes again where it is shown anew, say after the screen was locked.
    cards = [card for card in dict.fromkeys(stage.desk.cards) if wording(card) in known]
    said = [wording(card) for card in cards]
    assert all(one != next_one for one, next_one in pairwise(said)), said
    # It was a week in which all of them could be met.
    assert len(said) > 60
    assert {pool for pool in POOLS if set(said) & set(wordings(*pool))} == set(POOLS)
    assert len(set(said)) > 18


def test_breaks_of_ones_own_use_up_no_wording(stage: Stage) -> None:
    works(stage, 35 * MINUTE)

    for _break in range(pool_size(PromptKind.REMINDER, 1) - 1):
        stage.loop.turn(Started("glute-bridge"))
        is_gone(stage, 3 * MINUTE)
        stage.loop.turn(Finished())
        works(stage, 5 * MINUTE)
    works(stage, 30 * MINUTE)

    pool = wordings(PromptKind.REMINDER, 1)
    first, second = (wording(card) for card in stage.desk.cards if wording(card) in pool)
    assert first != second
