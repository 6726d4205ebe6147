"""Whether the log is what it should be: looks at every row, and changes nothing."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places
from deskbreak.store import rows
from deskbreak.store.backup import folder, verified
from deskbreak.store.errors import StoreError, told
from deskbreak.store.kinds import KINDS, STRETCH, Kind
from deskbreak.words import _, durations

_MOST = 20
_DAY = timedelta(days=1)
# The names of a row's ends are read a moment apart, and the wall clock may be slewed meanwhile.
_NAMES_APART = timedelta(seconds=5)
# Of what is in no total anyway nothing more is said; the parameter is a JSON list of those rows.
_BELIEVED = "began NOT IN (SELECT value FROM json_each(?))"


def findings(connection: sqlite3.Connection, places: Places, now: datetime) -> Iterator[str]:
    """A sentence for each thing that is wrong, at most so many of a sort."""
    with told(places.log):
        for check in (_integrity, _references):
            yield from _at_most(check(connection))
        left_out = "[]"
        for kind in (*KINDS.values(), replace(STRETCH, table="elsewhere")):
            unbelievable = tuple(_unbelievable(connection, kind))
            yield from _at_most(line for _row, line in unbelievable)
            if kind is STRETCH:
                left_out = json.dumps([row for row, _line in unbelievable])
        for look in (_overlaps, _misnamed, _misdated):
            yield from _at_most(look(connection, left_out))
        yield from _at_most(_ahead(connection, left_out, now))
    yield from _backups(folder(places))


def _at_most(found: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(found):
        if number == _MOST:
            yield _("There are more of this sort.")
            return
        yield line


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    for (verdict,) in connection.execute(f"PRAGMA integrity_check({_MOST + 1})"):
        if verdict != "ok":
            yield _("SQLite finds damage: {what}").format(what=" ".join(str(verdict).split()))


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        yield _("Row {row} of {table} belongs to a row of {parent} that is not there.").format(
            row=row, table=table, parent=parent
        )


def _unbelievable(connection: sqlite3.Connection, kind: Kind) -> Iterator[tuple[int, str]]:
    """The number of each such row, and what is said of it."""
    found = connection.execute(f"SELECT rowid, {kind.columns} FROM {kind.table} ORDER BY rowid")
    for number, *cells in found:
        try:
            kind.believe(tuple(cells))
        except (ValueError, TypeError, LookupError, OverflowError, StoreError) as fault:
            line = _("Row {row} of {table} cannot be believed and is left out: {why}.").format(
                row=number, table=kind.table, why=str(fault).rstrip(".")
            )
            yield number, line


def _overlaps(connection: sqlite3.Connection, left_out: str) -> Iterator[str]:
    found = connection.execute(
        "SELECT start_at, utc_offset, before - began FROM (SELECT *, MAX(began + length)"
        " OVER (ORDER BY began ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM stretches"
        f" WHERE {_BELIEVED}) WHERE before > began ORDER BY began",
        (left_out,),
    )
    for start_at, offset, by in found:
        yield _("The stretch of {moment} overlaps what was before it by {length}.").format(
            moment=_moment(start_at, offset), length=durations.duration(rows.span(by))
        )


def _misnamed(connection: sqlite3.Connection, left_out: str) -> Iterator[str]:
    found = connection.execute(
        "SELECT start_at, utc_offset, length, end_at - start_at FROM stretches"
        f" WHERE ABS(end_at - start_at - length) > ? + length / 100 AND {_BELIEVED} ORDER BY began",
        (rows.ms(_NAMES_APART), left_out),
    )
    for start_at, offset, length, between in found:
        yield _("The stretch of {moment} lasted {length}, but its ends are {between} apart.").format(
            moment=_moment(start_at, offset),
            length=durations.duration(rows.span(length)),
            between=durations.duration(rows.span(between)),
        )


def _misdated(connection: sqlite3.Connection, left_out: str) -> Iterator[str]:
    # A day starts at any time that the person likes: its date is that of the local time or the one before.
    found = connection.execute(
        "SELECT start_at, utc_offset, day FROM stretches WHERE day NOT IN"
        " (CAST(strftime('%Y%m%d', start_at / 1000 + utc_offset, 'unixepoch') AS INTEGER),"
        " CAST(strftime('%Y%m%d', start_at / 1000 + utc_offset - 86400, 'unixepoch') AS INTEGER))"
        f" AND {_BELIEVED} ORDER BY began",
        (left_out,),
    )
    for start_at, offset, day in found:
        yield _("The stretch of {moment} is counted on {day}.").format(
            moment=_moment(start_at, offset), day=rows.day_of(day).isoformat()
        )


def _ahead(connection: sqlite3.Connection, left_out: str, now: datetime) -> Iterator[str]:
    found = connection.execute(
        f"SELECT start_at, utc_offset FROM stretches WHERE start_at > ? AND {_BELIEVED} ORDER BY began",
        (rows.ms_at(now + _DAY), left_out),
    )
    for start_at, offset in found:
        yield _(
            "The stretch of {moment} lies in the future: the clock was set wrong then, or is now."
        ).format(moment=_moment(start_at, offset))


def _backups(where: Path) -> Iterator[str]:
    for path in sorted(where.glob("*.sqlite3")):
        try:
            with verified(path):
                pass
        except DeskbreakError as fault:
            yield _("The backup {fault}.").format(fault=fault)


def _moment(start_at: int, offset: int) -> str:
    return f"{rows.moment(start_at) + rows.span(offset * 1000):%Y-%m-%d %H:%M}"
