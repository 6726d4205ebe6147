"""Opens the log's file: for the one writer, for a reader, or in memory; it alone makes connections."""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from deskbreak.clock import Mark
from deskbreak.errors import DeskbreakError
from deskbreak.paths import not_ours, private_file, private_folder
from deskbreak.store import rows, wreck
from deskbreak.store.errors import OldLogError, StoreError, told
from deskbreak.store.migrate import migrate, migrations, newest, version
from deskbreak.words import _

IN_MEMORY = Path(":memory:")


@dataclass(frozen=True, slots=True)
class Opened:
    """`loss` is what the person must be told of, once."""

    connection: sqlite3.Connection
    loss: wreck.Loss | None


def open_log(path: Path, marker: Path, today: date) -> Opened:
    """The log at `path`, begun where there is none, for the caller's thread alone to write.

    `marker` is made beside other files than the log: when it exists and the log does not, the log was
    lost. `today` dates what is set aside. Only one process may do this at a time: hold the lock.
    Raises `StoreError`, and then nothing was changed.
    """
    try:
        private_folder(path.parent)
        with told(path):
            loss = wreck.clear(path, marker, today)
            if not os.path.lexists(path) or path.stat().st_size == 0:
                _begin(path)
            for ending in ("", "-wal", "-shm"):
                if os.path.lexists(wreck.beside(path, ending)):
                    private_file(wreck.beside(path, ending))
            connection = _writing(path)
    except DeskbreakError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(str(error)) from error
    _mark(marker)
    return Opened(connection, loss)


def open_to_read(path: Path, writer_is_free: bool) -> sqlite3.Connection:
    """The log at `path`, never written to; `writer_is_free`: nobody holds the writer's lock.

    Raises `StoreError` where there is none, or none that this program understands.
    """
    with told(path):
        try:
            found = os.lstat(path)
        except FileNotFoundError as error:
            raise StoreError(_("there is no log yet; `deskbreak run` begins one"), path) from error
        if refusal := not_ours(found):
            raise StoreError(refusal, path)
        # With a -wal the newest rows are in it alone, and it is not seen through immutable.
        still = writer_is_free and not wreck.wal_is_filled(path)
        with contextlib.ExitStack() as on_error:
            connection = on_error.enter_context(contextlib.closing(wreck.readonly(path, still)))
            here = version(connection)
            wreck.refuse_newer(here, path)
            if here < newest():
                raise OldLogError(_("the log is of an older deskbreak; `deskbreak run` renews it"), path)
            on_error.pop_all()
        return connection


def in_memory() -> sqlite3.Connection:
    """A log that is gone with its connection, for simulations and for when no file can be written."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, migrations())
    return connection


def saved_mark(connection: sqlite3.Connection, path: Path) -> Mark | None:
    """The moment that the state was last saved at, which the elapsed clock goes on from.

    Where that is damaged the last row of the log stands in for it, as one of another boot, so that no
    new row can fall among the old ones.
    """
    with told(path):
        saved = connection.execute("SELECT boot_id, axis_offset, elapsed, wall FROM state").fetchall()
        last = connection.execute(
            "SELECT '', 0, (began + length) * 1000, end_at FROM stretches ORDER BY began DESC LIMIT 1"
        ).fetchall()
    return next(rows.believed([*saved, *last], _as_mark, "state"), None)


def _as_mark(cells: rows.Cells) -> Mark:
    boot_id, offset, elapsed, wall = cells
    return Mark(
        str(boot_id), timedelta(microseconds=offset), timedelta(microseconds=elapsed), rows.moment(wall)
    )


def _begin(path: Path) -> None:
    # Made under another name and without WAL, so that whatever bears the log's name has the header that
    # it is known by, whenever we die.
    new = wreck.beside(path, ".new")
    for ending in ("", "-journal"):
        wreck.beside(new, ending).unlink(missing_ok=True)
    private_file(new)
    with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection, migrations())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _writing(path: Path) -> sqlite3.Connection:
    with contextlib.ExitStack() as on_error:
        connection = on_error.enter_context(contextlib.closing(wreck.connected(path, "mode=rw")))
        # A commit must outlast a power cut: WAL with FULL syncs at each (sqlite.org/wal.html).
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            raise StoreError(_("this file system cannot keep a log safely (no WAL)"), path)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, migrations())
        on_error.pop_all()
    return connection


def _mark(marker: Path) -> None:
    try:
        private_folder(marker.parent)
        private_file(marker)
    except DeskbreakError as error:
        import logging

        logging.getLogger(__name__).warning(_("a loss of the log could not be noticed later: %s"), error)
