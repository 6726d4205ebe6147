"""A day drawn as one line of characters that tell the postures apart without colour; pure arithmetic.

A cell shows two equal times side by side: sitting fills its half of the character, standing the upper
part of it, moving the lower part. Where there is ASCII alone, a cell is one time and one letter.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from deskbreak.core.outcomes import Fate, Reminded, fate
from deskbreak.core.postures import Posture, Row
from deskbreak.report.pieces import Line, Piece, Room, Tone, flowed
from deskbreak.words import _
from deskbreak.words.review import posture as named

PRESENT = frozenset({Posture.SITTING, Posture.STANDING, Posture.MOVING})
TONES = {
    Posture.SITTING: Tone.SITTING,
    Posture.STANDING: Tone.STANDING,
    Posture.MOVING: Tone.MOVING,
    Posture.AWAY: Tone.AWAY,
    Posture.UNKNOWN: Tone.UNKNOWN,
}

_NOTHING = timedelta(0)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_CELLS = tuple(
    timedelta(minutes=minutes) for minutes in (5, 6, 7.5, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 720)
)
"""How long a cell may last, so that full hours fall between cells."""
_LABEL = 3
_END = 2
"""What the last hour's name takes beyond the last cell."""

# Upper and lower part of the left half, then of the right half, as the block characters have them.
_HALVES = {
    Posture.SITTING: (True, True),
    Posture.STANDING: (True, False),
    Posture.MOVING: (False, True),
    Posture.AWAY: (False, False),
}
_BLOCKS = " ▗▝▐▖▄▞▟▘▚▀▜▌▙▛█"
SIGNS = {
    Posture.SITTING: ("█", "#"),
    Posture.STANDING: ("▀", "="),
    Posture.MOVING: ("▄", "~"),
    Posture.AWAY: ("·", "."),
    Posture.UNKNOWN: ("░", "?"),
}
"""What stands for a posture in Unicode and in ASCII; for what is inferred in a bar, `INFERRED` does."""
INFERRED = "▒", ":"
_MARKS = {
    Fate.MOVED: ("✓", "+"),
    Fate.SNOOZED: ("z", "z"),
    Fate.SKIPPED: ("»", ">"),
    Fate.IGNORED: ("○", "o"),
    Fate.KEPT_BACK: ("h", "h"),
    None: ("·", "-"),
}


class _Scale(NamedTuple):
    """Cells of equal length from `zero` of the elapsed clock on; each shows `parts` times side by side."""

    zero: timedelta
    cell: timedelta
    cells: int
    parts: int

    @property
    def part(self) -> timedelta:
        return self.cell / self.parts

    def at(self, moment: timedelta) -> int:
        """The cell that this moment falls into."""
        return min(max((moment - self.zero) // self.cell, 0), self.cells - 1)


def ribbon(
    rows: Sequence[Row], reminders: Iterable[Reminded], room: Room, indent: int = 2
) -> tuple[Line, ...]:
    """Marks of the reminders, the day from the first to the last sign of the person, its hours, the legend.

    `rows` are the corrected ones of one day, in the order they were lived. Nothing for a day without a sign
    of the person. Every break of a minute or more is to be seen, however narrow the room.
    """
    seen = lived(rows)
    if not seen:
        return ()
    scale = _scale(seen, room, indent)
    shown = _postures(seen, scale)
    cells = [shown[at : at + scale.parts] for at in range(0, len(shown), scale.parts)]
    marks = _marks(seen, reminders, scale)
    blank = Piece(" " * indent)
    found: list[Line] = []
    if marks:
        signs = {at: _sign(kind, room) for at, kind in marks.items()}
        found.append((blank, Piece("".join(signs.get(at, " ") for at in range(max(signs) + 1)))))
    found.append((blank, *_strip(cells, room)))
    found.append((blank, Piece(_hours(seen, scale), Tone.QUIET)))
    postures = [posture for posture in Posture if any(row.posture is posture for row in seen)]
    fates = [kind for kind in (*Fate, None) if kind in marks.values()]
    found.extend(_legend(postures, fates, room, indent))
    return tuple(found)


def lived(found: Iterable[Row]) -> list[Row]:
    """Those of one day from the first to the last sign of the person."""
    rows = list(found)
    signs = [at for at, row in enumerate(rows) if row.posture in PRESENT and row.length]
    return [row for row in rows[signs[0] : signs[-1] + 1] if row.length] if signs else []


def _scale(rows: Sequence[Row], room: Room, indent: int) -> _Scale:
    first = rows[0]
    local = first.start_at + first.offset
    zero = first.began - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    whole = max(row.began + row.length for row in rows) - zero
    hours = -(-whole // _HOUR)
    cells = max(room.width - indent - _END, 1)
    cell = next((each for each in _CELLS if hours * _HOUR <= cells * each), hours * _HOUR / cells)
    return _Scale(zero, cell, -(-hours * _HOUR // cell), 1 if room.ascii else 2)


def _postures(rows: Sequence[Row], scale: _Scale) -> list[Posture | None]:
    """What each part of each cell shows: what lasted longest in it; None where there is no row."""
    count = scale.cells * scale.parts
    spent: list[dict[Posture, timedelta]] = [{} for _part in range(count)]
    for row in rows:
        for at, inside in _inside(row.began, row.began + row.length, scale):
            spent[at][row.posture] = spent[at].get(row.posture, _NOTHING) + inside
    shown = [max(each, key=lambda posture: each[posture]) if each else None for each in spent]
    # Sitting first, so that of two that are too short to be seen the break is.
    runs = sorted(_runs(rows), key=lambda run: run[0] is not Posture.SITTING)
    for posture, began, ended in runs:
        parts = list(_inside(began, ended, scale))
        if ended - began >= _MINUTE and all(shown[at] is not posture for at, _length in parts):
            shown[max(parts, key=lambda part: part[1])[0]] = posture
    return shown


def _runs(rows: Sequence[Row]) -> Iterator[tuple[Posture, timedelta, timedelta]]:
    for posture, found in groupby(rows, lambda row: row.posture):
        run = list(found)
        if posture is not Posture.UNKNOWN:
            yield posture, run[0].began, run[-1].began + run[-1].length


def _inside(began: timedelta, ended: timedelta, scale: _Scale) -> Iterator[tuple[int, timedelta]]:
    """The parts that this time lies in, and how much of it lies in each."""
    last = scale.cells * scale.parts - 1
    for at in range((began - scale.zero) // scale.part, min((ended - scale.zero) // scale.part, last) + 1):
        low = scale.zero + at * scale.part
        inside = min(ended, low + scale.part) - max(began, low)
        if inside > _NOTHING:
            yield at, inside


def _strip(cells: Iterable[Sequence[Posture | None]], room: Room) -> Iterator[Piece]:
    drawn = (_drawn(cell, room) for cell in cells)
    for tone, found in groupby(drawn, lambda piece: piece.tone):
        yield Piece("".join(piece.text for piece in found), tone)


def _drawn(cell: Sequence[Posture | None], room: Room) -> Piece:
    known = [posture for posture in cell if posture is not None]
    if not known:
        return Piece(" ")
    if room.ascii:
        return Piece(SIGNS[known[0]][True], TONES[known[0]])
    if known[0] is Posture.UNKNOWN:
        return Piece(SIGNS[Posture.UNKNOWN][False], Tone.UNKNOWN)
    if known == [Posture.AWAY] * len(known):
        return Piece(SIGNS[Posture.AWAY][False], Tone.AWAY)
    number = 0
    for posture in cell:
        upper, lower = _HALVES.get(posture or Posture.AWAY, (False, False))
        number = number * 4 + upper * 2 + lower
    # A cell has one colour: the break is what is looked for.
    most = next((p for p in known if p in (Posture.STANDING, Posture.MOVING)), Posture.SITTING)
    return Piece(_BLOCKS[number], TONES[most])


def _hours(rows: Sequence[Row], scale: _Scale) -> str:
    """The local hours, each below the first cell of it; as many as do not touch."""
    labels: dict[int, str] = {}
    hour: int | None = None
    for at in range(scale.cells + 1):
        now = _local_hour(rows, scale.zero + at * scale.cell)
        if now != hour:
            labels[at] = f"{now:02}"
            hour = now
    apart = min((later - before for before, later in pairwise(labels)), default=_LABEL)
    every = next(each for each in (1, 2, 3, 4, 6, 8, 12, 24, 48, 96) if each * apart >= _LABEL)
    text = ""
    for turn, (at, label) in enumerate(labels.items()):
        if turn % every == 0 and at >= len(text):
            text = text.ljust(at) + label + " "
    return text.rstrip()


def _local_hour(rows: Sequence[Row], moment: timedelta) -> int:
    before = [row for row in rows if row.began <= moment]
    row = before[-1] if before else rows[0]
    return (row.start_at + (moment - row.began) + row.offset).hour


def _marks(rows: Sequence[Row], reminders: Iterable[Reminded], scale: _Scale) -> dict[int, Fate | None]:
    """Which cell has the mark of which reminder; of two in one cell the later stands in the next."""
    found: dict[int, Fate | None] = {}
    for reminder in reminders:
        before = [row for row in rows if row.start_at <= reminder.at]
        row = before[-1] if before else rows[0]
        at = scale.at(row.began + (reminder.at - row.start_at))
        while at in found:
            at += 1
        if at < scale.cells:
            found[at] = fate(reminder.outcome)
    return found


def _sign(kind: Fate | None, room: Room) -> str:
    return _MARKS[kind][room.ascii]


def _legend(
    postures: Sequence[Posture], fates: Sequence[Fate | None], room: Room, indent: int
) -> Iterator[Line]:
    signs = [Piece(SIGNS[posture][room.ascii], TONES[posture]) for posture in postures]
    yield from flowed(_explained(signs, map(named, postures)), room.width, indent)
    marks = [Piece(_sign(kind, room)) for kind in fates]
    yield from flowed(_explained(marks, map(fate_name, fates)), room.width, indent)


def _explained(signs: Iterable[Piece], names: Iterable[str]) -> list[Line]:
    return [(sign, Piece(f" {name}", Tone.QUIET)) for sign, name in zip(signs, names, strict=True)]


def fate_name(kind: Fate | None) -> str:
    match kind:
        case Fate.MOVED:
            return _("got up or moved")
        case Fate.SNOOZED:
            return _("snoozed")
        case Fate.SKIPPED:
            return _("skipped")
        case Fate.IGNORED:
            return _("not answered")
        case Fate.KEPT_BACK:
            return _("held back")
        case None:
            return _("still open")
