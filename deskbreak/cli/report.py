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

KEYS = """\
Lengths are seconds, moments ISO 8601 with the local offset, shares and rates
plain numbers; null is what is undefined or not known.

A day:
  day                      the local date
  sitting_s ... unknown_s  one for each posture; unknown_s, as tracked_s, from
                           the first to the last sign of you alone
  inferred                 the same of what is known by quiet or a gap alone
  tracked_s                from the first to the last sign of you
  complete                 tracked_s is 4 h or more: it counts in means
  breaks, breaks_by_kind   away, stood, moved
  self_started             breaks before any reminder of their spell
  longest_s                the longest sitting bout
  bouts                    start, seconds, then (the posture that ended it,
                           null: open)
  exercises, activations   all, and those of them in the chair
  figures                  every measure of the bouts by its name; the README
                           has formulas and sources
  reminders                given, by_outcome
  aims                     sitting, longest, long-share: reached_s, limit_s,
                           met (null: not yet known, or no complete day)
  usual                    the means of the complete days of the 4 weeks
                           before: the keys of `mean`; null: fewer than 3
A span:
  first, last              the local dates
  days                     a list of days, without reminders and usual
  total                    the sums of them all, with figures
  mean                     days (how many are complete), and the means of
                           those: keys as in a day, interruptions_per_hour,
                           long_share, in_long_s, long_bouts, half_in_s
  usual                    as in a day, of the 4 weeks before the span
  reminders                as in a day
  aims_met                 for each aim: met, days, run (in a row at the end)
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
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
