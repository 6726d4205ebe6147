"""`deskbreak restore`: puts a backup in the place of the log, after asking, and keeps what it replaces."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from deskbreak.cli.consent import agreed
from deskbreak.cli.reading import desk
from deskbreak.cli.writing import lock_held, refuse_beside_a_daemon
from deskbreak.store.backup import span, verified
from deskbreak.store.restore import restore
from deskbreak.words import _

_HELP = """\
The backup is verified first and stays as it is. The log that it replaces is
kept beside it, with the date in its name. A running deskbreak has to end first:
  deskbreak quit && deskbreak restore FILE && deskbreak run
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("what `deskbreak backup` made"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    here = desk()
    refuse_beside_a_daemon(here.places)
    with verified(args.file) as backup:
        days = span(backup)
    question = _("{file} holds {days}. It is put in the place of the log, which is kept beside it.")
    if not agreed(question.format(file=args.file, days=_days(days)), args.yes):
        return 1
    with lock_held(here.places):
        kept = restore(here.places, args.file, here.today)
    if args.json:
        print(
            json.dumps({"restored": str(args.file.absolute()), "kept": None if kept is None else str(kept)})
        )
        return 0
    print(_("The log is that of {file} now: {days}.").format(file=args.file, days=_days(days)))
    if kept is not None:
        print(_("The one before it is kept as {file}").format(file=kept))
    return 0


def _days(days: tuple[date, date] | None) -> str:
    if days is None:
        return _("no day yet")
    first, last = days
    if first == last:
        return first.isoformat()
    return _("{first} to {last}").format(first=first.isoformat(), last=last.isoformat())
