"""The note of the card on the screen, so that a launch after a kill can take that card away; nothing else.

The file holds `<id of the bus> <unique name of the server> <number of the card>`, and is there only as long
as the card is: numbers mean something to the server that gave them alone, and its name on that bus alone.
"""

import logging
import os
import re
from contextlib import suppress
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.paths import private_file, private_folder

_log = logging.getLogger(__name__)

_NOTE = re.compile(rb"([0-9a-f]{32} :[\w.-]{1,100}) ([0-9]{1,10})\n", re.ASCII)
_LONGEST = 256
# The protocol's own type for it, UINT32.
_LARGEST = 2**32 - 1


class Leftover:
    """The one note, at `path`; a folder or file that cannot be used costs the note and nothing else.

    `server` is its bus's id and its own unique name there, with a space between.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._noted = False

    def take(self, server: str) -> int | None:
        """The number of the card that an earlier launch left on this server, once; None: there is none."""
        found = self._read()
        self._remove()
        match = None if found is None else _NOTE.fullmatch(found)
        if match is None or match[1].decode() != server or int(match[2]) > _LARGEST:
            return None
        return int(match[2])

    def note(self, server: str, number: int) -> None:
        """This card of this server is on the screen, and no other."""
        try:
            private_folder(self._path.parent)
            private_file(self._path).write_text(f"{server} {number}\n", "ascii")
        except (DeskbreakError, OSError, UnicodeEncodeError) as fault:
            _log.debug("the card on the screen was not noted: %s", fault)
        self._noted = True

    def forget(self) -> None:
        """No card is on the screen."""
        if self._noted:
            self._remove()

    def _read(self) -> bytes | None:
        if not os.path.lexists(self._path):
            return None
        try:
            with private_file(self._path).open("rb") as file:
                return file.read(_LONGEST)
        except (DeskbreakError, OSError) as fault:
            _log.debug("the note of a card was not read: %s", fault)
            return None

    def _remove(self) -> None:
        self._noted = False
        # A folder in its place stays; it is nothing that we made.
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
