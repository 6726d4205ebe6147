"""`deskbreak primer`: the minutes before a run, now or before one in a while, guided in the browser."""

import sys
from argparse import SUPPRESS, ArgumentParser, Namespace

from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.cli.say import seconds, tell
from deskbreak.errors import DeskbreakError
from deskbreak.words import _

_KINDS = ("full", "short", "three-minutes")
_HELP = """\
deskbreak primer        starts it now; how long it takes depends on how long you
                        sat today (6 h or more: 7 min on the floor, 6 without;
                        3 h or more: 5 min; less: 3 min)
deskbreak primer 40m    you run in 40 minutes: it is offered shortly before

Runs that come every week stand in the settings: runs = ["Tue 18:00"]. Skip the
primer if anything hurts.
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument(
        "starts_in", nargs="?", type=seconds, metavar="IN", help=_("in how long you run, as 40m")
    )
    # The daemon has the guide shown to what it started.
    parser.add_argument("--show", choices=_KINDS, help=SUPPRESS)
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    if args.show is not None:
        return _show(args.show)
    wanted = {} if args.starts_in is None else {"in_s": args.starts_in}
    try:
        answer = ask("primer", **wanted)
    except NotRunningError as off:
        if args.starts_in is not None or args.json:
            raise
        print(off, file=sys.stderr)
        return _show(None)
    return tell(answer, args.json)


def _show(kind: str | None) -> int:
    """The guide to this one, or to the one that the day asks for."""
    from deskbreak.cli.coached import coach, moment, today
    from deskbreak.cli.reading import desk
    from deskbreak.coach.library import chosen
    from deskbreak.coach.primer import id_of
    from deskbreak.coach.slots import Kind
    from deskbreak.report.opening import opened, written
    from deskbreak.report.sequence import sequence

    here = desk()
    rotation = coach(here)
    which = rotation.primer_for(today(here)) if kind is None else Kind(kind)
    made = rotation.primer(which, moment(here))
    if made is None:
        raise DeskbreakError(
            _("nothing of the primer suits: the settings, the screening and what you hid rule all out")
        )
    path = written(sequence(made, chosen()), id_of(made.kind), here.places)
    said = _("The guide is open: {path}") if opened(path) else _("Open this in a browser: {path}")
    print(said.format(path=path))
    return 0
