"""Coming back from a quiet time: the question on the screen and in the menu, and what the answer changes."""

from datetime import timedelta
from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import Program, types_until

QUICK = {"away_after": "6s", "break_min": "5s", "prompts_apart": "5s", "sit_limit": "1h"}
ASKED_WITHIN = timedelta(seconds=40)


def test_the_question_on_return_is_answered_by_a_button_and_from_the_menu(desk: Desk, tmp_path: Path) -> None:
    eyes = Eyes(desk, tmp_path)
    program = Program(desk, **QUICK).start()
    types_until(desk, lambda: program.status()["count_s"] >= 4, "sitting is counted")

    comes_back_after_quiet(desk, program, cards=1)
    eyes.picture("asked")
    before = program.today()
    desk.press("Sitting")
    until(lambda: program.rows("corrections"), "the word is in the log")
    after = program.today()

    (said,) = program.rows("corrections")
    quiet = said["length"] / 1000
    assert quiet >= 6
    assert before["breaks"] == 1
    assert before["away_s"] >= 6
    assert (after["breaks"], after["away_s"]) == (0, 0)
    assert program.status()["count_s"] >= 4 + quiet
    assert "away" in [row["posture"] for row in program.rows("stretches")]

    comes_back_after_quiet(desk, program, cards=2)
    (asked,) = [label for label in eyes.labels() if label.startswith("Quiet ")]
    eyes.click_row_below(asked, "Standing", "answers")
    until(lambda: program.status()["state"] == "standing", "the person stands")

    assert [row["posture"] for row in program.rows("corrections")] == ["sitting", "standing"]
    assert [row["outcome"] for row in program.rows("prompts")] == ["answered", "answered"]
    assert program.status()["count_s"] == 0


def comes_back_after_quiet(desk: Desk, program: Program, cards: int) -> None:
    """Touches nothing until taken to be away, then types until asked."""
    until(lambda: program.status()["state"] == "away", "the quiet is an absence")
    types_until(desk, lambda: len(desk.cards()) == cards, "the question comes", ASKED_WITHIN)
    assert desk.cards()[-1].title.startswith("Quiet for ")
