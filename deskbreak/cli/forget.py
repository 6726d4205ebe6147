"""`deskbreak forget`: erases what lies before a day, or all of it, for good and after asking."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, date, datetime
from pathlib import Path

from deskbreak.cli.consent import agreed
from deskbreak.cli.reading import Desk, desk
from deskbreak.cli.writing import connected, lock_held, refuse_beside_a_daemon
from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places
from deskbreak.report.opening import taken_away
from deskbreak.store import screening
from deskbreak.store.forget import copies, forget_all, forget_before
from deskbreak.words import _, ngettext

_HELP = """\
Backups and logs that were kept beside the log are rewritten, too, or deleted.
What you copied elsewhere (backup FILE, export) is out of reach. A running
deskbreak has to end first: deskbreak quit
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--before", type=_date, metavar="DATE", help=_("all days before this one, as 2026-11-23")
    )
    what.add_argument(
        "--all", action="store_true", help=_("the whole log, all backups, the answers to the screening")
    )
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    here = desk()
    refuse_beside_a_daemon(here.places)
    if args.before is not None and args.before > here.today:
        raise DeskbreakError(
            _("{day} is yet to come; to erase everything: deskbreak forget --all").format(day=args.before)
        )
    done = _all(here.places, args.yes) if args.all else _before(here, args.before, args.yes)
    if done and args.json:
        print(json.dumps({"forgotten": "all" if args.all else f"before {args.before.isoformat()}"}))
    elif done:
        print(_("It is erased for good."))
    return 0 if done else 1


def _all(places: Places, yes: bool) -> bool:
    question = _(
        "This erases for good: the log{copies}, pages made from it, what deskbreak wrote down of its own"
        " running, and your answers to the screening. Settings and exercises of your own stay."
    )
    found = copies(places)
    if not agreed(question.format(copies=_and(len(found.whole) + len(found.broken))), yes):
        return False
    with lock_held(places):
        forget_all(places)
        screening.forget(places.screening)
        taken_away(places)
        _diaries_away(places.diary)
    return True


def _before(here: Desk, day: date, yes: bool) -> bool:
    if not here.places.log.exists():
        raise DeskbreakError(_("there is no log yet"))
    found = copies(here.places)
    question = _(
        "This erases for good what is told of the days before {day} in the log{copies}, exercises and levels"
        " taken included. Pages made from it are deleted, and what deskbreak wrote down of its own running."
    ).format(copies=_and(len(found.whole)), day=day.isoformat())
    if found.broken:
        names = ", ".join(path.name for path in found.broken)
        question += " " + _("These cannot be read, and are deleted: {names}.").format(names=names)
    if not agreed(question, yes):
        return False
    begins = datetime.combine(day, here.settings.day_start, here.now.zone).astimezone(UTC)
    with connected(here.places) as writer:
        forget_before(here.places, writer.connection, day, begins)
        taken_away(here.places)
        _diaries_away(here.places.diary)
    return True


def _and(number: int) -> str:
    if not number:
        return ""
    return ngettext(" and {number} copy of it", " and {number} copies of it", number).format(number=number)


def _diaries_away(diary: Path) -> None:
    for path in (diary, *diary.parent.glob(f"{diary.name}.*")):
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise DeskbreakError(f"{path}: {fault.strerror or fault}") from fault


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise ArgumentTypeError(_("a date is written like 2026-11-23")) from fault
