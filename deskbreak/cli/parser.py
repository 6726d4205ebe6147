"""Reads the command line with a parser for the one command that was named; it runs nothing."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from typing import NoReturn

from deskbreak.cli.commands import COMMANDS
from deskbreak.words import _

Run = Callable[[Namespace], int]

_WIDTH = 78


class Parser(ArgumentParser):
    """argparse in this program's voice: one line about what is wrong, and where the help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n" + _("Try: {prog} --help").format(prog=self.prog) + "\n")


def parsed(argv: Sequence[str]) -> tuple[Run, Namespace]:
    """What is to be run, and with what; ends the program with status 2 for wrong usage, 0 for help."""
    if not argv:
        from deskbreak.cli.help import overview

        sys.stderr.write(overview())
        sys.exit(2)
    name, rest = argv[0], list(argv[1:])
    if name in ("-h", "--help"):
        name = "help"
    elif name == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"deskbreak {version('deskbreak')}\n")
        sys.exit(0)
    if name not in COMMANDS:
        sys.stderr.write(unknown(_("command"), name, COMMANDS))
        sys.exit(2)
    module = import_module(f"deskbreak.cli.{COMMANDS[name].module}")
    parser = parser_of(name)
    module.arguments(parser, name)
    arguments = parser.parse_args(rest)
    arguments.command = name
    run: Run = module.run
    return run, arguments


def parser_of(name: str) -> Parser:
    """The parser of this command, without its arguments yet."""
    summary = COMMANDS[name].summary
    return Parser(
        prog=f"deskbreak {name}",
        description=summary[:1].upper() + summary[1:] + ".",
        # Without a width it asks for that of the terminal at every argument, by a module that loads slowly.
        formatter_class=partial(RawDescriptionHelpFormatter, width=_WIDTH),
        allow_abbrev=False,
    )


def unknown(kind: str, name: str, known: Iterable[str], listed_by: str = "deskbreak help") -> str:
    """Two lines about a word that is not known, with the nearest that is."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), list(known), n=1)
    hint = (
        _("Did you mean: {near}?").format(near=near[0])
        if near
        else _("All of them: {command}").format(command=listed_by)
    )
    return (
        "deskbreak: "
        + _("there is no {kind} {name}").format(kind=kind, name=ascii(name[:40]))
        + f"\n{hint}\n"
    )
