"""A copy of the log, made while it is written, and put back in its place when it is needed."""

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskbreak.paths import Places
from deskbreak.store.backup import NIGHTS, back_up, folder, newest_night, nightly, span, verified
from deskbreak.store.database import open_log
from deskbreak.store.errors import StoreError
from deskbreak.store.log import SqliteLog
from deskbreak.store.migrate import migrate, migrations, newest
from deskbreak.store.restore import restore
from tests.fakes import FakeClock
from tests.store.diary import MONDAY, sat

TODAY = date(2025, 6, 2)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Places:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return Places(data, tmp_path / "config", tmp_path / "state", tmp_path / "run", tmp_path / "autostart")


def opened(home: Places) -> SqliteLog:
    return SqliteLog(open_log(home.log, home.marker, TODAY).connection, home.log, FakeClock().mark)


def a_log(home: Places, *minutes: int) -> None:
    """A closed log with as many stretches, each begun at this minute and a minute long."""
    log = opened(home)
    log.write(tuple(sat(minute, minute + 1) for minute in minutes), "{}")
    log.close()


def minutes_of(path: Path) -> list[int]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as log:
        return [began // 60_000 for (began,) in log.execute("SELECT began FROM stretches ORDER BY began")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(where: Path) -> list[str]:
    return sorted(entry.name for entry in where.iterdir())


# --- backing up ------------------------------------------------------------------------------------


def test_a_backup_holds_what_is_written_at_that_moment_while_a_daemon_writes(home: Places) -> None:
    log = opened(home)
    log.write((sat(0, 1),), "{}")

    made = back_up(home.log, home.data / "copy.sqlite3", writer_is_free=False)
    log.write((sat(5, 6),), "{}")

    assert minutes_of(made) == [0]
    assert mode(made) == 0o600
    # One file that is whole in itself, whatever the log has beside it.
    assert not list(home.data.glob("copy.sqlite3?*"))
    log.close()
    assert minutes_of(home.log) == [0, 5]


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_backup_is_private_from_the_first_moment(home: Places, umask: int) -> None:
    a_log(home, 0)
    before = os.umask(umask)
    try:
        made = back_up(home.log, home.data / "copy.sqlite3", writer_is_free=True)
    finally:
        os.umask(before)

    assert mode(made) == 0o600


def test_a_log_of_an_older_deskbreak_can_be_backed_up_before_it_is_renewed(home: Places) -> None:
    with closing(sqlite3.connect(home.log, isolation_level=None)) as log:
        migrate(log, migrations()[:3])
        log.execute("INSERT INTO stretches VALUES (60000, 60000, 0, 60000, 0, 20250602, 'sitting', 'input')")

    made = back_up(home.log, home.data / "copy.sqlite3", writer_is_free=True)

    assert minutes_of(made) == [1]


def test_nothing_is_written_over(home: Places) -> None:
    a_log(home, 0)
    there = home.data / "letter.txt"
    there.write_text("Dear Anna")

    with pytest.raises(StoreError, match="there is a file of this name already"):
        back_up(home.log, there, writer_is_free=True)

    assert there.read_text() == "Dear Anna"


def test_without_a_log_there_is_no_backup(home: Places) -> None:
    with pytest.raises(StoreError, match="there is no log yet"):
        back_up(home.log, home.data / "copy.sqlite3", writer_is_free=True)

    assert names(home.data) == []


def test_a_damaged_log_gives_no_backup_that_would_be_believed(home: Places) -> None:
    a_log(home, *range(0, 4000, 2))
    raw = bytearray(home.log.read_bytes())
    raw[8192:12288] = b"\xa5" * 4096
    home.log.write_bytes(raw)

    with pytest.raises(StoreError, match="it is damaged"):
        back_up(home.log, home.data / "copy.sqlite3", writer_is_free=True)

    assert names(home.data) == ["deskbreak.sqlite3"]


def test_a_folder_that_is_not_there_is_said(home: Places) -> None:
    a_log(home, 0)

    with pytest.raises(StoreError, match="there is no such folder"):
        back_up(home.log, home.data / "away" / "copy.sqlite3", writer_is_free=True)


def test_five_nights_are_kept_and_what_the_person_made_stays(home: Places) -> None:
    a_log(home, 0)
    folder(home).mkdir()
    back_up(home.log, folder(home) / "deskbreak-2020-01-01.sqlite3", writer_is_free=True)

    for night in range(NIGHTS + 3):
        nightly(home, TODAY + timedelta(days=night), writer_is_free=True)

    assert newest_night(home) == TODAY + timedelta(days=NIGHTS + 2)
    assert names(folder(home)) == [
        "deskbreak-2020-01-01.sqlite3",
        *(f"nightly-2025-06-{day:02}.sqlite3" for day in range(5, 10)),
    ]
    assert mode(folder(home)) == 0o700


def test_there_is_one_backup_a_night(home: Places) -> None:
    a_log(home, 0)
    first = nightly(home, TODAY, writer_is_free=True)
    a_log(home, 5)

    assert nightly(home, TODAY, writer_is_free=True) == first
    assert minutes_of(first) == [0]


def test_before_the_first_night_there_is_none(home: Places) -> None:
    assert newest_night(home) is None

    folder(home).mkdir()
    (folder(home) / "nightly-soon.sqlite3").touch()

    assert newest_night(home) is None


# --- verifying -------------------------------------------------------------------------------------


def test_what_is_no_log_is_not_believed(home: Places, tmp_path: Path) -> None:
    a_log(home, 0)
    text, foreign, newer = (tmp_path / name for name in ("text", "foreign", "newer"))
    text.write_text("Dear diary")
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE bout (began INTEGER)")
    back_up(home.log, newer, writer_is_free=True)
    with closing(sqlite3.connect(newer)) as later:
        later.execute(f"PRAGMA user_version = {newest() + 1}")
    os.mkfifo(tmp_path / "pipe")
    reasons = {
        tmp_path / "nothing": "No such file",
        text: "it is no SQLite database",
        foreign: "the database of another program",
        newer: "written by a newer deskbreak",
        tmp_path / "pipe": "it is no plain file",
        tmp_path: "it is no plain file",
    }

    for path, reason in reasons.items():
        with pytest.raises(StoreError, match=reason), verified(path):
            pytest.fail("it was believed")


def test_a_backup_says_which_days_it_holds(home: Places) -> None:
    log = opened(home)
    log.write((sat(0, 1), sat(1440, 1441, MONDAY + timedelta(days=1))), "{}")
    log.close()

    with verified(home.log) as backup:
        assert span(backup) == (MONDAY, MONDAY + timedelta(days=1))


def test_an_empty_log_holds_no_days_and_that_is_no_damage(
    home: Places, caplog: pytest.LogCaptureFixture
) -> None:
    opened(home).close()

    with verified(home.log) as backup:
        assert span(backup) is None
    assert caplog.text == ""


# --- restoring -------------------------------------------------------------------------------------


def a_backup(home: Places, *minutes: int) -> Path:
    a_log(home, *minutes)
    made = back_up(home.log, home.data.parent / "backup.sqlite3", writer_is_free=True)
    home.log.unlink()
    home.marker.unlink()
    return made


def test_a_backup_takes_the_place_of_the_log_which_is_kept(home: Places) -> None:
    backup = a_backup(home, 1, 3)
    a_log(home, 7)
    before = backup.read_bytes()

    kept = restore(home, backup, TODAY)

    assert kept == home.data / "deskbreak.replaced-2025-06-02.sqlite3"
    assert names(home.data) == [kept.name, "deskbreak.sqlite3"]
    assert [mode(path) for path in (home.log, kept)] == [0o600, 0o600]
    assert backup.read_bytes() == before
    assert minutes_of(home.log) == [1, 3]
    assert minutes_of(kept) == [7]


def test_what_was_only_written_ahead_is_kept_too(home: Places) -> None:
    backup = a_backup(home, 1)
    a_log(home, 7)
    script = f"""
        import os
        from datetime import date
        from pathlib import Path
        from deskbreak.store.database import open_log
        from deskbreak.store.log import SqliteLog
        from tests.fakes import FakeClock
        from tests.store.diary import sat
        path, marker = Path({str(home.log)!r}), Path({str(home.marker)!r})
        log = SqliteLog(open_log(path, marker, date(2025, 6, 2)).connection, path, FakeClock().mark)
        log.write((sat(9, 10),), "{{}}")
        os.kill(os.getpid(), 9)
    """
    died = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    assert (home.data / "deskbreak.sqlite3-wal").stat().st_size

    kept = restore(home, backup, TODAY)

    assert kept is not None
    assert minutes_of(kept) == [7, 9]
    assert minutes_of(home.log) == [1]


def test_the_second_log_of_a_day_that_is_replaced_has_a_name_of_its_own(home: Places) -> None:
    backup = a_backup(home, 1)
    a_log(home, 7)

    kept = [restore(home, backup, TODAY) for _turn in range(2)]

    assert [path.name for path in kept if path] == [
        "deskbreak.replaced-2025-06-02.sqlite3",
        "deskbreak.replaced-2025-06-02.2.sqlite3",
    ]


def test_where_there_is_no_log_nothing_is_kept(home: Places) -> None:
    backup = a_backup(home, 1)

    assert restore(home, backup, TODAY) is None
    assert minutes_of(home.log) == [1]
    assert home.marker.exists()


def test_a_log_that_cannot_be_read_is_kept_byte_for_byte(home: Places) -> None:
    backup = a_backup(home, 1)
    home.log.write_bytes(b"Dear diary, today I sat.\n" * 50)
    (home.data / "deskbreak.sqlite3-wal").write_bytes(b"what was written ahead")

    kept = restore(home, backup, TODAY)

    assert kept is not None
    assert kept.read_bytes().startswith(b"Dear diary")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"what was written ahead"
    assert minutes_of(home.log) == [1]
    assert not (home.data / "deskbreak.sqlite3-wal").exists()


def test_a_backup_of_an_older_deskbreak_is_renewed_in_the_log_and_stays_as_it_is(home: Places) -> None:
    old = home.data.parent / "old.sqlite3"
    with closing(sqlite3.connect(old, isolation_level=None)) as log:
        migrate(log, migrations()[:3])
        log.execute("INSERT INTO stretches VALUES (60000, 60000, 0, 60000, 0, 20250602, 'sitting', 'input')")
    before = old.read_bytes()

    restore(home, old, TODAY)

    assert minutes_of(home.log) == [1]
    with closing(sqlite3.connect(home.log)) as log:
        assert log.execute("PRAGMA user_version").fetchone() == (newest(),)
    assert old.read_bytes() == before


def test_a_backup_that_was_copied_with_what_was_written_ahead_is_whole(home: Places, tmp_path: Path) -> None:
    log = opened(home)
    log.write((sat(0, 1),), "{}")
    there = tmp_path / "stick"
    there.mkdir()
    for name in ("deskbreak.sqlite3", "deskbreak.sqlite3-wal"):
        (there / name).write_bytes((home.data / name).read_bytes())
    log.close()

    restore(home, there / "deskbreak.sqlite3", TODAY)

    assert minutes_of(home.log) == [0]


def test_a_damaged_backup_changes_nothing(home: Places) -> None:
    backup = a_backup(home, *range(0, 4000, 2))
    raw = bytearray(backup.read_bytes())
    raw[8192:12288] = b"\xa5" * 4096
    backup.write_bytes(raw)
    a_log(home, 7)
    before = home.log.read_bytes()

    with pytest.raises(StoreError, match="it is damaged"):
        restore(home, backup, TODAY)

    assert home.log.read_bytes() == before
    assert names(home.data) == ["deskbreak.sqlite3"]


def test_a_log_is_not_restored_from_itself_nor_through_a_link(home: Places) -> None:
    backup = a_backup(home, 1)
    a_log(home, 7)

    with pytest.raises(StoreError, match="this is the log itself"):
        restore(home, home.log, TODAY)
    home.log.unlink()
    home.log.symlink_to(backup)
    with pytest.raises(StoreError, match="it is a link"):
        restore(home, backup, TODAY)


@contextmanager
def a_full_disk() -> Iterator[None]:
    """No file can grow beyond 20 kB: what is written beyond that fails, as on a disk without space."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_nothing_is_lost_and_nothing_half_is_left(home: Places) -> None:
    backup = a_backup(home, *range(0, 4000, 2))
    a_log(home, 7)
    before = names(home.data)

    with a_full_disk(), pytest.raises(StoreError):
        back_up(home.log, home.data / "copy.sqlite3", writer_is_free=True)
    with a_full_disk(), pytest.raises(StoreError):
        restore(home, backup, TODAY)

    assert names(home.data) == before
    assert minutes_of(home.log) == [7]


STEPS = ("open", "os.rename", "os.remove", "os.chmod", "sqlite3.connect", "shutil.copyfile")


def killed_at(step: int, story: Callable[[], object]) -> bool:
    """Tells the story in a child that is killed at its so-manieth step on the disk; False: it had fewer."""
    with warnings.catch_warnings():
        # Later Pythons warn of a fork beside threads; the child calls nothing that could wait for one.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        left = step

        def dies(event: str, _arguments: object) -> None:
            nonlocal left
            if event in STEPS:
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(dies)
        try:
            story()
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def test_killed_at_any_step_a_restore_leaves_the_one_log_or_the_other(home: Places) -> None:
    backup = a_backup(home, 1, 3)
    before_and_after: list[list[int]] = []
    step = 1
    while True:
        for path in home.data.iterdir():
            path.unlink()
        home.marker.unlink(missing_ok=True)
        a_log(home, 7)

        if not killed_at(step, lambda: restore(home, backup, TODAY)):
            break

        with verified(home.log):
            pass
        before_and_after.append(minutes_of(home.log))
        # The next run goes on with it, and the next restore finds nothing in its way.
        found = open_log(home.log, home.marker, TODAY)
        found.connection.close()
        assert found.loss is None
        restore(home, backup, TODAY)
        assert minutes_of(home.log) == [1, 3]
        assert not list(home.data.glob("*.restoring*"))
        step += 1

    assert step > 10
    assert before_and_after == sorted(before_and_after, reverse=True)
    assert {tuple(minutes) for minutes in before_and_after} == {(7,), (1, 3)}
