"""What the daemon knows of today and has not booked yet, added to what the log says; pure arithmetic."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskbreak.core.bouts import INTERRUPTION
from deskbreak.core.postures import How, Posture, Row
from deskbreak.core.totals import Bout, Day

_NOTHING = timedelta(0)
_SECOND = timedelta(seconds=1)
_PRESENT = frozenset({Posture.SITTING, Posture.STANDING, Posture.MOVING})


def with_unbooked(
    day: Day, rows: tuple[Row, ...], status: object, at: datetime
) -> tuple[Day, tuple[Row, ...]]:
    """The day and its rows as the daemon's `status` has them `at` this local moment.

    What was never booked is added where the log ends; less than a second is nothing.
    """
    said = status.get("today") if isinstance(status, dict) else None
    if not isinstance(said, dict):
        return day, rows
    for posture in Posture:
        length = _more(said.get(f"{posture.value}_s"), dict(day.spent)[posture])
        if length and posture is not Posture.UNKNOWN:
            row = _row(day, rows, posture, length, at)
            day, rows = _longer(day, row), (*rows, row)
    return day, rows


def _more(seconds: object, booked: timedelta) -> timedelta:
    if not isinstance(seconds, int | float):
        return _NOTHING
    more = timedelta(seconds=seconds) - booked
    return more if more >= _SECOND else _NOTHING


def _row(day: Day, rows: tuple[Row, ...], posture: Posture, length: timedelta, at: datetime) -> Row:
    now, offset = at.astimezone(UTC), at.utcoffset() or _NOTHING
    if not rows:
        return Row(_NOTHING, length, now - length, now, offset, day.day, posture, How.INPUT)
    last = rows[-1]
    # It goes on from the last row, unless nothing was booked for longer than a heartbeat.
    gap = now - length - last.end_at
    gap = gap if gap > INTERRUPTION else _NOTHING
    how = last.how if last.posture is posture else How.INPUT
    start, began = last.end_at + gap, last.began + last.length + gap
    return Row(began, length, start, start + length, offset, day.day, posture, how)


def _longer(day: Day, row: Row) -> Day:
    spent = dict(day.spent)
    spent[row.posture] += row.length
    day = replace(day, spent=tuple(spent.items()))
    if row.posture not in _PRESENT:
        return day
    day = replace(day, tracked=day.tracked + row.length)
    if row.posture is not Posture.SITTING:
        return day
    last = day.bouts[-1] if day.bouts else None
    if last is None or last.then is not None or row.start_at - last.start_at - last.length > INTERRUPTION:
        bout = Bout(row.start_at, row.offset, row.length, row.day, None)
        return replace(day, bouts=(*day.bouts, bout))
    return replace(day, bouts=(*day.bouts[:-1], replace(last, length=last.length + row.length, sat_on=())))
