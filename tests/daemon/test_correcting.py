"""Corrections that come in while the program runs: what is answered, asked back, refused, and changed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from deskbreak.core.events import StoodUp, TrackingStopped, Undid
from deskbreak.core.postures import Correction, Posture, Word
from deskbreak.daemon.wire import Asked, Correct, Reply, Request, TakeBack
from deskbreak.errors import DeskbreakError
from deskbreak.ports import Choose, Was
from tests.daemon.test_companion import MINUTE, Stage

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)


@pytest.fixture
def stage() -> Stage:
    """Half an hour at the desk; it is 09:30."""
    stage = Stage()
    stage.works(30 * MINUTE)
    return stage


def asks(stage: Stage, request: Request) -> Mapping[str, object]:
    said: list[Mapping[str, object]] = []
    stage.loop.turn(Asked(request, Reply(said.append)))
    return said[0]


def corrects(
    stage: Stage, start: float, end: float | None, posture: Posture, sure: bool = False
) -> Mapping[str, object]:
    until = None if end is None else NINE + end * MINUTE
    return asks(stage, Correct(Word(NINE + start * MINUTE, until, posture), sure))


def today(answer: Mapping[str, object]) -> Mapping[str, object]:
    status = answer["status"]
    assert isinstance(status, dict)
    totals: Mapping[str, object] = status["today"]
    return totals


def test_a_correction_changes_the_totals_at_once(stage: Stage) -> None:
    answer = corrects(stage, 10, 20, Posture.AWAY)

    assert answer["ok"] is True
    assert answer["says"] == "Noted: away from 09:10 to 09:20. You have been sitting for 10 min."
    assert (today(answer)["sitting_s"], today(answer)["away_s"], today(answer)["breaks"]) == (1200, 600, 1)


def test_a_correction_that_leaves_the_count_does_not_speak_of_it(stage: Stage) -> None:
    corrects(stage, 10, 20, Posture.AWAY)

    assert corrects(stage, 2, 4, Posture.MOVING)["says"] == "Noted: moving from 09:02 to 09:04."


def test_what_was_so_until_now_is_so(stage: Stage) -> None:
    answer = corrects(stage, 20, None, Posture.STANDING)

    assert answer["says"] == "Noted: standing from 09:20 to 09:30. You have been standing for 10 min."
    assert stage.loop.state.upright is Posture.STANDING


def test_what_is_still_to_come_is_refused(stage: Stage) -> None:
    answer = corrects(stage, 20, 40, Posture.AWAY)

    assert (answer["ok"], answer["says"]) == (False, "09:40 is still to come: it is 09:30.")
    assert stage.log.corrections == []


def test_what_is_reversed_is_refused(stage: Stage) -> None:
    answer = corrects(stage, 20, 10, Posture.AWAY)

    assert answer["ok"] is False
    assert str(answer["says"]).startswith("A time ends after it begins")


def test_what_there_is_no_record_of_is_refused(stage: Stage) -> None:
    answer = corrects(stage, -60, -30, Posture.AWAY, sure=True)

    assert answer["ok"] is False
    assert answer["says"] == "The log holds nothing from 08:00 to 08:30, so there is nothing to correct."


def test_what_there_is_a_record_of_only_in_part_is_asked_about(stage: Stage) -> None:
    answer = corrects(stage, -30, 10, Posture.AWAY)

    assert (answer["ok"], answer["asks"]) == (False, ["The log holds nothing from 08:30 to 09:00."])
    assert stage.log.corrections == []

    sure = corrects(stage, -30, 10, Posture.AWAY, sure=True)

    assert str(sure["says"]).startswith("Noted: away from 09:00 to 09:10.")


def test_time_of_which_nothing_is_known_is_asked_about(stage: Stage) -> None:
    stage.loop.turn(TrackingStopped())
    stage.works(10 * MINUTE)

    assert corrects(stage, 32, 38, Posture.SITTING)["asks"] == ["Nothing was observed from 09:32 to 09:38."]


def test_more_than_a_day_is_asked_about(stage: Stage) -> None:
    answer = corrects(stage, -30 * 60, 10, Posture.AWAY)

    asked = answer["asks"]
    assert isinstance(asked, list)
    assert asked[0] == "That is 30 h 10 min, more than a day."


def test_a_correction_is_taken_back_by_its_number(stage: Stage) -> None:
    corrects(stage, 10, 20, Posture.AWAY)

    answer = asks(stage, TakeBack(1))

    assert answer["says"] == "Taken back: away from 09:10 to 09:20. You have been sitting for 30 min."
    assert today(answer)["sitting_s"] == 1800
    assert asks(stage, TakeBack(1))["says"] == "Correction 1 was taken back already."
    assert asks(stage, TakeBack(7))["ok"] is False


def test_undo_takes_the_last_correction_back(stage: Stage) -> None:
    corrects(stage, 10, 20, Posture.AWAY)
    rows = stage.desk.picture.rows if stage.desk.picture else ()
    assert "Undo: correction" in [row.label for row in rows if isinstance(row, Choose)]

    answer = asks(stage, Undid())

    assert answer["says"] == "Taken back. You have been sitting for 30 min."
    assert today(answer)["away_s"] == 0
    assert [each.undone for each in stage.log.said()] == [True]


def test_a_row_of_the_menu_says_what_the_last_absence_was(stage: Stage) -> None:
    stage.is_quiet(10 * MINUTE)
    stage.works(MINUTE)

    (was,) = (
        row for row in (stage.desk.picture.rows if stage.desk.picture else ())
        if isinstance(row, Choose) and row.label.startswith("I was …")
    )  # fmt: skip
    assert was.label == "I was … 09:30 to 09:40"
    sitting = next(row for row in was.rows if isinstance(row, Choose) and row.label == "Sitting")
    stage.loop.turn(sitting.choice)

    (said,) = stage.log.corrections
    assert (said.posture, said.start_at) == (Posture.SITTING, NINE + 30 * MINUTE)
    assert stage.loop.view(stage.clock.now()).count == 41 * MINUTE
    assert stage.loop.view(stage.clock.now()).question is None


def test_while_the_log_cannot_be_written_nothing_is_corrected(stage: Stage) -> None:
    stage.log.refusal = DeskbreakError("the disk is full")
    stage.loop.turn(StoodUp())

    for answer in (corrects(stage, 10, 20, Posture.AWAY), asks(stage, TakeBack(1))):
        assert (answer["ok"], answer["says"]) == (False, "history is not being saved: the disk is full")
    stage.loop.turn(Was(timedelta(0), MINUTE, Posture.AWAY))

    assert stage.log.corrections == []
    assert stage.desk.cards[-1].title == "Nothing was corrected"
    assert stage.desk.cards[-1].body == "history is not being saved: the disk is full"


def test_a_note_is_kept_with_it(stage: Stage) -> None:
    asks(stage, Correct(Word(NINE, NINE + MINUTE, Posture.AWAY, "the postman")))

    (said,) = stage.log.corrections
    assert isinstance(said, Correction)
    assert said.note == "the postman"
