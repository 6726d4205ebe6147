"""`deskbreak levels`: where the person stands in each family, what the next step asks for, and taking it."""

import json
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC
from textwrap import wrap

from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.cli.coached import coach, moment
from deskbreak.cli.colours import colours, painted
from deskbreak.cli.reading import Desk, desk
from deskbreak.cli.say import tell
from deskbreak.cli.writing import writing
from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import TESTED, Standing, What, levels_of
from deskbreak.coach.library import by_id
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.words import _
from deskbreak.words.durations import moment as at
from deskbreak.words.levels import heading, next_step, no_level, no_test, passed, taken

_WIDTH = 80
_HELP = """\
deskbreak levels set bridge 202   take the next level, or set any; it is yours
                                  from then on, until a longer pause or pain
deskbreak levels passed bridge    you have passed the family's test for 303
                                  (deskbreak levels says which it is)
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    below = parser.add_subparsers(dest="what", metavar="set | passed")
    change = below.add_parser("set", help=_("from now on you are at this level"))
    change.add_argument("family", choices=[each.value for each in Family], metavar="FAMILY")
    change.add_argument("level", type=int, choices=[each.value for each in Level], metavar="101 | 202 | 303")
    test = below.add_parser("passed", help=_("the family's test for 303 went well"))
    test.add_argument("family", choices=sorted(each.value for each in TESTED), metavar="FAMILY")
    for each in (change, test):
        # What was said before the word `set` holds.
        each.add_argument("--json", action="store_true", default=SUPPRESS, help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    if args.what is not None:
        return _say(args)
    here = desk()
    found = coach(here).standings(moment(here))
    if args.json:
        print(json.dumps([_entry(each) for each in found]))
    else:
        print("\n".join(_lines(found, here)))
    return 0


def _say(args: Namespace) -> int:
    what = {"passed": True} if args.what == "passed" else {"level": args.level}
    try:
        answer = ask("levels", family=args.family, **what)
    except NotRunningError:
        ok, says = _write(args)
        answer = {"ok": ok, "says": says}
    return tell(answer, args.json)


def _write(args: Namespace) -> tuple[bool, str]:
    """While no daemon writes; returns whether anything changed, and what is true since."""
    here, family = desk(), Family(args.family)
    standing = _standing(here, family)
    if args.what == "set" and Level(args.level) not in levels_of(family, by_id()):
        return False, no_level(family, Level(args.level))
    if args.what == "passed" and not standing.tested:
        return False, no_test(standing)
    local = here.now.wall.astimezone(here.now.zone)
    said: LevelSet | Mastered = Mastered(family, local, here.today)
    if args.what == "set":
        said = LevelSet(family, Level(args.level), local, here.today)
    with writing(here.places) as log:
        log.add(said)
    if isinstance(said, Mastered):
        return True, passed(_standing(here, family))
    return True, " ".join(filter(None, taken(standing, said.level)))


def _standing(here: Desk, family: Family) -> Standing:
    return next(each for each in coach(here).standings(moment(here)) if each.family is family)


def _lines(found: tuple[Standing, ...], here: Desk) -> Iterator[str]:
    for each in found:
        yield painted(heading(each), "1", colours())
        if each.rests_until is not None:
            until = at(each.rests_until, here.now.wall, here.now.zone)
            yield "  " + _("At rest until {moment}, as it hurt.").format(moment=until)
        step = next_step(each) or _("There is no higher level in this family.")
        yield from wrap(step, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        if each.next is not None and each.offered:
            yield "  " + _("All of it is met. To take it: {command}").format(
                command=f"deskbreak levels set {each.family.value} {int(each.next.to)}"
            )
        elif each.next is not None and _only_the_test(each):
            yield "  " + _("When the test went well: {command}").format(
                command=f"deskbreak levels passed {each.family.value}"
            )


def _only_the_test(standing: Standing) -> bool:
    conditions = () if standing.next is None else standing.next.conditions
    return [each.what for each in conditions if not each.met] == [What.TEST]


def _entry(standing: Standing) -> dict[str, object]:
    step, rests_until = standing.next, standing.rests_until
    return {
        "family": standing.family.value,
        "level": int(standing.level),
        "rests_until": None if rests_until is None else rests_until.astimezone(UTC).isoformat(),
        "next": step
        and {
            "level": int(step.to),
            "conditions": [
                {"what": each.what.value, "have": each.have, "need": each.need} for each in step.conditions
            ],
        },
        "offered": standing.offered,
    }
