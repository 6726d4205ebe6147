"""`deskbreak correct`: what a past time was, by the person's own word; through the daemon where one runs."""

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta

from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.cli.consent import agreed
from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.cli.writing import writing
from deskbreak.core.clocktimes import Meant, Unclear, Written, meant
from deskbreak.core.commands import RecordCorrection
from deskbreak.core.postures import Posture, Word
from deskbreak.daemon.past import look_up
from deskbreak.errors import DeskbreakError
from deskbreak.words import _
from deskbreak.words import correcting as words

_HELP = """\
Times are local ones of the day that began at day_start (04:00), so that 01:30
is the night after it: 14:00-14:40, 23:50-00:20, 14:00-now. With dates:
2026-11-20T23:50-2026-11-21T00:20.

What was judged stays in the log (deskbreak log --original), and of two words
about the same time the later one holds. All of them: deskbreak corrections.
"""
_POSTURES = ("away", "sitting", "standing", "moving")
_TIME = r"(?:(\d{4}-\d\d-\d\d)[T ])?(\d?\d:\d\d(?::\d\d)?)"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|\.\.)\s*(?:{_TIME}|(now))", re.ASCII)
_LONGEST_NOTE = 200
_MIDNIGHT = re.compile(r"24:00(?::00)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEARS = range(1971, 9000)
_A_DAY = timedelta(days=1)

Span = tuple[Written, Written | None]
"""From when to when (None: now), as it was written."""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("span", type=_span, metavar="FROM-TO", help=_("local times, as 14:00-14:40"))
    parser.add_argument("posture", choices=_POSTURES, help=_("what you did in that time"))
    parser.add_argument("--note", type=_note, metavar="TEXT", help=_("why, in your own words"))
    parser.add_argument(
        "--day", type=_day, metavar="DAY", help=_("yesterday, or a date: 2026-11-23 (if left out: today)")
    )
    parser.add_argument(
        "--second", action="store_true", help=_("of a time that the clock shows twice, the second one")
    )
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    here = desk()
    span = _meant(args, here)
    word = Word(span.start, span.end, Posture(args.posture), args.note)
    answer = _said(here, word, args.yes)
    asks = answer.get("asks")
    if asks and not args.json and sys.stdin.isatty():
        if not agreed("\n".join(map(str, asks if isinstance(asks, list) else [asks])), False):
            return 1
        answer = _said(here, word, sure=True)
    ok = answer["ok"] is True
    if args.json:
        print(json.dumps(answer))
    else:
        print(" ".join(_lines(answer, span, args.second)), file=sys.stdout if ok else sys.stderr)
    return 0 if ok else 1


def _lines(answer: Mapping[str, object], span: Meant, second: bool) -> Iterator[str]:
    yield str(answer["says"])
    if answer.get("asks"):
        yield _("Nobody can be asked here; to note it all the same: --yes")
    if answer["ok"]:
        yield from (words.twice(local, second) for local in span.twice)


def _meant(args: Namespace, here: Desk) -> Meant:
    """Raises DeskbreakError for what is no past time."""
    day = args.day if isinstance(args.day, date) else here.today - (_A_DAY if args.day else timedelta())
    start, end = args.span
    found = meant(start, end, day, here.settings.day_start, here.now.zone, args.second)
    if found is Unclear.REVERSED:
        raise DeskbreakError(_reversed(start, end, start.day or day, here.settings.day_start))
    if found is Unclear.SKIPPED:
        raise DeskbreakError(_("that time never was: the clock was put forward over it"))
    last = found.end or found.start
    if last > here.now.wall:
        hint = "" if args.day or start.day else " " + _("For the day before: --day yesterday")
        raise DeskbreakError(words.to_come(last, here.now) + hint)
    return found


def _reversed(start: Written, end: Written | None, day: date, day_start: time) -> str:
    if end is None or end.day is not None or not day_start <= end.clock < start.clock:
        return _("that time ends before it begins, or at once")
    return _(
        "that time ends before it begins: {end} is on the same day, which lasts until {day_start}."
        " For the next day: {dated}"
    ).format(
        end=_clock(end.clock),
        day_start=_clock(day_start),
        dated=f"{day}T{_clock(start.clock)}-{day + _A_DAY}T{_clock(end.clock)}",
    )


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _said(here: Desk, word: Word, sure: bool) -> Mapping[str, object]:
    """The answer, in the daemon's form."""
    request = {
        "from": word.start.isoformat(),
        "to": None if word.end is None else word.end.isoformat(),
        "posture": word.posture.value,
        "note": word.note,
        "sure": sure,
    }
    try:
        return ask("correct", **{key: value for key, value in request.items() if value is not None})
    except NotRunningError:
        return {**_written(here, word, sure), "status": {"state": "off"}}


def _written(here: Desk, word: Word, sure: bool) -> Mapping[str, object]:
    with opened(here.places) as log:
        found = look_up(word, log, (), here.now)
    if isinstance(found, str):
        return {"ok": False, "says": found, "asks": []}
    asks = words.doubts(word, found, here.now)
    if asks and not sure:
        return {"ok": False, "says": " ".join(asks), "asks": list(asks)}
    with writing(here.places) as log:
        log.add(*map(RecordCorrection, found.corrections))
    return {"ok": True, "says": words.noted(found.corrections, here.now), "asks": []}


def _span(text: str) -> Span:
    understood = _SPAN.fullmatch(text.strip())
    if understood is None:
        raise ArgumentTypeError(_("a time is written as 14:00-14:40, 23:50-00:20 or 14:00-now"))
    first, start, last, end, now = understood.groups()
    return _time(first, start), None if now else _time(last, end)


def _time(day: str | None, clock: str) -> Written:
    midnight = _MIDNIGHT.fullmatch(clock) is not None
    on = None if day is None else _date(day) + (_A_DAY if midnight else timedelta())
    try:
        padded = clock.zfill(5 + 3 * (clock.count(":") - 1))
        return Written(time(0) if midnight else time.fromisoformat(padded), on)
    except ValueError as fault:
        raise ArgumentTypeError(_("there is no such time: {text}").format(text=clock)) from fault


def _note(text: str) -> str:
    note = " ".join(text.split())
    if not note or len(note) > _LONGEST_NOTE or not note.isprintable():
        raise ArgumentTypeError(
            _("a note is a text of at most {length} characters").format(length=_LONGEST_NOTE)
        )
    return note


def _day(text: str) -> date | str | None:
    if text in ("today", "yesterday"):
        return None if text == "today" else text
    if _DATE.fullmatch(text):
        return _date(text)
    raise ArgumentTypeError(_("DAY is today, yesterday, or a date like 2026-11-23"))


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if found.year not in _YEARS:
        raise ArgumentTypeError(_("there is no such day: {text}").format(text=text))
    return found
