"""`deskbreak export`: the log as CSV, JSON, JSON Lines or ActivityWatch's buckets, to a file or piped."""

import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from pathlib import Path
from sqlite3 import Connection

from deskbreak.cli.reading import Desk, desk
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.coach.library import packaged
from deskbreak.core.commands import ExerciseRow, PromptRow
from deskbreak.core.days import Reset
from deskbreak.core.postures import Break, Row
from deskbreak.daemon.lock import NAME, holder
from deskbreak.errors import DeskbreakError
from deskbreak.paths import private_file
from deskbreak.report import export
from deskbreak.report.export import COLUMNS, Entry
from deskbreak.store.backup import span
from deskbreak.store.database import open_to_read
from deskbreak.store.errors import told
from deskbreak.store.log import SqliteLog
from deskbreak.store.lookback import Lookback
from deskbreak.store.own_json import records, written
from deskbreak.words import _

_FORMATS = ("json", "jsonl", "csv", "activitywatch")
_LONG_AGO, _FAR_OFF = date(1970, 1, 2), date(9000, 1, 1)
_NOBODY = "unknown"

_HELP = """\
json, jsonl    everything that this machine's log holds, as it was first judged,
               with what you corrected beside it. `deskbreak import` takes it back.
csv            a row for each stretch, break, prompt and exercise, as you
               corrected them, with what other machines saw.
activitywatch  the same stretches as buckets: in ActivityWatch under Raw Data,
               Import buckets.

--anonymous leaves out notes, settings, the names of exercises of your own and
your time zone. All is moved by whole weeks to begin in the first week of 2001,
starts are cut to the minute and lengths to the second. It cannot be imported;
csv, json and jsonl have the same columns then.

No export ever holds the answers to the screening.

The columns, times with their offset from UTC as 2026-11-23T09:00:00.000+01:00:
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--format", choices=_FORMATS, default="json", help=_("json if left out"))
    parser.add_argument("--from", dest="first", type=_date, metavar="DAY", help=_("the first day"))
    parser.add_argument("--to", dest="last", type=_date, metavar="DAY", help=_("the last day"))
    parser.add_argument("--anonymous", action="store_true", help=_("without what says who, where or when"))
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help=_("a file that only you can read; else it is printed"),
    )
    columns = "".join(f"  {name:<11} {meaning}\n" for name, meaning in COLUMNS.items())
    parser.epilog = _(_HELP) + columns
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    if args.first is not None and args.last is not None and args.last < args.first:
        args.refuse(_("--to is before --from"))
    here = desk()
    free = holder(here.places.data / NAME) is None
    with closing(open_to_read(here.places.log, writer_is_free=free)) as connection:
        text = _read(args, here, connection)
        if args.output is None:
            for piece in text:
                sys.stdout.buffer.write(piece.encode())
            sys.stdout.buffer.flush()
        else:
            _keep(text, args.output)
            print(_("Written: {file}").format(file=args.output), file=sys.stderr)
    return 0


def _read(args: Namespace, here: Desk, connection: Connection) -> Iterator[str]:
    # Only the reading: who has read enough of the text breaks the pipe, and that is no fault of the log.
    with told(here.places.log):
        # What a daemon writes meanwhile is not half in it.
        connection.execute("BEGIN")
        yield from _text(args, here, connection)


def _text(args: Namespace, here: Desk, connection: Connection) -> Iterator[str]:
    first, last = args.first or _LONG_AGO, args.last or _FAR_OFF
    if args.format in ("json", "jsonl") and not args.anonymous:
        only = None if args.first is None and args.last is None else (first, last)
        found = records(connection, only, _begin(here, first), _begin(here, last + timedelta(days=1)))
        now = here.now.wall.astimezone(here.now.zone)
        return written(connection, found, now, as_lines=args.format == "jsonl")
    days = Lookback(connection, here.places.log)
    begin = here.settings.day_start
    day_start = timedelta(hours=begin.hour, minutes=begin.minute, seconds=begin.second)
    days_there = span(connection)
    since = max(first, days_there[0]) if days_there else first

    def told_as_asked(entries: Iterable[Entry]) -> Iterable[Entry]:
        return export.anonymous(entries, since, packaged().known) if args.anonymous else entries

    if args.format == "activitywatch":
        host = _NOBODY if args.anonymous else socket.gethostname()
        return export.as_buckets(
            lambda: _stretches(told_as_asked(days.lived(first, last))), host, here.now.wall
        )
    log = SqliteLog(connection, here.places.log, SystemClock(axis_at_launch(None)).mark)
    entries = told_as_asked(_entries(days, log, here, first, last))
    match args.format:
        case "csv":
            return export.as_csv(entries, day_start)
        case "jsonl":
            return export.as_lines(entries, day_start)
        case _:
            return export.as_array(entries, day_start)


def _entries(days: Lookback, log: SqliteLog, here: Desk, first: date, last: date) -> Iterator[Entry]:
    """All of them in the order in which they began, none of them kept."""
    begins, ends = _begin(here, first), _begin(here, last + timedelta(days=1))
    offset = timedelta()
    # Of those that begin together the stretch comes first: a break has the offset of its stretch.
    sorts: tuple[Iterable[Row | Reset | PromptRow | ExerciseRow], ...] = (
        days.lived(first, last),
        days.resets(first, last),
        log.prompts(begins, ends),
        log.exercises(begins, ends),
    )
    for entry in merge(*sorts, key=lambda one: one.at if isinstance(one, PromptRow) else one.start_at):
        if isinstance(entry, Reset):
            length = entry.end_at - entry.start_at
            yield Break(0, entry.kind, timedelta(), length, entry.start_at, offset, entry.day)
        else:
            if isinstance(entry, Row):
                offset = entry.offset
            yield entry


def _stretches(entries: Iterable[Entry]) -> Iterator[Row]:
    return (entry for entry in entries if isinstance(entry, Row))


def _begin(here: Desk, day: date) -> datetime:
    return datetime.combine(day, here.settings.day_start, here.now.zone).astimezone(UTC)


def _keep(text: Iterator[str], path: Path) -> None:
    """Old or new at every moment, never half."""
    if path.exists() and not path.is_file():
        raise DeskbreakError(_("{file}: it is no plain file").format(file=path))
    beginning = path.with_name(f".{path.name}.new")
    try:
        private_file(beginning)
        try:
            with beginning.open("w", encoding="utf-8", newline="") as file:
                file.writelines(text)
            beginning.replace(path)
        finally:
            beginning.unlink(missing_ok=True)
    except OSError as fault:
        raise DeskbreakError(f"{path}: {fault.strerror or fault}") from fault


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise ArgumentTypeError(_("a day is written like 2026-11-23")) from fault
    if not _LONG_AGO <= day <= _FAR_OFF:
        raise ArgumentTypeError(_("a day is written like 2026-11-23"))
    return day
