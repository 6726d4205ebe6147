"""`deskbreak import`: takes an export of deskbreak's own back, this log's or another machine's."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskbreak.cli.writing import connected
from deskbreak.errors import DeskbreakError
from deskbreak.paths import places
from deskbreak.store.backup import refuse_odd
from deskbreak.store.errors import told
from deskbreak.store.migrate import transaction
from deskbreak.store.own_json import ExportError, taken_apart
from deskbreak.store.taking_in import TakenIn, take_in
from deskbreak.words import _, ngettext

# Ten years are a tenth of that.
_LARGEST = 500_000_000

_HELP = """\
FILE is what `deskbreak export --format json` (or jsonl) wrote. What is missing
of this log is added, and what is there already stays as it is. Where nothing is
logged yet, this log goes on from the export. Another machine's log is kept
apart and told together with this one: sitting anywhere is sitting, told once.
To move to a new machine with all there is: deskbreak backup, deskbreak restore.
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("file", metavar="FILE", help=_("the export, or - for what is piped in"))
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    where = places()
    try:
        source, records = taken_apart(_read(args.file))
    except ExportError as fault:
        raise DeskbreakError(
            _("{file}: {why}; nothing was changed").format(file=args.file, why=fault)
        ) from fault
    with connected(where) as writer, told(where.log), transaction(writer.connection):
        taken = take_in(writer.connection, source, records, writer.clock.now().wall)
    if args.json:
        added = {name: number for name, number in taken.added.items() if number}
        print(json.dumps({"elsewhere": taken.elsewhere, "added": added, "left_out": taken.ahead}))
    else:
        print(_said(taken))
    return 0


def _read(file: str) -> bytes:
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            refuse_odd(Path(file))
            with Path(file).open("rb") as opened:
                raw = opened.read(_LARGEST + 1)
    except OSError as fault:
        raise DeskbreakError(f"{file}: {fault.strerror or fault}") from fault
    if len(raw) > _LARGEST:
        raise DeskbreakError(_("{file}: it is larger than any log is").format(file=file))
    return raw


def _said(taken: TakenIn) -> str:
    stretches = taken.added.get("stretch", 0)
    rows = sum(taken.added.values())
    if taken.elsewhere:
        line = (
            ngettext(
                "Another machine's log: {number} stretch is new. It is told together with those here.",
                "Another machine's log: {number} stretches are new. They are told together with those here.",
                stretches,
            ).format(number=stretches)
            if stretches
            else _("Another machine's log: all of it was here already.")
        )
    elif rows:
        line = ngettext("{number} row was added.", "{number} rows were added.", rows).format(number=rows)
    else:
        line = _("All of it was in the log already.")
    if taken.ahead:
        line += " " + ngettext(
            "{number} stretch lies in the future and was left out.",
            "{number} stretches lie in the future and were left out.",
            taken.ahead,
        ).format(number=taken.ahead)
    return line
