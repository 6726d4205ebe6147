"""The tray menu in a real panel: opened with a click, its rows clicked, and what the log says then."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import ImageChops

from deskbreak.coach.screening import Question
from deskbreak.words.screening import IN_SHORT, in_short
from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import CALM, Program, types_until

USUAL = [
    "Take a break now",
    "Another suggestion",
    "Before a run",
    "I'm standing",
    "I'm here (reading)",
    "I was …",
    "Snooze",
    "Pause",
    "Stop tracking",
    "Undo",
    "Health questions",
    "Today",
    "Settings",
    "Quit",
]


@pytest.fixture
def eyes(desk: Desk, tmp_path: Path) -> Eyes:
    return Eyes(desk, tmp_path)


def test_every_row_is_there_in_order_with_what_opens_beside_it(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    eyes.open_menu("menu")
    rows = eyes.rows()
    eyes.close_menu()

    assert rows[0].label.startswith("Sitting ")
    assert ", next reminder " in rows[0].label
    assert rows[1].label.startswith("Today ")
    assert "sitting, 0 breaks, longest " in rows[1].label
    assert [row.label for row in rows[2:]] == USUAL
    assert [row.label for row in rows if not row.enabled] == [
        rows[0].label,
        rows[1].label,
        "I was …",
        "Undo",
    ]
    below = {row.label: [one.label for one in row.rows] for row in rows if row.rows}
    assert below == {
        "I'm here (reading)": ["30 min", "1 h", "2 h"],
        "Snooze": ["5 min", "10 min", "15 min", "30 min", "1 h"],
        "Pause": ["30 min", "1 h", "2 h", "until tomorrow", "indefinitely"],
        "Health questions": [IN_SHORT, *map(in_short, Question), "None of these"],
    }


def test_standing_undone_paused_and_quit_by_clicks(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted")

    eyes.click_row("I'm standing", "standing")
    until(lambda: program.status()["state"] == "standing", "the person stands")
    standing = program.status()
    while_standing = eyes.labels()
    eyes.click_row("Undo: standing", "undo")
    until(lambda: program.status()["state"] == "sitting", "the standing is taken back")
    undone = program.status()
    after_undo = eyes.labels()
    eyes.click_row_below("Pause", "1 h", "pause")
    until(lambda: program.status()["paused_until"], "reminders are paused")
    paused = program.status()
    eyes.click_row("I'm standing", "standing-again")
    until(lambda: len(program.rows("breaks")) == 1, "the break is in the log")
    eyes.click_row("Quit", "quit")
    status = program.ended(timedelta(seconds=2))

    assert standing["count_s"] == 0
    assert standing["today"]["breaks"] == 1
    assert "I'm sitting" in while_standing
    assert "I'm standing" not in while_standing
    assert undone["count_s"] >= 3
    assert undone["today"]["breaks"] == 0
    assert "I'm standing" in after_undo
    end = datetime.fromisoformat(paused["paused_until"])
    assert abs(end - datetime.now(UTC) - timedelta(hours=1)) < timedelta(seconds=20)
    assert paused["held"]["hold"] == "pause"

    assert status == 0
    assert program.status() == {"state": "off"}
    (pause,) = program.rows("breaks")
    assert pause["kind"] == "stood"
    assert [stretch["posture"] for stretch in program.rows("stretches")] == ["sitting", "standing"]
    assert program.tables_agree()
    assert eyes.icons() == []


def test_a_snooze_from_the_menu_brings_the_reminder_back_when_it_ends(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="5s", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")
    until(lambda: len(desk.cards()) == 1, "the first reminder")
    until(lambda: eyes.labels()[0].startswith("Start "), "the menu offers it")
    open_reminder = eyes.labels()

    eyes.click_row("Snooze 6 s", "snooze")
    until(lambda: program.status()["snoozed_until"], "it is snoozed")
    withdrawn = desk.dunstctl("count", "displayed")
    snoozed = eyes.labels()[0]
    until(lambda: len(desk.cards()) == 2, "the snoozed reminder")
    eyes.click_row("Skip", "skip")
    until(lambda: program.prompts()[1]["outcome"], "the skip is in the log")

    assert open_reminder[0].startswith("Start ")
    assert open_reminder[1:3] == ["Snooze 6 s", "Skip"]
    assert withdrawn == "0"
    assert snoozed.startswith("Snoozed until ")
    first, second = program.prompts()
    assert [first["outcome"], second["outcome"]] == ["snoozed", "skipped"]
    assert abs(second["at"] - first["outcome_at"] - 6_000) <= 1_000


def test_the_rows_change_while_the_menu_is_open(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")
    menu = eyes.open_menu("before")
    before = eyes.picture("before").crop(menu)
    line = eyes.labels()[0]

    assert program.tell("pause", "1h").returncode == 0
    until(
        lambda: ImageChops.difference(before, eyes.picture("after").crop(menu)).getbbox(),
        "the open menu changes",
    )
    paused = eyes.labels()
    menu_after = eyes.menu()
    eyes.close_menu()

    assert line.startswith("Sitting ")
    assert paused[0].startswith("Paused until ")
    assert "Resume" in paused
    assert menu_after is not None
    assert menu_after[:2] == menu[:2]


def test_every_command_answers_in_words_and_in_json(desk: Desk) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    said = {words: program.tell(*words) for words in (("skip",), ("stand",), ("stand", "--json"), ("undo",))}

    assert said["skip",].returncode == 1
    assert "nothing to skip" in said["skip",].stderr
    assert said["stand",].stdout == "You are standing. The sitting count is back to 0.\n"
    assert json.loads(said["stand", "--json"].stdout)["status"]["state"] == "standing"
    assert said["undo",].stdout.startswith("Taken back.")


def test_today_opens_the_page_of_the_log(desk: Desk, eyes: Eyes, tmp_path: Path) -> None:
    browser = tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    program = Program(desk, sit_limit="1h", **CALM).start(PATH=f"{browser.parent}:{os.environ['PATH']}")
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    eyes.click_row("Today", "today")
    until(lambda: (tmp_path / "opened").exists() and (tmp_path / "opened").read_text(), "the page is shown")

    page = Path((tmp_path / "opened").read_text().strip())
    assert page.name.startswith("report")
    assert "<svg" in page.read_text()
    assert page.stat().st_mode & 0o077 == 0
