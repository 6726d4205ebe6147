"""What a terminal shows, as values: lines of pieces, each in a tone; it knows no terminal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class Tone(Enum):
    """What a piece is, for whoever has colours."""

    PLAIN = auto()
    STRONG = auto()
    QUIET = auto()
    SITTING = auto()
    STANDING = auto()
    MOVING = auto()
    AWAY = auto()
    UNKNOWN = auto()


class Piece(NamedTuple):
    text: str
    tone: Tone = Tone.PLAIN


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What there is to write on: so many columns, in characters of ASCII alone or in those of Unicode."""

    width: int = 80
    ascii: bool = False


EMPTY: Line = ()


def line(*parts: str | Piece) -> Line:
    return tuple(Piece(part) if isinstance(part, str) else part for part in parts)


def plain(found: Line) -> str:
    """The line without tones, and without blanks at its end."""
    return "".join(piece.text for piece in found).rstrip()


def length(found: Line) -> int:
    return sum(len(piece.text) for piece in found)


def padded(found: Line, width: int) -> Line:
    """The line with blanks up to this width; as it is where it is longer."""
    missing = width - length(found)
    return (*found, Piece(" " * missing)) if missing > 0 else found


def columns(rows: Sequence[Sequence[Line]], indent: int, gap: int, right: Iterable[int] = ()) -> list[Line]:
    """The rows under each other, every column as wide as its widest cell; those of `right` end flush.

    Empty columns vanish. A row may have fewer cells than others.
    """
    count = max((len(row) for row in rows), default=0)
    widths = [max((length(row[at]) for row in rows if at < len(row)), default=0) for at in range(count)]
    flush = frozenset(right)
    found = []
    for row in rows:
        pieces: list[Piece] = []
        between = indent
        for at, cell in enumerate(row):
            if not widths[at]:
                continue
            pieces.append(Piece(" " * between))
            missing = Piece(" " * (widths[at] - length(cell)))
            pieces.extend((missing, *cell) if at in flush else (*cell, missing))
            between = gap
        found.append(tuple(pieces))
    return found


def flowed(entries: Iterable[Line], width: int, indent: int, gap: int = 3) -> Iterator[Line]:
    """The entries side by side, in as many lines as they need; none is torn apart."""
    pieces: list[Piece] = []
    used = 0
    for entry in entries:
        if pieces and used + gap + length(entry) > width:
            yield tuple(pieces)
            pieces = []
        before = gap if pieces else indent
        used = (used if pieces else 0) + before + length(entry)
        pieces.extend((Piece(" " * before), *entry))
    if pieces:
        yield tuple(pieces)
