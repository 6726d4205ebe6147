"""The log as other programs read it: CSV, JSON, JSON Lines and ActivityWatch's buckets, row by row.

Pure: it makes text of rows that it is given, in the order in which it is given them, and keeps none.
"""

import csv
import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from deskbreak.core.commands import ExerciseRow, PromptRow
from deskbreak.core.postures import Break, Posture, Row

Entry = Row | Break | PromptRow | ExerciseRow

COLUMNS: Mapping[str, str] = {
    "record": "stretch, break, prompt or exercise",
    "day": "the local date it belongs to; a day starts at day_start",
    "start": "when it began: local time with its offset from UTC",
    "end": "when it ended",
    "seconds": "how long it took, which holds where the clock was set meanwhile",
    "kind": "stretch: its posture; break: away, stood, moved; prompt: its kind",
    "how": "stretch: how it is known, as input, call, lock, idle, user",
    "level": "prompt: 1 to 3 for a reminder",
    "exercise": "the exercise that was done, or that a prompt named",
    "outcome": "prompt: what came of it, as started, snoozed, skipped, left",
    "dose": "exercise: how long all of it takes, in seconds",
    "rating": "exercise: easy, right, hard, pain",
    "activation": "exercise: true if it was done in the chair",
}
"""What the columns of CSV and the keys of an anonymous JSON mean. Empty, or null: it has none."""

_OWN = "own"
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)
# A Monday; anonymous times begin in its week.
_SOME_MONDAY = date(2001, 1, 1)
_WEEK = timedelta(weeks=1)


def as_csv(entries: Iterable[Entry], day_start: timedelta) -> Iterator[str]:
    """RFC 4180, with the `COLUMNS` as its first line; days start `day_start` after midnight."""
    line = csv.writer(_Echo()).writerow
    yield str(line(COLUMNS))
    for entry in entries:
        yield str(line([_plain(cell) for cell in cells(entry, day_start).values()]))


def as_lines(entries: Iterable[Entry], day_start: timedelta) -> Iterator[str]:
    """JSON Lines: an object with the keys of `COLUMNS` a line."""
    return (_json(cells(entry, day_start)) + "\n" for entry in entries)


def as_array(entries: Iterable[Entry], day_start: timedelta) -> Iterator[str]:
    """One JSON array of the objects of `as_lines`."""
    yield "["
    separator = "\n"
    for entry in entries:
        yield separator + _json(cells(entry, day_start))
        separator = ",\n"
    yield "\n]\n"


def as_buckets(rows: Callable[[], Iterable[Row]], host: str, now: datetime) -> Iterator[str]:
    """Two buckets for ActivityWatch to import: whether somebody was at the desk, and in which posture.

    Source: aw-core, schemas/export.json, bucket.json and event.json; "afkstatus" as aw-watcher-afk has it.
    `rows` is called once a bucket. Time that was not observed is in neither.
    """

    def at_desk(row: Row) -> Mapping[str, object]:
        present = row.posture in (Posture.SITTING, Posture.STANDING)
        return {"status": "not-afk" if present else "afk"}

    def posture(row: Row) -> Mapping[str, object]:
        return {"posture": row.posture.value, "how": row.how.value}

    buckets = (("deskbreak-afk", "afkstatus", at_desk), ("deskbreak-posture", "posture", posture))
    yield '{"buckets": {'
    before = "\n"
    for name, kind, tell in buckets:
        head = {
            "id": f"{name}_{host}",
            "type": kind,
            "client": "deskbreak",
            "hostname": host,
            "created": now.astimezone(UTC).isoformat(),
        }
        yield f"{before}{_json(head['id'])}: {_json(head).removesuffix('}')}, " + '"events": ['
        separator = "\n"
        for row in rows():
            if row.posture is not Posture.UNKNOWN:
                event = {
                    "timestamp": row.start_at.isoformat(timespec="milliseconds"),
                    "duration": row.length / _SECOND,
                    "data": tell(row),
                }
                yield separator + _json(event)
                separator = ",\n"
        yield "\n]}"
        before = ",\n"
    yield "\n}}\n"


def cells(entry: Entry, day_start: timedelta) -> dict[str, object]:
    """The entry by `COLUMNS`."""
    found: dict[str, object] = dict.fromkeys(COLUMNS)
    began = entry.at if isinstance(entry, PromptRow) else entry.start_at
    zone = _zone(entry.offset)
    found["start"] = _moment(began, zone)
    match entry:
        case Row():
            found |= {"record": "stretch", "kind": entry.posture.value, "how": entry.how.value}
        case Break():
            found |= {"record": "break", "kind": entry.kind.value}
        case PromptRow():
            found |= {"record": "prompt", "kind": entry.kind.value, "exercise": entry.exercise}
            found["level"] = entry.level or None
            found["outcome"] = None if entry.outcome is None else entry.outcome.value
        case ExerciseRow():
            found |= {"record": "exercise", "exercise": entry.exercise, "dose": entry.dose / _SECOND}
            found["rating"] = None if entry.rating is None else entry.rating.value
            found["activation"] = entry.activation
    if isinstance(entry, Row | Break):
        found["day"] = entry.day.isoformat()
    else:
        found["day"] = (began.astimezone(zone) - day_start).date().isoformat()
    if not isinstance(entry, PromptRow):
        end = entry.end_at if isinstance(entry, Row) else began + entry.length
        found |= {"end": _moment(end, zone), "seconds": entry.length / _SECOND}
    return found


def anonymous(entries: Iterable[Entry], first: date, known: Container[str]) -> Iterator[Entry]:
    """The same without what says who, where or when.

    By a whole number of weeks everything is moved to begin in the first week of 2001, so that weekday and
    time of day stay; the time zone is left out, moments are cut to the minute and lengths to the second. An
    exercise that is not one of `known` becomes "own". `first` is the day of the first entry.
    """
    weeks = (first - timedelta(days=first.weekday()) - _SOME_MONDAY) // _WEEK
    for entry in entries:
        zone, by = entry.offset, weeks * _WEEK

        def moved(moment: datetime, zone: timedelta = zone, by: timedelta = by) -> datetime:
            local = moment + zone - by
            return local - (local - local.replace(second=0, microsecond=0))

        match entry:
            case Row():
                length = _whole(entry.length)
                start_at = moved(entry.start_at)
                yield replace(
                    entry,
                    length=length,
                    start_at=start_at,
                    end_at=start_at + length,
                    offset=timedelta(),
                    day=entry.day - by,
                )
            case Break():
                yield replace(
                    entry,
                    length=_whole(entry.length),
                    start_at=moved(entry.start_at),
                    offset=timedelta(),
                    day=entry.day - by,
                )
            case PromptRow():
                named = _anybodys(entry.exercise, known)
                yield replace(entry, at=moved(entry.at), offset=timedelta(), exercise=named)
            case ExerciseRow():
                yield replace(
                    entry,
                    start_at=moved(entry.start_at),
                    offset=timedelta(),
                    exercise=_anybodys(entry.exercise, known) or _OWN,
                    length=_whole(entry.length),
                    dose=_whole(entry.dose),
                )


def _anybodys(exercise: str | None, known: Container[str]) -> str | None:
    return exercise if exercise is None or exercise in known else _OWN


def _whole(length: timedelta) -> timedelta:
    return length // _SECOND * _SECOND


@cache
def _zone(offset: timedelta) -> timezone:
    return timezone(offset)


def _moment(moment: datetime, zone: timezone) -> str:
    return moment.astimezone(zone).isoformat(timespec="milliseconds")


# One for all: making it anew for each object takes as long as its work.
_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _plain(cell: object) -> object:
    if isinstance(cell, float):
        # Not 1e-05, nor 60.0 where 60 will do.
        return f"{cell:.3f}".rstrip("0").rstrip(".")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell


class _Echo:
    """What the writer of CSV takes for its file: it hands each line back."""

    def write(self, line: str) -> str:
        return line
