"""The log as the person corrected it: the later word wins, and what was judged first stays in the log."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row

_KINDS = {
    Posture.AWAY: BreakKind.AWAY,
    Posture.STANDING: BreakKind.STOOD,
    Posture.MOVING: BreakKind.MOVED,
}


def corrected(rows: Iterable[Row], corrections: Sequence[Correction]) -> Iterator[Row]:
    """The same time in the same order, cut where a correction begins or ends.

    `corrections` are in the order in which they were said; `how` of what they change is `USER`.
    """
    # Years of rows and of corrections: only those near a row are looked at for it.
    turns = sorted(range(len(corrections)), key=lambda turn: corrections[turn].began)
    begans = [corrections[turn].began for turn in turns]
    longest = max((c.length for c in corrections), default=timedelta(0))
    for row in rows:
        first = bisect_left(begans, row.began - longest)
        near = sorted(turns[first : bisect_left(begans, row.began + row.length)])
        about = [corrections[turn] for turn in near if corrections[turn].ended > row.began]
        if not about:
            yield row
            continue
        ends = {end for c in about for end in (c.began, c.ended)}
        edges = sorted({row.began, row.began + row.length, *(e for e in ends if _within(e, row))})
        for low, high in pairwise(edges):
            said = [c for c in about if c.began <= low < c.ended]
            piece = replace(
                row,
                began=low,
                length=high - low,
                start_at=row.start_at + (low - row.began),
                end_at=row.start_at + (high - row.began),
            )
            yield replace(piece, posture=said[-1].posture, how=How.USER) if said else piece


def _within(at: timedelta, row: Row) -> bool:
    return row.began < at < row.began + row.length


def corrected_breaks(
    breaks: Iterable[Break], rows: Sequence[Row], corrections: Sequence[Correction], break_min: timedelta
) -> tuple[Break, ...]:
    """The breaks of the corrected log, in the order they were lived.

    `rows` are those of `corrected`, from one before the first break or correction on, and all of an absence
    that a correction goes on from. A break stays as far as it is not said to have been something else; an
    absence must still reach `break_min`. What is said to have been standing or moving is a break (spell 0)
    unless it goes on from the same posture. What is said to have been away is one, from where the absence
    began, if all of that lasts for so long and none of it was one yet. Breaks between which nothing else is
    said to have been are one.
    """
    kept = sorted((b for b in breaks if _stays(b, corrections, break_min)), key=lambda b: b.began)
    told = [any(c.began <= row.began < c.ended for c in corrections) for row in rows]
    for place, row in enumerate(rows):
        kind = _KINDS.get(row.posture)
        goes_on = place > 0 and _goes_on(rows[place - 1], row)
        if kind is None or not told[place] or (goes_on and told[place - 1]):
            continue
        last = place
        while last + 1 < len(rows) and told[last + 1] and _goes_on(rows[last], rows[last + 1]):
            last += 1
        began, ended = row.began, _ended(rows[last])
        known = [b for b in kept if _meets(b, kind, began, ended)]
        # Who is said to have been gone between two breaks did not come back between them.
        again = [b for b in known[1:] if _is_of(b, rows[last], rows[last + 1 :])]
        if again:
            whole = max(b.began + b.length for b in (known[0], *again)) - known[0].began
            joined = replace(known[0], length=whole)
            kept = [joined if b is known[0] else b for b in kept if b not in again]
        # Whoever stands or moves already has that break; a moment away was none until more was said.
        first = _first(place, rows) if kind is BreakKind.AWAY else row
        whole = _run(first, rows)
        too_short = whole < break_min if kind is BreakKind.AWAY else goes_on
        if not (too_short or any(_meets(b, kind, first.began, ended) for b in kept)):
            kept.append(Break(0, kind, first.began, whole, first.start_at, first.offset, first.day))
    return tuple(sorted(kept, key=lambda b: b.began))


def _goes_on(before: Row, row: Row) -> bool:
    return before.posture is row.posture and _ended(before) == row.began


def _meets(pause: Break, kind: BreakKind, began: timedelta, ended: timedelta) -> bool:
    return pause.kind is kind and pause.began <= ended and began <= pause.began + pause.length


def _is_of(pause: Break, last: Row, after: Sequence[Row]) -> bool:
    """Whether the break begins before the end of `last`, or there, with more of the same posture."""
    return pause.began < _ended(last) or any(_goes_on(last, row) for row in after[:1])


def _ended(row: Row) -> timedelta:
    return row.began + row.length


def _first(place: int, rows: Sequence[Row]) -> Row:
    """Where the posture of the row at `place` began."""
    while place > 0 and _goes_on(rows[place - 1], rows[place]):
        place -= 1
    return rows[place]


def _run(first: Row, rows: Sequence[Row]) -> timedelta:
    """How long the posture of `first` lasts from there on."""
    end = _ended(first)
    for row in rows:
        if row.began == end and row.posture is first.posture:
            end = _ended(row)
    return end - first.began


def _stays(pause: Break, corrections: Sequence[Correction], break_min: timedelta) -> bool:
    other = [c for c in corrections if _KINDS.get(c.posture) is not pause.kind]
    if not pause.length:
        return not any(c.began <= pause.began < c.ended for c in other)
    left = [(pause.began, pause.began + pause.length)]
    for c in other:
        left = [
            piece
            for low, high in left
            for piece in ((low, min(high, c.began)), (max(low, c.ended), high))
            if piece[0] < piece[1]
        ]
    longest = max((high - low for low, high in left), default=timedelta(0))
    return longest >= min(break_min, pause.length) if pause.kind is BreakKind.AWAY else bool(left)
