"""`deskbreak config`: the settings in force with what each is for; it never writes the file."""

import json
import sys
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from deskbreak.cli.parser import unknown
from deskbreak.paths import places
from deskbreak.settings import as_texts, load, load_exercises, notes, reference
from deskbreak.words import _


def arguments(parser: ArgumentParser, _name: str) -> None:
    below = parser.add_subparsers(dest="what", required=True, metavar="show | check | path | get")
    show = below.add_parser("show", help="every setting with its value, its use and what is allowed")
    check = below.add_parser(
        "check", help="name every fault in it and in exercises.json; exit 1 if there is one"
    )
    path = below.add_parser("path", help="where the file is, or would be")
    get = below.add_parser("get", help="the value of one setting")
    get.add_argument("key", metavar="KEY")
    for one in (show, check, path, get):
        one.add_argument("--json", action="store_true", help="print JSON instead")


def run(args: Namespace) -> int:
    where = places()
    path = where.settings
    if args.what == "path":
        print(json.dumps({"path": str(path)}) if args.json else path)
        return 0
    settings, faults = load(path)
    if args.what == "check":
        faults = (*faults, *load_exercises(where.exercises)[1])
    match args.what:
        case "show":
            print(_json(as_texts(settings)) if args.json else reference(settings).rstrip())
        case "get":
            values = as_texts(settings)
            if args.key not in values:
                sys.stderr.write(unknown(_("setting"), args.key, values))
                return 2
            print(_json({args.key: values[args.key]}) if args.json else values[args.key])
        case _ if args.json:
            print(json.dumps({"faults": [*map(str, faults)], "notes": notes(settings)}))
            return 1 if faults else 0
        case _:
            for note in notes(settings):
                print(note)
            if not faults:
                print(_fine(path) if path.exists() else _no_file(str(path)))
                if where.exercises.exists():
                    print(_fine(where.exercises))
            for fault in faults:
                print(fault, file=sys.stderr)
            return 1 if faults else 0
    for fault in faults:
        print(fault, file=sys.stderr)
    return 0


def _json(texts: Mapping[str, str]) -> str:
    """One object; what TOML knows and JSON does not, a date or a time, is a string in it."""
    values = tomllib.loads("".join(f"{key} = {text}\n" for key, text in texts.items()))
    return json.dumps(values, default=str)


def _fine(path: Path) -> str:
    return _("{path} is fine.").format(path=path)


def _no_file(path: str) -> str:
    return _("There is no {path}: every setting has its default.").format(path=path)
