"""Puts lines on the terminal, in colours where it has them; the one home of rich, loaded only for colours."""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from deskbreak.report.pieces import Line, Room, Tone, plain

_WIDEST = 80
_NARROWEST = 20

# Each is read on white and on black alike (a contrast of 3 or more on either), and nothing is red.
_COLOURS = {
    Tone.QUIET: "#808080",
    Tone.SITTING: "#3d7fd1",
    Tone.STANDING: "#129c8e",
    Tone.MOVING: "#d07a1f",
    Tone.AWAY: "#808080",
    Tone.UNKNOWN: "#808080",
}


def room(file: TextIO, environ: Mapping[str, str]) -> Room:
    """What there is to write on: never more than 80 columns, and those 80 where it is no terminal."""
    return Room(_width(file, environ), not _unicode(file, environ))


def show(lines: Iterable[Line], file: TextIO, colours: bool) -> None:
    """The lines, one under the other; without `colours` as plain text, no escape sequence among them."""
    if colours:
        _painted(lines, file)
        return
    encoding = file.encoding or "ascii"
    for each in lines:
        file.write(plain(each).encode(encoding, "replace").decode(encoding) + "\n")


def _width(file: TextIO, environ: Mapping[str, str]) -> int:
    named = environ.get("COLUMNS", "")
    columns = int(named) if named.isdecimal() and len(named) < 5 else 0
    if not columns and file.isatty():
        try:
            columns = os.get_terminal_size(file.fileno()).columns
        except OSError:
            columns = _WIDEST
    return max(_NARROWEST, min(columns or _WIDEST, _WIDEST))


def _unicode(file: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether the locale is one of UTF-8. Python writes UTF-8 in the C locale too (PEP 538, PEP 540)."""
    if not (file.encoding or "").lower().replace("-", "").startswith("utf8"):
        return False
    if os.name != "posix" or sys.platform == "darwin":
        return True
    named = [environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if named[0] in (None, "") and named[1] == "C.UTF-8" and named[2] in (None, "", "C", "POSIX"):
        # What PEP 538 puts in the place of the C locale.
        return False
    locale = next((each for each in named if each), "C")
    return "utf8" in locale.lower().replace("-", "")


def _painted(lines: Iterable[Line], file: TextIO) -> None:
    from rich.console import Console
    from rich.segment import Segment, Segments
    from rich.style import Style

    styles = {tone: Style(color=colour) for tone, colour in _COLOURS.items()}
    styles[Tone.STRONG] = Style(bold=True)
    console = Console(file=file, force_terminal=True, width=_WIDEST, highlight=False)
    for each in lines:
        segments = [Segment(piece.text, styles.get(piece.tone)) for piece in each if piece.text]
        console.print(Segments([*segments, Segment.line()]), end="")
