"""A reminder that is due while the desktop is not to be disturbed: it waits, says why, and comes once."""

from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import CALM, Program, types_until


def test_a_reminder_due_while_dunst_is_paused_comes_once_when_it_goes_on(desk: Desk, tmp_path: Path) -> None:
    program = Program(desk, sit_limit="5s", **CALM).start()
    desk.dunstctl("set-paused", "true")
    until(lambda: program.status()["held"], "the pause is noticed")

    types_until(desk, lambda: program.status()["count_s"] >= 6, "the limit is passed")
    until(lambda: program.prompts(), "the held reminder is in the log")
    said = program.tell("status").stdout
    labels = Eyes(desk, tmp_path).labels()
    assert desk.cards() == []
    assert desk.dunstctl("count", "waiting") == "0"
    desk.dunstctl("set-paused", "false")
    until(lambda: desk.cards(), "the reminder comes")
    Eyes(desk, tmp_path).picture("given-once-after")

    assert "do-not-disturb since" in said
    assert any("do-not-disturb since" in label for label in labels)
    assert len(desk.cards()) == 1
    assert not program.status()["held"]
    until(lambda: len(program.prompts()) == 2, "both are in the log")
    waited, given = program.prompts()
    assert waited["outcome"] == "held"
    assert waited["decision"]["holds"] == ["dnd"]
    assert given["level"] == 1
