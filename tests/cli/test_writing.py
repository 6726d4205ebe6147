"""A command that must write: alone, for its moment, and never beside a daemon."""

import os
import stat
from datetime import UTC, datetime, timedelta
from threading import Timer

import pytest

from deskbreak.cli.writing import WriterElsewhereError, writing
from deskbreak.core.commands import Record
from deskbreak.core.postures import How, Posture, Row
from deskbreak.daemon.lock import NAME, Lock, holder
from deskbreak.paths import Places
from tests.cli.conftest import Runs

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
AN_HOUR = Record(
    Row(timedelta(), HOUR, NINE, NINE + HOUR, timedelta(), NINE.date(), Posture.SITTING, How.INPUT)
)


def test_a_command_writes_the_log_and_holds_the_lock_only_meanwhile(home: Places) -> None:
    with writing(home) as log:
        held = holder(home.data / NAME)
        log.write((AN_HOUR,), "{}")

    assert held is not None
    assert held.pid == os.getpid()
    assert holder(home.data / NAME) is None
    with writing(home) as log:
        assert list(log.stretches(NINE, NINE + HOUR)) == [AN_HOUR.row]


def test_a_command_that_fails_leaves_the_lock_to_the_next(home: Places) -> None:
    with pytest.raises(ZeroDivisionError), writing(home):
        raise ZeroDivisionError

    assert holder(home.data / NAME) is None


def test_while_a_daemon_runs_a_command_is_told_to_end_it_first(home: Places, daemon: Runs) -> None:
    with pytest.raises(WriterElsewhereError) as refused, writing(home):
        pytest.fail("two would write")

    assert str(refused.value) == f"deskbreak is running (process {os.getpid()}); end it first: deskbreak quit"
    assert not home.log.exists()


def test_a_daemon_that_is_ending_is_waited_for(home: Places) -> None:
    # It was told to quit: nobody answers at its door any more, but its last row is not written yet.
    lock = Lock.take(home.data / NAME, NINE)
    lock.announce(home.data / "closed")
    end = Timer(0.4, lock.release)
    end.start()

    with writing(home) as log:
        assert log.state() is None
    end.join()


def test_the_folder_is_made_private_where_there_is_none(home: Places) -> None:
    home.data.rmdir()

    with writing(home):
        pass

    assert stat.S_IMODE(home.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.log.stat().st_mode) == 0o600


def test_that_the_log_was_lost_is_said(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(home):
        pass
    home.log.unlink()

    with writing(home):
        pass

    assert "is gone (the file is missing). A new one was begun." in capsys.readouterr().err


def test_a_daemon_may_start_right_after(home: Places) -> None:
    with writing(home):
        pass

    with Lock.take(home.data / NAME, NINE) as lock:
        assert lock.path == home.data / NAME
