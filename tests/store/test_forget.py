"""What a person wants forgotten is gone: from the log, from its copies, and from the bytes on the disk."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from deskbreak.coach.exercise import Family
from deskbreak.coach.sessions import Mastered
from deskbreak.core.commands import (
    ExerciseRow,
    PromptKind,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Uncorrect,
)
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.paths import Places
from deskbreak.ports import Recorded
from deskbreak.store import rows
from deskbreak.store.backup import back_up, folder, nightly
from deskbreak.store.database import open_log
from deskbreak.store.errors import StoreError
from deskbreak.store.forget import copies, forget_all, forget_before
from deskbreak.store.log import SqliteLog
from deskbreak.store.migrate import migrate, migrations, newest
from deskbreak.store.restore import restore
from tests.fakes import FakeClock

FIRST = datetime(2025, 6, 2, 9, tzinfo=UTC)
TUESDAY = date(2025, 6, 3)
FOUR = datetime(2025, 6, 3, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def home(tmp_path: Path) -> Places:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return Places(data, tmp_path / "config", tmp_path / "state", tmp_path / "run", tmp_path / "autostart")


def opened(home: Places) -> sqlite3.Connection:
    return open_log(home.log, home.marker, TUESDAY).connection


def a_day(number: int, word: str) -> tuple[Recorded, ...]:
    """A row of every sort, on the so-manieth day; what has a name has this word in it."""
    began = timedelta(days=number)
    at, day = FIRST + began, FIRST.date() + began
    zero = timedelta()
    told = Correction(began, HOUR, at, zero, Posture.AWAY, at, f"{word}-note")
    return (
        Record(Row(began, HOUR, at, at + HOUR, zero, day, Posture.SITTING, How.INPUT)),
        RecordBreak(Break(number + 1, BreakKind.AWAY, began + HOUR, HOUR, at + HOUR, zero, day)),
        RecordPrompt(
            PromptRow(number + 1, PromptKind.REMINDER, 1, f"{word}-prompt", at, zero, None, None, None)
        ),
        RecordExercise(ExerciseRow(number + 1, f"{word}-exercise", at, zero, HOUR, HOUR, True, None)),
        RecordCorrection(told),
        Uncorrect(told),
        Mastered(Family.FLEXOR, at.astimezone(timezone(zero)), day),
    )


def two_days(home: Places) -> None:
    connection = opened(home)
    log = SqliteLog(connection, home.log, FakeClock().mark)
    log.write((*a_day(0, "monday"), *a_day(1, "tuesday")), "{}")
    log.put_in_force({"sit_limit": "monday-limit", "hooks": "monday-hooks"}, FIRST)
    log.put_in_force({"sit_limit": "monday-later"}, FIRST + HOUR)
    log.put_in_force({"sit_limit": "tuesday-limit"}, FIRST + timedelta(days=1))
    connection.execute("INSERT INTO machines VALUES (1, 'monday-machine', 0), (2, 'tuesday-machine', 0)")
    for machine, day in ((1, 20250602), (2, 20250603)):
        connection.execute(
            f"INSERT INTO elsewhere (machine, {rows.STRETCH})"
            " VALUES (?, 0, 1, 0, 1, 0, ?, 'sitting', 'input')",
            (machine, day),
        )
    log.close()


def forgets(home: Places) -> None:
    with closing(opened(home)) as connection:
        forget_before(home, connection, TUESDAY, FOUR)


def raw(home: Places) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.data.rglob("*")) if path.is_file())


def counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as log:
        tables = [name for (name,) in log.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: log.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}


LEFT = {
    "stretches": 1,
    "breaks": 1,
    "prompts": 1,
    "exercises": 1,
    "corrections": 2,
    "levels": 1,
    "elsewhere": 1,
    "machines": 1,
    "settings": 3,
    "state": 1,
    "identity": 1,
}


def test_every_table_loses_the_days_before_and_keeps_the_others(home: Places) -> None:
    two_days(home)

    forgets(home)

    assert counts(home.log) == LEFT


def test_the_bytes_are_gone_from_the_files(home: Places) -> None:
    two_days(home)
    assert raw(home).count(b"monday") > 5

    forgets(home)

    # What was in force then still is, but nothing says since when.
    left = raw(home).replace(b"monday-hooks", b"").replace(b"monday-later", b"")
    assert b"monday" not in left
    assert b"tuesday-exercise" in left


def test_they_are_gone_where_sqlite_leaves_what_is_deleted_in_its_place(home: Places) -> None:
    two_days(home)

    with closing(opened(home)) as connection:
        # Some are built to overwrite it anyway (https://www.sqlite.org/pragma.html#pragma_secure_delete).
        connection.execute("PRAGMA secure_delete = OFF")
        forget_before(home, connection, TUESDAY, FOUR)

    assert b"monday-exercise" not in raw(home)
    assert b"monday-note" not in raw(home)
    assert b"tuesday-exercise" in raw(home)


def test_nothing_that_could_still_be_undone_is_left(home: Places) -> None:
    two_days(home)
    with closing(opened(home)) as connection:
        log = SqliteLog(connection, home.log, FakeClock().mark)
        log.write((), '{"state":{"undoable":{"rebook":["monday-word"]},"count":7},"offers":null}')

    forgets(home)

    assert b"monday-word" not in raw(home)
    with closing(opened(home)) as connection:
        state = SqliteLog(connection, home.log, FakeClock().mark).state()
    assert state == '{"state":{"undoable":null,"count":7},"offers":null}'


def test_the_settings_that_were_in_force_then_stay_without_their_moment(home: Places) -> None:
    two_days(home)

    forgets(home)

    with closing(opened(home)) as log:
        told = log.execute("SELECT key, value, since FROM settings ORDER BY id").fetchall()
    later = rows.ms_at(FIRST + timedelta(days=1))
    assert told == [
        ("hooks", "monday-hooks", rows.ms_at(FOUR)),
        ("sit_limit", "monday-later", rows.ms_at(FOUR)),
        ("sit_limit", "tuesday-limit", later),
    ]


def test_a_correction_over_the_days_start_keeps_what_lies_after_it(home: Places) -> None:
    connection = opened(home)
    log = SqliteLog(connection, home.log, FakeClock().mark)
    night = Correction(timedelta(hours=1), 2 * HOUR, FOUR - HOUR, timedelta(), Posture.AWAY, FOUR)
    log.write((RecordCorrection(night), Uncorrect(night)), "{}")
    log.close()

    forgets(home)

    with closing(opened(home)) as after:
        cells = after.execute("SELECT began, length, start_at FROM corrections").fetchall()
    assert cells == [(rows.ms(2 * HOUR), rows.ms(HOUR), rows.ms_at(FOUR))] * 2


def test_what_took_a_forgotten_correction_back_goes_with_it(home: Places) -> None:
    two_days(home)
    nightly(home, TUESDAY, writer_is_free=True)
    copy = folder(home) / "nightly-2025-06-03.sqlite3"
    for path in (home.log, copy):
        with closing(sqlite3.connect(path, isolation_level=None)) as log:
            # As a file that was taken in may have it: named by when it was taken back.
            log.execute(
                "UPDATE corrections SET start_at = ? WHERE undoes = (SELECT MIN(id) FROM corrections)",
                (rows.ms_at(FOUR + HOUR),),
            )

    forgets(home)

    for path in (home.log, copy):
        assert counts(path)["corrections"] == LEFT["corrections"]
        with closing(sqlite3.connect(path)) as log:
            assert log.execute("PRAGMA foreign_key_check").fetchall() == []


def test_backups_and_replaced_logs_forget_too(home: Places) -> None:
    two_days(home)
    made = [
        nightly(home, TUESDAY, writer_is_free=True),
        back_up(home.log, folder(home) / "deskbreak-2025-06-03.sqlite3", writer_is_free=True),
        restore(home, folder(home) / "deskbreak-2025-06-03.sqlite3", TUESDAY),
    ]

    forgets(home)

    for path in made:
        assert path is not None
        assert counts(path) == LEFT
    assert raw(home).count(b"monday-exercise") == 0


def test_a_backup_of_an_older_deskbreak_forgets_too(home: Places) -> None:
    two_days(home)
    folder(home).mkdir()
    old = folder(home) / "nightly-2025-06-02.sqlite3"
    with closing(sqlite3.connect(old, isolation_level=None)) as log:
        migrate(log, migrations()[:3])
        log.execute("INSERT INTO stretches VALUES (0, 9, 0, 9, 0, 20250602, 'sitting', 'input')")

    forgets(home)

    assert counts(old)["stretches"] == 0


def test_what_cannot_be_read_is_deleted_because_nobody_knows_what_is_in_it(home: Places) -> None:
    two_days(home)
    folder(home).mkdir()
    names = [
        "deskbreak.sqlite3.corrupt-2025-06-01",
        "deskbreak.sqlite3.corrupt-2025-06-02-wal",
        "deskbreak.sqlite3.restoring",
        "backups/nightly-2025-06-02.sqlite3",
    ]
    for name in names:
        (home.data / name).write_bytes(b"monday" * 1000)
    newer = folder(home) / "newer.sqlite3"
    with closing(sqlite3.connect(newer)) as log:
        migrate(log, migrations())
        log.execute(f"PRAGMA user_version = {newest() + 1}")

    assert [path.name for path in copies(home).broken] == [
        "newer.sqlite3",
        "nightly-2025-06-02.sqlite3",
        "deskbreak.sqlite3.corrupt-2025-06-01",
        "deskbreak.sqlite3.corrupt-2025-06-02",
        "deskbreak.sqlite3.restoring",
    ]
    forgets(home)

    assert not any((home.data / name).exists() for name in names)
    assert not newer.exists()


def test_a_log_that_another_program_reads_is_told_of(home: Places) -> None:
    two_days(home)
    with closing(opened(home)) as connection, closing(opened(home)) as reader:
        SqliteLog(connection, home.log, FakeClock().mark).write((), "{}")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM stretches").fetchone()

        with pytest.raises(StoreError, match="another program"):
            forget_before(home, connection, TUESDAY, FOUR)

        reader.execute("ROLLBACK")
        forget_before(home, connection, TUESDAY, FOUR)
    assert counts(home.log) == LEFT


def test_all_of_it_is_gone_and_the_next_log_is_another_one(home: Places) -> None:
    two_days(home)
    nightly(home, TUESDAY, writer_is_free=True)
    restore(home, folder(home) / "nightly-2025-06-03.sqlite3", TUESDAY)
    (home.data / "deskbreak.sqlite3.corrupt-2025-06-01").write_bytes(b"monday")
    (home.data / "deskbreak.lock").touch()
    with closing(sqlite3.connect(home.log)) as log:
        (name,) = log.execute("SELECT log FROM identity").fetchone()

    forget_all(home)

    assert sorted(path.name for path in home.data.iterdir()) == ["deskbreak.lock"]
    found = open_log(home.log, home.marker, TUESDAY)
    with closing(found.connection) as begun:
        # It was not lost, it was forgotten.
        assert found.loss is None
        assert begun.execute("SELECT log FROM identity").fetchone() != (name,)


def test_forgetting_what_is_not_there_does_nothing(home: Places) -> None:
    forget_all(home)

    assert list(home.data.iterdir()) == []
