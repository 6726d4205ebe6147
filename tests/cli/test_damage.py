"""What a command says of damaged rows: one line, at its end, however often it read them."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.commands import Record
from deskbreak.core.postures import How, Posture, Row
from deskbreak.paths import Places
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog

HOUR = timedelta(hours=1)
Damage = Callable[[str], None]


@pytest.fixture
def damage(home: Places) -> Iterator[Damage]:
    """Yesterday the person sat and went away by turns, from nine on; changes that log past its checks."""
    day = desk().today - timedelta(days=1)
    nine = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    home.state.mkdir(mode=0o700)
    with closing(open_log(home.log, home.marker, day).connection) as connection:
        log = SqliteLog(connection, home.log, SystemClock(axis_at_launch(None)).mark)
        for turn in range(6):
            began, posture = turn * HOUR, Posture.AWAY if turn % 2 else Posture.SITTING
            at = nine + began
            log.add(Record(Row(began, HOUR, at, at + HOUR, timedelta(), day, posture, How.INPUT)))
        connection.execute("PRAGMA ignore_check_constraints = ON")

        def change(what: str) -> None:
            connection.execute(f"UPDATE stretches SET {what}")

        yield change


@pytest.mark.parametrize(
    "words", [("report", "yesterday"), ("report", "week"), ("log", "yesterday"), ("today",), ("export",)]
)
def test_damaged_rows_are_told_of_once(
    words: tuple[str, ...], damage: Damage, capsys: pytest.CaptureFixture[str]
) -> None:
    damage("posture = 'flying' WHERE began = 3600000")
    damage("length = 99999999999999 WHERE began = 10800000")

    status = main(words)

    said = "deskbreak: 2 damaged rows of the log are left out; deskbreak check names them\n"
    assert (status, capsys.readouterr().err) == (0, said)


def test_one_damaged_row_is_one(damage: Damage, capsys: pytest.CaptureFixture[str]) -> None:
    damage("posture = 'flying' WHERE began = 3600000")

    main(("report", "yesterday", "--json"))

    said = "deskbreak: 1 damaged row of the log is left out; deskbreak check names it\n"
    assert capsys.readouterr().err == said


def test_of_a_sound_log_nothing_is_said(damage: Damage, capsys: pytest.CaptureFixture[str]) -> None:
    damage("how = 'lock' WHERE posture = 'away'")

    main(("report", "yesterday"))

    assert capsys.readouterr().err == ""
