"""The coach of a running program: why it picks what it picks, and that a restart forgets nothing of it."""

import json
import os
from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import CALM, Program, types_until


def test_why_and_levels_tell_what_the_coach_knows_also_after_a_restart(desk: Desk) -> None:
    program = Program(desk)
    program.start()
    short = json.loads(program.tell("break", "--for", "60s", "--quiet", "--why", "--json").stdout)
    program.tell("break", "glute-bridge")
    program.tell("done")
    program.tell("quit")
    program.ended()
    program.start()
    why = program.tell("break", "--why")
    account = json.loads(program.tell("break", "--why", "--json").stdout)["choice"]
    levels = program.tell("levels")
    wrong = program.tell("break", "glute-bridge", "--why")

    assert short["ok"] is True
    assert short["choice"]["length_s"] <= 60 or short["choice"]["pick"] == "stand-up-desk"
    assert "quiet" not in short["choice"]["loosened"]
    assert why.returncode == 0
    assert "  you asked for it a moment ago: Glute bridge" in why.stdout
    assert account["refused"]["glute-bridge"] == ["asked"]
    assert "Bridges: 101\n" in levels.stdout
    assert wrong.returncode == 2
    assert program.status()["state"] == "sitting"


def test_show_me_how_opens_the_guide_to_what_was_started(desk: Desk, tmp_path: Path) -> None:
    eyes = Eyes(desk, tmp_path)
    opened = tmp_path / "opened"
    browser = tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    program = Program(desk, sit_limit="1h", **CALM)
    program.start(PATH=f"{browser.parent}:{os.environ['PATH']}")
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    program.tell("break", "glute-bridge")
    until(lambda: "Show me how" in eyes.labels(), "the menu offers it")
    eyes.click_row("Show me how", "started")
    until(lambda: opened.exists() and opened.read_text(), "the browser is given the page")

    page = Path(opened.read_text().strip())
    assert "Glute bridge" in page.read_text()
    assert page.stat().st_mode & 0o077 == 0
