"""Takes an export of ours back into the log: what is missing of this log, and another machine's beside it.

It runs within the transaction of its caller, who holds the writer's lock.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskbreak.core.corrected import corrected
from deskbreak.store import rows
from deskbreak.store.kinds import CORRECTION, KINDS, STRETCH, Kind
from deskbreak.store.records import Record

_LIVED = ("stretches", "breaks", "prompts", "exercises", "corrections", "levels")


@dataclass(frozen=True, slots=True)
class Source:
    """Whose log an export is of, and when (UTC) it was made."""

    log: str
    exported_at: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of it, by the name of the record. `elsewhere`: it is another machine's log.

    `ahead` of its stretches were left out, because they lie in the future.
    """

    elsewhere: bool
    added: Mapping[str, int]
    ahead: int = 0


def name_of(connection: sqlite3.Connection) -> str:
    """The one name of this log."""
    (name,) = connection.execute("SELECT log FROM identity").fetchone()
    return str(name)


def take_in(
    connection: sqlite3.Connection, source: Source, records: Sequence[Record], now: datetime
) -> TakenIn:
    """Adds what is not there yet; the same again adds nothing.

    A log that nothing was lived in yet becomes the one that the export is of. Raises what SQLite raises.
    """
    if source.log != name_of(connection):
        if not _is_new(connection):
            return _beside(connection, source, records, now)
        connection.execute("UPDATE identity SET log = ?", (source.log,))
        # A restart goes on from the last row then, and numbers on from the highest number.
        connection.execute("DELETE FROM state")
    added = Counter({STRETCH.name: _stretches(connection, records)})
    for kind in KINDS.values():
        of_kind = [record for record in records if record.kind is kind]
        if kind is CORRECTION:
            added[kind.name] = _corrections(connection, of_kind)
        elif kind is not STRETCH:
            added[kind.name] = _others(connection, kind, of_kind)
    return TakenIn(elsewhere=False, added=added)


def _is_new(connection: sqlite3.Connection) -> bool:
    return not any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in _LIVED)


def _stretches(connection: sqlite3.Connection, records: Iterable[Record]) -> int:
    there = connection.execute("SELECT began, began + length FROM stretches ORDER BY began").fetchall()
    missing = list(_missing((record.cells for record in records if record.kind is STRETCH), there))
    # A row without length holds no time, and gives its place to one that does.
    connection.executemany(_insert(STRETCH, "OR REPLACE"), [cells for cells in missing if cells[1]])
    connection.executemany(_insert(STRETCH, "OR IGNORE"), [cells for cells in missing if not cells[1]])
    return len(missing)


def _missing(wanted: Iterable[rows.Cells], there: Sequence[tuple[int, int]]) -> Iterator[rows.Cells]:
    """The parts of `wanted` that lie outside `there`, both stretches of the elapsed clock, and once each."""
    covered = sorted((low, high) for low, high in there if low < high)
    moments = {low for low, high in there if low == high}
    turn, told = 0, None
    for cells in sorted(wanted, key=lambda cells: (cells[0], -cells[1])):
        began, ended = cells[0], cells[0] + cells[1]
        at = began if told is None else max(began, told)
        while turn < len(covered) and covered[turn][1] <= at:
            turn += 1
        if began == ended:
            inside = turn < len(covered) and covered[turn][0] <= began
            if at == began and not inside and began not in moments:
                moments.add(began)
                yield cells
            continue
        place = turn
        while place < len(covered) and covered[place][0] < ended:
            low, high = covered[place]
            if at < low:
                yield _part(cells, at, low)
            at = max(at, high)
            place += 1
        if at < ended:
            yield _part(cells, at, ended)
        told = ended if told is None else max(told, ended)


def _part(cells: rows.Cells, began: int, ended: int) -> rows.Cells:
    whole_began, length, start_at, end_at, *rest = cells
    start = start_at + (began - whole_began)
    end = end_at if ended == whole_began + length else start + (ended - began)
    return (began, ended - began, start, max(start, end), *rest)


def _others(connection: sqlite3.Connection, kind: Kind, records: Iterable[Record]) -> int:
    there = set(connection.execute(f"SELECT {', '.join(kind.alike)} FROM {kind.table}"))
    taken, lowest = set[int](), 0
    empty = not there
    if kind.number is not None:
        taken = {number for (number,) in connection.execute(f"SELECT {kind.number} FROM {kind.table}")}
        lowest = min(taken, default=0)
    added = 0
    for record in records:
        alike = tuple(record.cell(column) for column in kind.alike)
        if alike in there:
            continue
        there.add(alike)
        cells = record.cells
        if kind.number is not None:
            number = record.cell(kind.number)
            if not empty or number in taken:
                # Numbers above those of the log are for what comes: a restart counts on from its state.
                lowest = number = min(lowest, 0) - 1
                at = kind.at(kind.number)
                cells = (*cells[:at], number, *cells[at + 1 :])
            lowest = min(lowest, number)
            taken.add(number)
        connection.execute(_insert(kind), cells)
        added += 1
    return added


def _corrections(connection: sqlite3.Connection, records: Sequence[Record]) -> int:
    """Numbered afresh in the order in which they were said, because the later word wins."""
    number, undoes, said_at = CORRECTION.at("id"), CORRECTION.at("undoes"), CORRECTION.at("said_at")
    here = connection.execute(f"SELECT {CORRECTION.columns} FROM corrections ORDER BY id").fetchall()

    def alike(cells: rows.Cells) -> rows.Cells:
        return tuple(cells[CORRECTION.at(column)] for column in CORRECTION.alike)

    known = {alike(cells): (0, cells[number]) for cells in here}
    # The numbers of either log; those of the file are their own.
    named: dict[tuple[int, int], tuple[int, int]] = {(0, cells[number]): (0, cells[number]) for cells in here}
    new: list[tuple[tuple[int, int], rows.Cells]] = []
    for record in records:
        key = (1, record.cells[number])
        if key in named:
            continue
        named[key] = known.setdefault(alike(record.cells), key)
        undone = record.cells[undoes]
        if named[key] == key and (undone is None or (1, undone) in named):
            new.append((key, record.cells))
    if not new:
        return 0
    both = sorted([*(((0, cells[number]), cells) for cells in here), *new], key=lambda each: each[1][said_at])
    afresh = {key: place for place, (key, _cells) in enumerate(both, start=1)}
    if not here:
        afresh = {key: key[1] for key, _cells in new}
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("DELETE FROM corrections")
    for key, cells in both:
        whole = list(cells)
        whole[number] = afresh[key]
        if cells[undoes] is not None:
            whole[undoes] = afresh[named[key[0], cells[undoes]]]
        connection.execute(_insert(CORRECTION), whole)
    return len(new)


def _insert(kind: Kind, otherwise: str = "") -> str:
    places = ", ".join("?" * len(kind.fields))
    return f"INSERT {otherwise} INTO {kind.table} ({kind.columns}) VALUES ({places})"


def _beside(
    connection: sqlite3.Connection, source: Source, records: Sequence[Record], now: datetime
) -> TakenIn:
    """Keeps the stretches as they were corrected there; where two exports differ the newer one is right."""
    exported_at = rows.ms_at(source.exported_at)
    connection.execute(
        "INSERT INTO machines (log, exported_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (source.log, exported_at),
    )
    machine, last = connection.execute(
        "SELECT id, exported_at FROM machines WHERE log = ?", (source.log,)
    ).fetchone()
    before = connection.execute(
        f"SELECT {rows.STRETCH} FROM elsewhere WHERE machine = ? ORDER BY began", (machine,)
    ).fetchall()
    lived = list(_lived(records))
    found = [cells for cells in lived if cells[2] <= rows.ms_at(now)]
    surer, other = (found, before) if exported_at >= last else (before, found)
    kept = list(_missing(surer, ()))
    kept += _missing(other, sorted((cells[0], cells[0] + cells[1]) for cells in kept))
    connection.execute("DELETE FROM elsewhere WHERE machine = ?", (machine,))
    connection.executemany(
        f"INSERT OR IGNORE INTO elsewhere (machine, {rows.STRETCH}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(machine, *cells) for cells in kept],
    )
    connection.execute(
        "UPDATE machines SET exported_at = MAX(exported_at, ?) WHERE id = ?", (exported_at, machine)
    )
    added = Counter({STRETCH.name: len(set(kept) - set(before))})
    return TakenIn(elsewhere=True, added=added, ahead=len(lived) - len(found))


def _lived(records: Sequence[Record]) -> Iterator[rows.Cells]:
    undone = {record.cell("undoes") for record in records if record.kind is CORRECTION}
    said = [
        rows.correction(tuple(record.cell(column) for column in rows.CORRECTION.split(", ")))
        for record in records
        if record.kind is CORRECTION and record.cell("posture") and record.cell("id") not in undone
    ]
    stretches = (rows.stretch(record.cells) for record in records if record.kind is STRETCH)
    return map(rows.of_stretch, corrected(stretches, said))
