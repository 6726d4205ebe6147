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

    `rows` are those of `corrected`, from one before the first break or correction on. A break stays as far as
    it is not said to have been something else; an absence must still reach `break_min`. What is said to have
    been away for so long, standing or moving is a break (spell 0) unless it goes on from the same posture;
    breaks between which nothing else is said to have been are one.
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
        known = [b for b in kept if b.kind is kind and b.began <= ended and began <= b.began + b.length]
        # Who is said to have been gone between two breaks did not come back between them.
        again = [b for b in known[1:] if _is_of(b, rows[last], rows[last + 1 :])]
        if again:
            whole = max(b.began + b.length for b in (known[0], *again)) - known[0].began
            joined = replace(known[0], length=whole)
            kept = [joined if b is known[0] else b for b in kept if b not in again]
        too_short = kind is BreakKind.AWAY and _run(row, rows) < break_min
        if not (goes_on or too_short or known):
            kept.append(Break(0, kind, began, _run(row, rows), row.start_at, row.offset, row.day))
    return tuple(sorted(kept, key=lambda b: b.began))


def _goes_on(before: Row, row: Row) -> bool:
    return before.posture is row.posture and _ended(before) == row.began


def _is_of(pause: Break, last: Row, after: Sequence[Row]) -> bool:
    """Whether the break begins before the end of `last`, or there, with more of the same posture."""
    return pause.began < _ended(last) or any(_goes_on(last, row) for row in after[:1])


def _ended(row: Row) -> timedelta:
    return row.began + row.length


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
