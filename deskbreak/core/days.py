"""Days made from what the log holds of them: corrected rows, breaks, reminders, exercises.

Pure, and one pass over the rows, since ten years of them are told at once.
Specification: rules.md sections 3 and 8, metrics.md section 4.3.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from deskbreak.core.bouts import bouts
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.core.totals import Bout, Day, Lived

_NOTHING = timedelta(0)
_DAY = attrgetter("day")
_EVER = datetime.min.replace(tzinfo=UTC)
# Looking up the member of an Enum costs as much as all the rest that is done for a row.
_SITTING, _STANDING, _AWAY, _UNKNOWN = Posture.SITTING, Posture.STANDING, Posture.AWAY, Posture.UNKNOWN
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
    rows: Iterable[Lived],
    resets: Iterable[Reset],
    reminders: Sequence[datetime],
    exercises: Iterable[Done],
    first: date,
    last: date,
    until: timedelta,
    break_min: timedelta,
) -> tuple[Day, ...]:
    """The days from `first` to `last` of which there is anything, in order.

    `rows` (corrected, in the order they were lived) begin before the first bout of these days and go on after
    the last one; no row of these days begins at `until` on the elapsed clock or later. `resets` are the
    corrected breaks in order, from the last one before these days on; `reminders` when (UTC) one was shown,
    in order. A break is self-started when none was shown since the reset before it; unknown time of
    `break_min` or more is a reset without a break.
    """
    counted = _Counted(first, last, break_min)
    for bout in bouts(chain.from_iterable(counted.through(rows))):
        counted.bout(bout)
        if counted.at >= until:
            break
    counted.breaks(resets, reminders)
    for done in exercises:
        counted.exercise(done)
    return tuple(counted.days())


class _Of:
    """One day while it is being counted."""

    __slots__ = (
        "away", "begun", "bouts", "breaks", "exercises", "inferred", "moving", "quiet", "seated",
        "self_started", "sitting", "standing", "tracked", "unknown", "unseen",
    )  # fmt: skip

    def __init__(self) -> None:
        self.sitting = self.standing = self.moving = self.away = self.unknown = self.tracked = _NOTHING
        self.begun = False
        # Since the last proof: away and unknown, which the next proof of the day makes part of it.
        self.quiet = self.unseen = _NOTHING
        self.inferred = dict.fromkeys(Posture, _NOTHING)
        self.bouts: list[Bout] = []
        self.breaks = dict.fromkeys(BreakKind, 0)
        self.self_started = self.exercises = self.seated = 0

    def prove(self) -> None:
        """The person is there, and was before on this day if it has `begun`."""
        if self.begun:
            self.tracked += self.quiet
            self.unknown += self.unseen
        self.quiet = self.unseen = _NOTHING

    def told(self, day: date) -> Day:
        return Day(
            day,
            (
                (Posture.SITTING, self.sitting),
                (Posture.STANDING, self.standing),
                (Posture.MOVING, self.moving),
                (Posture.AWAY, self.away),
                (Posture.UNKNOWN, self.unknown),
            ),
            tuple(self.inferred.items()),
            tuple(self.breaks.items()),
            self.self_started,
            tuple(self.bouts),
            self.exercises,
            self.seated,
            self.tracked,
        )


class _Counted:
    def __init__(self, first: date, last: date, break_min: timedelta) -> None:
        self.at = timedelta.min
        self._first = first
        self._last = last
        self._break_min = break_min
        self._of: dict[date, _Of] = {}
        # Since when there was nothing but away and unknown.
        self._absent: timedelta | None = None
        self._unseen_resets: list[datetime] = []

    def through(self, rows: Iterable[Lived]) -> Iterator[list[Lived]]:
        """Passes the rows on day by day, counted; `at` is where those that were passed on last begin."""
        for day, lived in groupby(rows, _DAY):
            of_day = list(lived)
            # Days that nobody asked for are counted into nothing.
            self._count(self._day(day) or _Of(), of_day)
            self.at = of_day[0].began
            yield of_day

    def _count(self, here: _Of, rows: Iterable[Lived]) -> None:
        for row in rows:
            posture, how, length = row.posture, row.how, row.length
            if posture is _AWAY or posture is _UNKNOWN:
                if self._absent is None:
                    self._absent = row.began
                if posture is _UNKNOWN:
                    here.unseen += length
                    if how is _GAP and row.began + length - self._absent >= self._break_min:
                        self._unseen_resets.append(row.start_at + length)
                    continue
                here.away += length
                here.quiet += length
            else:
                self._absent = None
                if here.quiet or here.unseen:
                    here.prove()
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
        here: _Of | None = None
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
            yield self._of[day].told(day)

    def _day(self, day: date) -> _Of | None:
        if not self._first <= day <= self._last:
            return None
        here = self._of.get(day)
        if here is None:
            here = self._of[day] = _Of()
        return here
