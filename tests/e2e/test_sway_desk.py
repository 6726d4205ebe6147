"""The program in Wayland sessions: on a whole desk of sway, waybar and mako, and what it counts on others."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from deskbreak.words.exercises import name
from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.hands import KwinHands, MutterHands, SwayHands
from tests.e2e.parts import GNOME, KDE, Part
from tests.e2e.program import CALM, Program, types_until
from tests.e2e.swaydesk import SwayDesk

SLACK_S = 2.0
COUNTS_AGAIN_WITHIN = timedelta(seconds=5)


class Hands(Protocol):
    def types(self) -> None: ...

    def leave(self) -> None: ...


@pytest.fixture
def sway(tmp_path: Path) -> Iterator[SwayDesk]:
    with SwayDesk(tmp_path / "desk") as desk:
        desk.opens_a_letter()
        yield desk


def test_a_first_reminder_on_sway_is_shown_and_answered(sway: SwayDesk, tmp_path: Path) -> None:
    eyes = Eyes(sway, tmp_path)
    program = Program(sway, sit_limit="6s", **CALM).start()
    icon = eyes.icon()

    types_until(sway, lambda: program.status()["count_s"] >= 4, "sitting is counted")
    until(sway.cards, "the reminder is shown")
    (card,) = sway.cards()
    eyes.picture("reminder")
    sway.press("Snooze 6 s")
    until(lambda: program.prompts()[0]["outcome"] == "snoozed", "the answer is in the log")
    until(lambda: not sway.cards(), "the card is gone")
    until(sway.cards, "the reminder comes again")
    sway.press("Start")
    until(lambda: program.prompts()[1]["outcome"] == "started", "the start is in the log")
    eyes.picture("started")

    assert icon[0] < 60
    assert name(program.prompts()[0]["exercise"]) in card.body
    assert sway.typed().count("o ") > 3
    assert program.tables_agree()


def test_a_sway_that_dies_is_told_of_once_and_counts_again_when_it_is_back(
    sway: SwayDesk, tmp_path: Path
) -> None:
    program = Program(sway, sit_limit="1h", break_min="5s", away_after="2m").start()
    types_until(sway, lambda: program.status()["count_s"] >= 3, "sitting is counted")

    sway.stop(Part.SWAY, kill=True)
    until(lambda: "it tells of no input" in program.diary.read_text(), "the loss is noticed")
    sway.start(Part.SWAY)
    back = time.monotonic()
    counted = program.status()["count_s"]
    types_until(sway, lambda: program.status()["count_s"] >= counted + 3, "sitting is counted again")
    took = time.monotonic() - back
    for part in (Part.MAKO, Part.WAYBAR):
        sway.stop(part)
        sway.start(part)
    icon = Eyes(sway, tmp_path / "back").icon()
    assert program.tell("quit").returncode == 0
    assert program.ended() == 0

    print(f"3 s more were counted {took:.1f} s after its return")
    assert took <= COUNTS_AGAIN_WITHIN.total_seconds() + 3
    assert program.diary.read_text().count("it tells of no input") == 1
    assert icon[0] < 60
    assert program.tables_agree()


def of_mutter(env: Mapping[str, str]) -> Hands:
    return MutterHands(env["DBUS_SESSION_BUS_ADDRESS"])


@pytest.mark.parametrize(
    ("parts", "hands_on"),
    [({Part.BUS, Part.SWAY}, SwayHands), (GNOME, of_mutter), (KDE, KwinHands)],
    ids=["sway", "mutter", "KWin"],
)
def test_typing_is_sitting_and_quiet_is_absence_on_every_compositor(
    tmp_path: Path, parts: set[Part], hands_on: Callable[[Mapping[str, str]], Hands]
) -> None:
    with Desk(tmp_path / "desk", parts) as desk:
        program = Program(desk, sit_limit="1h", break_min="5s", away_after="6s").start()
        hands = hands_on(desk.env)
        until(lambda: typed(hands) and program.status()["count_s"] >= 3, "sitting is counted")
        left = time.time()

        until(lambda: program.status()["state"] == "away", "the person is taken to be away")
        until(lambda: program.rows("breaks"), "the break is in the log")
        back = time.time()
        hands.types()
        until(lambda: program.status()["state"] == "sitting", "a key after the quiet is noticed")
        noticed = time.time()
        hands.leave()

        (pause,) = program.rows("breaks")
        print(f"left {left:.2f}, told {pause['start_at'] / 1000:.2f}; noticed after {noticed - back:.2f} s")
        assert pause["kind"] == "away"
        assert abs(pause["start_at"] / 1000 - left) <= SLACK_S
        assert noticed - back <= SLACK_S


def typed(hands: Hands) -> bool:
    hands.types()
    return True
