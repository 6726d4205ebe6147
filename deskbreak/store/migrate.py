"""The schema and its versions; it alone changes the schema of a log.

The documentation of the schema is the comments of the migrations, which `schema()` returns.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# "desk" in ASCII; what file(1) and we know the file by (https://www.sqlite.org/fileformat.html, 1.3).
APPLICATION_ID = 0x6465736B

_FOLDER = Path(__file__).parent / "migrations"
_STRICT_SINCE = (3, 37, 0)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step to schema version `version`, as SQL statements."""

    version: int
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Every step there is, in order; the version of the last is the schema of this program."""
    found = sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return tuple(Migration(int(path.name[:4]), path.read_text("utf-8")) for path in found)


def newest() -> int:
    """The schema version of this program."""
    return migrations()[-1].version


def schema() -> str:
    """The documented schema, as SQL."""
    return "\n".join(step.sql for step in migrations())


def version(connection: sqlite3.Connection) -> int:
    """The schema version of this log; 0 for an empty one."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def migrate(connection: sqlite3.Connection, steps: tuple[Migration, ...]) -> None:
    """Carries out the steps that this log has not seen, each together with the note that it ran.

    After an error, or a crash, the log is at one version or the next, never between.
    """
    for step in steps:
        if step.version > version(connection):
            with transaction(connection):
                for statement in _statements(step.sql):
                    connection.execute(statement)
                # A pragma takes no parameters; both are integers of our own.
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {step.version}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within it, or nothing; no transaction is ever left open."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _statements(sql: str) -> Iterator[str]:
    # Not executescript: it commits what is open first, so that a failure would leave half a migration.
    if sqlite3.sqlite_version_info < _STRICT_SINCE:
        sql = re.sub(r"\) STRICT;", ");", sql)
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
