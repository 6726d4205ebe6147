"""What `deskbreak check` says of a log: nothing of a sound one, a sentence for each thing that is wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from deskbreak.core.commands import Record
from deskbreak.core.postures import How, Posture
from deskbreak.paths import Places
from deskbreak.ports import Recorded
from deskbreak.store.backup import folder
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from deskbreak.store.soundness import findings
from tests.fakes import FakeClock
from tests.store.diary import NINE, minutes, sat, stretch, was_away
from tests.store.lives import lives

LATER = NINE + timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path) -> Places:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return Places(data, tmp_path / "config", tmp_path / "state", tmp_path / "run", tmp_path / "autostart")


@pytest.fixture
def log() -> Iterator[sqlite3.Connection]:
    with closing(in_memory()) as connection:
        morning = (sat(0, 30), was_away(30, 40), sat(40, 60))
        SqliteLog(connection, IN_MEMORY, FakeClock().mark).write(morning, "{}")
        yield connection


def found(log: sqlite3.Connection, home: Places) -> list[str]:
    return list(findings(log, home, LATER))


def test_of_a_sound_log_there_is_nothing_to_say(log: sqlite3.Connection, home: Places) -> None:
    assert found(log, home) == []


@settings(max_examples=30, deadline=None)
@given(lives())
def test_nothing_that_the_program_writes_cannot_be_believed(life: tuple[Recorded, ...]) -> None:
    nowhere = Path("/nowhere")
    with closing(in_memory()) as connection:
        SqliteLog(connection, IN_MEMORY, FakeClock().mark).write(life, "{}")

        said = findings(connection, Places(nowhere, nowhere, nowhere, nowhere, nowhere), LATER)
        assert not [line for line in said if "believed" in line or "belongs" in line]


def test_rows_that_overlap_are_named_with_by_how_much(log: sqlite3.Connection, home: Places) -> None:
    log.execute("UPDATE stretches SET length = length + 300000, end_at = end_at + 300000 WHERE began = 0")

    assert found(log, home) == ["The stretch of 2025-06-02 11:30 overlaps what was before it by 5 min."]


def test_a_long_row_overlaps_all_that_come_in_it(log: sqlite3.Connection, home: Places) -> None:
    log.execute("UPDATE stretches SET length = 3600000, end_at = start_at + 3600000 WHERE began = 0")

    assert [line.split()[4] for line in found(log, home)] == ["11:30", "11:40"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("posture = 'x'", None),
        ("how = 'x'", "Row 0 of stretches cannot be believed and is left out: "),
        ("day = 20250231", "Row 0 of stretches cannot be believed and is left out: "),
        ("length = 999999999", "Row 0 of stretches cannot be believed and is left out: "),
        ("end_at = end_at + 60000", "The stretch of 2025-06-02 11:00 lasted 30 min, but its ends are 31 min"),
        ("day = 20250605", "The stretch of 2025-06-02 11:00 is counted on 2025-06-05."),
        (
            "start_at = start_at + 9e11, end_at = end_at + 9e11, day = 20531209",
            "The stretch of 2053-12-09 03:00 lies in the future",
        ),
    ],
)
def test_an_impossible_row_is_named(
    change: str, why: str | None, log: sqlite3.Connection, home: Places
) -> None:
    if why is None:
        # The schema itself refuses it.
        with pytest.raises(sqlite3.IntegrityError):
            log.execute(f"UPDATE stretches SET {change} WHERE began = 0")
        return
    log.execute(f"UPDATE stretches SET {change} WHERE began = 0")

    assert found(log, home)[0].startswith(why)


def test_what_is_left_out_overlaps_nothing_and_is_named_once(log: sqlite3.Connection, home: Places) -> None:
    log.execute("UPDATE stretches SET length = 99999999999999, day = 20250231 WHERE began = 0")

    (said,) = found(log, home)

    assert said.startswith("Row 0 of stretches cannot be believed and is left out: ")


def test_a_day_that_starts_before_midnight_or_after_it_is_right(
    log: sqlite3.Connection, home: Places
) -> None:
    log.execute("UPDATE stretches SET day = 20250601 WHERE began = 0")

    assert found(log, home) == []


def test_damaged_rows_of_other_tables_are_named_too(log: sqlite3.Connection, home: Places) -> None:
    log.execute("INSERT INTO prompts VALUES (7, 'shout', 1, NULL, 0, 0, NULL, NULL, NULL)")
    log.execute("INSERT INTO elsewhere VALUES (9, 0, 1, 0, 1, 0, 20250602, 'sitting', 'guess')")

    said = found(log, home)

    assert said[0] == "Row 1 of elsewhere belongs to a row of machines that is not there."
    assert said[1].startswith("Row 7 of prompts cannot be believed and is left out: ")
    assert said[2].startswith("Row 1 of elsewhere cannot be believed and is left out: ")


def test_of_many_alike_the_first_twenty_are_named(home: Places) -> None:
    with closing(in_memory()) as connection:
        rows = tuple(
            Record(stretch(Posture.SITTING, minutes(2 * turn), minutes(2 * turn + 1), How.INPUT))
            for turn in range(30)
        )
        SqliteLog(connection, IN_MEMORY, FakeClock().mark).write(rows, "{}")
        connection.execute("UPDATE stretches SET how = 'x'")

        said = found(connection, home)

    assert len(said) == 21
    assert said[-1] == "There are more of this sort."


def test_a_damaged_backup_is_found(log: sqlite3.Connection, home: Places) -> None:
    folder(home).mkdir()
    broken = folder(home) / "nightly-2025-06-01.sqlite3"
    broken.write_bytes(b"x")

    assert found(log, home) == [f"The backup {broken}: it is no SQLite database."]


def test_a_moment_that_no_calendar_holds_is_no_reason_to_stop(log: sqlite3.Connection, home: Places) -> None:
    log.execute("UPDATE stretches SET start_at = 4e15, end_at = 4e15 WHERE began = 0")

    (said,) = found(log, home)

    assert said.startswith("Row 0 of stretches cannot be believed")
