"""All that the person ever said of their time, with its numbers and notes, also what they took back."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from deskbreak.core.postures import Correction
from deskbreak.ports import Said
from deskbreak.store import rows


def add(connection: sqlite3.Connection, said: Correction) -> None:
    connection.execute(
        f"INSERT INTO corrections ({rows.CORRECTION}, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*rows.of_correction(said), said.note),
    )


def take_back(connection: sqlite3.Connection, said: Correction) -> None:
    connection.execute(
        "INSERT INTO corrections (began, length, start_at, utc_offset, said_at, undoes)"
        " SELECT began, length, start_at, utc_offset, said_at, id FROM corrections"
        " WHERE (began, length, start_at, utc_offset, posture, said_at) = (?, ?, ?, ?, ?, ?)"
        # The same may have been said twice.
        " AND id NOT IN (SELECT undoes FROM corrections WHERE undoes IS NOT NULL) ORDER BY id DESC LIMIT 1",
        rows.of_correction(said),
    )


def said(connection: sqlite3.Connection) -> Iterator[Said]:
    """By number, which is the order in which they were said."""
    found = connection.execute(
        f"SELECT {rows.CORRECTION}, note, id, id IN (SELECT undoes FROM corrections) FROM corrections"
        " WHERE undoes IS NULL ORDER BY id"
    )
    return rows.believed(found, _said, "corrections")


def _said(cells: rows.Cells) -> Said:
    *told, note, number, undone = cells
    return Said(number, replace(rows.correction(tuple(told)), note=note), bool(undone))
