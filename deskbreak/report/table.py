"""Puts lines on the terminal, in colours where it has them; the one home of rich, loaded only for colours."""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from deskbreak.report.pieces import Line, Room, Tone, plain

if TYPE_CHECKING:
    from rich.color import ColorSystem

_WIDEST = 80
_NARROWEST = 20
_MANY = "-256color", "-256colour", "kitty", "-direct"

# Each is read on white and on black alike (a contrast of 3 or more on either), and nothing is red.
_COLOURS = {
    Tone.QUIET: "#808080",
    Tone.SITTING: "#3d7fd1",
    Tone.STANDING: "#129c8e",
    Tone.MOVING: "#d07a1f",
    Tone.AWAY: "#808080",
    Tone.UNKNOWN: "#808080",
}
# Of the sixteen that every terminal sets for itself, those that are read on any ground it has.
_FEW = {Tone.SITTING: "blue", Tone.STANDING: "green", Tone.MOVING: "magenta"}


def room(file: TextIO, environ: Mapping[str, str]) -> Room:
    """What there is to write on: never more than 80 columns, and those 80 where it is no terminal."""
    return Room(_width(file, environ), not _unicode(file, environ))


def show(lines: Iterable[Line], file: TextIO, environ: Mapping[str, str], colours: bool) -> None:
    """The lines, one under the other; without `colours` as plain text, no escape sequence among them."""
    if colours:
        _painted(lines, file, environ)
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


def _painted(lines: Iterable[Line], file: TextIO, environ: Mapping[str, str]) -> None:
    # Styles alone: rich's console would take half as long again to load as all the rest of the command.
    from rich.color import ColorSystem
    from rich.style import Style

    system = _system(environ)
    colours = _FEW if system is ColorSystem.STANDARD else _COLOURS
    styles = {tone: Style(color=colours.get(tone), bold=tone is Tone.STRONG or None) for tone in Tone}
    for each in lines:
        text = (styles[piece.tone].render(piece.text, color_system=system) for piece in each if piece.text)
        file.write("".join(text) + "\n")


def _system(environ: Mapping[str, str]) -> "ColorSystem":
    """How many colours there are, as terminals tell by custom; rich comes down to what there is."""
    from rich.color import ColorSystem

    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    name = environ.get("TERM", "").lower()
    return ColorSystem.EIGHT_BIT if name.endswith(_MANY) else ColorSystem.STANDARD
