"""Days made from what the log holds of them: corrected rows, breaks, reminders, exercises.

Pure, and one pass over the rows, since ten years of them are told at once.
Specification: rules.md sections 3 and 8, metrics.md section 4.3.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain, groupby
from operator import itemgetter
from typing import Generic, NamedTuple

from deskbreak.core.bouts import bouts_of
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.core.totals import Bout, Day, Lived, N, Scale, T

_DAY = itemgetter(4)
_EVER = datetime.min.replace(tzinfo=UTC)
# Looking up the member of an Enum costs as much as all the rest that is done for a row.
_SITTING, _STANDING, _MOVING, _AWAY, _UNKNOWN = Posture
_IDLE, _GAP = How.IDLE, How.GAP


class Reset(NamedTuple):
    """A break, as far as a day counts it."""

    kind: BreakKind
    day: date
    start_at: datetime
    end_at: datetime


class Done(NamedTuple):
    """An exercise, as far as a day counts it; `seated`: in the chair, and the sitting went on."""

    day: date
    seated: bool


def days(
    rows: Iterable[Lived[T, N]],
    scale: Scale[T, N],
    resets: Iterable[Reset],
    reminders: Sequence[datetime],
    exercises: Iterable[Done],
    first: date,
    last: date,
    until: timedelta,
    break_min: timedelta,
) -> tuple[Day, ...]:
    """The days from `first` to `last` of which there is anything, in order.

    `rows` (corrected, in the order they were lived, on this scale) begin before the first bout of these days
    and go on after the last one; no row of these days begins at `until` on the elapsed clock or later.
    `resets` are the corrected breaks in order, from the last one before these days on; `reminders` when (UTC)
    one was shown, in order. A break is self-started when none was shown since the reset before it; unknown
    time of `break_min` or more is a reset without a break.
    """
    counted = _Counted(first, last, scale, break_min)
    over = scale.count(until)
    for bout in bouts_of(chain.from_iterable(counted.through(rows)), scale):
        counted.bout(bout)
        if counted.at is not None and counted.at >= over:
            break
    counted.breaks(resets, reminders)
    for done in exercises:
        counted.exercise(done)
    return tuple(counted.days())


class _Of(Generic[T]):
    """One day while it is being counted."""

    __slots__ = (
        "away", "begun", "bouts", "breaks", "exercises", "inferred", "moving", "quiet", "seated",
        "self_started", "sitting", "standing", "tracked", "unknown", "unseen",
    )  # fmt: skip

    def __init__(self, nothing: T) -> None:
        self.sitting: T = nothing
        self.standing: T = nothing
        self.moving: T = nothing
        self.away: T = nothing
        self.unknown: T = nothing
        self.tracked: T = nothing
        self.begun = False
        # Since the last proof: away and unknown, which the next proof of the day makes part of it.
        self.quiet: T = nothing
        self.unseen: T = nothing
        self.inferred: dict[Posture, T] = dict.fromkeys(Posture, nothing)
        self.bouts: list[Bout] = []
        self.breaks = dict.fromkeys(BreakKind, 0)
        self.self_started = self.exercises = self.seated = 0

    def prove(self, nothing: T) -> None:
        """The person is there, and was before on this day if it has `begun`."""
        if self.begun:
            self.tracked += self.quiet
            self.unknown += self.unseen
        self.quiet = self.unseen = nothing

    def told(self, day: date, length: Callable[[T], timedelta]) -> Day:
        return Day(
            day,
            (
                (_SITTING, length(self.sitting)),
                (_STANDING, length(self.standing)),
                (_MOVING, length(self.moving)),
                (_AWAY, length(self.away)),
                (_UNKNOWN, length(self.unknown)),
            ),
            tuple((posture, length(part)) for posture, part in self.inferred.items()),
            tuple(self.breaks.items()),
            self.self_started,
            tuple(self.bouts),
            self.exercises,
            self.seated,
            length(self.tracked),
        )


class _Counted(Generic[T, N]):
    def __init__(self, first: date, last: date, scale: Scale[T, N], break_min: timedelta) -> None:
        self.at: T | None = None
        self._first = first
        self._last = last
        self._scale: Scale[T, N] = scale
        self._break_min: T = scale.count(break_min)
        self._of: dict[date, _Of[T]] = {}
        # Since when there was nothing but away and unknown.
        self._absent: T | None = None
        self._unseen_resets: list[datetime] = []

    def through(self, rows: Iterable[Lived[T, N]]) -> Iterator[list[Lived[T, N]]]:
        """Passes the rows on day by day, counted; `at` is where those that were passed on last begin."""
        for day, lived in groupby(rows, _DAY):
            of_day = list(lived)
            # Days that nobody asked for are counted into nothing.
            self._count(self._day(day) or _Of(self._scale.nothing), of_day)
            self.at = of_day[0][0]
            yield of_day

    def _count(self, here: _Of[T], rows: Iterable[Lived[T, N]]) -> None:
        for began, length, posture, how, _day, name in rows:
            if posture is _AWAY or posture is _UNKNOWN:
                if self._absent is None:
                    self._absent = began
                if posture is _UNKNOWN:
                    here.unseen += length
                    if how is _GAP and began + length - self._absent >= self._break_min:
                        self._unseen_resets.append(self._scale.start(name)[0] + self._scale.length(length))
                    continue
                here.away += length
                here.quiet += length
            else:
                self._absent = None
                if here.quiet or here.unseen:
                    here.prove(self._scale.nothing)
                here.begun = True
                here.tracked += length
                if posture is _SITTING:
                    here.sitting += length
                elif posture is _STANDING:
                    here.standing += length
                else:
                    here.moving += length
            if how is _IDLE or how is _GAP:
                here.inferred[posture] += length

    def bout(self, bout: Bout) -> None:
        here = self._of.get(bout.day)
        if here is not None:
            here.bouts.append(bout)

    def breaks(self, resets: Iterable[Reset], reminders: Sequence[datetime]) -> None:
        unseen = sorted(self._unseen_resets)
        since = _EVER
        today: date | None = None
        here: _Of[T] | None = None
        for kind, day, start_at, end_at in resets:
            if day is not today:
                today, here = day, self._day(day)
            if here is not None:
                here.breaks[kind] += 1
                shown = bisect_left(reminders, start_at)
                if shown and reminders[shown - 1] >= since:
                    begun = bisect_right(unseen, start_at)
                    here.self_started += begun > 0 and unseen[begun - 1] > reminders[shown - 1]
                else:
                    here.self_started += 1
            since = end_at

    def exercise(self, done: Done) -> None:
        here = self._day(done.day)
        if here is not None:
            here.exercises += 1
            here.seated += done.seated

    def days(self) -> Iterator[Day]:
        for day in sorted(self._of):
            yield self._of[day].told(day, self._scale.length)

    def _day(self, day: date) -> _Of[T] | None:
        if not self._first <= day <= self._last:
            return None
        here = self._of.get(day)
        if here is None:
            here = self._of[day] = _Of(self._scale.nothing)
        return here
