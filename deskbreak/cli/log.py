"""`deskbreak log`: what the log holds of a day, in the order it was lived."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.core.commands import ExerciseRow, PromptRow
from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.postures import Break, Row
from deskbreak.store.log import SqliteLog
from deskbreak.words import _, prompts
from deskbreak.words.durations import duration, weekday
from deskbreak.words.exercises import name

Entry = Row | Break | PromptRow | ExerciseRow


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument(
        "day", nargs="?", default="today", metavar="DAY", help="today, yesterday, or a date: 2026-11-23"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead, one object a line")
    parser.add_argument(
        "--original", action="store_true", help="as it was judged, without what you said it was"
    )
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    here = desk()
    day = _day(args, here.today)
    with opened(here.places) as log:
        entries = sorted(
            _entries(log, here, day, args.original), key=lambda entry: (_at(entry), isinstance(entry, Row))
        )
    if args.json:
        for entry in entries:
            print(json.dumps(_said(entry)))
        return 0
    print(f"{weekday(day)} {day.isoformat()}\n")
    if not entries:
        print("  " + _("The log holds nothing of this day."))
    for entry in entries:
        print("  " + _line(entry))
    return 0


def _day(args: Namespace, today: date) -> date:
    match args.day:
        case "today":
            return today
        case "yesterday":
            return today - timedelta(days=1)
        case written:
            try:
                return date.fromisoformat(written)
            except ValueError:
                args.refuse(_("DAY is today, yesterday, or a date like 2026-11-23"))
                raise


def _entries(log: SqliteLog, here: Desk, day: date, original: bool) -> Iterator[Entry]:
    begins = datetime.combine(day, here.settings.day_start, here.now.zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), here.settings.day_start, here.now.zone).astimezone(UTC)
    lived, breaks = tuple(log.stretches(begins, ends)), tuple(log.breaks(begins, ends))
    if lived and not original:
        said = log.corrections(lived[0].began, lived[-1].began + lived[-1].length)
        lived = tuple(corrected(lived, said))
        breaks = corrected_breaks(breaks, lived, said, here.settings.break_min)
    yield from chain(lived, breaks, log.prompts(begins, ends), log.exercises(begins, ends))


def _at(entry: Entry) -> datetime:
    return entry.at if isinstance(entry, PromptRow) else entry.start_at


def _line(entry: Entry) -> str:
    clock = f"{_at(entry) + entry.offset:%H:%M}"
    match entry:
        case Row():
            span = f"{clock}-{entry.end_at + entry.offset:%H:%M}"
            return f"{span}  {duration(entry.length):>11}  {entry.posture.value:<9} ({entry.how.value})"
        case Break():
            return f"{clock}        {'':11}  " + _("break: {kind}").format(kind=entry.kind.value)
        case PromptRow():
            outcome = "" if entry.outcome is None else f" -> {entry.outcome.value}"
            named = "" if entry.exercise is None else f": {name(entry.exercise)}"
            level = f" {entry.level}" if entry.level else ""
            return f"{clock}        {'':11}  {entry.kind.value}{level}{named}{outcome}"
        case ExerciseRow():
            activation = _(" (activation)") if entry.activation else ""
            rating = "" if entry.rating is None else f", {prompts.rating(entry.rating).lower()}"
            return f"{clock}        {duration(entry.length):>11}  {name(entry.exercise)}{activation}{rating}"


def _said(entry: Entry) -> dict[str, object]:
    start = _at(entry).isoformat()
    match entry:
        case Row():
            return {
                "stretch": entry.posture.value,
                "how": entry.how.value,
                "start": start,
                "end": entry.end_at.isoformat(),
                "seconds": entry.length.total_seconds(),
            }
        case Break():
            return {"break": entry.kind.value, "start": start, "seconds": entry.length.total_seconds()}
        case PromptRow():
            return {
                "prompt": entry.kind.value,
                "level": entry.level,
                "exercise": entry.exercise,
                "start": start,
                "outcome": None if entry.outcome is None else entry.outcome.value,
            }
        case ExerciseRow():
            return {
                "exercise": entry.exercise,
                "start": start,
                "seconds": entry.length.total_seconds(),
                "activation": entry.activation,
                "dose": entry.dose.total_seconds(),
                "rating": None if entry.rating is None else entry.rating.value,
            }
