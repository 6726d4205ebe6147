"""`deskbreak report`: a day or several, in the terminal, as JSON or as a page in the browser."""

from argparse import ArgumentParser, Namespace

from deskbreak.cli import spans
from deskbreak.cli.reading import glance
from deskbreak.cli.telling import tell_day, tell_span
from deskbreak.words import _

_HELP = """\
SPAN is one of
  today, yesterday, 2026-11-20           one day (today, if left out)
  week, last-week, month, last-month     so far, or the whole last one
  2026-11-01..2026-11-20                 from a day to a day
Weeks begin on Monday, and days at the hour that `day_start` is set to. Times
are counted from the first to the last sign of you on a day; a day of less than
4 h is shown, and counts in no mean.

The keys of --json:
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    from deskbreak.report.keys import KEYS

    parser.add_argument("span", nargs="?", default="today", metavar="SPAN", help=spans.KNOWN)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print JSON instead")
    how.add_argument("--open", action="store_true", help="show all of the log as a page in the browser")
    parser.set_defaults(refuse=parser.error)
    parser.epilog = _(_HELP) + KEYS


def run(args: Namespace) -> int:
    here = glance()
    try:
        asked = spans.span(args.span, here.today)
    except ValueError as wrong:
        args.refuse(str(wrong))
        raise
    if args.open:
        from deskbreak.cli.paged import open_page

        print(open_page(asked.last))
    elif asked.single:
        tell_day(asked.first, here, args.json)
    else:
        tell_span(asked.first, asked.last, here, args.json)
    return 0
