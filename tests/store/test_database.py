"""Opening the log: what is sound is gone on with, what is broken is kept, what is not ours is left alone."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.clock import Mark
from deskbreak.core.commands import Record
from deskbreak.core.postures import Posture
from deskbreak.store.database import Opened, open_log, open_to_read, saved_mark
from deskbreak.store.errors import StoreError
from deskbreak.store.log import SqliteLog
from deskbreak.store.migrate import APPLICATION_ID, Migration, migrate, migrations, newest, schema, version
from tests.fakes import FakeClock
from tests.nobody import as_nobody, folder_of_nobody
from tests.store.diary import MONDAY, NINE, minutes, sat, stretch

TODAY = date(2025, 6, 2)
CORRUPT = "deskbreak.sqlite3.corrupt-2025-06-02"

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "deskbreak"
    folder.mkdir(mode=0o700)
    return folder / "deskbreak.sqlite3"


def opened(path: Path) -> Opened:
    return open_log(path, path.with_name("marker"), TODAY)


def a_log(path: Path) -> tuple[SqliteLog, sqlite3.Connection]:
    connection = opened(path).connection
    return SqliteLog(connection, path, FakeClock().mark), connection


def a_morning(path: Path) -> None:
    """An hour of sitting, in a log that was closed in order."""
    log, _connection = a_log(path)
    log.write((sat(0, 60),), "{}")
    log.close()


def sat_for(connection: sqlite3.Connection, path: Path) -> timedelta:
    log = SqliteLog(connection, path, FakeClock().mark)
    return dict(log.day(MONDAY).by_posture)[Posture.SITTING]


def contents(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


def test_a_first_run_makes_the_log_and_loses_nothing(path: Path) -> None:
    found = opened(path)
    found.connection.close()

    assert found.loss is None
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")
    assert sorted(contents(path.parent)) == ["deskbreak.sqlite3", "marker"]


def test_the_log_is_synced_at_every_commit_and_read_while_it_is_written(path: Path) -> None:
    with closing(opened(path).connection) as connection:
        settings = [
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        ]

    assert settings == ["wal", 2]


def test_what_was_written_is_there_at_the_next_run(path: Path) -> None:
    a_morning(path)

    found = opened(path)
    with closing(found.connection):
        assert found.loss is None
        assert sat_for(found.connection, path) == minutes(60)


def test_the_folders_are_made_and_made_private(tmp_path: Path) -> None:
    path, marker = tmp_path / "share" / "deskbreak.sqlite3", tmp_path / "state" / "log-begun"

    open_log(path, marker, TODAY).connection.close()

    assert [stat.S_IMODE(file.parent.stat().st_mode) for file in (path, marker)] == [0o700, 0o700]


def test_a_log_is_kept_although_its_marker_cannot_be_made(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = path.with_name("marker")
    in_the_way.mkdir()

    opened(path).connection.close()

    assert path.exists()
    assert "a loss of the log could not be noticed later" in caplog.text


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_all_files_of_the_log_are_private(umask: int, path: Path) -> None:
    before = os.umask(umask)
    try:
        log, _connection = a_log(path)
        log.write((sat(0, 1),), "{}")
        modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
        log.close()
    finally:
        os.umask(before)

    assert set(modes) >= {"deskbreak.sqlite3", "deskbreak.sqlite3-wal", "deskbreak.sqlite3-shm", "marker"}
    assert set(modes.values()) == {0o600}


def test_a_log_that_others_could_read_is_closed_to_them(path: Path) -> None:
    a_morning(path)
    path.chmod(0o666)

    opened(path).connection.close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# --- what cannot be read ---------------------------------------------------------------------------


def half(text: bytes) -> bytes:
    return text[: len(text) // 2]


def scrambled(text: bytes) -> bytes:
    return text[:4096] + b"\xa5" * 4096 + text[8192:]


WRECKS: dict[str, Callable[[bytes], bytes]] = {
    "text": lambda _: b"Dear diary, today I sat.\n" * 50,
    "zeroes": lambda _: bytes(4096),
    "half of itself": half,
    "the first 100 bytes": lambda text: text[:100],
    "the first 50 bytes": lambda text: text[:50],
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "a page overwritten": scrambled,
    "nothing at all": lambda _: b"",
}


@pytest.mark.parametrize("wreck", WRECKS)
def test_a_log_that_cannot_be_read_is_set_aside_to_the_byte_and_the_person_is_told(
    wreck: str, path: Path
) -> None:
    a_morning(path)
    spoilt = WRECKS[wreck](path.read_bytes())
    path.write_bytes(spoilt)

    found = opened(path)
    with closing(found.connection):
        assert found.loss is not None
        assert found.loss.kept == path.with_name(CORRUPT)
        assert str(path.with_name(CORRUPT)) in found.loss.message
        assert "\n" not in found.loss.message
        assert path.with_name(CORRUPT).read_bytes() == spoilt
        assert sat_for(found.connection, path) == timedelta(0)


def test_what_lay_beside_a_broken_log_goes_with_it(path: Path) -> None:
    beside = {"": b"no database", "-wal": b"its wal", "-shm": b"its shm"}
    for ending, text in beside.items():
        path.with_name(path.name + ending).write_bytes(text)

    opened(path).connection.close()

    assert {ending: path.with_name(CORRUPT + ending).read_bytes() for ending in beside} == beside


def test_a_second_broken_log_of_the_same_day_gets_another_name(path: Path) -> None:
    for text in (b"first", b"second"):
        path.write_bytes(text)
        opened(path).connection.close()

    assert path.with_name(CORRUPT).read_bytes() == b"first"
    assert path.with_name(CORRUPT + ".2").read_bytes() == b"second"


def test_a_log_is_told_of_as_broken_only_once(path: Path) -> None:
    path.write_bytes(b"no database")

    first, second = opened(path), None
    first.connection.close()
    second = opened(path)
    second.connection.close()

    assert first.loss is not None
    assert second.loss is None


def test_a_log_that_is_gone_is_not_taken_for_a_first_run(path: Path) -> None:
    a_morning(path)
    path.unlink()

    found = opened(path)
    found.connection.close()

    assert found.loss is not None
    assert found.loss.kept is None
    assert str(path) in found.loss.message


def test_a_wal_whose_log_is_gone_is_kept(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"the last hours")

    found = opened(path)
    found.connection.close()

    assert found.loss is not None
    assert path.with_name(CORRUPT + "-wal").read_bytes() == b"the last hours"


def test_an_empty_file_without_any_history_is_simply_begun(path: Path) -> None:
    path.touch()

    found = opened(path)
    found.connection.close()

    assert found.loss is None


def test_the_remains_of_a_beginning_that_was_cut_off_do_no_harm(path: Path) -> None:
    path.with_name(path.name + ".new").write_bytes(b"half a beginning")
    path.with_name(path.name + ".new-journal").write_bytes(b"its journal")

    found = opened(path)
    found.connection.close()

    assert found.loss is None
    assert sorted(contents(path.parent)) == ["deskbreak.sqlite3", "marker"]


# --- what is not ours ------------------------------------------------------------------------------


def foreign(path: Path, application_id: int) -> None:
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute(f"PRAGMA application_id = {application_id}")
        theirs.execute("CREATE TABLE breaks (bout TEXT)")
        theirs.execute("INSERT INTO breaks VALUES ('theirs')")
        theirs.commit()


@pytest.mark.parametrize("application_id", [0, 0x42])
def test_the_database_of_another_program_is_refused_untouched(application_id: int, path: Path) -> None:
    foreign(path, application_id)
    before = contents(path.parent)

    with pytest.raises(StoreError, match="another program"):
        opened(path)

    assert contents(path.parent) == before


def newer(path: Path) -> None:
    a_morning(path)
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA journal_mode = DELETE")
        later.execute(f"PRAGMA user_version = {newest() + 6}")


@pytest.mark.parametrize("reading", [False, True])
def test_a_newer_schema_is_refused_untouched_with_both_versions_named(reading: bool, path: Path) -> None:
    newer(path)
    before = contents(path.parent)

    with pytest.raises(StoreError, match=rf"schema {newest() + 6}, this one knows {newest()}"):
        open_to_read(path, writer_is_free=True) if reading else opened(path)

    assert contents(path.parent) == before


def test_a_newer_schema_that_only_the_wal_knows_of_is_refused_untouched(path: Path) -> None:
    later = f"""
        connection = open_log(path, path.with_name("marker"), date(2025, 6, 2)).connection
        connection.execute("PRAGMA user_version = {newest() + 1}")
        os.kill(os.getpid(), 9)
    """
    in_another_life(path, later)
    before = contents(path.parent)
    assert before[path.name + "-wal"]

    with pytest.raises(StoreError, match="newer deskbreak"):
        opened(path)

    after = contents(path.parent)
    for name in (path.name, path.name + "-wal"):
        assert after[name] == before[name]


@pytest.mark.parametrize("kind", ["link", "second name", "folder", "pipe"])
@pytest.mark.parametrize("reading", [False, True])
def test_a_log_that_is_no_plain_file_of_its_own_is_refused(kind: str, reading: bool, path: Path) -> None:
    elsewhere = path.with_name("elsewhere.sqlite3")
    a_morning(elsewhere)
    before = elsewhere.read_bytes()
    if kind == "link":
        path.symlink_to(elsewhere)
    elif kind == "second name":
        path.hardlink_to(elsewhere)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)

    with pytest.raises(StoreError):
        open_to_read(path, writer_is_free=True) if reading else opened(path)

    assert elsewhere.read_bytes() == before


# --- migrations ------------------------------------------------------------------------------------


def test_a_migration_that_fails_leaves_the_version_before_it(path: Path) -> None:
    steps = (
        *migrations(),
        Migration(newest() + 1, "CREATE TABLE extra (a TEXT);\nINSERT INTO nowhere VALUES (1);"),
    )
    with closing(opened(path).connection) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, steps)
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE name = 'extra'")
        ]

        assert version(connection) == newest()
        assert tables == []
        assert not connection.in_transaction


def test_a_migration_runs_once_and_takes_the_rows_along(path: Path) -> None:
    a_morning(path)
    steps = (*migrations(), Migration(newest() + 1, "ALTER TABLE stretches ADD COLUMN note TEXT;"))
    with closing(opened(path).connection) as connection:
        migrate(connection, steps)
        migrate(connection, steps)

        assert version(connection) == newest() + 1
        assert connection.execute("SELECT COUNT(note), COUNT(*) FROM stretches").fetchone() == (0, 1)


def test_a_death_in_the_middle_of_a_migration_leaves_the_version_before_it(path: Path) -> None:
    in_another_life(
        path,
        f"""
        connection = open_log(path, path.with_name("marker"), date(2025, 6, 2)).connection
        connection.create_function("die", 0, lambda: os.kill(os.getpid(), 9))
        migrate(connection, (Migration({newest() + 1}, "CREATE TABLE extra (a TEXT);\\nSELECT die();"),))
        """,
    )

    found = opened(path)
    with closing(found.connection) as connection:
        assert found.loss is None
        assert version(connection) == newest()
        assert connection.execute("SELECT * FROM sqlite_schema WHERE name = 'extra'").fetchall() == []


def test_the_schema_documents_every_table_it_makes(path: Path) -> None:
    with closing(opened(path).connection) as connection:
        tables = dict(
            connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        )

    assert {"stretches", "breaks", "prompts", "exercises", "corrections", "levels", "settings"} < set(tables)
    assert all("--" in sql for sql in tables.values())
    assert all(f"CREATE TABLE {name}" in schema() for name in tables)


def test_every_posture_there_is_can_be_logged(path: Path) -> None:
    log, _connection = a_log(path)
    with closing(log):
        log.write(
            tuple(Record(stretch(posture, minutes(i), minutes(i + 1))) for i, posture in enumerate(Posture)),
            "{}",
        )

        lived = [(row.posture, row.length) for row in log.lived(MONDAY, MONDAY)]

    assert lived == [(posture, minutes(1)) for posture in Posture]


# --- what goes wrong while it runs -----------------------------------------------------------------


def test_a_full_disk_loses_nothing_and_the_next_write_works(path: Path) -> None:
    log, connection = a_log(path)
    log.write((sat(0, 10),), "before")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")

    with closing(log):
        with pytest.raises(StoreError, match="no space is left") as refusal:
            log.write((sat(10, 20),), "x" * 100_000)
        left_open = connection.in_transaction
        still = (log.state(), dict(log.day(MONDAY).by_posture)[Posture.SITTING])
        connection.execute("PRAGMA max_page_count = 1000000")
        log.write((sat(10, 30),), "after")

        assert refusal.value.path == path
        assert not left_open
        assert still == ("before", minutes(10))
        assert dict(log.day(MONDAY).by_posture)[Posture.SITTING] == minutes(30)


def test_a_log_locked_by_another_program_is_told_and_written_afterwards(path: Path) -> None:
    log, _connection = a_log(path)
    with closing(log), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another program has locked it"):
            log.write((sat(0, 10),), "{}")
        other.execute("ROLLBACK")
        log.write((sat(0, 10),), "{}")

        assert dict(log.day(MONDAY).by_posture)[Posture.SITTING] == minutes(10)


def test_no_hour_is_written_into_a_file_that_was_deleted(path: Path) -> None:
    log, _connection = a_log(path)
    path.unlink()

    with closing(log), pytest.raises(StoreError, match="moved or deleted"):
        log.write((sat(0, 10),), "{}")


def test_damaged_rows_are_left_out_and_the_rest_is_told(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log, connection = a_log(path)
    log.write((sat(0, 10), sat(20, 30), sat(40, 50), sat(60, 70)), "{}")
    for row, damage in enumerate(("length = 1 << 60", "posture = CAST(x'ff' AS TEXT)", "day = 20259999")):
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE stretches SET {damage} WHERE began = {row * 20 * 60_000}")

    with closing(log):
        told = list(log.stretches(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)))

        assert [row.began for row in told] == [minutes(60)]
        assert dict(log.day(MONDAY).by_posture)[Posture.SITTING] == minutes(10)
        assert any("damaged rows" in message for message in caplog.messages)


def test_a_folder_that_may_not_be_written_to_is_said_with_the_path() -> None:
    with folder_of_nobody() as folder:

        def story() -> None:
            folder.chmod(0o500)
            with pytest.raises(PermissionError):
                (folder / "any").touch()

            with pytest.raises(StoreError, match=r"deskbreak\.sqlite3"):
                opened(folder / "deskbreak.sqlite3")

        as_nobody(story)


def test_a_log_that_may_not_be_read_is_left_where_it_is() -> None:
    with folder_of_nobody() as folder:

        def story() -> None:
            path = folder / "deskbreak.sqlite3"
            a_morning(path)
            path.chmod(0o000)
            with pytest.raises(PermissionError):
                path.open("rb")

            for reading in (False, True):
                with pytest.raises(StoreError, match=r"deskbreak\.sqlite3"):
                    open_to_read(path, writer_is_free=True) if reading else opened(path)
            assert sorted(entry.name for entry in folder.iterdir()) == ["deskbreak.sqlite3", "marker"]

        as_nobody(story)


# --- reading beside, and after, a writer -----------------------------------------------------------


def test_a_reader_sees_what_the_daemon_wrote_a_moment_ago(path: Path) -> None:
    log, _connection = a_log(path)
    with closing(log), closing(open_to_read(path, writer_is_free=False)) as reader:
        log.write((sat(0, 25),), "{}")

        assert sat_for(reader, path) == minutes(25)


def test_a_reader_can_write_nothing(path: Path) -> None:
    a_morning(path)

    for writer_is_free in (True, False):
        with (
            closing(open_to_read(path, writer_is_free)) as reader,
            pytest.raises(sqlite3.OperationalError, match="readonly"),
        ):
            reader.execute("DELETE FROM stretches")


def test_reading_with_no_daemon_leaves_no_file_behind(path: Path) -> None:
    a_morning(path)
    before = contents(path.parent)

    with closing(open_to_read(path, writer_is_free=True)) as reader:
        assert sat_for(reader, path) == minutes(60)

    assert contents(path.parent) == before


def test_a_log_on_a_read_only_medium_can_be_read() -> None:
    with folder_of_nobody() as folder:

        def story() -> None:
            path = folder / "deskbreak.sqlite3"
            a_morning(path)
            folder.chmod(0o500)
            with pytest.raises(PermissionError):
                (folder / "any").touch()

            with closing(open_to_read(path, writer_is_free=True)) as reader:
                assert sat_for(reader, path) == minutes(60)

        as_nobody(story)


def test_a_reader_after_a_crash_sees_what_only_the_wal_holds(path: Path) -> None:
    in_another_life(
        path,
        """
        connection = open_log(path, path.with_name("marker"), date(2025, 6, 2)).connection
        SqliteLog(connection, path, FakeClock().mark).write((sat(0, 42),), "{}")
        os.kill(os.getpid(), 9)
        """,
    )

    with closing(open_to_read(path, writer_is_free=True)) as reader:
        assert sat_for(reader, path) == minutes(42)


def test_without_a_log_the_reader_is_told_how_one_begins(path: Path) -> None:
    with pytest.raises(StoreError, match="`deskbreak run` begins one"):
        open_to_read(path, writer_is_free=True)

    assert not path.exists()


def test_a_path_with_every_kind_of_letter_is_that_path(tmp_path: Path) -> None:
    path = tmp_path / "100% sitting? #1 ü & more" / "deskbreak.sqlite3"
    path.parent.mkdir()

    a_morning(path)

    with closing(open_to_read(path, writer_is_free=True)) as reader:
        assert sat_for(reader, path) == minutes(60)


def test_a_log_whose_last_save_is_damaged_goes_on_after_its_last_row(path: Path) -> None:
    log, connection = a_log(path)
    log.write((sat(0, 60),), "{}")
    connection.execute("UPDATE state SET wall = 1 << 62")

    with closing(log):
        mark = saved_mark(connection, path)

        assert mark == Mark("", timedelta(0), minutes(60), NINE + minutes(60))


def test_the_moment_of_the_last_save_is_there_for_the_next_launch(path: Path) -> None:
    clock = FakeClock()
    connection = opened(path).connection
    unsaved = saved_mark(connection, path)
    clock.passes(minutes(61.5))
    with closing(SqliteLog(connection, path, clock.mark)) as log:
        log.write((), "{}")

        assert unsaved is None
        assert saved_mark(connection, path) == clock.mark()


# --- sudden death ----------------------------------------------------------------------------------


def in_another_life(path: Path, deed: str) -> None:
    """Carries out `deed` in a process that ends by SIGKILL."""
    preamble = """
        import os
        from datetime import date
        from pathlib import Path
        from deskbreak.store.database import open_log
        from deskbreak.store.log import SqliteLog
        from deskbreak.store.migrate import Migration, migrate
        from tests.fakes import FakeClock
        from tests.store.diary import sat
    """
    program = textwrap.dedent(preamble) + f"path = Path({str(path)!r})\n" + textwrap.dedent(deed)
    ended = subprocess.run(
        [sys.executable, "-c", program], timeout=60, capture_output=True, text=True, cwd=ROOT
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def test_what_was_acknowledged_outlives_a_kill_in_the_middle_of_writing(path: Path) -> None:
    program = f"""
        from pathlib import Path
        from datetime import date
        from deskbreak.store.database import open_log
        from deskbreak.store.log import SqliteLog
        from tests.fakes import FakeClock
        from tests.store.diary import sat
        path = Path({str(path)!r})
        connection = open_log(path, path.with_name("marker"), date(2025, 6, 2)).connection
        log = SqliteLog(connection, path, FakeClock().mark)
        for minute in range(100_000):
            log.write((sat(minute / 100, (minute + 1) / 100),), str(minute))
            print(minute, flush=True)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        seen = [int(writer.stdout.readline()) for _ in range(30)]
        writer.kill()
        seen += [int(line) for line in writer.stdout.read().split()]

    found = opened(path)
    with closing(found.connection) as connection:
        state = SqliteLog(connection, path, FakeClock().mark).state()
        assert found.loss is None
        assert state is not None
        assert int(state) >= seen[-1]
        assert sat_for(connection, path) == minutes((int(state) + 1) / 100)
        assert connection.execute("SELECT COUNT(*) FROM stretches").fetchone() == (1,)
