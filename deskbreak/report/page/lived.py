"""Days as they were lived, on the axis that a ribbon is drawn along; it decides nothing about their look."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

from deskbreak.core.commands import ExerciseRow, PromptKind, PromptRow
from deskbreak.core.figures import LONG
from deskbreak.core.naming import local_day
from deskbreak.core.postures import How, Posture, Row
from deskbreak.core.totals import Bout, Day
from deskbreak.report.page.review import IN_DETAIL, Review

T = TypeVar("T")

_NOT_SEEN = frozenset({Posture.AWAY, Posture.UNKNOWN})
_REMINDERS = frozenset({PromptKind.REMINDER, PromptKind.STANDING})
_NOTHING = timedelta(0)
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """The same posture, known in the same way, from `at` on; in whole seconds."""

    at: timedelta
    length: timedelta
    posture: Posture
    how: How

    @property
    def ended(self) -> timedelta:
        return self.at + self.length


@dataclass(frozen=True, slots=True)
class Lived:
    """One day from when somebody was first seen until they were last seen, on an axis of its own.

    The axis begins at `midnight` (UTC) of the day by the offset that held when its log began, and goes on by
    true time. `shifts`: from there on the clock on the wall says so much more than the axis.
    """

    midnight: datetime
    shifts: tuple[tuple[timedelta, timedelta], ...]
    segments: tuple[Segment, ...]
    long_bouts: tuple[Bout, ...]
    reminders: tuple[PromptRow, ...]
    exercises: tuple[ExerciseRow, ...]

    def on_axis(self, moment: datetime) -> timedelta:
        """Where on the axis this aware moment lies."""
        return moment - self.midnight

    def clock(self, at: timedelta) -> str:
        """What the clock on the wall said there: `14:05`."""
        shift = next((shift for since, shift in reversed(self.shifts) if since <= at), _NOTHING)
        minutes = (at + shift) // _MINUTE
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def lived(review: Review) -> dict[date, Lived]:
    """The latest days in order, as far back as rows were given, and `IN_DETAIL` at most."""
    known = {day.day: day for day in review.days}
    since = max(known, default=date.max) - IN_DETAIL
    rows = _by_day((row for row in review.rows if row.day > since), lambda row: row.day)
    reminders = _by_day(
        (each for each in review.prompts if each.kind in _REMINDERS),
        lambda each: local_day(each.at, each.offset, review.day_start),
    )
    done = _by_day(review.exercises, lambda each: local_day(each.start_at, each.offset, review.day_start))
    return {
        day: _lived(known[day], rows[day], reminders.get(day, []), done.get(day, []))
        for day in known
        if day in rows
    }


def _by_day(found: Iterable[T], day: Callable[[T], date]) -> dict[date, list[T]]:
    """In the order given: who flies over the date line lives a day in two pieces."""
    days: dict[date, list[T]] = {}
    for each in found:
        days.setdefault(day(each), []).append(each)
    return days


def _lived(day: Day, rows: list[Row], reminders: list[PromptRow], exercises: list[ExerciseRow]) -> Lived:
    first = rows[0]
    midnight = datetime.combine(day.day, time(), UTC) - first.offset
    shifts = tuple(
        (row.start_at - midnight, row.offset - first.offset)
        for before, row in pairwise(rows)
        if row.offset != before.offset
    )
    long_bouts = tuple(bout for bout in day.bouts if bout.length >= LONG)
    return Lived(midnight, shifts, _segments(rows, midnight), long_bouts, tuple(reminders), tuple(exercises))


def _segments(rows: list[Row], midnight: datetime) -> tuple[Segment, ...]:
    """What goes on in the same way is one; nobody is seen before the first of them or after the last."""
    found: list[Segment] = []
    for row in rows:
        at, last = row.start_at - midnight, found[-1] if found else None
        began, ended = at // _SECOND * _SECOND, (at + row.length) // _SECOND * _SECOND
        if last is not None and (last.posture, last.how, last.ended) == (row.posture, row.how, began):
            found[-1] = replace(last, length=ended - last.at)
        elif last is not None or row.posture not in _NOT_SEEN:
            found.append(Segment(began, ended - began, row.posture, row.how))
    while found and found[-1].posture in _NOT_SEEN:
        found.pop()
    return tuple(found)
