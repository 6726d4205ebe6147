"""A first day with reminders: they come when they are due, and dunst's own control presses their buttons."""

from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.coach.library import by_id
from deskbreak.words.exercises import name
from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import CALM, Program, private, types_until

LULL_MS = 8_000
SOON_MS = 1_000
MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def eyes(desk: Desk, tmp_path: Path) -> Eyes:
    return Eyes(desk, tmp_path)


def test_the_first_run_makes_a_private_log_and_shows_the_icon_at_once(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk)
    assert not program.log.exists()

    program.start()

    assert eyes.icon()[0] < 40
    assert private(program.log)
    assert private(program.diary)
    assert program.rows("prompts") == []
    assert program.status()["state"] == "away"
    eyes.picture("first-run")


def test_reminders_come_when_they_are_due_and_do_what_their_buttons_say(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="10s", **CALM).start()

    types_until(desk, lambda: program.status()["count_s"] >= 4, "sitting is counted")
    until(lambda: len(desk.cards()) == 1, "the first reminder")
    eyes.picture("reminder")
    desk.press("Snooze 6 s")
    until(lambda: len(desk.cards()) == 2, "the snoozed reminder")
    assert desk.dunstctl("count", "displayed") == "1"
    desk.press("Skip")
    until(lambda: len(desk.cards()) == 3, "the reminder after the skipped one")
    eyes.picture("third-reminder")
    desk.press("Start")
    until(lambda: program.prompts()[2]["outcome"], "the start is in the log")
    until(lambda: program.status()["count_s"] == 0, "the movement has ended the sitting")

    first, second, third = program.prompts()
    for card, prompt in zip(desk.cards(), (first, second, third), strict=False):
        assert name(prompt["exercise"]) in card.body
    assert [prompt["outcome"] for prompt in (first, second, third)] == ["snoozed", "skipped", "started"]
    assert [prompt["level"] for prompt in (first, second, third)] == [1, 2, 1]
    assert len({prompt["exercise"] for prompt in (first, second, third)}) == 3

    decided = first["decision"]
    assert decided["rule"] == "limit"
    assert decided["count"] >= 10_000_000
    assert decided["idle"] >= LULL_MS * 1000
    began = program.rows("stretches")[0]["start_at"]
    assert 10_000 <= first["at"] - began <= 10_000 + LULL_MS + 2 * SOON_MS
    assert abs(second["at"] - first["outcome_at"] - 6_000) <= SOON_MS
    grown = (third["decision"]["count"] - second["decision"]["count"]) / 1000
    assert 10_000 <= grown <= 10_000 + 2 * SOON_MS

    told = [entry["outcome"] for entry in program.entries() if entry.get("prompt") == "reminder"]
    assert told == ["snoozed", "skipped", "started"]
    (pause,) = program.rows("breaks")
    assert abs(pause["start_at"] - third["outcome_at"]) <= SOON_MS
    # The absence goes on: it is told, and booked when it is over.
    assert program.today()["away_s"] >= 5 or program.status()["state"] == "standing"


def test_a_walk_that_was_started_and_done_is_in_the_log_as_moving(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    started = program.tell("break", "glute-bridge")
    until(lambda: eyes.labels()[0] == "Done: Glute bridge", "the menu offers the end")
    eyes.click_row("Done: Glute bridge", "done")
    until(lambda: program.rows("exercises"), "the exercise is in the log")

    assert "Glute bridge" in started.stdout
    (exercise,) = program.rows("exercises")
    (pause,) = program.rows("breaks")
    assert exercise["exercise"] == "glute-bridge"
    assert exercise["activation"] == 0
    assert pause["kind"] == "moved"
    assert abs(program.spent("moving") - timedelta(milliseconds=exercise["length"])) <= MILLISECOND
    assert program.status()["count_s"] <= 2
    assert program.tables_agree()


def test_the_whole_way_from_a_reminder_to_its_rating_ends_in_the_log(desk: Desk, eyes: Eyes) -> None:
    program = Program(desk, sit_limit="10s", **CALM)
    program.write_settings(program.settings.read_text() + "standing_desk = false\n")
    program.start()

    types_until(desk, lambda: program.status()["count_s"] >= 4, "sitting is counted")
    until(lambda: len(desk.cards()) == 1, "the reminder")
    desk.press("Start")
    until(lambda: len(desk.cards()) == 2, "the card of what is being done")
    eyes.picture("doing")
    desk.press("Done")
    until(lambda: len(desk.cards()) == 3, "the question how it was")
    eyes.picture("how-it-was")
    desk.press("Too hard")
    until(lambda: program.rows("exercises") and program.rows("exercises")[0]["rating"], "the rating is kept")

    [reminder, question] = program.rows("prompts")
    [exercise] = program.rows("exercises")
    [pause] = program.rows("breaks")
    assert exercise["exercise"] == reminder["exercise"]
    assert by_id()[exercise["exercise"]].cue in desk.cards()[1].body
    assert exercise["rating"] == "hard"
    assert 0 < exercise["length"] < exercise["dose"]
    assert (reminder["kind"], reminder["outcome"]) == ("reminder", "done")
    assert (question["kind"], question["outcome"]) == ("exercise-end", "answered")
    assert pause["kind"] == "moved"
    assert program.status()["count_s"] <= 5
