"""What the daemon answers to `doctor`: how its parts are, and whether the log takes what it is given."""

from datetime import timedelta

import pytest

from deskbreak.daemon.wire import Query
from deskbreak.store.errors import StoreError
from tests.daemon.test_companion import Stage

NO_TRAY = "no tray icon: start a panel"


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_parts_speak_for_themselves(stage: Stage) -> None:
    stage.missing_tray = NO_TRAY

    answer = stage.asks(Query.DOCTOR)

    assert answer["ok"] is True
    assert answer["tray"] == NO_TRAY
    assert answer["unwritten"] is None


def test_a_log_that_cannot_be_written_is_named_in_the_words_of_the_status(stage: Stage) -> None:
    stage.log.refusal = StoreError("no space is left on the disk")
    stage.works(timedelta(minutes=2))

    answer = stage.asks(Query.DOCTOR)

    assert "no space is left" in str(answer["unwritten"])
    status = answer["status"]
    assert isinstance(status, dict)
    assert answer["unwritten"] in status["faults"]
