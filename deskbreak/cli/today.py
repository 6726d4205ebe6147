"""`deskbreak today`: the day so far, from the daemon where one runs, else from the log alone."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from deskbreak.cli.ask import ask
from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.core.postures import BreakKind, Posture
from deskbreak.daemon.status import breaks, today
from deskbreak.errors import DeskbreakError
from deskbreak.ports import DayTotals
from deskbreak.words import _, ngettext
from deskbreak.words.durations import duration, weekday

_BAR = 30


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead")


def run(args: Namespace) -> int:
    here = desk()
    totals = _totals(here)
    if args.json:
        kinds = {kind.value: number for kind, number in totals.breaks}
        print(json.dumps({"day": totals.day.isoformat(), **today(totals), "breaks_by_kind": kinds}))
    else:
        print("\n".join(_table(totals)))
    return 0


def _totals(here: Desk) -> DayTotals:
    try:
        status = ask("status")["status"]
    except DeskbreakError:
        status = None
    with opened(here.places) as log:
        logged = log.day(here.today)
    return logged if status is None else _brought_up_to_date(logged, status)


def _brought_up_to_date(logged: DayTotals, status: object) -> DayTotals:
    """With what the daemon knows and has not booked yet."""
    said = status.get("today") if isinstance(status, dict) else None
    if not isinstance(said, dict):
        return logged
    spent = {posture: timedelta(seconds=said.get(f"{posture.value}_s", 0)) for posture in Posture}
    return replace(
        logged, by_posture=tuple(spent.items()), longest=timedelta(seconds=said.get("longest_s", 0))
    )


def _table(totals: DayTotals) -> Iterator[str]:
    yield _("Today, {day}").format(day=_dated(totals.day))
    yield ""
    spent = {posture: length for posture, length in totals.by_posture if length or posture is Posture.SITTING}
    whole = sum(spent.values(), timedelta())
    for posture, length in spent.items():
        share = length / whole if whole else 0.0
        bar = "#" * round(share * _BAR)
        yield f"  {_name(posture):<10} {duration(length):>12}  {bar:<{_BAR}} {share:5.0%}"
    yield ""
    yield "  " + _breaks(totals)
    yield "  " + _("Longest stretch of sitting: {length}.").format(length=duration(totals.longest))


def _breaks(totals: DayTotals) -> str:
    number = breaks(totals)
    if not number:
        return _("No breaks yet.")
    line = ngettext("{number} break", "{number} breaks", number).format(number=number)
    kinds = ", ".join(f"{count} {_kind(kind)}" for kind, count in totals.breaks if count)
    return f"{line}: {kinds}."


def _dated(day: date) -> str:
    return f"{weekday(day)} {day.isoformat()}"


def _name(posture: Posture) -> str:
    match posture:
        case Posture.SITTING:
            return _("sitting")
        case Posture.STANDING:
            return _("standing")
        case Posture.MOVING:
            return _("moving")
        case Posture.AWAY:
            return _("away")
        case Posture.UNKNOWN:
            return _("unknown")


def _kind(kind: BreakKind) -> str:
    match kind:
        case BreakKind.AWAY:
            return _("away")
        case BreakKind.STOOD:
            return _("stood")
        case BreakKind.MOVED:
            return _("moved")
