"""Copies of the log: made while it is being written, verified before they are believed, five nights kept."""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskbreak.paths import Places, private_file, private_folder
from deskbreak.store import rows
from deskbreak.store.database import open_to_read
from deskbreak.store.errors import OldLogError, StoreError, told
from deskbreak.store.migrate import APPLICATION_ID, version
from deskbreak.store.wreck import MAGIC, beside, connected, readonly, refuse_newer, wal_is_filled
from deskbreak.words import _

NIGHTS = 5
"""How many of the nightly backups are kept."""

_NIGHTLY = "nightly-"
_ENDING = ".sqlite3"


def folder(places: Places) -> Path:
    """Where backups lie for which the person named no other place."""
    return places.data / "backups"


def back_up(log: Path, target: Path, writer_is_free: bool) -> Path:
    """Copies the log to `target`, which appears whole and verified, or not at all; returns `target`.

    A daemon may go on writing meanwhile. Raises `DeskbreakError`, also where `target` is there already.
    """
    if os.path.lexists(target):
        raise StoreError(_("there is a file of this name already"), target)
    if not target.parent.is_dir():
        raise StoreError(_("there is no such folder"), target.parent)
    try:
        source = open_to_read(log, writer_is_free)
    except OldLogError:
        # Before a newer deskbreak renews it is a good moment for a copy.
        source = readonly(log, still=writer_is_free and not wal_is_filled(log))
    with contextlib.closing(source):
        copied(source, target, beside(target, ".new"))
    return target


def nightly(places: Places, today: date, writer_is_free: bool) -> Path:
    """The backup of this day, made where there is none yet; the oldest nightly ones beyond five go.

    A log of 20 MB takes well under a second. Raises `DeskbreakError`.
    """
    target = private_folder(folder(places)) / f"{_NIGHTLY}{today.isoformat()}{_ENDING}"
    if not os.path.lexists(target):
        back_up(places.log, target, writer_is_free)
    for old in sorted(folder(places).glob(f"{_NIGHTLY}*{_ENDING}"))[:-NIGHTS]:
        with told(old):
            old.unlink(missing_ok=True)
    return target


def newest_night(places: Places) -> date | None:
    """The day of the last nightly backup; None where there is none."""
    for path in sorted(folder(places).glob(f"{_NIGHTLY}*{_ENDING}"), reverse=True):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(path.name.removeprefix(_NIGHTLY).removesuffix(_ENDING))
    return None


def free_name(wanted: Path) -> Path:
    """`wanted`, or where that name is taken the first free one of `wanted.2`, `wanted.3`, and so on."""
    found, turn = wanted, 1
    while os.path.lexists(found):
        turn += 1
        found = wanted.with_name(f"{wanted.stem}.{turn}{wanted.suffix}")
    return found


def refuse_odd(path: Path) -> None:
    """Raises `StoreError` for what is no file, which might block who reads it; `OSError` if nothing is."""
    # It is read only: it may be anybody's, under any number of names.
    if not stat.S_ISREG(path.stat().st_mode):
        raise StoreError(_("it is no plain file"), path)


@contextlib.contextmanager
def verified(path: Path) -> Iterator[sqlite3.Connection]:
    """A log or a copy of one, to be read; raises `StoreError` for what no log can be made from."""
    with told(path):
        refuse_odd(path)
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise StoreError(_("it is no SQLite database"), path)
        with contextlib.closing(readonly(path, still=not wal_is_filled(path))) as connection:
            check(connection, path)
            yield connection


def span(connection: sqlite3.Connection) -> tuple[date, date] | None:
    """The first and the last day of which this log has anything; None where it has nothing."""
    ends = []
    for order in ("ASC", "DESC"):
        found = connection.execute(f"SELECT DISTINCT day FROM stretches ORDER BY day {order}")
        ends.append(next(rows.believed(found, lambda cells: rows.day_of(cells[0]), "stretches"), None))
    first, last = ends
    return None if first is None or last is None else (first, last)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `StoreError` for another program's database, a newer schema, and what SQLite finds damaged."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise StoreError(_("this is the database of another program"), path)
    refuse_newer(version(connection), path)
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise StoreError(_("it is damaged ({detail})").format(detail=str(verdict).splitlines()[-1]), path)


def copied(source: sqlite3.Connection, target: Path, beginning: Path) -> None:
    """Copies what `source` sees to `target`, private and synced; `beginning`: its name until it is whole.

    What bears the name `target` is replaced at once or not at all.
    """
    with told(target):
        clear(beginning)
        try:
            private_file(beginning)
            with contextlib.closing(connected(beginning, "mode=rw")) as copy:
                source.backup(copy)
                # One file that is whole in itself: the log it was copied from may have a -wal.
                copy.execute("PRAGMA journal_mode = DELETE")
                check(copy, target)
            sync(beginning)
            beginning.replace(target)
            sync(target.parent)
        finally:
            clear(beginning)


def clear(path: Path) -> None:
    """Takes a database that was begun and is not wanted away."""
    for ending in ("", "-journal", "-wal", "-shm"):
        beside(path, ending).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """What is there will outlast a power cut: for a folder, the names in it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
