"""What a terminal shows, as values: lines of pieces, each in a tone; it knows no terminal.

Named tuples and no dataclasses, here and in what tells a day: each of those takes half a millisecond to make,
and who asks for the day is not to wait for its table.
"""

from collections.abc import Iterable, Iterator
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


class Room(NamedTuple):
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
