"""Our own JSON as a file: a head that says whose log it is, and its records; written and read back."""

import codecs
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain

from deskbreak.errors import DeskbreakError
from deskbreak.store import rows
from deskbreak.store.kinds import KINDS
from deskbreak.store.records import Record, UnbelievableError, all_of, read, said
from deskbreak.store.taking_in import Source, name_of
from deskbreak.words import _

FORMAT = "deskbreak log"
VERSION = 1

_NOT_OURS = _("it is no export of deskbreak's own (--format json or jsonl)")


class ExportError(DeskbreakError):
    """A file that cannot be taken in; the message says where and why."""


def records(
    connection: sqlite3.Connection, days: tuple[date, date] | None, begins: datetime, ends: datetime
) -> Iterator[Record]:
    """What the log holds, kind by kind; `days`: of these days only, of which `[begins, ends)` is the time.

    The settings are those of all times, since they say what was in force then.
    """
    for kind in KINDS.values():
        columns = {field.column for field in kind.fields}
        if days is None or kind.name == "setting":
            yield from all_of(connection, kind, "TRUE")
        elif "day" in columns:
            first, last = map(rows.number_of, days)
            yield from all_of(connection, kind, "day BETWEEN ? AND ?", first, last)
        elif kind.name == "correction":
            window = rows.ms_at(begins), rows.ms_at(ends)
            yield from all_of(connection, kind, "start_at + length > ? AND start_at < ?", *window)
        else:
            moment = "at" if "at" in columns else "start_at"
            window = rows.ms_at(begins), rows.ms_at(ends)
            yield from all_of(connection, kind, f"{moment} >= ? AND {moment} < ?", *window)


def written(
    connection: sqlite3.Connection, found: Iterable[Record], now: datetime, as_lines: bool
) -> Iterator[str]:
    """The text of the file, a line at a time. `as_lines`: JSON Lines, of which the first is the head."""
    head = {"format": FORMAT, "version": VERSION, "log": name_of(connection), "exported": now.isoformat()}
    # One for all: making it anew for each record takes as long as its work.
    line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    lines = (line(said(record)) for record in found)
    if as_lines:
        yield from chain((json.dumps(head) + "\n",), (each + "\n" for each in lines))
        return
    yield json.dumps(head).removesuffix("}") + ', "records": ['
    separator = "\n"
    for each in lines:
        yield separator + each
        separator = ",\n"
    yield "\n]}\n"


def taken_apart(raw: bytes) -> tuple[Source, Sequence[Record]]:
    """Whose log the file is of, and its records, every one believed; raises `ExportError`."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    lines = io.BytesIO(raw)
    try:
        head: object = json.loads(lines.readline().decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        head = None
    if isinstance(head, dict) and "records" not in head:
        return _source(head), list(_records(lines))
    whole = _parsed(raw, 1)
    if not isinstance(whole, dict):
        raise ExportError(_NOT_OURS)
    source, entries = _source(whole), whole.get("records")
    if not isinstance(entries, list):
        raise ExportError(_NOT_OURS)
    return source, [_believed(_("record {number}"), number, entry) for number, entry in enumerate(entries, 1)]


def _records(lines: Iterable[bytes]) -> Iterator[Record]:
    """Those of the lines after the head."""
    for number, line in enumerate(lines, 2):
        if line.strip():
            yield _believed(_("line {number}"), number, _parsed(line, number))


def _believed(place: str, number: int, entry: object) -> Record:
    try:
        return read(entry)
    except UnbelievableError as fault:
        raise ExportError(f"{place.format(number=number)}: {fault}") from fault


def _parsed(raw: bytes, first_line: int) -> object:
    try:
        return json.loads(raw.decode(), parse_constant=_refuse)
    except UnicodeDecodeError as fault:
        line = first_line + raw.count(b"\n", 0, fault.start)
        raise ExportError(_("line {line}: it is not text in UTF-8").format(line=line)) from fault
    except json.JSONDecodeError as fault:
        line = first_line + fault.lineno - 1
        raise ExportError(_("line {line}: it is no JSON ({why})").format(line=line, why=fault.msg)) from fault
    except ValueError as fault:
        raise ExportError(_("it is no JSON ({why})").format(why=fault)) from fault
    except RecursionError as fault:
        raise ExportError(_("it is no JSON that anybody wrote (too deep)")) from fault


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number")


def _source(head: dict[object, object]) -> Source:
    name, version = head.get("format"), head.get("version")
    if name != FORMAT or isinstance(version, bool) or not isinstance(version, int):
        raise ExportError(_NOT_OURS)
    if version > VERSION:
        raise ExportError(_("it is of a newer deskbreak (format {version})").format(version=version))
    log = head.get("log")
    if log is None:
        raise ExportError(_("an anonymous export says neither whose nor when, and cannot be taken back"))
    exported = head.get("exported")
    try:
        if not isinstance(log, str) or not isinstance(exported, str):
            raise ValueError(log, exported)
        exported_at = datetime.fromisoformat(exported).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise ExportError(_("its head does not say whose log it is, and of when")) from fault
    if not (0 < len(log) <= 64 and log.isascii() and log.isalnum()):
        raise ExportError(_("its head does not say whose log it is, and of when"))
    return Source(log, exported_at)
