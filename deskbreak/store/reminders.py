"""The reminders of the log as the figures look back on them; it only reads."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from deskbreak.core.outcomes import Outcome, Reminded
from deskbreak.store import rows

_KINDS = ("reminder", "standing")
_OUTCOMES = {None: None} | {outcome.value: outcome for outcome in Outcome}
_TWO_DAYS = timedelta(days=2)
_DAY = 86_400


def reminders(connection: sqlite3.Connection, first: date, last: date, day_start: time) -> Iterator[Reminded]:
    """Those of the local days from `first` to `last`, in order, standing ones among them."""
    found = connection.execute(
        # A prompt has no day of its own; local dates are within two days of UTC's.
        "SELECT at, utc_offset, level, outcome FROM prompts WHERE kind IN (?, ?) AND at BETWEEN ? AND ?"
        " ORDER BY at, number",
        (*_KINDS, _midnight(first) - rows.ms(_TWO_DAYS), _midnight(last) + rows.ms(_TWO_DAYS)),
    )
    for each in rows.believed(found, _reminded, "prompts"):
        if first <= each.day(day_start) <= last:
            yield each


def _reminded(cells: rows.Cells) -> Reminded:
    at, offset, level, outcome = cells
    if abs(offset) > _DAY:
        raise ValueError(f"{offset} s is no offset")
    return Reminded(rows.moment(at), timedelta(seconds=offset), int(level), _OUTCOMES[outcome])


def _midnight(day: date) -> int:
    return rows.ms_at(datetime.combine(day, time(), UTC))
