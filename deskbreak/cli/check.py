"""`deskbreak check`: whether the log is sound, one sentence for each thing that is not."""

import json
from argparse import ArgumentParser, Namespace
from contextlib import closing

from deskbreak.cli.reading import desk
from deskbreak.daemon.lock import NAME, holder
from deskbreak.store.backup import newest_night, span
from deskbreak.store.database import open_to_read
from deskbreak.store.soundness import findings
from deskbreak.words import _, ngettext


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))


def run(args: Namespace) -> int:
    here = desk()
    log, night = here.places.log, newest_night(here.places)
    free = holder(here.places.data / NAME) is None
    with closing(open_to_read(log, writer_is_free=free)) as connection:
        found = tuple(findings(connection, here.places, here.now.wall))
        days = span(connection)
    if args.json:
        backed_up = None if night is None else night.isoformat()
        print(json.dumps({"sound": not found, "findings": found, "last_backup": backed_up}))
        return 1 if found else 0
    for line in found:
        print(line)
    if found:
        number = ngettext("{number} finding.", "{number} findings.", len(found)).format(number=len(found))
        print("\n" + number + " " + _("What cannot be believed is in no total, and stays in the log."))
        return 1
    print(_("The log is sound: {file}").format(file=log))
    if days is not None:
        print(_("It holds {first} to {last}.").format(first=days[0].isoformat(), last=days[1].isoformat()))
    if night is not None:
        print(_("The last nightly backup is that of {day}.").format(day=night.isoformat()))
    return 0
