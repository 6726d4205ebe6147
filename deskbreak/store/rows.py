"""Rows of the log to and from the values of SQLite; what cannot be believed becomes None."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from operator import itemgetter
from typing import Any, TypeVar

from deskbreak.core.days import Reset
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.core.totals import Lived, Scale
from deskbreak.store.damage import leave_out
from deskbreak.store.errors import StoreError

T = TypeVar("T")
Cells = tuple[Any, ...]

# A stretch is cut at every start of a day; the longest day there is has 25 hours, and a flight over the
# date line 24 more. Longer than that is damage.
LONGEST = timedelta(hours=49)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SECOND = timedelta(seconds=1)
_LONGEST = LONGEST // _MILLISECOND
# A week short of what dates and durations can hold, so that a little can be added to them.
_FIRST = (datetime(1, 1, 8, tzinfo=UTC) - _EPOCH) // _MILLISECOND
_LAST = (datetime(9999, 12, 24, tzinfo=UTC) - _EPOCH) // _MILLISECOND
REACH = _LAST - _FIRST
_HOURS_24 = 86_400
_UNBELIEVABLE = (ValueError, KeyError, TypeError, OverflowError, StoreError)
# Calling an Enum costs ten times as much as looking its member up here.
_POSTURES = {posture.value: posture for posture in Posture}
_HOWS = {how.value: how for how in How}
_BREAKS: dict[str | bytes, BreakKind] = {
    key: kind for kind in BreakKind for key in (kind.value, kind.value.encode())
}


def ms(length: timedelta) -> int:
    """Whole milliseconds. Cut and never rounded, so that what meets still meets."""
    return length // _MILLISECOND


def ms_at(moment: datetime) -> int:
    """The moment as the log has it: milliseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def moment(cell: int) -> datetime:
    return _EPOCH + span(cell)


def span(cell: int) -> timedelta:
    return cell * _MILLISECOND


def length(cell: int) -> timedelta:
    """A duration that can be believed; raises ValueError for any other."""
    if not 0 <= cell <= _LONGEST:
        raise ValueError(f"{cell} ms is no length")
    return cell * _MILLISECOND


def number_of(day: date) -> int:
    """The day as the log has it: 20250602."""
    return day.year * 10_000 + day.month * 100 + day.day


@cache
def day_of(cell: int) -> date:
    """The same object for the same day."""
    return date(cell // 10_000, cell // 100 % 100, cell % 100)


STRETCH = "began, length, start_at, end_at, utc_offset, day, posture, how"
BREAK = "spell, kind, began, length, start_at, utc_offset, day"
BREAK_BEGAN, BREAK_LENGTH = itemgetter(2), itemgetter(3)
# As bytes the words need not be decoded, which would take as long as reading them.
BREAK_AS_BYTES = BREAK.replace("kind", "CAST(kind AS BLOB)")
PROMPT = "number, kind, level, exercise, at, utc_offset, decision, outcome, outcome_at"
CORRECTION = "began, length, start_at, utc_offset, posture, said_at"
EXERCISE = "number, exercise, start_at, utc_offset, length, dose, activation, rating"
LEVEL = "family, level, said_at, utc_offset, day"


def whole_seconds(offset: timedelta) -> int:
    return offset // _SECOND


def of_stretch(row: Row) -> Cells:
    began = ms(row.began)
    return (
        began,
        ms(row.began + row.length) - began,
        ms_at(row.start_at),
        # A wall clock that is being slewed back may name the end of a short row before its start.
        ms_at(max(row.start_at, row.end_at)),
        whole_seconds(row.offset),
        number_of(row.day),
        row.posture.value,
        row.how.value,
    )


def _refuse_odd(began: int, lasted: int, start_at: int, offset: int) -> None:
    """Raises ValueError for a row that nobody can reckon with: damage may be an integer as well."""
    if not (
        0 <= lasted <= _LONGEST
        and -REACH < began < REACH
        and _FIRST < start_at < _LAST
        and -_HOURS_24 < offset < _HOURS_24
    ):
        raise ValueError("no such stretch can have been lived")


def stretch(cells: Cells) -> Row:
    began, lasted, start_at, end_at, offset, day, posture, how = cells
    _refuse_odd(began, lasted, start_at, offset)
    return Row(
        span(began),
        length(lasted),
        moment(start_at),
        moment(end_at),
        offset * _SECOND,
        day_of(day),
        _POSTURES[posture],
        _HOWS[how],
    )


def stretches(found: Iterable[Cells]) -> Iterator[Row]:
    return believed(found, stretch, "stretches")


PIECE = "began, length, start_at, utc_offset, day, CAST(posture AS BLOB), CAST(how AS BLOB)"
_POSTURES_AS_BYTES = {posture.value.encode(): posture for posture in Posture}
_HOWS_AS_BYTES = {how.value.encode(): how for how in How}
_reset = partial(tuple.__new__, Reset)


Piece = Lived[int, Cells]


def pieces(found: Iterable[Cells]) -> Iterator[Piece]:
    """The stretches of which `PIECE` was found, on `SCALE`, without the damaged ones."""
    damaged: list[object] = []
    number, on = 0, date.min
    for cells in found:
        began, lasted, start_at, offset, day, posture, how = cells
        try:
            _refuse_odd(began, lasted, start_at, offset)
            if day != number:
                number, on = day, day_of(day)
            one = began, lasted, _POSTURES_AS_BYTES[posture], _HOWS_AS_BYTES[how], on, cells
        except _UNBELIEVABLE:
            damaged.append(cells[0])
        else:
            yield one
    leave_out("stretches", damaged)


def piece(row: Row) -> Piece:
    began, lasted, start_at, _end_at, offset, day, _posture, _how = of_stretch(row)
    return began, lasted, row.posture, row.how, row.day, (began, lasted, start_at, offset, day)


def _start(cells: Cells) -> tuple[datetime, timedelta]:
    _began, _lasted, start_at, offset, *_rest = cells
    return _EPOCH + start_at * _MILLISECOND, offset * _SECOND


SCALE: Scale[int, Cells] = Scale(0, ms, span, _start)


def of_break(pause: Break) -> Cells:
    return (
        pause.spell,
        pause.kind.value,
        ms(pause.began),
        ms(pause.length),
        ms_at(pause.start_at),
        whole_seconds(pause.offset),
        number_of(pause.day),
    )


def pause(cells: Cells) -> Break:
    spell, kind, began, lasted, start_at, offset, day = cells
    if lasted < 0:
        raise ValueError(f"{lasted} ms is no length")
    return Break(
        spell,
        _BREAKS[kind],
        span(began),
        span(lasted),
        moment(start_at),
        timedelta(seconds=offset),
        day_of(day),
    )


def resets(found: Iterable[Cells]) -> Iterator[Reset]:
    """The breaks of which `BREAK` was found as a day counts them, without the damaged ones."""
    damaged: list[object] = []
    for spell, kind, _began, lasted, start_at, _offset, day in found:
        try:
            if lasted < 0:
                raise ValueError(f"{lasted} ms is no length")
            begun = _EPOCH + start_at * _MILLISECOND
            one = _reset((_BREAKS[kind], day_of(day), begun, begun + lasted * _MILLISECOND))
        except _UNBELIEVABLE:
            damaged.append(spell)
        else:
            yield one
    leave_out("breaks", damaged)


def of_correction(said: Correction) -> Cells:
    began = ms(said.began)
    return (
        began,
        ms(said.ended) - began,
        ms_at(said.start_at),
        whole_seconds(said.offset),
        said.posture.value,
        ms_at(said.said_at),
    )


def correction(cells: Cells) -> Correction:
    began, lasted, start_at, offset, posture, said_at = cells
    return Correction(
        span(began),
        length(lasted),
        moment(start_at),
        timedelta(seconds=offset),
        Posture(posture),
        moment(said_at),
    )


def believed(found: Iterable[Cells], read: Callable[[Cells], T], table: str) -> Iterator[T]:
    """The rows of this table that `read` understands. Damaged ones are left out, and that is said."""
    damaged: list[object] = []
    for cells in found:
        try:
            yield read(cells)
        except _UNBELIEVABLE:
            damaged.append(cells[0])
    leave_out(table, damaged)
