"""`deskbreak today`: the day so far, with what a running daemon has not booked yet."""

from argparse import ArgumentParser, Namespace

from deskbreak.cli.reading import glance
from deskbreak.cli.telling import tell_day


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print JSON instead: the keys of deskbreak report"
    )


def run(args: Namespace) -> int:
    here = glance()
    tell_day(here.today, here, args.json)
    return 0
