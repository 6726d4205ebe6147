"""Days of the log as the person corrected them; it only reads, and reads every day in this one way."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar

from deskbreak.core import days as core
from deskbreak.core.days import Done, Reset
from deskbreak.core.naming import local_day
from deskbreak.core.outcomes import Outcome, PromptKind
from deskbreak.core.postures import BreakKind, Posture, Row
from deskbreak.core.totals import Day
from deskbreak.store import rows
from deskbreak.store.patches import corrections, patches

T = TypeVar("T")

_NOTHING = timedelta(0)
_TWO_DAYS = timedelta(days=2)
# A bout may reach over two starts of a day, and one moment may have the dates of two zones.
_AROUND = 4
_BREAKS_BEFORE = 20
# Later than any row can begin, in milliseconds of the elapsed clock.
_EVER = timedelta.max // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings that days are told by: how long an absence is a break, and when a day starts."""

    break_min: timedelta
    day_start: time


class _Days(Protocol):
    resets: tuple[Reset, ...]

    def counted(self, reminders: Sequence[datetime], exercises: Sequence[Done]) -> tuple[Day, ...]: ...

    def lived(self) -> Iterator[Row]: ...


def days(connection: sqlite3.Connection, first: date, last: date, settings: InForce) -> tuple[Day, ...]:
    """The days from `first` to `last` of which the log has anything, in order.

    Rows that cannot be believed are left out.
    """
    span = _span(connection, first, last, settings.break_min)
    reminders = tuple(_reminders(connection, span.resets, first))
    return span.counted(reminders, tuple(_done(connection, first, last, settings.day_start)))


def totals(connection: sqlite3.Connection, day: date, settings: InForce) -> Day:
    """What `days` says of this day, without exercises and what was self-started; a day of nothing, maybe."""
    found = _span(connection, day, day, settings.break_min).counted((), ())
    nothing = tuple((posture, _NOTHING) for posture in Posture)
    none = tuple((kind, 0) for kind in BreakKind)
    return found[0] if found else Day(day, nothing, nothing, none, 0, (), 0, 0)


def lived(connection: sqlite3.Connection, first: date, last: date, settings: InForce) -> Iterator[Row]:
    """The corrected rows of these days, in the order they were lived."""
    return _span(connection, first, last, settings.break_min).lived()


def breaks(connection: sqlite3.Connection, first: date, last: date, settings: InForce) -> Iterator[Reset]:
    """The breaks of these days, in order, as days count them."""
    return (
        each
        for each in _span(connection, first, last, settings.break_min).resets
        if first <= each.day <= last
    )


def _span(connection: sqlite3.Connection, first: date, last: date, break_min: timedelta) -> _Days:
    """The days, told together with other machines' logs where those have anything of about that time."""
    low, high = _around(first, last)
    others = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM elsewhere WHERE day BETWEEN ? AND ?)",
        (rows.number_of(low), rows.number_of(high)),
    )
    if others.fetchone() == (0,):
        return _Span(connection, first, last, break_min)
    # Few people have two machines: nobody else pays for what that takes.
    from deskbreak.store.together import Together

    wide = _Span(connection, low, high, break_min)
    said = corrections(connection, rows.span(-rows.REACH))
    return Together(connection, wide.lived(), said, wide.resets, first, last, low, high, break_min)


class _Span:
    """The days from `first` to `last`, with so much around them as they depend on."""

    def __init__(self, connection: sqlite3.Connection, first: date, last: date, break_min: timedelta) -> None:
        self._connection = connection
        self._first = first
        self._last = last
        self._break_min = break_min
        low, high = connection.execute(
            "SELECT MIN(began), MAX(began) FROM stretches"
            " WHERE day BETWEEN ? AND ? AND began BETWEEN ? AND ?",
            (rows.number_of(first), rows.number_of(last), -rows.REACH, rows.REACH),
        ).fetchone()
        self._nothing = low is None
        self._began, self._until = int(low or 0), int(high or 0) + 1
        # Where a correction cuts the last row, its pieces begin later than it did.
        (self._over,) = connection.execute(
            "SELECT COALESCE(MAX(began + MIN(length, ?)), 0) FROM stretches WHERE began = ?",
            (rows.ms(rows.LONGEST), high),
        ).fetchone()
        # A bout that reaches into the first day began before it, and nothing earlier changes whose it is.
        self._since = self._began - rows.ms(rows.LONGEST)
        # They most often come in order, and then sorting takes no time.
        breaks = sorted(self._breaks(), key=rows.BREAK_BEGAN)
        earliest = min(self._since, breaks[0][2]) if breaks else self._since
        said = () if self._nothing else corrections(connection, rows.span(max(earliest, -rows.REACH)))
        self._patches = patches(connection, said, breaks, break_min)
        self.resets = tuple(self._resets(breaks))

    def counted(self, reminders: Sequence[datetime], exercises: Sequence[Done]) -> tuple[Day, ...]:
        return core.days(
            self._stream(rows.PIECE, rows.pieces, lambda lived: map(rows.piece, lived), self._since),
            rows.SCALE,
            self.resets,
            reminders,
            exercises,
            self._first,
            self._last,
            rows.span(self._over),
            self._break_min,
        )

    def lived(self) -> Iterator[Row]:
        for row in self._stream(rows.STRETCH, rows.stretches, iter, self._began, self._until):
            if self._first <= row.day <= self._last:
                yield row

    def _stream(
        self,
        columns: str,
        read: Callable[[Iterable[rows.Cells]], Iterator[T]],
        corrected: Callable[[tuple[Row, ...]], Iterator[T]],
        since: int,
        until: int = _EVER,
    ) -> Iterator[T]:
        """The rows that begin in `[since, until)`, of these columns, as read; and the `corrected` ones."""
        if self._nothing:
            return
        query = f"SELECT {columns} FROM stretches WHERE began >= ? AND began < ? ORDER BY began"
        at = since
        for patch in self._patches:
            if patch.low >= until:
                break
            yield from read(self._connection.execute(query, (at, patch.low)))
            yield from corrected(patch.lived())
            at = max(at, patch.high)
        yield from read(self._connection.execute(query, (at, until)))

    def _breaks(self) -> Iterator[rows.Cells]:
        """As the log has them: of these days, some before, and those after that a correction may touch.

        Of those before the last one counts, which may not be one as the person corrected it.
        """
        first, last = rows.number_of(self._first), rows.number_of(_two_days_after(self._last))
        return self._connection.execute(
            f"SELECT {rows.BREAK_AS_BYTES} FROM breaks WHERE day <= ? AND day >= COALESCE("
            "(SELECT MIN(day) FROM (SELECT day FROM breaks WHERE day < ? ORDER BY day DESC LIMIT ?)), 0)",
            (last, first, _BREAKS_BEFORE),
        )

    def _resets(self, breaks: Sequence[rows.Cells]) -> Iterator[Reset]:
        near = [patch for patch in self._patches if patch.low < self._over]
        if near:
            judged = frozenset().union(*(patch.judged() for patch in near))
            kept = (cells for cells in breaks if cells[0] not in judged)
            told = (rows.of_break(one) for patch in near for one in patch.breaks())
            breaks = sorted((*kept, *told), key=rows.BREAK_BEGAN)
        return rows.resets(breaks)


def _reminders(connection: sqlite3.Connection, resets: Sequence[Reset], first: date) -> Iterator[datetime]:
    """When (UTC) a reminder was on the screen, in order: all that the resets from `first` on are told by."""
    ours = [reset.start_at for reset in resets if reset.day >= first]
    if not ours:
        return iter(())
    before = [reset.start_at for reset in resets if reset.day < first]
    found = connection.execute(
        "SELECT at FROM prompts WHERE kind = ? AND at BETWEEN ? AND ?"
        " AND (outcome IS NULL OR outcome NOT IN (?, ?)) ORDER BY at",
        (
            PromptKind.REMINDER.value,
            rows.ms_at(max(before)) if before else -rows.REACH,
            rows.ms_at(max(ours)),
            Outcome.HELD.value,
            Outcome.UNDELIVERED.value,
        ),
    )
    return rows.believed(found, lambda cells: rows.moment(cells[0]), "prompts")


def _done(connection: sqlite3.Connection, first: date, last: date, day_start: time) -> Iterator[Done]:
    """The exercises of about these days, each with the local day it was begun on."""
    # An exercise has no day of its own; local dates are within two days of UTC's.
    found = connection.execute(
        "SELECT start_at, utc_offset, activation FROM exercises WHERE start_at BETWEEN ? AND ?",
        (_midnight(first) - rows.ms(_TWO_DAYS), _midnight(last) + rows.ms(_TWO_DAYS)),
    )

    def done(cells: rows.Cells) -> Done:
        start_at, offset, seated = cells
        return Done(local_day(rows.moment(start_at), timedelta(seconds=offset), day_start), bool(seated))

    return rows.believed(found, done, "exercises")


def _midnight(day: date) -> int:
    return rows.ms_at(datetime.combine(day, time(), UTC))


def _around(first: date, last: date) -> tuple[date, date]:
    """The days that those from `first` to `last` may depend on."""
    low = max(first.toordinal() - _AROUND, date.min.toordinal())
    high = min(last.toordinal() + _AROUND, date.max.toordinal())
    return date.fromordinal(low), date.fromordinal(high)


def _two_days_after(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + _TWO_DAYS.days, date.max.toordinal()))
