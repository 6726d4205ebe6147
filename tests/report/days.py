"""Made-up days as values: `lived("08:50", "sitting 45", "away 5 idle")` is a morning."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import groupby

from deskbreak.core.bouts import bouts
from deskbreak.core.outcomes import Outcome, Reminded
from deskbreak.core.postures import BreakKind, How, Posture, Row
from deskbreak.core.totals import Day

FRIDAY = date(2026, 11, 20)
WINTER = timedelta(hours=1)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_PRESENT = (Posture.SITTING, Posture.STANDING, Posture.MOVING)
_KINDS = {Posture.AWAY: BreakKind.AWAY, Posture.STANDING: BreakKind.STOOD, Posture.MOVING: BreakKind.MOVED}


def at(clock: str, day: date = FRIDAY, offset: timedelta = WINTER) -> datetime:
    """The moment in UTC at which a clock there showed this time."""
    return datetime.combine(day, time.fromisoformat(clock), timezone(offset)).astimezone(UTC)


def lived(
    clock: str, *told: str, day: date = FRIDAY, offset: timedelta = WINTER, by: How = How.INPUT
) -> tuple[Row, ...]:
    """One after the other from `clock` on: a posture, its minutes, and how it is known where not `by`."""
    rows = []
    start = at(clock, day, offset)
    for each in told:
        posture, minutes, *how = each.split()
        length = timedelta(minutes=float(minutes))
        known = How(how[0]) if how else by
        rows.append(Row(start - _EPOCH, length, start, start + length, offset, day, Posture(posture), known))
        start += length
    return tuple(rows)


def reminded(clock: str, outcome: Outcome | None, day: date = FRIDAY, level: int = 1) -> Reminded:
    return Reminded(at(clock, day), WINTER, level, outcome)


def counted(rows: tuple[Row, ...], self_started: int = 0, exercises: int = 0, activations: int = 0) -> Day:
    """What the log would say of this day: breaks are all that is no sitting."""
    spent, inferred = dict.fromkeys(Posture, timedelta()), dict.fromkeys(Posture, timedelta())
    breaks = dict.fromkeys(BreakKind, 0)
    for row in rows:
        spent[row.posture] += row.length
        if row.how in (How.IDLE, How.GAP) and row.posture is not Posture.UNKNOWN:
            inferred[row.posture] += row.length
    for posture, _run in groupby(rows, lambda row: row.posture):
        if posture in _KINDS:
            breaks[_KINDS[posture]] += 1
    seen = [number for number, row in enumerate(rows) if row.posture in _PRESENT]
    between = rows[seen[0] : seen[-1] + 1] if seen else ()
    tracked = sum((row.length for row in between if row.posture is not Posture.UNKNOWN), timedelta())
    return Day(
        rows[0].day,
        tuple(spent.items()),
        tuple(inferred.items()),
        tuple(breaks.items()),
        self_started,
        tuple(bouts(rows)),
        exercises,
        activations,
        tracked,
    )


def again(day: Day, on: date) -> Day:
    """The same day, on another date."""
    moved = tuple(replace(bout, day=on) for bout in day.bouts)
    return replace(day, day=on, bouts=moved)
