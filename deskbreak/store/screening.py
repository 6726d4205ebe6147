"""Keeps the answers to the screening in a private file of their own; nothing else reads or writes it.

It lies beside the log and not in it, nor among the settings: neither goes anywhere with an export.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from deskbreak.coach.screening import WORST, Answers, Question, Region
from deskbreak.errors import DeskbreakError
from deskbreak.paths import not_ours, private_folder
from deskbreak.words import _

VERSION = 1
_LONGEST = 4096
# Windows has neither, and no pipe that would block.
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """The answers, None where there are none to be used; `fault` says in one sentence why there are not.

    Without a fault the questions were not answered yet.
    """

    answers: Answers | None = None
    fault: str | None = None

    @property
    def in_force(self) -> Answers:
        """What to go by: where answers were given and are unreadable, the most careful ones."""
        if self.answers is not None:
            return self.answers
        return Answers() if self.fault is None else WORST


def read(path: Path) -> Kept:
    """The answers kept at `path` (`Places.screening`); the file is never waited for, nor a link followed."""
    try:
        text = _text(path)
        return Kept() if text is None else Kept(_answers(_decoded(text)))
    except _UselessError as useless:
        return Kept(
            fault=_(
                "{path}: {reason}; until you answer again (deskbreak screening), every answer counts as yes"
            ).format(path=path, reason=useless)
        )


def write(path: Path, answers: Answers) -> None:
    """Keep these answers and no others, for the person alone to read.

    The file is old or new at every moment, never half. Raises `DeskbreakError` when it cannot be written;
    it is then as it was.
    """
    text = json.dumps(
        {
            "version": VERSION,
            "answers": {str(each.value): each in answers.yes for each in Question},
            "regions": [each.value for each in Region if each in answers.regions],
        },
        indent=1,
    )
    private_folder(path.parent)
    try:
        # For its owner alone from the first moment on (tempfile, NamedTemporaryFile: mode 0600).
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=".screening", delete=False
        ) as new:
            try:
                new.write(text + "\n")
                new.flush()
                os.fsync(new.fileno())
                os.replace(new.name, path)
            except OSError:
                os.unlink(new.name)
                raise
    except OSError as fault:
        raise DeskbreakError(
            _("{path} cannot be written: {reason}").format(path=path, reason=fault.strerror or fault)
        ) from fault


def forget(path: Path) -> bool:
    """Take the answers away; False where there were none. Raises `DeskbreakError` when it cannot be done."""
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as fault:
        raise DeskbreakError(
            _("{path} cannot be taken away: {reason}").format(path=path, reason=fault.strerror or fault)
        ) from fault
    return True


class _UselessError(Exception):
    """Nothing in the file can be used."""


def _text(path: Path) -> str | None:
    try:
        opened = os.open(path, os.O_RDONLY | _CAREFULLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = _("it is a link") if path.is_symlink() else error.strerror or str(error)
        raise _UselessError(reason) from error
    try:
        if refusal := not_ours(os.fstat(opened)):
            raise _UselessError(refusal)
        with open(opened, "rb", closefd=False) as file:
            raw = file.read(_LONGEST + 1)
    except OSError as error:
        raise _UselessError(error.strerror or str(error)) from error
    finally:
        os.close(opened)
    if len(raw) > _LONGEST:
        raise _UselessError(_("it is larger than it could be"))
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _UselessError(_("it is not text in UTF-8")) from error


def _decoded(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _UselessError(_("it is not valid JSON")) from error
    if not isinstance(found, dict) or type(found.get("version")) is not int:
        raise _damaged()
    if found["version"] > VERSION:
        raise _UselessError(_("it is of a newer deskbreak"))
    return found


def _answers(found: dict[str, object]) -> Answers:
    given, regions = found.get("answers"), found.get("regions")
    if found["version"] != VERSION or not isinstance(given, dict) or not isinstance(regions, list):
        raise _damaged()
    numbers = {str(each.value): each for each in Question}
    if given.keys() != numbers.keys() or not all(isinstance(answer, bool) for answer in given.values()):
        raise _damaged()
    try:
        return Answers(
            frozenset(numbers[number] for number, answer in given.items() if answer),
            frozenset(map(Region, regions)),
        )
    except (ValueError, TypeError) as error:
        raise _damaged() from error


def _damaged() -> _UselessError:
    return _UselessError(_("these are no answers to the seven questions"))
