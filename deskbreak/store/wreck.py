"""Judges a file before it is opened for writing, and sets what cannot be read aside as it is."""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from deskbreak.paths import not_ours
from deskbreak.store.errors import StoreError, damaged
from deskbreak.store.migrate import APPLICATION_ID, newest, version
from deskbreak.words import _

# https://www.sqlite.org/fileformat.html, section 1.3 "The Database Header".
MAGIC = b"SQLite format 3\0"
_HEADER = 100
_USER_VERSION = slice(60, 64)
_APPLICATION_ID = slice(68, 72)

# In WAL mode readers do not hold a writer up, and there is one writer: whoever locks the file longer
# than this is to be told of, not to be waited for.
_PATIENCE = timedelta(milliseconds=500)

_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Loss:
    """A log that could not be gone on with. `kept` is where it lies now, byte for byte; None: nowhere."""

    path: Path
    kept: Path | None
    reason: str

    @property
    def message(self) -> str:
        if self.kept is None:
            return _("The log {path} is gone ({reason}). A new one was begun.").format(
                path=self.path, reason=self.reason
            )
        return _(
            "The log {path} cannot be read ({reason}). It was kept as {kept}; a new one was begun."
        ).format(path=self.path, reason=self.reason, kept=self.kept)


def beside(path: Path, ending: str) -> Path:
    """A file that SQLite keeps next to the database, such as `-wal`."""
    return path.with_name(path.name + ending)


def wal_is_filled(path: Path) -> bool:
    try:
        return os.lstat(beside(path, "-wal")).st_size > 0
    except FileNotFoundError:
        return False


def clear(path: Path, marker: Path, today: date) -> Loss | None:
    """Makes sure that what lies at `path` afterwards is a sound log of ours, or nothing.

    Raises `StoreError` for what is not ours to touch: a link, another program's database, a newer
    schema. Those, and what is set aside, stay as they are to the byte.
    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        if wal_is_filled(path):
            return _set_aside(path, today, _("only its -wal is left"))
        return Loss(path, None, _("the file is missing")) if os.path.lexists(marker) else None
    if refusal := not_ours(found):
        raise StoreError(refusal, path)
    if found.st_size == 0:
        if wal_is_filled(path) or os.path.lexists(marker):
            return _set_aside(path, today, _("the file is empty"))
        return None
    reason = _wreckage(path)
    return None if reason is None else _set_aside(path, today, reason)


def _wreckage(path: Path) -> str | None:
    """Why the file cannot be read; None if it can."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header.startswith(MAGIC) or len(header) < _HEADER:
        return _("it is no SQLite database")
    if int.from_bytes(header[_APPLICATION_ID], "big") != APPLICATION_ID:
        raise StoreError(_("this is the database of another program, and is left alone"), path)
    refuse_newer(int.from_bytes(header[_USER_VERSION], "big"), path)
    try:
        with contextlib.closing(readonly(path, still=not wal_is_filled(path))) as connection:
            refuse_newer(version(connection), path)
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if damaged(error):
            return str(error)
        raise
    return None if verdict == "ok" else str(verdict).splitlines()[-1]


def refuse_newer(found: int, path: Path) -> None:
    """Raises `StoreError` when schema `found` is newer than this program's."""
    if found > newest():
        raise StoreError(
            _(
                "the log was written by a newer deskbreak (schema {found}, this one knows {known});"
                " it is left untouched: install the newer version again"
            ).format(found=found, known=newest()),
            path,
        )


def readonly(path: Path, still: bool) -> sqlite3.Connection:
    """A connection that never writes. `still`: nobody else writes either, so that no file is made beside."""
    mode = "mode=ro&immutable=1" if still else "mode=ro"
    return connected(path, mode)


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in a mode of SQLite's URI file names (https://www.sqlite.org/uri.html)."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=_PATIENCE.total_seconds(),
        isolation_level=None,
    )
    # Text that is damaged shall spoil its own row, not the reading of all of them.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _set_aside(path: Path, today: date, reason: str) -> Loss:
    kept = path.with_name(f"{path.name}.corrupt-{today.isoformat()}")
    turn = 1
    while any(os.path.lexists(beside(kept, ending)) for ending in _BESIDE):
        turn += 1
        kept = path.with_name(f"{path.name}.corrupt-{today.isoformat()}.{turn}")
    # The database first: should we die in between, a lone -wal is found and set aside as well.
    for ending in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            os.rename(beside(path, ending), beside(kept, ending))
    return Loss(path, kept, reason)
