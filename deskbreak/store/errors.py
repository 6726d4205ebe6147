"""The one error of the store, and the only place where SQLite's own errors become it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.words import _


class StoreError(DeskbreakError):
    """The log could not be opened, read or written: says which file, and why."""

    def __init__(self, reason: str, path: Path | None = None) -> None:
        super().__init__(f"{path}: {reason}" if path is not None else reason)
        self.path = path
        self.reason = reason


class OldLogError(StoreError):
    """A log that the next `deskbreak run` renews; nothing is wrong with it."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Within it, what SQLite or the operating system refuses is raised as `StoreError`."""
    try:
        yield
    except sqlite3.ProgrammingError:
        # Our own mistake (another thread, a closed connection), nothing that a person could mend.
        raise
    except sqlite3.DatabaseError as error:
        raise StoreError(_reason(error), path) from error
    except OSError as error:
        raise StoreError(error.strerror or str(error), path) from error


def damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is bad, and not the disk, the rights or another program."""
    return _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _code(error: sqlite3.DatabaseError) -> int | None:
    # The low byte is the primary code (https://www.sqlite.org/rescode.html, section 2).
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _reason(error: sqlite3.DatabaseError) -> str:
    match _code(error):
        case sqlite3.SQLITE_FULL:
            return _("no space is left on the disk")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _("it may not be written to")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _("another program has locked it")
        case sqlite3.SQLITE_IOERR:
            return _("the disk reported an error ({detail})").format(detail=error)
        case sqlite3.SQLITE_CANTOPEN:
            return _("it cannot be opened (no such folder, or no right to it)")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _("it is damaged ({detail})").format(detail=error)
        case _:
            return str(error)
