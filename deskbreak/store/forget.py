"""Erases for good: from the log, from every copy of it that lies beside it, and from the files themselves."""

import contextlib
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from deskbreak.paths import Places
from deskbreak.store import rows
from deskbreak.store.backup import check, clear, folder
from deskbreak.store.errors import StoreError, told
from deskbreak.store.migrate import migrate, migrations, transaction
from deskbreak.store.wreck import connected
from deskbreak.words import _

# Those that a day is written in; the rest of them tell their moments only.
_BY_DAY = ("stretches", "breaks", "levels", "elsewhere")
_BY_MOMENT = (("prompts", "at"), ("exercises", "start_at"))

_ENDINGS = re.compile("-(wal|shm|journal)$")


@dataclass(frozen=True, slots=True)
class Copies:
    """Other files with rows of the log: those that can be rewritten, and those that can only go."""

    whole: tuple[Path, ...]
    broken: tuple[Path, ...]


def copies(places: Places) -> Copies:
    """What lies beside the log of earlier days: backups, logs that were replaced or could not be read."""
    log = places.log
    kept = [
        path
        for where, pattern in (
            (folder(places), "*"),
            (places.data, f"{log.stem}.replaced-*{log.suffix}"),
            (places.data, f"{log.name}.*-*"),
            (places.data, f"{log.name}.new*"),
            (places.data, f"{log.name}.restoring*"),
        )
        for path in sorted(where.glob(pattern))
    ]
    # Of one that was set aside there may be no more than what was written ahead.
    kept = list(dict.fromkeys(path.with_name(_ENDINGS.sub("", path.name)) for path in kept))
    sound = []
    for path in kept:
        with (
            contextlib.suppress(StoreError),
            told(path),
            contextlib.closing(connected(path, "mode=rw")) as copy,
        ):
            check(copy, path)
            sound.append(path)
    return Copies(tuple(sound), tuple(path for path in kept if path not in sound))


def forget_before(places: Places, connection: sqlite3.Connection, day: date, begins: datetime) -> None:
    """Erases all that is told of the days before `day`, which begins at `begins`, from log and copies.

    The settings that were in force then stay, without the moment since when. Raises `StoreError`; what was
    erased by then stays erased, and the same again erases the rest.
    """
    with told(places.log):
        _erase(connection, day, begins)
        _emptied(connection, places.log)
    found = copies(places)
    for path in found.whole:
        with told(path), contextlib.closing(connected(path, "mode=rw")) as copy:
            migrate(copy, migrations())
            _erase(copy, day, begins)
            copy.execute("PRAGMA journal_mode = DELETE")
    for path in found.broken:
        _away(path)


def forget_all(places: Places) -> None:
    """Takes the log and every copy of it away; the next run begins a new one, under a new name.

    Raises `StoreError`; what was taken away by then stays away, and the same again takes the rest.
    """
    found = copies(places)
    # Without the marker first, what was left by a crash in between would be told of as a loss.
    with told(places.marker):
        places.marker.unlink(missing_ok=True)
    for path in (places.log, *found.whole, *found.broken):
        _away(path)
    with told(folder(places)), contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder(places))


def _erase(connection: sqlite3.Connection, day: date, begins: datetime) -> None:
    # What is deleted is overwritten at once, not only when its place is needed again.
    connection.execute("PRAGMA secure_delete = ON")
    number, moment = rows.number_of(day), rows.ms_at(begins)
    with transaction(connection):
        for table in _BY_DAY:
            connection.execute(f"DELETE FROM {table} WHERE day < ?", (number,))
        for table, column in _BY_MOMENT:
            connection.execute(f"DELETE FROM {table} WHERE {column} < ?", (moment,))
        connection.execute("DELETE FROM machines WHERE id NOT IN (SELECT machine FROM elsewhere)")
        _corrections(connection, moment)
        _settings(connection, moment)
        _nothing_to_undo(connection)
    # Moves what is left into a file that holds nothing else (https://www.sqlite.org/lang_vacuum.html).
    connection.execute("VACUUM")


def _corrections(connection: sqlite3.Connection, moment: int) -> None:
    """Those of earlier time go, and what of the others lies before `moment`."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("DELETE FROM corrections WHERE start_at + length <= ?", (moment,))
    connection.execute(
        "UPDATE corrections SET began = began + (:at - start_at), length = length - (:at - start_at),"
        " start_at = :at WHERE start_at < :at",
        {"at": moment},
    )
    connection.execute("DELETE FROM corrections WHERE undoes NOT IN (SELECT id FROM corrections)")


def _settings(connection: sqlite3.Connection, moment: int) -> None:
    """Of each key the one in force at `moment` stays, as if it had been set then."""
    connection.execute(
        "DELETE FROM settings WHERE since < :at AND id NOT IN"
        " (SELECT MAX(id) FROM settings WHERE since < :at GROUP BY key)",
        {"at": moment},
    )
    connection.execute("UPDATE settings SET since = :at WHERE since < :at", {"at": moment})


def _nothing_to_undo(connection: sqlite3.Connection) -> None:
    """The last command may have been about any day, and is kept with its note as long as it can be undone."""
    connection.execute(
        "UPDATE state SET snapshot = json_replace(snapshot, '$.state.undoable', NULL)"
        " WHERE json_valid(snapshot)"
    )


def _emptied(connection: sqlite3.Connection, path: Path) -> None:
    """What was written ahead is in the log itself afterwards, and nowhere else."""
    (busy, *_counts) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError(_("another program is reading it; end that one and try again"), path)


def _away(path: Path) -> None:
    with told(path):
        clear(path)
