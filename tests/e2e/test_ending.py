"""Ending and starting again: killed or asked to end, what was known is known afterwards; only one runs."""

import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.parts import Part
from tests.e2e.program import CALM, Program, types_until
from tests.links.liars import server_that_is_mute

HEARTBEAT_S = 60
SOON = timedelta(seconds=5)
BARE = {Part.SCREEN, Part.BUS, Part.WINDOWS}


def displayed(desk: Desk) -> int:
    """How many cards dunst has on the screen."""
    return int(desk.dunstctl("count", "displayed"))


def moment(status: dict[str, Any], key: str) -> datetime:
    return datetime.fromisoformat(status[key])


def test_a_kill_in_the_middle_of_sitting_forgets_neither_count_nor_snooze_nor_reminder(
    desk: Desk, tmp_path: Path
) -> None:
    program = Program(desk, sit_limit="5s", **CALM | {"snooze": "1m"}).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")
    until(lambda: len(desk.cards()) == 1, "the reminder is shown")
    desk.press("Snooze")
    until(lambda: program.status()["snoozed_until"], "it is snoozed")
    before = program.status()

    program.run.kill()
    program.ended()
    program.start()

    after = program.status()
    print(f"count before the kill {before['count_s']} s, after the restart {after['count_s']} s")
    Eyes(desk, tmp_path).picture("restarted")
    assert after["state"] == "sitting"
    assert before["count_s"] - HEARTBEAT_S <= after["count_s"]
    assert after["count_s"] >= before["count_s"]
    assert abs(moment(after, "snoozed_until") - moment(before, "snoozed_until")) <= timedelta(seconds=1)
    assert after["faults"] == []
    assert len(desk.cards()) == 1
    assert len(program.prompts()) == 1
    Eyes(desk, tmp_path).icon()


def test_a_kill_while_standing_and_paused_leaves_both_as_they_were(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", BARE) as desk:
        program = Program(desk, sit_limit="1h", **CALM).start()
        types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")
        program.tell("stand")
        program.tell("pause", "1h")
        before = program.status()

        program.run.kill()
        program.ended()
        program.start()
        desk.screenshot(tmp_path / "restarted.png")

        after = program.status()
        assert (before["state"], after["state"]) == ("standing", "standing")
        assert abs(moment(after, "paused_until") - moment(before, "paused_until")) <= timedelta(seconds=1)
        assert moment(after, "since") == moment(before, "since")
        assert after["today"]["breaks"] == 1
        assert program.tell("resume").returncode == 0


def test_an_open_reminder_is_there_again_after_a_kill_and_is_not_given_twice(
    desk: Desk, tmp_path: Path
) -> None:
    program = Program(desk, sit_limit="5s", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")
    until(lambda: len(desk.cards()) == 1, "the reminder is shown")
    eyes = Eyes(desk, tmp_path)
    until(lambda: eyes.labels()[0].startswith("Start "), "the menu offers it")
    until(lambda: displayed(desk) == 1, "its card is on the screen")
    offered = eyes.labels()[:3]

    program.run.kill()
    program.ended()
    desk.screenshot(tmp_path / "killed.png")
    assert displayed(desk) == 1
    program.start()
    until(lambda: displayed(desk) == 0, "the card with dead buttons is taken off the screen", SOON)
    eyes.picture("started-again")
    eyes.icon()

    assert eyes.labels()[:3] == offered
    assert not (desk.runtime / "deskbreak" / "card").exists()
    assert program.tell("skip").returncode == 0
    (prompt,) = program.prompts()
    assert prompt["outcome"] == "skipped"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda how: how.name)
def test_a_signal_is_an_orderly_end_within_two_seconds(tmp_path: Path, how: signal.Signals) -> None:
    with Desk(tmp_path / "desk", BARE) as desk:
        program = Program(desk, sit_limit="1h", **CALM).start()
        began = time.time()
        last = types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")
        before = program.status()

        program.run.send_signal(how)
        status = program.ended(timedelta(seconds=2))
        desk.screenshot(tmp_path / "ended.png")

        assert status == 0
        told = program.today()
        # The total is told in whole seconds, cut.
        assert abs(told["sitting_s"] - (last - began)) <= 2
        assert program.tables_agree()
        assert not (desk.runtime / "deskbreak" / "control").exists()
        assert "Traceback" not in program.said()
        assert program.start().status()["count_s"] >= before["count_s"]


def test_a_sound_server_and_a_pipewire_that_hang_delay_no_end(tmp_path: Path) -> None:
    with (
        Desk(tmp_path / "desk", BARE) as desk,
        server_that_is_mute(desk.runtime / "pulse" / "native") as pulse,
        server_that_is_mute(desk.runtime / "pipewire-0") as pipewire,
    ):
        program = Program(desk, sit_limit="1h", **CALM).start()
        # The answer has been waited for in vain, and is being waited for again.
        for _visit in range(2):
            assert pulse.acquire(timeout=10)
            assert pipewire.acquire(timeout=10)

        program.run.send_signal(signal.SIGTERM)
        status = program.ended(timedelta(seconds=2))

        assert status == 0
        assert "Traceback" not in program.said()


def test_a_second_one_says_that_one_is_running_and_since_when(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", BARE) as desk:
        program = Program(desk).start()
        second = program.tell("run")

        assert second.returncode == 1
        assert second.stdout == ""
        assert "deskbreak is already running since " in second.stderr
        assert f"process {program.run.pid}" in second.stderr
        assert second.stderr.count("\n") == 1
        assert program.status()["state"] == "away"


def test_of_two_that_start_at_the_same_instant_one_lives(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", BARE) as desk:
        program = Program(desk)
        runs = [program.launch(f"program-{number}") for number in range(2)]

        until(lambda: any(run.poll() is not None for run in runs), "one of them ends")
        until(lambda: program.status() != {"state": "off"}, "the other one answers")

        (lost,) = [run for run in runs if run.poll() is not None]
        assert lost.returncode == 1
        assert "deskbreak is already running" in program.said(f"program-{runs.index(lost)}")
        assert program.tell("quit").returncode == 0
        until(lambda: all(run.poll() is not None for run in runs), "both have ended")
        assert sorted(run.returncode for run in runs) == [0, 1]
