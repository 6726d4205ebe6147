"""`deskbreak corrections`: all that the person said of their time, and taking one of it back."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from datetime import timezone

from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.cli.writing import writing
from deskbreak.core.commands import Uncorrect
from deskbreak.daemon.past import named
from deskbreak.ports import Said
from deskbreak.words import _
from deskbreak.words import correcting as words
from deskbreak.words.durations import duration, moment, weekday
from deskbreak.words.review import posture

_UNDO = "undo"


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("what", nargs="?", choices=(_UNDO,), metavar=_UNDO, help=_("take one back"))
    parser.add_argument("number", nargs="?", type=_number, metavar="N", help=_("its number in the list"))
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    here = desk()
    if args.what == _UNDO:
        if args.number is None:
            args.refuse(_("undo needs the number of a correction"))
        return _undo(here, args.number, args.json)
    with opened(here.places) as log:
        said = log.said()
    if args.json:
        print(json.dumps([_in_plain(each) for each in said]))
    elif not said:
        print(_("Nothing was corrected yet."))
    else:
        for each in said:
            print("\n".join(_lines(each, here)))
    return 0


def _undo(here: Desk, number: int, in_json: bool) -> int:
    answer = _taken_back(here, number)
    ok = answer["ok"] is True
    if in_json:
        print(json.dumps(answer))
    else:
        print(answer["says"], file=sys.stdout if ok else sys.stderr)
    return 0 if ok else 1


def _taken_back(here: Desk, number: int) -> Mapping[str, object]:
    """The answer, in the daemon's form."""
    try:
        return ask("uncorrect", number=number)
    except NotRunningError:
        with opened(here.places) as log:
            found = named(log, number)
        if isinstance(found, str):
            return {"ok": False, "says": found, "status": {"state": "off"}}
        with writing(here.places) as log:
            log.add(Uncorrect(found))
        return {"ok": True, "says": words.taken_back(found, here.now), "status": {"state": "off"}}


def _lines(each: Said, here: Desk) -> Iterator[str]:
    said = each.correction
    start = said.start_at.astimezone(timezone(said.offset))
    ended = (said.start_at + said.length).astimezone(timezone(said.offset))
    day = f"{weekday(start)} {start.date().isoformat()}"
    told = (
        _("taken back")
        if each.undone
        else _("said {moment}").format(moment=moment(said.said_at, here.now.wall, here.now.zone))
    )
    span = f"{start:%H:%M}-{ended:%H:%M}"
    lasted = f"{duration(said.length):>11}"
    yield f"{each.number:>4}  {day}  {span}  {lasted}  {posture(said.posture):<8}  {told}"
    if said.note is not None:
        yield f"      {said.note}"


def _in_plain(each: Said) -> Mapping[str, object]:
    said = each.correction
    zone = timezone(said.offset)
    return {
        "number": each.number,
        "start": said.start_at.astimezone(zone).isoformat(timespec="seconds"),
        "end": (said.start_at + said.length).astimezone(zone).isoformat(timespec="seconds"),
        "seconds": int(said.length.total_seconds()),
        "posture": said.posture.value,
        "note": said.note,
        "said": said.said_at.astimezone(zone).isoformat(timespec="seconds"),
        "undone": each.undone,
    }


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError(_("N is the number of a correction"))
    return int(text)
