"""The commands that tell the daemon something; each answers with what is now true."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from deskbreak.cli.ask import Answer, NotRunningError, ask
from deskbreak.words import _
from deskbreak.words.durations import parse

_DURATION = "10 (minutes), 90s, 20m, 1h20m"
_ENDS = ("until-tomorrow", "indefinitely")
_LASTING = f"{_DURATION}; {', '.join(_ENDS)} (if left out)"


def arguments(parser: ArgumentParser, name: str) -> None:
    """The arguments of the command of this name."""
    match name:
        case "sit" | "stand":
            parser.add_argument(
                "--by", choices=("user", "desk"), default="user", help="who says so: you, or a desk's sensor"
            )
        case "here" | "snooze":
            parser.add_argument("lasts", nargs="?", type=seconds, metavar="DURATION", help=_DURATION)
        case "break":
            parser.add_argument("exercise", nargs="?", metavar="EXERCISE", help="its id, as glute-bridge")
            parser.add_argument(
                "--for", dest="available", type=seconds, metavar="DURATION", help="how long you have"
            )
            parser.add_argument("--quiet", action="store_true", help="nothing that makes a noise")
            parser.add_argument(
                "--why", action="store_true", help="how the movement is picked; begins nothing"
            )
        case "pause":
            parser.add_argument("lasts", nargs="?", type=_end, metavar="DURATION", help=_LASTING)
        case "track":
            parser.add_argument("what", choices=("off", "on"), metavar="off | on")
            parser.add_argument("lasts", nargs="?", type=_end, metavar="DURATION", help=_LASTING)
        case _:
            pass
    parser.add_argument("--json", action="store_true", help="print JSON instead")
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    wanted = _wanted(args)
    try:
        answer = ask(args.command, **wanted)
    except NotRunningError as off:
        if not args.json:
            raise
        answer = {"ok": False, "says": str(off), "status": {"state": "off"}}
    return tell(answer, args.json)


def tell(answer: Answer, as_json: bool) -> int:
    """Print the daemon's answer; returns the exit status that it means."""
    ok = answer["ok"] is True
    if as_json:
        print(json.dumps(answer))
    else:
        print(answer["says"], file=sys.stdout if ok else sys.stderr)
    return 0 if ok else 1


def _wanted(args: Namespace) -> dict[str, object]:
    wanted: dict[str, object] = {}
    match args.command:
        case "sit" | "stand":
            wanted["by"] = args.by
        case "break":
            wanted = {"exercise": args.exercise, "for_s": args.available}
            wanted = {key: value for key, value in wanted.items() if value is not None}
            wanted |= {key: True for key in ("quiet", "why") if getattr(args, key)}
            if args.why and args.exercise is not None:
                args.refuse(_("--why is about what is picked: it takes no exercise"))
        case "track":
            wanted["on"] = args.what == "on"
            if wanted["on"] and args.lasts is not None:
                args.refuse(_("track on takes no duration"))
        case _:
            pass
    lasts = getattr(args, "lasts", None)
    if isinstance(lasts, str):
        wanted["until"] = lasts
    elif lasts is not None:
        wanted["lasts_s"] = lasts
    return wanted


def seconds(text: str) -> float:
    """A duration of the command line in seconds; raises ArgumentTypeError for what is none."""
    try:
        length = parse(text)
    except ValueError as fault:
        raise ArgumentTypeError(str(fault)) from fault
    # The vocabulary takes its time to load: only who says how long pays for it.
    from deskbreak.daemon.wire import LONGEST, SHORTEST

    if not SHORTEST <= length <= LONGEST:
        raise ArgumentTypeError(_("a duration here is from 1 second to 31 days"))
    return length.total_seconds()


def _end(text: str) -> float | str:
    return text if text in _ENDS else seconds(text)
