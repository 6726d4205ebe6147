"""The rows of the log as the records of our own JSON, and back: lossless, and strict about what comes in.

A record is an object; "record" names the table. Moments are ISO 8601 with the local offset, days ISO dates,
lengths and the elapsed clock ("clock") seconds.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache, cached_property
from typing import Any

from deskbreak.store import coached, rows
from deskbreak.store.errors import StoreError
from deskbreak.words import _

_MOST = 2**53
_LONGEST_TEXT = 10_000
_LONGEST = timedelta(days=36_500) / timedelta(seconds=1)
_SECOND = timedelta(seconds=1)


class Form(Enum):
    """How a cell is written in JSON. OFFSET is part of the moment of the same key."""

    TEXT = "a text"
    WHOLE = "a whole number"
    FLAG = "true or false"
    LENGTH = "a number of seconds"
    MOMENT = "a time with its offset, as 2026-11-23T09:00:00+01:00"
    OFFSET = "an offset"
    DAY = "a date, as 2026-11-23"
    OBJECT = "an object"


Out = Callable[[Any, tzinfo], object]
"""Makes JSON of a cell; moments in this zone."""


@dataclass(frozen=True, slots=True)
class Field:
    column: str
    key: str
    form: Form
    may_lack: bool = False


@dataclass(frozen=True)
class Kind:
    """The records of one table. `alike`: those that agree in these columns are the same row.

    `number` is the column of the number that the log gave it; None: it has none.
    """

    name: str
    table: str
    fields: tuple[Field, ...]
    believe: Callable[[rows.Cells], object]
    alike: tuple[str, ...]
    number: str | None = None

    @cached_property
    def offset(self) -> int | None:
        """Where the cell of the local offset is."""
        return next((i for i, field in enumerate(self.fields) if field.form is Form.OFFSET), None)

    @cached_property
    def shown(self) -> tuple[tuple[str, Out | None], ...]:
        """By cell: its key, and what makes JSON of it; None: it is part of another's."""
        return tuple((field.key, _OUT[field.form]) for field in self.fields)

    @property
    def columns(self) -> str:
        return ", ".join(field.column for field in self.fields)

    def at(self, column: str) -> int:
        """Where the cell of this column is."""
        return next(i for i, field in enumerate(self.fields) if field.column == column)


@dataclass(frozen=True, slots=True)
class Record:
    kind: Kind
    cells: rows.Cells

    def cell(self, column: str) -> Any:
        return self.cells[self.kind.at(column)]


class UnbelievableError(ValueError):
    """A record that cannot be a row of a log; the message says why."""


def _fields(*said: tuple[str, str, Form] | tuple[str, str, Form, bool]) -> tuple[Field, ...]:
    return tuple(Field(*each) for each in said)


def _setting(cells: rows.Cells) -> None:
    rows.moment(cells[2])


def _stretch(cells: rows.Cells) -> None:
    row = rows.stretch(cells)
    if row.end_at < row.start_at:
        raise ValueError(_("it ends before it begins"))


def _prompt(cells: rows.Cells) -> None:
    if not 0 <= coached.prompt(cells).level <= 3:
        raise ValueError(_("a level is 0 to 3"))


def _correction(cells: rows.Cells) -> None:
    _id, began, lasted, start_at, offset, posture, said_at, undoes, _note = cells
    if (posture is None) != (undoes is not None):
        raise ValueError(_("it says a posture or undoes another, and not both"))
    rows.correction((began, lasted, start_at, offset, posture or "unknown", said_at))


STRETCH = Kind(
    "stretch",
    "stretches",
    _fields(
        ("began", "clock", Form.LENGTH),
        ("length", "seconds", Form.LENGTH),
        ("start_at", "start", Form.MOMENT),
        ("end_at", "end", Form.MOMENT),
        ("utc_offset", "start", Form.OFFSET),
        ("day", "day", Form.DAY),
        ("posture", "posture", Form.TEXT),
        ("how", "how", Form.TEXT),
    ),
    _stretch,
    ("began",),
)

CORRECTION = Kind(
    "correction",
    "corrections",
    _fields(
        ("id", "number", Form.WHOLE),
        ("began", "clock", Form.LENGTH),
        ("length", "seconds", Form.LENGTH),
        ("start_at", "start", Form.MOMENT),
        ("utc_offset", "start", Form.OFFSET),
        ("posture", "posture", Form.TEXT, True),
        ("said_at", "said", Form.MOMENT),
        ("undoes", "undoes", Form.WHOLE, True),
        ("note", "note", Form.TEXT, True),
    ),
    _correction,
    ("began", "length", "posture", "said_at"),
    "id",
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        STRETCH,
        Kind(
            "break",
            "breaks",
            _fields(
                ("spell", "number", Form.WHOLE),
                ("kind", "kind", Form.TEXT),
                ("began", "clock", Form.LENGTH),
                ("length", "seconds", Form.LENGTH),
                ("start_at", "start", Form.MOMENT),
                ("utc_offset", "start", Form.OFFSET),
                ("day", "day", Form.DAY),
            ),
            rows.pause,
            ("kind", "began"),
            "spell",
        ),
        Kind(
            "prompt",
            "prompts",
            _fields(
                ("number", "number", Form.WHOLE),
                ("kind", "kind", Form.TEXT),
                ("level", "level", Form.WHOLE),
                ("exercise", "exercise", Form.TEXT, True),
                ("at", "start", Form.MOMENT),
                ("utc_offset", "start", Form.OFFSET),
                ("decision", "decision", Form.OBJECT, True),
                ("outcome", "outcome", Form.TEXT, True),
                ("outcome_at", "outcome_at", Form.MOMENT, True),
            ),
            _prompt,
            ("kind", "at"),
            "number",
        ),
        Kind(
            "exercise",
            "exercises",
            _fields(
                ("number", "number", Form.WHOLE),
                ("exercise", "exercise", Form.TEXT),
                ("start_at", "start", Form.MOMENT),
                ("utc_offset", "start", Form.OFFSET),
                ("length", "seconds", Form.LENGTH),
                ("dose", "dose", Form.LENGTH),
                ("activation", "activation", Form.FLAG),
                ("rating", "rating", Form.TEXT, True),
            ),
            coached.exercise,
            ("exercise", "start_at"),
            "number",
        ),
        CORRECTION,
        Kind(
            "level",
            "levels",
            _fields(
                ("family", "family", Form.TEXT),
                ("level", "level", Form.WHOLE, True),
                ("said_at", "said", Form.MOMENT),
                ("utc_offset", "said", Form.OFFSET),
                ("day", "day", Form.DAY),
            ),
            coached.level,
            ("family", "said_at"),
        ),
        Kind(
            "setting",
            "settings",
            _fields(
                ("key", "key", Form.TEXT), ("value", "value", Form.TEXT), ("since", "since", Form.MOMENT)
            ),
            _setting,
            ("key", "since"),
        ),
    )
}


def all_of(connection: sqlite3.Connection, kind: Kind, which: str, *cells: int) -> Iterator[Record]:
    """The rows of the log that `which`, an SQL condition, holds for, in their order; not the damaged ones."""

    def believed(found: rows.Cells) -> Record:
        kind.believe(found)
        return Record(kind, found)

    found = connection.execute(f"SELECT {kind.columns} FROM {kind.table} WHERE {which} ORDER BY rowid", cells)
    return rows.believed(found, believed)


def said(record: Record) -> dict[str, object]:
    """The record as JSON has it."""
    kind, cells = record.kind, record.cells
    zone = UTC if kind.offset is None else _zone(cells[kind.offset])
    told: dict[str, object] = {"record": kind.name}
    for cell, (key, out) in zip(cells, kind.shown, strict=True):
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
