"""The vocabulary of the log's tests: a person's morning as rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from deskbreak.core.commands import Record
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
MONDAY = date(2025, 6, 2)
BERLIN = timedelta(hours=2)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def stretch(
    posture: Posture,
    since: timedelta,
    until: timedelta,
    how: How = How.INPUT,
    day: date = MONDAY,
) -> Row:
    """A row from `since` to `until` after nine on Monday."""
    return Row(since, until - since, NINE + since, NINE + until, BERLIN, day, posture, how)


def sat(since: float, until: float, day: date = MONDAY) -> Record:
    return Record(stretch(Posture.SITTING, minutes(since), minutes(until), day=day))


def was_away(since: float, until: float, day: date = MONDAY) -> Record:
    return Record(stretch(Posture.AWAY, minutes(since), minutes(until), How.LOCK, day))


def stood(since: float, until: float, day: date = MONDAY) -> Record:
    return Record(stretch(Posture.STANDING, minutes(since), minutes(until), How.USER, day))


def took_a_break(spell: int, since: float, length: float, kind: BreakKind = BreakKind.AWAY) -> Break:
    return Break(spell, kind, minutes(since), minutes(length), NINE + minutes(since), BERLIN, MONDAY)


def named(record: Record, by: timedelta) -> Record:
    """The same stretch with a wall clock that is ahead by so much."""
    row = record.row
    return Record(replace(row, start_at=row.start_at + by, end_at=row.end_at + by))


def said(since: float, until: float, posture: Posture) -> Correction:
    """The person's word, at noon, about a time of the morning."""
    noon = NINE + timedelta(hours=3)
    return Correction(minutes(since), minutes(until - since), NINE + minutes(since), BERLIN, posture, noon)
