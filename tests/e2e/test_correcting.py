"""Saying afterwards what a time was, on a real desktop: by command, from the tray, and with no daemon."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import Program, types_until

QUICK = {"away_after": "6s", "break_min": "5s", "prompts_apart": "5s", "sit_limit": "1h"}


def test_a_time_is_corrected_by_command_and_from_the_tray_and_the_totals_follow(
    desk: Desk, tmp_path: Path
) -> None:
    desk.env["TZ"] = "UTC"
    eyes = Eyes(desk, tmp_path / "eyes")
    program = Program(desk, **QUICK).start()
    types_until(desk, lambda: program.status()["count_s"] >= 8, "sitting is counted")
    began = first_moment(program)

    noted = program.tell("correct", span(began, 2, 5), "standing", "--note", "at the window")
    stood = program.today()
    count = program.status()["count_s"]
    listed = program.tell("corrections").stdout
    taken_back = program.tell("corrections", "undo", "1")
    sat = program.today()
    future = program.tell("correct", span(began, 300, 360), "away")
    early = program.tell("correct", span(began, -60, 1), "away")

    assert noted.stdout.startswith("Noted: standing from ")
    assert (stood["standing_s"], stood["breaks"]) == (3, 1)
    assert count < 8
    assert "at the window" in listed
    assert taken_back.stdout.startswith("Taken back: standing from ")
    assert (sat["standing_s"], sat["breaks"]) == (0, 0)
    assert sat["sitting_s"] >= stood["sitting_s"] + 3
    assert (future.returncode, "is still to come" in future.stderr) == (1, True)
    assert (early.returncode, "The log holds nothing" in early.stderr) == (1, True)

    until(lambda: program.status()["state"] == "away", "the quiet is an absence")
    types_until(desk, lambda: len(desk.cards()) == 1, "the return is beyond doubt")
    (row,) = [label for label in eyes.labels() if label.startswith("I was … ")]
    away = program.today()
    eyes.click_row_below(row, "Moving", "i-was")
    until(lambda: len(said(program)) == 2, "the word is in the log")
    moved = program.today()

    assert away["away_s"] >= 6
    assert moved["away_s"] == 0
    assert moved["moving_s"] >= 6
    assert [each["outcome"] for each in program.rows("prompts")] == ["answered"]
    assert "Undo: correction" in eyes.labels()

    program.tell("quit")
    program.ended()
    alone = program.tell("correct", span(began, 1, 4), "away")
    after = program.today()
    program.start()

    assert alone.stdout.startswith("Noted: away from ")
    assert (after["away_s"], after["moving_s"]) == (3, moved["moving_s"])
    assert program.status()["today"]["moving_s"] == int(moved["moving_s"])


def first_moment(program: Program) -> datetime:
    """When the first stretch began, cut to the second."""
    until(lambda: program.rows("stretches") or program.tell("sit"), "something is booked")
    return datetime.fromtimestamp(program.rows("stretches")[0]["start_at"] // 1000, UTC)


def span(began: datetime, start: int, end: int) -> str:
    """From so many seconds after it to so many, as it is written."""
    return "-".join(
        (began + timedelta(seconds=after)).strftime("%Y-%m-%dT%H:%M:%S") for after in (start, end)
    )


def said(program: Program) -> list[dict[str, Any]]:
    return [row for row in program.rows("corrections") if row["undoes"] is None]
