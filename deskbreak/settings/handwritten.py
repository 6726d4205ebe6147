"""The text of a file that the person wrote by hand: never written to, nor waited for."""

import os
import stat
from pathlib import Path

from deskbreak.words import _

# Nobody writes that much by hand; a larger file is something else.
LONGEST = 1 << 20

# Windows has neither, and no pipe that would block.
_CAREFULLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Useless(Exception):  # noqa: N818  it says what the file is
    """Nothing in the file can be used."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def text_of(path: Path) -> str | None:
    """What the file says, None where there is none; raises `Useless` where it is no text of ours."""
    try:
        # Opening a pipe waits for its other end unless told not to.
        opened = os.open(path, os.O_RDONLY | _CAREFULLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unread(error) from error
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise Useless(_("it is no plain file"))
        with open(opened, "rb", closefd=False) as file:
            raw = file.read(LONGEST + 1)
    except OSError as error:
        raise _unread(error) from error
    finally:
        os.close(opened)
    if len(raw) > LONGEST:
        raise Useless(_("it is larger than 1 MiB"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Useless(_("it is not text in UTF-8"), line) from error


def _unread(error: OSError) -> Useless:
    return Useless(_("it cannot be read ({reason})").format(reason=error.strerror or str(error)))
