"""The one link to the kernel's word of files that are opened, closed or made; it opens none of them.

Source: inotify(7), inotify_add_watch(2).
"""

import ctypes
import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from deskbreak.errors import DeskbreakError

ACCESS = 0x001
ATTRIB = 0x004
CLOSE = 0x018
OPEN = 0x020
MOVED_HERE = 0x080
CREATE = 0x100
DELETE = 0x200
_OVERFLOW = 0x4000
_EVENT = struct.Struct("=iIII")


class InotifyError(DeskbreakError):
    """The system tells nothing of files, or nothing of this one."""


@dataclass(frozen=True, slots=True)
class Change:
    """`name`: of what is in a watched folder, empty for a watched file; `lost`: there were more, not told.

    `what` was done to it is a mask as for `watch`, with what inotify(7) adds.
    """

    name: str
    lost: bool
    what: int


class Inotify:
    """Raises InotifyError where the system has no inotify or allows no more of it."""

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise InotifyError("this system has no inotify")
        self._system = ctypes.CDLL(None, use_errno=True)
        self._number = self._system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._number < 0:
            raise InotifyError(f"no inotify: {os.strerror(ctypes.get_errno())}")

    def fileno(self) -> int:
        return int(self._number)

    def watch(self, path: Path, mask: int) -> None:
        """Tell of these changes to `path` (to what is in it, if it is a folder) as long as it exists.

        Raises InotifyError where it is not there or may not be read; again for the same is no harm.
        """
        if self._system.inotify_add_watch(self._number, os.fsencode(path), ctypes.c_uint32(mask)) < 0:
            raise InotifyError(f"{path}: {os.strerror(ctypes.get_errno())}")

    def changes(self) -> tuple[Change, ...]:
        """All that has been told by now."""
        found: list[Change] = []
        while packed := self._read():
            at = 0
            while at < len(packed):
                _watch, mask, _cookie, length = _EVENT.unpack_from(packed, at)
                at += _EVENT.size + length
                name = packed[at - length : at].rstrip(b"\0")
                found.append(Change(os.fsdecode(name), bool(mask & _OVERFLOW), mask))
        return tuple(found)

    def close(self) -> None:
        os.close(self._number)

    def _read(self) -> bytes:
        try:
            return os.read(self._number, 4096)
        except BlockingIOError:
            return b""
