"""Asks the seven questions of the screening on a terminal or through a pipe; it keeps nothing."""

import sys
from collections.abc import Callable
from textwrap import wrap
from typing import TextIO, TypeVar

from deskbreak.coach.screening import Answers, Question, Region
from deskbreak.words import _
from deskbreak.words.safety import DISCLAIMER
from deskbreak.words.screening import INTRODUCTION, question

WIDTH = 80
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})
_LONGEST_LINE = 200
# Whoever is not understood so often in a row is no person.
_PATIENCE = 5

_Understood = TypeVar("_Understood")


def interview(out: TextIO) -> Answers:
    """The disclaimer, then each question until it is answered.

    Raises EOFError where the answers end before the questions do, or nothing in them can be understood.
    """
    print(*wrap(DISCLAIMER, WIDTH), "", *wrap(INTRODUCTION, WIDTH), sep="\n", file=out)
    yes: set[Question] = set()
    where: frozenset[Region] = frozenset()
    for each in Question:
        print("", *numbered(each), sep="\n", file=out)
        if _asked(_("yes or no?"), yes_or_no, out):
            yes.add(each)
            if each is Question.JOINTS:
                where = _asked(_("Where? back, knee, hip (several with commas), or all:"), regions, out)
    print(file=out)
    return Answers(frozenset(yes), where)


def numbered(which: Question, before: str = "") -> list[str]:
    """The question with its number, and what comes between the two."""
    begin = f"{which.value}  {before}"
    return wrap(question(which), WIDTH, initial_indent=begin, subsequent_indent=" " * len(begin))


def yes_or_no(text: str) -> bool:
    """Raises ValueError, whose message says what is understood."""
    wanted = text.strip().lower()
    if wanted in _YES | _NO:
        return wanted in _YES
    raise ValueError(_("Please type yes or no."))


def regions(text: str) -> frozenset[Region]:
    """Raises ValueError, whose message says what is understood."""
    wanted = text.strip().lower().replace(",", " ").split()
    if wanted == ["all"]:
        return frozenset(Region)
    try:
        found = frozenset(map(Region, wanted))
    except ValueError:
        found = frozenset()
    if not found:
        raise ValueError(_("Please type back, knee, hip, several of them, or all."))
    return found


def _asked(prompt: str, understood: Callable[[str], _Understood], out: TextIO) -> _Understood:
    for _attempt in range(_PATIENCE):
        print(f"   {prompt} ", end="", file=out, flush=True)
        try:
            return understood(_line(out))
        except ValueError as fault:
            print(f"   {fault}", file=out)
    raise EOFError


def _line(out: TextIO) -> str:
    # A program that is started without any input has none.
    if sys.stdin is None:
        raise EOFError
    try:
        line = sys.stdin.readline(_LONGEST_LINE)
    except UnicodeDecodeError:
        return ""
    if not line:
        raise EOFError
    if not sys.stdin.isatty():
        # Nobody pressed Enter on the screen.
        print(file=out)
    return line
