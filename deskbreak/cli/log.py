"""`deskbreak log`: what the log holds of a day, in the order it was lived."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import chain

from deskbreak.cli import spans
from deskbreak.cli.colours import colours
from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.core.commands import ExerciseRow, PromptRow
from deskbreak.core.days import Reset
from deskbreak.core.naming import local_day
from deskbreak.core.postures import Break, Row
from deskbreak.report.grid import noted
from deskbreak.report.pieces import EMPTY, Line, Piece, Room, Tone, line
from deskbreak.report.ribbon import SIGNS, TONES
from deskbreak.report.table import room, show
from deskbreak.store.log import SqliteLog
from deskbreak.words import _, prompts, review
from deskbreak.words.durations import duration
from deskbreak.words.exercises import name
from deskbreak.words.sentences import hold

Entry = Row | Break | PromptRow | ExerciseRow

_HELP = """\
The keys of --json, one object a line; times are ISO 8601 with the local offset:
  stretch    its posture, with how (it is known), start, end, seconds
  break      away, stood or moved, with start, seconds
  prompt     its kind, with level, exercise, start, outcome, outcome_at, held_by
  exercise   its id, with start, seconds, dose (seconds), activation, rating
"""

_AROUND = timedelta(days=2)
_LONGEST = 10
_INDENT = 2 + len("09:00-09:41") + 2 + _LONGEST + 2
_MINUTE = timedelta(minutes=1)


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument(
        "day", nargs="?", default="today", metavar="DAY", help="today, yesterday, or a date: 2026-11-23"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead, one object a line")
    parser.add_argument(
        "--original", action="store_true", help="as it was judged, without what you said it was"
    )
    parser.set_defaults(refuse=parser.error)
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    here = desk()
    try:
        day = spans.day(args.day, here.today)
    except ValueError as wrong:
        args.refuse(str(wrong))
        raise
    with opened(here.places) as log:
        entries = sorted(
            _entries(log, here, day, args.original), key=lambda entry: (_at(entry), isinstance(entry, Row))
        )
    if args.json:
        import json

        for entry in entries:
            print(json.dumps(_said(entry)))
    else:
        space = room(sys.stdout, os.environ)
        show(_lines(day, entries, space), sys.stdout, os.environ, colours())
    return 0


def _entries(log: SqliteLog, here: Desk, day: date, original: bool) -> Iterator[Entry]:
    noon = datetime.combine(day, time(12), UTC)
    around = _moved(noon, -_AROUND), _moved(noon, _AROUND)
    if original:
        lived = tuple(row for row in log.stretches(*around) if row.day == day)
        breaks = tuple(pause for pause in log.breaks(*around) if pause.day == day)
    else:
        lived = tuple(log.lived(day, day))
        breaks = tuple(_break(reset, lived) for reset in log.resets(day, day))
    of_the_moment: Iterator[PromptRow | ExerciseRow] = chain(log.prompts(*around), log.exercises(*around))
    yield from chain(lived, breaks)
    begins = here.settings.day_start
    yield from (each for each in of_the_moment if local_day(_at(each), each.offset, begins) == day)


def _break(reset: Reset, lived: tuple[Row, ...]) -> Break:
    """The break in the local time of the stretch that it began with."""
    offset = next((row.offset for row in reversed(lived) if row.start_at <= reset.start_at), timedelta())
    length = reset.end_at - reset.start_at
    return Break(0, reset.kind, timedelta(), length, reset.start_at, offset, reset.day)


def _moved(at: datetime, by: timedelta) -> datetime:
    try:
        return at + by
    except OverflowError:
        return at


def _at(entry: Entry) -> datetime:
    return entry.at if isinstance(entry, PromptRow) else entry.start_at


def _lines(day: date, entries: list[Entry], space: Room) -> Iterator[Line]:
    yield (Piece(review.in_full(day), Tone.STRONG),)
    yield EMPTY
    if not entries:
        yield line("  ", _("The log holds nothing of this day."))
    for entry in entries:
        found = _line(entry, space)
        if sum(len(piece.text) for piece in found) <= space.width:
            yield found
        elif isinstance(entry, Row):
            yield found[:-1]
        else:
            clock, *said = found
            first, *more = noted("".join(piece.text for piece in said), space, _INDENT, Tone.PLAIN)
            yield line(clock, first[0].text.lstrip())
            yield from more


def _line(entry: Entry, space: Room) -> Line:
    clock = f"  {_at(entry) + entry.offset:%H:%M}"
    match entry:
        case Row():
            until = Piece(f"-{entry.end_at + entry.offset:%H:%M}", Tone.QUIET)
            length = f"{duration(entry.length):>{_LONGEST}}  "
            sign = Piece(SIGNS[entry.posture][space.ascii], TONES[entry.posture])
            known = Piece("  " + _("by {how}").format(how=review.how(entry.how)), Tone.QUIET)
            return (
                Piece(clock),
                until,
                Piece(f"  {length}"),
                sign,
                Piece(f" {review.posture(entry.posture):<8}"),
                known,
            )
        case Break():
            said = _("break: {kind}").format(kind=review.break_kind(entry.kind))
            return _beside(clock, "", said, _lasting(entry.length))
        case PromptRow():
            kind = review.prompt(entry.kind)
            level = _(" {level}").format(level=entry.level) if entry.level else ""
            named = "" if entry.exercise is None else f": {name(entry.exercise)}"
            return _beside(clock, "", f"{kind}{level}{named}", _became(entry))
        case ExerciseRow():
            activation = _(" (in the chair)") if entry.activation else ""
            rating = "" if entry.rating is None else f", {prompts.rating(entry.rating).lower()}"
            return _beside(clock, duration(entry.length), f"{name(entry.exercise)}{activation}", rating)


def _beside(clock: str, length: str, said: str, quiet: str) -> Line:
    return line(f"{clock}{length:>{_INDENT - len(clock) - 2}}  ", said, Piece(quiet, Tone.QUIET))


def _lasting(length: timedelta) -> str:
    return f", {duration(length)}" if length else ""


def _became(entry: PromptRow) -> str:
    if entry.outcome is None:
        return ""
    became = review.outcome(entry.outcome)
    if entry.decision is not None and entry.decision.holds and entry.outcome.value == "held":
        became += f" ({', '.join(map(hold, entry.decision.holds))})"
    if entry.outcome_at is not None and entry.outcome_at - entry.at >= _MINUTE:
        clock = f"{entry.outcome_at + entry.offset:%H:%M}"
        return _(", {became} at {clock}").format(became=became, clock=clock)
    return f", {became}"


def _said(entry: Entry) -> dict[str, object]:
    start = _moment(_at(entry), entry)
    match entry:
        case Row():
            return {
                "stretch": entry.posture.value,
                "how": entry.how.value,
                "start": start,
                "end": _moment(entry.end_at, entry),
                "seconds": entry.length.total_seconds(),
            }
        case Break():
            return {"break": entry.kind.value, "start": start, "seconds": entry.length.total_seconds()}
        case PromptRow():
            holds = () if entry.decision is None else entry.decision.holds
            return {
                "prompt": entry.kind.value,
                "level": entry.level,
                "exercise": entry.exercise,
                "start": start,
                "outcome": None if entry.outcome is None else entry.outcome.value,
                "outcome_at": None if entry.outcome_at is None else _moment(entry.outcome_at, entry),
                "held_by": [each.value for each in holds],
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


def _moment(at: datetime, entry: Entry) -> str:
    return at.astimezone(timezone(entry.offset)).isoformat(timespec="seconds")
