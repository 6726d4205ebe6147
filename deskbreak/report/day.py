"""One day of the log as lines for a terminal: its ribbon, its totals and figures, what is usual, the aims."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from deskbreak.core import figures
from deskbreak.core.goals import WORKDAY, Aim, Progress, complete
from deskbreak.core.outcomes import Reminded
from deskbreak.core.postures import How, Posture, Row
from deskbreak.core.totals import Day
from deskbreak.core.usual import ENOUGH, Usual
from deskbreak.report.grid import Entry, Stroke, grid, noted, span, widest
from deskbreak.report.pieces import EMPTY, Line, Piece, Room, Tone, line
from deskbreak.report.ribbon import lived, ribbon
from deskbreak.report.sums import sums
from deskbreak.report.telling import Details
from deskbreak.report.telling import told as rows
from deskbreak.words import _
from deskbreak.words.durations import duration
from deskbreak.words.review import in_full

_KEPT = "✓", "+"
_REACHED = "━", "-"
_LIMIT = "┃", "|"
_AT = 2 / 3
_SLIVER = 1 / 60
_WIDE = 60


class DayTold(NamedTuple):
    """What there is to tell of a day.

    `rows` are its corrected ones in the order they were lived, `reminders` those of this day. `usual` is what
    it is compared with, None where there is nothing yet. `now` (local) is when today is told; None: the day
    is over.
    """

    day: Day
    rows: tuple[Row, ...]
    reminders: tuple[Reminded, ...]
    usual: Usual | None
    aims: tuple[Progress, ...]
    now: datetime | None


def day_lines(told: DayTold, room: Room) -> Iterator[Line]:
    """All of it; no line is wider than the room where that has 40 columns or more."""
    yield _heading(told)
    yield EMPTY
    drawn = ribbon(told.rows, told.reminders, room)
    if not drawn:
        nobody, nothing = _("Nobody was seen at the desk."), _("The log holds nothing of this day.")
        yield line("  ", nobody if told.rows else nothing)
        return
    yield from drawn
    yield EMPTY
    heads = (_("so far") if told.now else _("that day"), _("usually") if told.usual else "")
    details = Details(_inferred(told.rows), _when(told.day), told.reminders)
    entries = tuple(rows(sums((told.day,)), (told.usual,), details, room))
    aimed = tuple(_aims(_telling(told), room))
    labels = widest((*entries, *aimed))
    yield from grid(entries, heads, labels, room)
    yield EMPTY
    # What an aim is must be there, so that in a small room its columns go for themselves.
    yield from grid(aimed, ("", _("aim: under")), labels if room.width >= _WIDE else widest(aimed), room)
    yield EMPTY
    for note in _notes(told):
        yield from noted(note, room)


def _heading(told: DayTold) -> Line:
    day = in_full(told.day.day)
    if told.now is None:
        return (Piece(day, Tone.STRONG),)
    until = _("until {clock}").format(clock=f"{told.now:%H:%M}")
    return (Piece(_("Today"), Tone.STRONG), Piece(f"  {day}, {until}", Tone.QUIET))


def _inferred(found: Iterable[Row]) -> Mapping[Posture, timedelta]:
    """What nobody knows but by quiet or by a gap, from the first to the last sign of the person."""
    lengths: dict[Posture, timedelta] = {}
    for row in lived(found):
        if row.how in (How.IDLE, How.GAP) and row.posture is not Posture.UNKNOWN:
            lengths[row.posture] = lengths.get(row.posture, timedelta()) + row.length
    return lengths


def _when(day: Day) -> str:
    """When the longest bout was: `14:19-15:41`."""
    if not day.bouts:
        return ""
    longest = max(day.bouts, key=lambda bout: bout.length)
    began = longest.start_at + longest.offset
    return f"{began:%H:%M}-{began + longest.length:%H:%M}"


def _telling(told: DayTold) -> tuple[Progress, ...]:
    """Of a day that is hardly begun, a share says nothing yet."""
    return tuple(each for each in told.aims if complete(told.day) or each.aim is Aim.LONGEST)


def _aims(progress: tuple[Progress, ...], room: Room) -> Iterator[Entry]:
    """How far each aim is, without a word about one that was missed."""
    for each in progress:
        kept = _KEPT[room.ascii] if each.met else ""
        yield Entry(
            aim_name(each.aim), (span(each.reached), duration(each.limit), kept), tuple(_way(each.part, room))
        )


def _way(part: float, room: Room) -> Iterator[Stroke]:
    """A bar with a mark at the limit, which lies at two thirds of it."""
    here, mark = _REACHED[room.ascii], _LIMIT[room.ascii]
    scaled = min(part * _AT, 1.0)
    yield Stroke(min(scaled, _AT), here, Tone.SITTING)
    yield Stroke(max(_AT - scaled, 0.0), " ", Tone.PLAIN)
    yield Stroke(_SLIVER, mark, Tone.QUIET)
    yield Stroke(max(scaled - _AT - _SLIVER, 0.0), here, Tone.SITTING)


def aim_name(aim: Aim) -> str:
    match aim:
        case Aim.SITTING:
            return _("sitting")
        case Aim.LONGEST:
            return _("longest bout")
        case Aim.LONG_SHARE:
            return _("in long bouts")


def _notes(told: DayTold) -> Iterator[str]:
    half = figures.usual_longest_first([bout.length for bout in told.day.bouts])
    usually = told.usual.half_in if told.usual else None
    if half is not None:
        said = _("Half of your sitting was in stretches of {length} or longer").format(length=duration(half))
        if usually is not None:
            said = _("{said}; usually {length}").format(said=said, length=duration(usually))
        yield f"{said}."
    if told.usual is None:
        said = _("There is nothing usual to compare with yet: that takes {number} days of 4 h or more.")
        yield said.format(number=ENOUGH)
    else:
        said = _("Usually: the means of the {number} days of 4 h or more in the 4 weeks before.")
        yield said.format(number=told.usual.days)
    if told.day.tracked < WORKDAY and any(each.aim is Aim.SITTING for each in _telling(told)):
        said = _("The aim for sitting is scaled from a day of {day} to the {tracked} tracked.")
        yield said.format(day=duration(WORKDAY), tracked=duration(told.day.tracked))
    if told.now is None and not complete(told.day):
        yield _("Less than 4 h of this day were tracked, so that no mean counts it.")
