"""Reads the person's own exercises: any file gives a library, and every fault in it is named."""

import json
import re
from pathlib import Path

from deskbreak.coach.entries import decoded
from deskbreak.coach.library import Library, packaged
from deskbreak.settings.handwritten import Useless, text_of
from deskbreak.settings.reading import Fault
from deskbreak.words import _


def load_exercises(path: Path) -> tuple[Library, tuple[Fault, ...]]:
    """The packaged exercises with those of the file laid over them, and what is wrong with the file.

    No file is no fault. What is at fault has no effect; the rest of the file has.
    """
    try:
        text = text_of(path)
        if text is None:
            return packaged(), ()
        own = _decoded(text)
    except Useless as useless:
        message = _("{reason}; the exercises are those that come with deskbreak").format(
            reason=useless.message
        )
        return packaged(), (Fault(path, useless.line, None, message),)
    # Few people have such a file: the rest do without the memory that this takes.
    from deskbreak.coach.own import with_own
    from deskbreak.words.flaws import place_of, sentence

    library, faulty = with_own(own, packaged())
    lines = {entry: _line_of(text, entry) for entry in {each.entry for each in faulty}}
    return library, tuple(
        Fault(path, lines[each.entry], place_of(each), sentence(each.flaw)) for each in faulty
    )


def _decoded(text: str) -> object:
    try:
        return decoded(text)
    except RecursionError as error:
        raise Useless(_("its brackets are nested too deeply")) from error
    except json.JSONDecodeError as error:
        raise Useless(_("it is not valid JSON ({reason})").format(reason=error.msg), error.lineno) from error


def _line_of(text: str, entry: object) -> int | None:
    """The line where the entry names itself; JSON's parser tells none."""
    if not isinstance(entry, str):
        return None
    found = re.search(rf'"id"\s*:\s*"{re.escape(entry)}"', text)
    return None if found is None else text.count("\n", 0, found.start()) + 1
