"""Every command there is, with its one line of help; its module is imported when the command runs."""

from collections.abc import Mapping


class Command:
    """A plain class, because this module is imported at every start and dataclasses cost 10 ms.

    `module` is the module of this package that has `arguments(parser, name)` and `run(args) -> int`.
    """

    __slots__ = ("group", "module", "summary", "usage")

    def __init__(self, group: str, usage: str, module: str, summary: str) -> None:
        self.group = group
        self.usage = usage
        self.module = module
        self.summary = summary


_RUN = "Running"
_SAY = "Saying what you do"
_REMIND = "Reminders"
_MOVE = "Exercises"
_LOOK = "Looking back"
_KEEP = "The log"
_LIVE = "Living with it"

COMMANDS: Mapping[str, Command] = {
    "run": Command(_RUN, "", "run", "start deskbreak: tray icon, reminders, log"),
    "quit": Command(_RUN, "", "say", "end it; nothing is lost"),
    "reload": Command(_RUN, "", "say", "read the settings again"),
    "status": Command(_RUN, "", "status", "what is the case now, in one paragraph"),
    "sit": Command(_SAY, "[--by desk]", "say", "you are sitting"),
    "stand": Command(_SAY, "[--by desk]", "say", "you are standing: the count goes back to 0"),
    "here": Command(_SAY, "[DURATION]", "say", "you are reading, until the screen is locked or for a time"),
    "break": Command(
        _SAY,
        "[EXERCISE] [--for DURATION] [--quiet] [--why]",
        "say",
        "start a break: the movement on offer, or this one",
    ),
    "done": Command(_SAY, "", "say", "what you started is done, or you were on a walk"),
    "undo": Command(_SAY, "", "say", "take back the last command (within 60 s)"),
    "snooze": Command(_REMIND, "[DURATION]", "say", "remind again later; in ten minutes, or as set"),
    "skip": Command(_REMIND, "", "say", "let this reminder go until you have sat another limit"),
    "another": Command(_REMIND, "", "say", "suggest another movement"),
    "pause": Command(
        _REMIND, "[DURATION | until-tomorrow | indefinitely]", "say", "silence reminders, not the counting"
    ),
    "track": Command(_REMIND, "off [DURATION | until-tomorrow] | on", "say", "stop tracking, or go on"),
    "resume": Command(_REMIND, "", "say", "end a pause, or track again"),
    "exercises": Command(_MOVE, "[show ID]", "exercises", "what there is to do, and how it is done"),
    "primer": Command(_MOVE, "[IN]", "primer", "the minutes before a run, now or before one in a while"),
    "levels": Command(
        _MOVE,
        "[set FAMILY LEVEL | passed FAMILY]",
        "levels",
        "where you stand in each family, and what the next step asks for",
    ),
    "screening": Command(
        _MOVE, "[--show | --clear]", "screening", "seven questions about your health, and what they leave out"
    ),
    "today": Command(_LOOK, "", "today", "the day so far"),
    "report": Command(
        _LOOK, "[SPAN] [--open]", "report", "a day, a week or any days: totals, figures, what is usual"
    ),
    "log": Command(_LOOK, "[DAY] [--original]", "log", "what the log holds of a day"),
    "correct": Command(
        _LOOK,
        "FROM-TO away | sitting | standing | moving [--note TEXT] [--day DAY]",
        "correct",
        "say what a past time was",
    ),
    "corrections": Command(_LOOK, "[undo N]", "corrections", "what you corrected, and taking it back"),
    "export": Command(
        _KEEP,
        "[--format FORMAT] [--from DAY] [--to DAY] [--anonymous] [-o FILE]",
        "export",
        "the log for other programs: json, jsonl, csv, activitywatch",
    ),
    "import": Command(_KEEP, "FILE", "taking_in", "take an export back, or another machine's log in"),
    "backup": Command(_KEEP, "[FILE]", "backup", "a verified copy of the log"),
    "restore": Command(_KEEP, "FILE", "restore", "put a backup in the place of the log"),
    "check": Command(_KEEP, "", "check", "whether the log is sound"),
    "forget": Command(_KEEP, "--before DATE | --all", "forget", "erase what lies before a day, or all of it"),
    "config": Command(_LIVE, "show | check | path | get KEY", "config", "the settings: what they are and do"),
    "autostart": Command(_LIVE, "on | off | status", "autostart", "start deskbreak with the session"),
    "doctor": Command(_LIVE, "[--watch]", "doctor", "what works here, and what would mend the rest"),
    "demo": Command(
        _LIVE, "[--no-open]", "demo", "how a month looks: the tables and the page, of sample data"
    ),
    "help": Command(_LIVE, "[TOPIC]", "help", "more about a command or a topic"),
}
