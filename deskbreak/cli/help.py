"""`deskbreak help`: the commands on one screen, one command in full, or a topic."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from importlib import import_module
from textwrap import wrap

from deskbreak.cli.commands import COMMANDS
from deskbreak.cli.parser import parser_of, unknown
from deskbreak.words import _
from deskbreak.words.safety import AFTERWARDS, DISCLAIMER, EVERYDAY, RED_FLAGS, STOP, STOP_SIGNS

_WIDTH = 80


def safety() -> str:
    """The disclaimer, when to stop, and when to get help."""
    lines = [*wrap(DISCLAIMER, _WIDTH), "", STOP, *(f"  - {sign}" for sign in STOP_SIGNS), ""]
    lines += [*wrap(AFTERWARDS, _WIDTH), "", _("Every time:")]
    for each in EVERYDAY:
        lines += wrap(each, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    lines += ["", _("Get help:")]
    for whom, signs in RED_FLAGS:
        lines += ["", f"  {whom}", *wrap(signs, _WIDTH, initial_indent="    ", subsequent_indent="    ")]
    return "\n".join(lines) + "\n"


TOPICS: Mapping[str, str] = {
    "durations": """\
A duration is a number of minutes, or has a unit:

  10      ten minutes
  90s     ninety seconds
  20m     twenty minutes
  1h20m   an hour and twenty minutes

pause and track off also take until-tomorrow and indefinitely.
""",
    "words": """\
posture   sitting, standing, moving, away, or unknown (nothing was observed)
count     the sitting time since the last reset; what reminders look at
reset     what makes the count 0: two minutes away, standing, or an exercise
          that was done, and not in the chair
break     a reset, by its kind: away, stood, moved
spell     the time between two resets
bout      sitting that was not interrupted for a minute or more
hold      why a reminder that is due is not shown: a call, a film or slides in
          full screen, screen sharing, do-not-disturb, a locked screen, a pause
""",
    "reminders": """\
The icon fills from 80 % of the limit on (30 minutes, setting sit_limit).
Then, until you answer or get up:

  at the limit   one line with a movement, as soon as you stop typing
  + 15 min       again, with a shorter movement
  + 30 min       once more; this one stays

Start     you go: two quiet minutes count as a break
Snooze    once more in ten minutes (setting snooze)
Skip      let this one go; the next comes when you have sat another limit

The same from the reminder's buttons, the tray menu and the command line:
deskbreak break, deskbreak snooze, deskbreak skip.
""",
    "exit": """\
0   done
1   could not: no daemon, nothing to undo, a fault in the settings
2   wrong usage
""",
    "safety": safety(),
    "privacy": """\
deskbreak notes when there was input, never what was typed, which window was
open or what was said. Everything stays on this machine, in files that only you
can read: the log, and your answers to deskbreak screening beside it. Nothing is
sent anywhere. deskbreak export hands the log to you in formats that other
programs read, and deskbreak forget erases it for good.
""",
}


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help=_("a command, or {topics}").format(
        topics=", ".join(TOPICS)))  # fmt: skip


def run(args: Namespace) -> int:
    topic = args.topic
    if topic is None:
        sys.stdout.write(overview())
    elif topic in COMMANDS:
        parser = parser_of(topic)
        import_module(f"deskbreak.cli.{COMMANDS[topic].module}").arguments(parser, topic)
        parser.print_help()
    elif topic in TOPICS:
        sys.stdout.write(TOPICS[topic])
    else:
        sys.stderr.write(unknown(_("topic"), topic, [*COMMANDS, *TOPICS]))
        return 2
    return 0


def overview() -> str:
    """All commands, by group."""
    lines = [
        _("deskbreak notices how long you have been sitting, and suggests a movement."),
        "",
        _("Usage: deskbreak COMMAND [--json]"),
    ]
    group = ""
    for name, command in COMMANDS.items():
        if command.group != group:
            group = command.group
            lines += ["", f"{group}:"]
        lines.append(f"  {name:<11} {command.summary}")
    lines += [
        "",
        _("Usually: deskbreak run, then the icon in the tray."),
        *wrap(_("More: deskbreak help COMMAND, or {topics}").format(topics=", ".join(TOPICS)), _WIDTH),
    ]
    return "\n".join(lines) + "\n"
