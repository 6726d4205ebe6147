"""What the disk refuses is said in words; our own mistakes are not."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.errors import StoreError, told
from deskbreak.store.log import SqliteLog
from tests.fakes import FakeClock

LOG = Path("/data/deskbreak.sqlite3")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "no space is left on the disk"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "it may not be written to"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "another program has locked it"),
        (sqlite3.SQLITE_IOERR_FSYNC, "the disk reported an error"),
        (sqlite3.SQLITE_CANTOPEN, "it cannot be opened"),
        (sqlite3.SQLITE_CORRUPT, "it is damaged"),
    ],
)
def test_each_refusal_of_the_disk_is_one_line_with_the_path(code: int, words: str) -> None:
    refusal = sqlite3.OperationalError("as SQLite says it")
    refusal.sqlite_errorcode = code

    with pytest.raises(StoreError) as said, told(LOG):
        raise refusal

    assert str(said.value).startswith(f"{LOG}: {words}")
    assert said.value.path == LOG


def test_a_refusal_of_the_system_is_said_with_the_path() -> None:
    with pytest.raises(StoreError, match=f"{LOG}: Permission denied"), told(LOG):
        raise PermissionError(13, "Permission denied")


def test_writing_from_another_thread_is_our_own_mistake_and_not_the_persons() -> None:
    with (
        closing(SqliteLog(in_memory(), IN_MEMORY, FakeClock().mark)) as log,
        ThreadPoolExecutor(1) as other,
        pytest.raises(sqlite3.ProgrammingError, match="thread"),
    ):
        other.submit(log.write, (), "{}").result()
