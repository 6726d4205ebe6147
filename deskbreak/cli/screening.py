"""`deskbreak screening`: seven questions about the person's health, and what follows; it writes one file."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.cli.colours import colours, painted
from deskbreak.cli.interview import WIDTH, interview, numbered, regions, yes_or_no
from deskbreak.coach.screening import Answers, Outcome, Question, Region, outcome
from deskbreak.paths import places
from deskbreak.settings import load_exercises
from deskbreak.store.screening import Kept, forget, read, write
from deskbreak.words import _
from deskbreak.words.durations import duration
from deskbreak.words.screening import ADVICE, FINE, ground, region

_IDS = 30

_HELP = """\
The answers are kept beside the log, readable by you alone, and what does not
suit you is no longer suggested. They can also be given all at once:

  deskbreak screening --answer 1=no,2=no,3=no,4=yes,5=no,6=no,7=no --region knee

--region says where, for a yes to question 4: back, knee, hip, or several of
them with commas. Without it all three are spared.
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--show", action="store_true", help=_("the answers kept, and what they leave out"))
    one.add_argument("--clear", action="store_true", help=_("forget the answers"))
    one.add_argument("--answer", type=_given, metavar="1=no,2=no,...", help=_("all seven at once"))
    parser.add_argument("--region", type=_where, metavar="back,knee,hip", help=_("for a yes to question 4"))
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.epilog = _(_HELP)
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    if args.region is not None and (args.answer is None or Question.JOINTS not in args.answer):
        args.refuse(_("--region goes with --answer and a yes to question 4"))
    path = places().screening
    if args.show:
        return _show(path, read(path), args.json)
    if args.clear:
        return _clear(path, args.json)
    if args.answer is not None:
        answers = Answers(args.answer, args.region or frozenset())
    else:
        asked = _ask(path, args.json)
        if asked is None:
            return 1
        answers = asked
    write(path, answers)
    if args.json:
        print(json.dumps(_json(path, Kept(answers))))
    else:
        print("\n".join(_result(path, answers)))
    return _put_in_force()


def _ask(path: Path, as_json: bool) -> Answers | None:
    """The answers of one who answered every question, else None, and that is said."""
    if fault := read(path).fault:
        print(fault, file=sys.stderr)
    try:
        # What is asked must not get into what a program reads.
        return interview(sys.stderr if as_json else sys.stdout)
    except EOFError:
        print("\n" + _("Nothing was changed."), file=sys.stderr)
        return None
    except KeyboardInterrupt:
        print("\n" + _("Nothing was changed."), file=sys.stderr)
        raise


def _show(path: Path, kept: Kept, as_json: bool) -> int:
    if as_json:
        print(json.dumps(_json(path, kept)))
    elif kept.fault is not None:
        print(kept.fault, file=sys.stderr)
    elif kept.answers is None:
        print(_("The questions are not answered yet. To answer them: deskbreak screening"))
    else:
        for each in Question:
            said = _("yes") if each in kept.answers.yes else _("no")
            print(*numbered(each, f"{said:<5}"), sep="\n")
        print("", *_result(path, kept.answers), sep="\n")
    return 0 if kept.fault is None else 1


def _clear(path: Path, as_json: bool) -> int:
    gone = forget(path)
    if as_json:
        print(json.dumps(_json(path, Kept())))
    elif gone:
        print(_("The answers are gone; nothing is left out because of them any more."))
    else:
        print(_("There were no answers."))
    return _put_in_force() if gone else 0


def _put_in_force() -> int:
    """Has a running deskbreak read the answers; one that is not running reads them when it starts."""
    try:
        answer = ask("reload")
    except NotRunningError:
        return 0
    if answer["ok"] is not True:
        print(answer["says"], file=sys.stderr)
        return 1
    return 0


def _result(path: Path, answers: Answers) -> Iterator[str]:
    """What the answers come to, on 80 columns."""
    found = _outcome(answers)
    if found.ask_first:
        yield from wrap(ADVICE, WIDTH)
        yield ""
    if answers.where:
        spared = ", ".join(region(each) for each in Region if each in answers.where)
        yield _("To be spared: {regions}.").format(regions=spared)
        yield ""
    if found.left_out:
        yield painted(_("No longer suggested"), "1", colours())
        for id_, grounds in found.left_out.items():
            begin = f"  {id_:<{_IDS}}"
            why = "; ".join(map(ground, grounds))
            yield from wrap(why, WIDTH, initial_indent=begin, subsequent_indent=" " * len(begin))
        yield ""
    if found.stand_at_most is not None:
        length = duration(found.stand_at_most)
        yield from wrap(_("Standing: {length} at most in one go, then sit or walk.").format(length=length))
        yield ""
    if not found.ask_first:
        yield FINE
        yield ""
    yield _("The answers are kept in a file that only you can read; no export holds them:")
    yield f"  {path}"
    yield _("To change one: deskbreak screening. To forget them: deskbreak screening --clear.")
    yield _("When to stop at once, and when to get help: deskbreak help safety")


def _outcome(answers: Answers) -> Outcome:
    library, _faults = load_exercises(places().exercises)
    return outcome(answers, library.known)


def _json(path: Path, kept: Kept) -> dict[str, object]:
    found = _outcome(kept.in_force)
    given = kept.answers
    return {
        "answers": None if given is None else {str(each.value): each in given.yes for each in Question},
        "regions": [each.value for each in Region if each in kept.in_force.where],
        "left_out": {id_: [each.value for each in grounds] for id_, grounds in found.left_out.items()},
        "stand_at_most_s": None if found.stand_at_most is None else found.stand_at_most.total_seconds(),
        "ask_first": found.ask_first,
        "path": str(path),
        "fault": kept.fault,
    }


def _given(text: str) -> frozenset[Question]:
    """The questions answered with yes, by the value of `--answer`."""
    said: dict[Question, bool] = {}
    for part in text.split(","):
        number, _equals, answer = part.partition("=")
        try:
            which = Question(int(number))
            if which in said:
                raise ValueError(number)
            said[which] = yes_or_no(answer)
        except ValueError as fault:
            raise ArgumentTypeError(_all_seven()) from fault
    if len(said) < len(Question):
        raise ArgumentTypeError(_all_seven())
    return frozenset(which for which, answer in said.items() if answer)


def _where(text: str) -> frozenset[Region]:
    try:
        return regions(text)
    except ValueError as fault:
        raise ArgumentTypeError(_("write back, knee, hip, or several of them with commas")) from fault


def _all_seven() -> str:
    return _("answer each of the seven once: 1=no,2=no,3=no,4=no,5=no,6=no,7=no")
