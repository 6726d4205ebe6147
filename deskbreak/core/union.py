"""The logs of a person's machines told together: sitting anywhere is sitting, a union and never a sum.

Pure. Another machine's rows have their place by their UTC names alone, since its elapsed clock is its own.
Specification: rules.md section 7.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from deskbreak.core.postures import Posture, Row

# Nobody sits at a desk that they are away from, but all are away from the desks that they do not sit at.
_ORDER = (Posture.SITTING, Posture.STANDING, Posture.MOVING, Posture.AWAY, Posture.UNKNOWN)
_NOTHING = timedelta(0)


def union(own: Iterable[Row], other: Iterable[Row]) -> Iterator[Row]:
    """`own` with what `other` knows better, in the order of the own elapsed clock, without overlap.

    `own` are in that order, `other` in any. Where both know of a time, the first of sitting, standing,
    moving, away, unknown is told. What `other` knows of times that no own row is about is told between,
    before or after them, as far as the own elapsed clock has room for it. No moment of `other` is told
    twice, even where the own wall clock was set back.
    """
    waiting = _in_order(other)
    before: Row | None = None
    for row in own:
        yield from _between(before, row, waiting)
        yield from _laid_over(row, waiting)
        before = row
    if waiting:
        # Without a row of our own the other's axis is as good as any.
        zero, zero_at = (waiting[0].began, waiting[0].start_at) if before is None else _end(before)
        for piece in waiting:
            yield replace(piece, began=zero + (piece.start_at - zero_at))


def _in_order(rows: Iterable[Row]) -> deque[Row]:
    """By their UTC names and without overlap; of two about the same moment the first stays."""
    found: deque[Row] = deque()
    told_until: datetime | None = None
    for row in sorted(rows, key=lambda row: row.start_at):
        late = _NOTHING if told_until is None else max(told_until - row.start_at, _NOTHING)
        if late < row.length:
            found.append(_cut(row, row.began + late, row.length - late))
            told_until = row.start_at + row.length
    return found


def _between(before: Row | None, row: Row, waiting: deque[Row]) -> Iterator[Row]:
    """What the other knows of the time ahead of `row`; more may lie there by name than by length."""
    for piece in _until(row.start_at, waiting):
        if before is None:
            yield replace(piece, began=row.began - (row.start_at - piece.start_at))
        else:
            zero, zero_at = _end(before)
            placed = replace(piece, began=zero + (piece.start_at - zero_at))
            room = min(placed.began + placed.length, row.began) - placed.began
            if room > _NOTHING:
                yield _cut(placed, placed.began, room)


def _laid_over(row: Row, waiting: deque[Row]) -> Iterator[Row]:
    """`row`, cut where the other knows better."""
    left = row
    for piece in _until(_end(row)[1], waiting):
        if _ORDER.index(piece.posture) >= _ORDER.index(row.posture):
            continue
        began = row.began + (piece.start_at - row.start_at)
        if left.began < began:
            yield _cut(left, left.began, began - left.began)
        yield replace(_cut(row, began, piece.length), posture=piece.posture, how=piece.how)
        ended = began + piece.length
        left = _cut(left, ended, _end(left)[0] - ended)
    if left.length or left is row:
        yield left


def _until(moment: datetime, waiting: deque[Row]) -> Iterator[Row]:
    """Takes what lies before the moment, the last one cut there."""
    while waiting and waiting[0].start_at < moment:
        row = waiting.popleft()
        length = moment - row.start_at
        if length < row.length:
            waiting.appendleft(_cut(row, row.began + length, row.length - length))
            row = _cut(row, row.began, length)
        yield row


def _end(row: Row) -> tuple[timedelta, datetime]:
    """Where the row ends, on the elapsed clock and by name; its length is the truth."""
    return row.began + row.length, row.start_at + row.length


def _cut(row: Row, began: timedelta, length: timedelta) -> Row:
    if (began, length) == (row.began, row.length):
        return row
    start_at = row.start_at + (began - row.began)
    return replace(row, began=began, length=length, start_at=start_at, end_at=start_at + length)
