"""`deskbreak config`: the settings in force with what each is for; it never writes the file."""

import json
import sys
from argparse import ArgumentParser, Namespace

from deskbreak.cli.parser import unknown
from deskbreak.paths import places
from deskbreak.settings import as_texts, load, notes, reference
from deskbreak.words import _


def arguments(parser: ArgumentParser, _name: str) -> None:
    below = parser.add_subparsers(dest="what", required=True, metavar="show | check | path | get")
    show = below.add_parser("show", help="every setting with its value, its use and what is allowed")
    show.add_argument("--json", action="store_true", help="print JSON instead")
    below.add_parser("check", help="name every fault in the file; exit 1 if there is one")
    below.add_parser("path", help="where the file is, or would be")
    get = below.add_parser("get", help="the value of one setting")
    get.add_argument("key", metavar="KEY")


def run(args: Namespace) -> int:
    path = places().settings
    if args.what == "path":
        print(path)
        return 0
    settings, faults = load(path)
    match args.what:
        case "show":
            print(json.dumps(as_texts(settings)) if args.json else reference(settings).rstrip())
        case "get":
            values = as_texts(settings)
            if args.key not in values:
                sys.stderr.write(unknown(_("setting"), args.key, values))
                return 2
            print(values[args.key])
        case _:
            for note in notes(settings):
                print(note)
            if not faults:
                print(_("{path} is fine.").format(path=path) if path.exists() else _no_file(str(path)))
            for fault in faults:
                print(fault, file=sys.stderr)
            return 1 if faults else 0
    for fault in faults:
        print(fault, file=sys.stderr)
    return 0


def _no_file(path: str) -> str:
    return _("There is no {path}: every setting has its default.").format(path=path)
