"""`deskbreak doctor`: each channel, whether it works here and what would mend it; it only prints."""

import json
import logging
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from textwrap import wrap

from deskbreak.cli.colours import colours, painted
from deskbreak.cli.examination import Examination, examine
from deskbreak.cli.findings import (
    AUTOSTART,
    DAEMON,
    EXERCISES,
    LOG,
    NOTIFICATIONS,
    SESSION_BUS,
    SETTINGS,
    SYSTEM_BUS,
    TRAY,
    Finding,
    State,
)
from deskbreak.paths import places
from deskbreak.sensors.account import Serves
from deskbreak.words import _

_WIDTH = 80
_INDENT = 30
# Their sources may have the same name.
_TOLD_APART = (Serves.LOCK.value, Serves.SLEEP.value)

_MARKS: Mapping[State, tuple[str, str]] = {
    State.OK: ("ok", "32"),
    State.SPARE: ("-", "2"),
    State.MISSING: ("no", "33"),
    State.FAULT: ("FAULT", "31"),
}
"""The word, and the colour of it on a terminal (ECMA-48, SGR)."""

_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("deskbreak itself"), (SETTINGS, EXERCISES, LOG, DAEMON, AUTOSTART, SESSION_BUS, SYSTEM_BUS)),
    (_("Noticing input"), (Serves.INPUT.value,)),
    (_("Noticing that you are away: lock and sleep"), (Serves.LOCK.value, Serves.SLEEP.value)),
    (_("Noticing that you are there without input: calls, films"), (Serves.CALL.value, Serves.MEDIA.value)),
    (
        _("Noticing when to keep quiet: full screen, screen sharing, do-not-disturb"),
        (Serves.FULLSCREEN.value, Serves.SHARING.value, Serves.DND.value),
    ),
    (_("Reaching you"), (NOTIFICATIONS, TRAY)),
)

_HELP = """\
Marks: ok works; - is not used, and nothing is wrong; no is missing, and what
would mend it is said; FAULT is wrong. The exit status is 1 when the main job
cannot be done: no input is noticed, the log cannot be written, or there is
neither a notification server nor a tray. While deskbreak runs, its own view of
the desktop is shown, else that of this terminal.

--json prints one object: "ok" (the main job can be done), "says" (the verdict),
"view" ("daemon" or "here") and "findings", each with "purpose" (settings,
exercises, log, daemon, autostart, session-bus, system-bus, input, lock, sleep,
call, media, fullscreen, sharing, dnd, notifications, tray), "source", "state"
(ok, spare, missing, fault), "says" and "mend".

--watch --json prints one object a line: "at" (local time), "purpose", "source",
"was" and "now".
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    parser.add_argument(
        "--watch", action="store_true", help=_("print each change as it happens, until Ctrl-C")
    )
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    # What is found is said below, once.
    logging.getLogger("deskbreak").addHandler(logging.NullHandler())
    if args.watch:
        from deskbreak.cli.watch_senses import watch

        return watch(places(), as_json=args.json)
    seen = examine(places())
    print(json.dumps(_object(seen)) if args.json else "\n".join(_page(seen, colours())))
    return 1 if seen.hindrances else 0


def _object(seen: Examination) -> dict[str, object]:
    return {
        "ok": not seen.hindrances,
        "says": _verdict(seen),
        "view": "daemon" if seen.seen_by_daemon else "here",
        "findings": [
            {
                "purpose": each.purpose,
                "source": each.source,
                "state": each.state.value,
                "says": each.says,
                "mend": each.mend,
            }
            for each in seen.findings
        ],
    }


def _page(seen: Examination, coloured: bool) -> Iterator[str]:
    for title, purposes in _SECTIONS:
        found = [each for purpose in purposes for each in seen.findings if each.purpose == purpose]
        if found:
            yield painted(title, "1", coloured)
            yield from chain.from_iterable(_lines(each, coloured) for each in found)
            yield ""
    view = _("Seen by the running deskbreak.") if seen.seen_by_daemon else _("Seen from this terminal.")
    yield view
    colour = "1;31" if seen.hindrances else "1;32"
    yield from (painted(line, colour, coloured) for line in wrap(_verdict(seen), _WIDTH))


def _verdict(seen: Examination) -> str:
    if seen.hindrances:
        return _("deskbreak cannot do its job here: {why}.").format(why="; ".join(seen.hindrances))
    return _("deskbreak can do its job here: notice sitting, write it down, remind you.")


def _lines(finding: Finding, coloured: bool) -> Iterator[str]:
    mark, colour = _MARKS[finding.state]
    said = [finding.says]
    if finding.mend:
        said.append(_("mend it: {mend}").format(mend=finding.mend))
    home = f"{Path.home()}/"
    lines = chain.from_iterable(
        wrap(words.replace(home, "~/"), _WIDTH - _INDENT, break_long_words=False, break_on_hyphens=False)
        for words in said
    )
    name = finding.source or finding.purpose.replace("-", " ")
    if finding.purpose in _TOLD_APART:
        name = f"{finding.purpose}, {name}"
    marked = painted(f"{mark:<5}", colour, coloured)
    yield f"  {marked}  {name:<20} {next(lines, '')}"
    yield from (" " * _INDENT + line for line in lines)
