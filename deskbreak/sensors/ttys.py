"""The person's own terminals, when each was read last, and word of the next read; it judges nothing.

Sources: inode(7), "atime"; inotify(7).
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.links.inotify import ACCESS, ATTRIB, CREATE, Inotify, InotifyError
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.looks import Looks
from deskbreak.sensors.pauses import Ear

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# More often the kernel says nothing new.
_LOOK_EVERY = timedelta(seconds=8)


def stat_of(path: Path) -> os.stat_result | None:
    """None where it is not there."""
    try:
        return path.stat()
    except OSError:
        return None


def own(devices: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The person's own terminals. `/dev/tty` is none: it is everybody's other name for theirs."""
    for folder, begins in ((devices, "tty"), (devices / "pts", "")):
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            if not name.startswith(begins) or name in ("tty", "ptmx"):
                continue
            found = stat_of(folder / name)
            if found is not None and stat.S_ISCHR(found.st_mode) and found.st_uid == os.getuid():
                yield folder / name, found


def moment(atime_ns: int) -> datetime:
    """What a time of a file says, by the wall clock."""
    return _EPOCH + timedelta(microseconds=atime_ns // 1000)


class Reads:
    """`Watched`: tells when a terminal is read, by inotify, or where there is none by looking.

    `seeking` (the loop's): no terminal was read yet, so the first is told even if nobody listens.
    `heard_at` (published, awake clock) is when one was told last.
    """

    def __init__(self, put: Put, ear: Ear, devices: Path) -> None:
        self.seeking = False
        self.heard_at: timedelta | None = None
        self._put = put
        self._ear = ear
        self._devices = devices
        self._looks = Looks(ear, self._newest, _LOOK_EVERY)
        self._told: Inotify | None = None

    def open(self, again: bool) -> None:
        """There is nothing to connect to."""

    def fileno(self) -> int:
        return self._looks.fileno() if self._told is None else self._told.fileno()

    def prepare(self) -> timedelta | None:
        if not (self._ear.open or self.seeking):
            self._end()
        elif self._told is None:
            self._begin()
        return self._looks.prepare() if self._told is None else None

    def hear(self) -> None:
        if self._told is None:
            return
        if any(change.what & ACCESS for change in self._told.changes()):
            self.heard_at = awake()
            if self.seeking and not self._ear.open:
                self._put(Stirred())
            self.seeking = False
            self._ear.ring()
        else:
            # Somebody may have logged in.
            self._watch(self._told)

    def waited(self) -> None:
        self._looks.waited()

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        """It is never missed."""

    def lost(self, fault: DeskbreakError) -> None:
        """It is never lost."""

    def close(self) -> None:
        self._end()
        self._looks.close()

    def _begin(self) -> None:
        with suppress(InotifyError):
            self._told = Inotify()
        if self._told is not None:
            self._watch(self._told)

    def _watch(self, told: Inotify) -> None:
        for folder in (self._devices, self._devices / "pts"):
            with suppress(InotifyError):
                told.watch(folder, CREATE | ATTRIB)
        for path, _found in own(self._devices):
            with suppress(InotifyError):
                # Closed in this moment.
                told.watch(path, ACCESS)

    def _end(self) -> None:
        if self._told is not None:
            self._told.close()
            self._told = None

    def _newest(self) -> timedelta | None:
        times = [moment(found.st_atime_ns) for _path, found in own(self._devices)]
        return max(times) - _EPOCH if times else None
