"""`deskbreak backup`: a verified copy of the log, made while a daemon may be writing it."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskbreak.cli.reading import desk
from deskbreak.daemon.lock import NAME, holder
from deskbreak.paths import private_folder
from deskbreak.store.backup import NIGHTS, back_up, folder, free_name, nightly
from deskbreak.words import _

_HELP = f"""\
Without FILE it goes beside the log, into the folder backups. There a running
deskbreak makes one each night, too, and keeps the last {NIGHTS}.
To go back to one: deskbreak restore FILE
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("a new file"))
    where.add_argument(
        "--nightly",
        action="store_true",
        help=_("as each night: one a day, without a word, and the oldest beyond five go"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    here = desk()
    free = holder(here.places.data / NAME) is None
    if args.nightly:
        made = nightly(here.places, here.today, free)
    else:
        target = args.file or free_name(
            private_folder(folder(here.places)) / f"deskbreak-{here.today.isoformat()}.sqlite3"
        )
        made = back_up(here.places.log, target, free)
    size = made.stat().st_size
    if args.json:
        print(json.dumps({"file": str(made.absolute()), "bytes": size}))
    elif not args.nightly:
        print(_("Backed up and verified: {file} ({size} kB)").format(file=made, size=-(-size // 1000)))
    return 0
