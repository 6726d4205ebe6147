"""`deskbreak levels`: where the person stands in each family, and what the next step asks for; it reads."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from textwrap import wrap

from deskbreak.cli.colours import colours, painted
from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.coach.levels import Standing, standings
from deskbreak.coach.library import by_id
from deskbreak.coach.sessions import Now
from deskbreak.daemon.memory import session
from deskbreak.words import _
from deskbreak.words.durations import moment
from deskbreak.words.levels import heading, next_step

_WIDTH = 80
_EVER, _FOREVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))


def run(args: Namespace) -> int:
    here = desk()
    with opened(here.places) as log:
        done = [session(row, here.settings.day_start) for row in log.exercises(_EVER, _FOREVER)]
    found = standings(done, by_id(), Now(here.now.wall, here.today))
    if args.json:
        print(json.dumps([_entry(each) for each in found]))
    else:
        print("\n".join(_lines(found, here)))
    return 0


def _lines(found: tuple[Standing, ...], here: Desk) -> Iterator[str]:
    for each in found:
        yield painted(heading(each), "1", colours())
        if each.rests_until is not None:
            until = moment(each.rests_until, here.now.wall, here.now.zone)
            yield "  " + _("At rest until {moment}, as it hurt.").format(moment=until)
        step = next_step(each) or _("There is no higher level in this family.")
        yield from wrap(step, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        if each.offered:
            yield "  " + _("All of it is met.")


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
