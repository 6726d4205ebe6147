"""Rows of a label, some numbers and a bar or a remark, laid out in the room there is; pure arithmetic."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from deskbreak.report.pieces import EMPTY, Line, Piece, Room, Tone
from deskbreak.words import _
from deskbreak.words.durations import duration

_INDENT = 2
_DEEPER = 2
_GAP = 2
_LEAST_BAR = 8
_LONGEST_BAR = 30
_MINUS = "-"


class Stroke(NamedTuple):
    """A share of a bar, drawn with this character in this tone."""

    share: float
    sign: str
    tone: Tone


class Entry(NamedTuple):
    """One row, with a bar or a remark behind it, if any; `part`: it is about the row above."""

    label: str
    values: tuple[str, ...] = ()
    bar: tuple[Stroke, ...] = ()
    remark: str = ""
    part: bool = False


def widest(entries: Iterable[Entry | None]) -> int:
    """How wide their labels are at most."""
    return max((len(_label(entry)) for entry in entries if entry is not None), default=0)


def grid(entries: Sequence[Entry | None], heads: Sequence[str], labels: int, room: Room) -> Iterator[Line]:
    """The rows under `heads`, one for each column of values; None is an empty line.

    The values begin after `labels` columns; their last ones are left out where the room is too small. Bars
    take what is left of it, or are left out as well; a remark that is too long for it stands below.
    """
    rows = [entry for entry in entries if entry is not None]
    texts = [tuple(heads), *(entry.values for entry in rows)]
    count = max(len(each) for each in texts)
    widths = [max(len(each[at]) for each in texts if at < len(each)) for at in range(count)]
    while len(widths) > 1 and labels + sum(_GAP + width for width in widths if width) > room.width:
        widths.pop()
    taken = sum(_GAP + width for width in widths if width)
    left = room.width - labels - taken - _GAP
    if any(heads[: len(widths)]):
        yield (Piece(" " * labels + _cells(heads, widths), Tone.QUIET),)
    for entry in entries:
        if entry is None:
            yield EMPTY
            continue
        first, others = _cells(entry.values[:1], widths), _cells(entry.values[1:], widths[1:])
        tone = Tone.QUIET if entry.part else Tone.PLAIN
        cells = (Piece(_label(entry).ljust(labels), tone), Piece(first), Piece(others, Tone.QUIET))
        missing = Piece(" " * (taken - len(first) - len(others) + _GAP))
        fits = not entry.remark or len(entry.remark) <= left
        yield (*cells, missing, *_bar(entry.bar, left), Piece(entry.remark * fits, Tone.QUIET))
        if not fits:
            yield from noted(entry.remark, room, _INDENT + 2 * _DEEPER)


def _label(entry: Entry) -> str:
    return " " * (_INDENT + _DEEPER * entry.part) + entry.label


def _cells(texts: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(texts, widths, strict=False)
    return "".join(" " * _GAP + text.rjust(width) for text, width in cells if width)


def _bar(strokes: Iterable[Stroke], left: int) -> Iterator[Piece]:
    width = min(left, _LONGEST_BAR)
    if width < _LEAST_BAR:
        return
    share, drawn = 0.0, 0
    for stroke in strokes:
        share += stroke.share
        # What is there at all is to be seen.
        until = min(max(round(share * width), drawn + (stroke.share > 0)), width)
        yield Piece(stroke.sign * (until - drawn), stroke.tone)
        drawn = until


def noted(text: str, room: Room, indent: int = _INDENT, tone: Tone = Tone.QUIET) -> Iterator[Line]:
    """The text in as many lines as it needs."""
    found = " " * indent
    for word in text.split():
        if len(found) + len(word) > room.width and found.strip():
            yield (Piece(found.rstrip(), tone),)
            found = " " * indent
        found += word + " "
    yield (Piece(found.rstrip(), tone),)


def amount(number: float) -> str:
    """`9`, or for a mean `9.2`."""
    return str(number) if isinstance(number, int) else f"{number:.1f}"


def rate(number: float | None) -> str:
    return _MINUS if number is None else f"{number:.1f}"


def share(number: float | None) -> str:
    return _MINUS if number is None else _("{percent} %").format(percent=round(number * 100))


def span(found: timedelta | None) -> str:
    """Nothing where it is not known, a stroke where there was none of it."""
    if found is None:
        return ""
    return duration(found) if found else _MINUS
