"""Asks before something is lost; who is not at a terminal has to say so on the command line."""

import sys
from textwrap import wrap

from deskbreak.errors import DeskbreakError
from deskbreak.words import _

_WIDTH = 79


def agreed(question: str, beforehand: bool) -> bool:
    """Whether the person says yes to `question`; `beforehand`: they did, by --yes.

    Raises DeskbreakError where nobody can be asked.
    """
    if beforehand:
        return True
    if not sys.stdin.isatty():
        raise DeskbreakError(_("nobody can be asked here; to go on without a question: --yes"))
    # A path stays in one piece.
    print("\n".join(wrap(question, _WIDTH, break_long_words=False, break_on_hyphens=False)))
    try:
        answer = input(_("Go on? [y/N] "))
    except EOFError:
        answer = ""
    if answer.strip().lower() in ("y", "yes", _("yes")):
        return True
    print(_("Nothing was changed."))
    return False
