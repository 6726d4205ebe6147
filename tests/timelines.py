"""Bouts from the timeline, or the list of minutes, of a worked case; the program's own code makes them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, timezone
from typing import TypeGuard

from deskbreak.core.bouts import INTERRUPTION, bouts
from deskbreak.core.naming import Naming, rows
from deskbreak.core.postures import How, Posture, Stretch
from deskbreak.core.totals import Bout

NINE = datetime(2024, 3, 4, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
# A piece is looked at hour by hour for the days that it lies on.
A_LIFETIME = timedelta(days=36_525)


class MalformedError(Exception):
    """What is wrong with a file or a case, in a sentence."""


def bouts_of(case: Mapping[str, object]) -> tuple[Bout, ...]:
    """The bouts of the case's `timeline`; without one, those of its `bouts_minutes`.

    Raises MalformedError.
    """
    try:
        if "timeline" in case:
            return _cut(case)
        return _listed(case)
    except OverflowError:
        raise MalformedError("it has a length or a moment that no calendar holds") from None


def _listed(case: Mapping[str, object]) -> tuple[Bout, ...]:
    minutes = case.get("bouts_minutes")
    if not isinstance(minutes, list):
        raise MalformedError("it has neither a timeline nor a list bouts_minutes")
    last_is_open = case.get("last_bout_open", False)
    if not isinstance(last_is_open, bool):
        raise MalformedError(f"last_bout_open: {last_is_open!r} is neither true nor false")
    listed = []
    for number, each in enumerate(minutes, 1):
        length = timedelta(minutes=amount(each, "bouts_minutes"))
        if not length:
            raise MalformedError("bouts_minutes: a bout lasts longer than nothing")
        then = None if last_is_open and number == len(minutes) else Posture.STANDING
        listed.append(Bout(NINE, NOTHING, length, NINE.date(), then))
    return tuple(listed)


def _cut(case: Mapping[str, object]) -> tuple[Bout, ...]:
    stretches, namings = _lived(case["timeline"])
    day_start = _day_start(case.get("day_start", "00:00"))
    interruption = INTERRUPTION
    if "min_interruption_s" in case:
        interruption = timedelta(seconds=amount(case["min_interruption_s"], "min_interruption_s"))
    named = (row for stretch in stretches for row in rows(stretch, namings, day_start))
    return tuple(bouts(named, interruption))


def _lived(timeline: object) -> tuple[Sequence[Stretch], tuple[Naming, ...]]:
    """The pieces on one elapsed axis, and what the local clocks said; a piece without a start goes on."""
    if not isinstance(timeline, list):
        raise MalformedError("timeline: it is not a list")
    stretches: list[Stretch] = []
    namings: list[Naming] = []
    for number, piece in enumerate(timeline, 1):
        where = f"timeline, piece {number}"
        if not isinstance(piece, dict):
            raise MalformedError(f"{where}: it is not an object")
        began = stretches[-1].ended if stretches else NOTHING
        zero_at = namings[0].zero_at if namings else NINE
        if "start" in piece:
            start_at = _moment(piece["start"], where)
            zero_at = zero_at if namings else start_at.astimezone(UTC)
            since, began = began, start_at - zero_at
            if began < since:
                raise MalformedError(f"{where}: it begins before the one ahead of it ends")
            namings.append(Naming(began, zero_at, timezone(start_at.utcoffset() or NOTHING)))
        elif not namings:
            namings.append(Naming(began, zero_at, UTC))
        ended = began + _length(piece, zero_at + began, where)
        if ended - began > A_LIFETIME:
            raise MalformedError(f"{where}: it lasts longer than a lifetime")
        stretches.append(Stretch(began, ended, _posture(piece.get("state"), where), How.INPUT))
    return stretches, tuple(namings)


def _length(piece: Mapping[str, object], start_at: datetime, where: str) -> timedelta:
    if "seconds" in piece:
        return timedelta(seconds=amount(piece["seconds"], where))
    if "minutes" in piece:
        return timedelta(minutes=amount(piece["minutes"], where))
    if "end" not in piece:
        raise MalformedError(f"{where}: it has no seconds, and no end")
    length = _moment(piece["end"], where) - start_at
    if length < NOTHING:
        raise MalformedError(f"{where}: it ends before it begins")
    return length


def _posture(state: object, where: str) -> Posture:
    for posture in Posture:
        if posture.value == state:
            return posture
    raise MalformedError(f"{where}: {state!r} is no posture ({', '.join(p.value for p in Posture)})")


def _moment(said: object, where: str) -> datetime:
    """An aware moment; UTC where it names no offset."""
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise MalformedError(f"{where}: {said!r} is no moment")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day_start(said: object) -> time:
    try:
        return time.fromisoformat(said if isinstance(said, str) else "")
    except ValueError:
        raise MalformedError(f"day_start: {said!r} is no time of day") from None


def amount(said: object, where: str) -> float:
    """A number that is not below zero; raises MalformedError for anything else."""
    if not is_number(said) or said < 0:
        raise MalformedError(f"{where}: {said!r} is no length")
    return float(said)


def is_number(said: object) -> TypeGuard[int | float]:
    return isinstance(said, int | float) and not isinstance(said, bool)
