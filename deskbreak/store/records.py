"""The rows of the log as the records of our own JSON, and back: lossless, and strict about what comes in.

A record is an object; "record" names the table. Moments are ISO 8601 with the local offset, days ISO dates,
lengths and the elapsed clock ("clock") seconds.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any

from deskbreak.store import rows
from deskbreak.store.errors import StoreError
from deskbreak.store.kinds import KINDS, Field, Form, Kind
from deskbreak.words import _

_MOST = 2**53
_LONGEST_TEXT = 10_000
_LONGEST = timedelta(days=36_500) / timedelta(seconds=1)
_SECOND = timedelta(seconds=1)


Out = Callable[[Any, tzinfo], object]
"""Makes JSON of a cell; moments in this zone."""


@dataclass(frozen=True, slots=True)
class Record:
    kind: Kind
    cells: rows.Cells

    def cell(self, column: str) -> Any:
        return self.cells[self.kind.at(column)]


class UnbelievableError(ValueError):
    """A record that cannot be a row of a log; the message says why."""


def all_of(connection: sqlite3.Connection, kind: Kind, which: str, *cells: int) -> Iterator[Record]:
    """The rows of the log that `which`, an SQL condition, holds for, in their order; not the damaged ones."""

    def believed(found: rows.Cells) -> Record:
        kind.believe(found)
        return Record(kind, found)

    found = connection.execute(f"SELECT {kind.columns} FROM {kind.table} WHERE {which} ORDER BY rowid", cells)
    return rows.believed(found, believed, kind.table)


def said(record: Record) -> dict[str, object]:
    """The record as JSON has it."""
    name, cells = record.kind.name, record.cells
    offset = _OFFSETS[name]
    zone = UTC if offset is None else _zone(cells[offset])
    told: dict[str, object] = {"record": name}
    for cell, (key, out) in zip(cells, _SHOWN[name], strict=True):
        if out is not None:
            told[key] = None if cell is None else out(cell, zone)
    return told


@cache
def _zone(offset: int) -> timezone:
    return timezone(timedelta(seconds=offset))


def _itself(cell: Any, _zone: tzinfo) -> object:
    return cell


_OUT: Mapping[Form, Out | None] = {
    Form.TEXT: _itself,
    Form.WHOLE: _itself,
    Form.FLAG: lambda cell, zone: bool(cell),
    Form.LENGTH: lambda cell, zone: cell / 1000,
    Form.MOMENT: lambda cell, zone: rows.moment(cell).astimezone(zone).isoformat(timespec="milliseconds"),
    Form.OFFSET: None,
    Form.DAY: lambda cell, zone: rows.day_of(cell).isoformat(),
    Form.OBJECT: lambda cell, zone: json.loads(cell),
}


# By the name of the record: of each cell the key, and what makes JSON of it (None: part of another's).
_SHOWN: Mapping[str, tuple[tuple[str, Out | None], ...]] = {
    kind.name: tuple((field.key, _OUT[field.form]) for field in kind.fields) for kind in KINDS.values()
}
# Where the cell of the local offset is.
_OFFSETS: Mapping[str, int | None] = {
    kind.name: next((i for i, field in enumerate(kind.fields) if field.form is Form.OFFSET), None)
    for kind in KINDS.values()
}


def read(found: object) -> Record:
    """The record that JSON gave as `found`; raises `UnbelievableError`."""
    if not isinstance(found, dict):
        raise UnbelievableError(_("it is no object"))
    name = found.get("record")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise UnbelievableError(_("there are no records called {name}").format(name=ascii(name)[:40]))
    cells = tuple(_in(field, found.get(field.key)) for field in kind.fields)
    try:
        kind.believe(cells)
    except (ValueError, TypeError, LookupError, OverflowError, StoreError) as fault:
        raise UnbelievableError(_("it cannot be a {kind}: {why}").format(kind=name, why=fault)) from fault
    return Record(kind, cells)


def _in(field: Field, value: object) -> object:
    if value is None and field.may_lack:
        return None
    cell = _cell(field.form, value)
    if cell is None:
        raise UnbelievableError(
            _("{key} is {what}, not {value}").format(
                key=field.key, what=field.form.value, value=ascii(value)[:40]
            )
        )
    return cell


def _cell(form: Form, value: object) -> object:
    """None where the value is not of this form."""
    match form, value:
        case Form.TEXT, str() if len(value) <= _LONGEST_TEXT and _is_plain(value):
            return value
        case Form.WHOLE, int() if not isinstance(value, bool) and abs(value) < _MOST:
            return value
        case Form.FLAG, bool():
            return int(value)
        case Form.LENGTH, int() | float() if not isinstance(value, bool) and -_LONGEST <= value <= _LONGEST:
            return rows.ms(timedelta(seconds=value))
        case ((Form.MOMENT | Form.OFFSET), str()):
            moment = _moment(value)
            offset = None if moment is None else moment.utcoffset()
            if moment is None or offset is None:
                return None
            return rows.ms_at(moment) if form is Form.MOMENT else offset // _SECOND
        case Form.DAY, str():
            try:
                return rows.number_of(date.fromisoformat(value))
            except ValueError:
                return None
        case Form.OBJECT, dict():
            return json.dumps(value, separators=(",", ":"))
        case _:
            return None


def _is_plain(text: str) -> bool:
    """Neither half a character, which no file can hold, nor the one that ends a text in C."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _moment(text: str) -> datetime | None:
    """None for what is no moment, or none that has a name in UTC."""
    try:
        moment = datetime.fromisoformat(text)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else None
