"""The way from a run that is near to the rating of its primer, on a real desktop and in the log."""

import os
from pathlib import Path

import pytest

from deskbreak.coach.exercise import Family, Level
from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import CALM, Program, types_until


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """What the browser was given last; see `env`."""
    browser = tmp_path / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    return tmp_path / "opened"


def env(opened: Path) -> dict[str, str]:
    return {"PATH": f"{opened.parent / 'bin'}:{os.environ['PATH']}"}


def test_a_run_soon_brings_its_primer_and_the_rating_ends_in_the_log(
    desk: Desk, tmp_path: Path, opened: Path
) -> None:
    eyes = Eyes(desk, tmp_path / "eyes")
    program = Program(desk, sit_limit="1h", **CALM).start(**env(opened))
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    planned = program.tell("primer", "5m")
    until(lambda: len(desk.cards()) == 1, "the offer of the primer")
    eyes.picture("primer-offer")
    offer = desk.cards()[0]
    desk.press("Start")
    until(lambda: opened.exists() and opened.read_text(), "the browser is given the guide")
    until(lambda: len(desk.cards()) == 2, "the card of what is being done")
    eyes.picture("primer-started")
    done = program.tell("done")
    until(lambda: len(desk.cards()) == 3, "the question how it was")
    desk.press("Right")
    until(lambda: program.rows("exercises")[0]["rating"], "the rating is in the log")

    assert planned.stdout.startswith("Your run is at ")
    assert offer.title == "A run in 5 min"
    assert "Quick primer, 3 min: " in offer.body
    assert "Quick primer" in Path(opened.read_text().strip()).read_text()
    assert done.returncode == 0
    [row] = program.rows("exercises")
    assert (row["exercise"], row["dose"], row["rating"]) == ("primer-three-minutes", 180_000, "right")
    kinds = [(each["kind"], each["outcome"]) for each in program.rows("prompts")]
    assert kinds == [("primer", "done"), ("exercise-end", "answered")]
    assert "moved" in [pause["kind"] for pause in program.rows("breaks")]


def test_levels_are_set_by_command_and_outlast_the_program(desk: Desk) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()

    by_the_daemon = program.tell("levels", "set", "bridge", "202")
    program.tell("quit")
    program.ended()
    alone = program.tell("levels", "passed", "bridge")
    program.start()

    assert by_the_daemon.stdout.startswith("Bridges: 202 from now on. That is sooner than")
    assert alone.stdout.startswith("Noted: the test went well. For 303: ")
    assert "1 of 1 tests passed" in alone.stdout
    said = [(row["family"], row["level"]) for row in program.rows("levels")]
    assert said == [(Family.BRIDGE, Level.L202), (Family.BRIDGE, None)]
    assert "Bridges: 202\n" in program.tell("levels").stdout
    assert "marching-bridge" not in program.tell("break", "--why", "--json").stdout.split("refused")[1]


def test_a_newcomer_answers_the_health_questions_in_the_tray(desk: Desk, tmp_path: Path) -> None:
    eyes = Eyes(desk, tmp_path)
    program = Program(desk, sit_limit="1h", **CALM)
    answers = program.log.with_name("screening.json")
    answers.unlink()
    program.start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    until(lambda: len(desk.cards()) == 1, "the welcome")
    eyes.picture("welcome")
    eyes.click_row_below("Health questions", "None of these", "health")
    until(answers.exists, "the answers are kept")

    assert desk.cards()[0].title == "Before the first exercise: seven questions"
    assert "Nothing is left out." in program.tell("screening", "--show").stdout
