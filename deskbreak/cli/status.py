"""`deskbreak status`: one paragraph, or JSON; without a daemon one line and exit status 1."""

import json
from argparse import ArgumentParser, Namespace

from deskbreak.cli.ask import NotRunningError, ask


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead")


def run(args: Namespace) -> int:
    try:
        answer = ask("status")
    except NotRunningError as off:
        print(json.dumps({"state": "off"}) if args.json else off)
        return 1
    print(json.dumps(answer["status"]) if args.json else answer["says"])
    return 0 if answer["ok"] is True else 1
