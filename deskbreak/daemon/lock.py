"""The lock that says whether a daemon runs: the kernel's word and not a file's, so it is never stale."""

import errno
import fcntl
import os
import stat
from datetime import datetime
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import NamedTuple, Self

from deskbreak.errors import DeskbreakError
from deskbreak.words import _
from deskbreak.words.durations import moment

NAME = "deskbreak.lock"
"""The name of the lock in the data directory."""

_TRIES = 40
_PAUSE_S = 0.002
_LONGEST_LINE = 4096
_FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Holder(NamedTuple):
    """Who holds the lock, as far as the file says it: a field is None where it does not.

    No dataclass, because every command imports this module, and `dataclasses` takes 10 ms.
    """

    pid: int | None
    since_at: datetime | None
    socket: Path | None


class LockError(DeskbreakError):
    """The lock file cannot be used as it is."""


class AlreadyRunning(DeskbreakError):  # noqa: N818  # it is a state of affairs, said to the person
    """Another daemon holds the lock."""

    def __init__(self, holder: Holder, now: datetime) -> None:
        self.holder = holder
        super().__init__(_already(holder, now))


class Lock:
    """Held from `take` to `release`, or to the end of the program in whatever way it ends."""

    def __init__(self, path: Path, fd: int, since_at: datetime) -> None:
        self.path = path
        self._fd = fd
        self._since_at = since_at
        self.announce(None)

    @classmethod
    def take(cls, path: Path, now: datetime) -> Self:
        """The lock, from now (aware) on.

        Raises AlreadyRunning when another process has it, LockError when the file cannot be used.
        """
        for attempt in range(_TRIES):
            if attempt:
                # Those who only look hold a shared lock for a blink; a second look comes after it.
                Event().wait(_PAUSE_S * (1 + os.getpid() % 10))
            fd = _open(path, os.O_CREAT)
            taken = False
            try:
                taken = _try(fd, fcntl.LOCK_EX) and _is_still(path, fd)
                if not taken and not _try(fd, fcntl.LOCK_SH):
                    break
            finally:
                if not taken:
                    os.close(fd)
            if taken:
                os.fchmod(fd, 0o600)
                return cls(path, fd, now)
        raise AlreadyRunning(_read(path), now)

    def announce(self, socket: Path | None) -> None:
        """Write beside pid and start where the control socket is, for those who have no runtime directory."""
        import json

        words = {
            "pid": os.getpid(),
            "since": self._since_at.isoformat(),
            "socket": None if socket is None else str(socket),
        }
        line = json.dumps(words).encode() + b"\n"
        try:
            os.pwrite(self._fd, line, 0)
            os.ftruncate(self._fd, len(line))
        except OSError as fault:
            raise LockError(_cannot_use(self.path, fault)) from fault

    def release(self) -> None:
        """The file stays: to delete it would let two daemons lock two files of one name."""
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def holder(path: Path) -> Holder | None:
    """Who holds the lock at this moment, or None; raises LockError when that cannot be told."""
    try:
        fd = _open(path)
    except FileNotFoundError:
        return None
    try:
        return None if _try(fd, fcntl.LOCK_SH) else _parse(_line(fd))
    finally:
        os.close(fd)


def _open(path: Path, more: int = 0) -> int:
    """Raises FileNotFoundError, or LockError for all else that is no file of ours."""
    try:
        fd = os.open(path, _FLAGS | more, 0o600)
    except FileNotFoundError:
        if more:
            raise LockError(
                _("{folder} is not there: make it, or free its name").format(folder=path.parent)
            ) from None
        raise
    except OSError as fault:
        raise LockError(_cannot_use(path, fault)) from fault
    found = os.fstat(fd)
    if not stat.S_ISREG(found.st_mode):
        os.close(fd)
        raise LockError(_("{path} is in the way: move it aside (it is not a file)").format(path=path))
    if found.st_uid != os.geteuid():
        os.close(fd)
        raise LockError(_("{path} belongs to another user: move it aside").format(path=path))
    return fd


def _try(fd: int, kind: int) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, fd: int) -> bool:
    """Whether the file locked is still the one of that name, and not one deleted in the meantime."""
    try:
        named = os.lstat(path)
    except FileNotFoundError:
        return False
    return os.path.samestat(named, os.fstat(fd))


def _read(path: Path) -> Holder:
    try:
        fd = _open(path)
    except FileNotFoundError:
        return Holder(None, None, None)
    try:
        return _parse(_line(fd))
    finally:
        os.close(fd)


def _line(fd: int) -> bytes:
    return os.pread(fd, _LONGEST_LINE, 0).partition(b"\n")[0]


def _parse(line: bytes) -> Holder:
    import json

    try:
        words = json.loads(line)
    except (ValueError, RecursionError):
        words = None
    if not isinstance(words, dict):
        return Holder(None, None, None)
    pid, since, socket = words.get("pid"), words.get("since"), words.get("socket")
    return Holder(
        pid if type(pid) is int and pid > 0 else None,
        _moment(since) if isinstance(since, str) else None,
        Path(socket) if isinstance(socket, str) and socket.startswith("/") else None,
    )


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _already(holder: Holder, now: datetime) -> str:
    since = ""
    if holder.since_at is not None:
        zone = now.astimezone().tzinfo
        assert zone is not None
        since = _(" since {moment}").format(moment=moment(holder.since_at, now, zone))
    process = "" if holder.pid is None else _(" (process {pid})").format(pid=holder.pid)
    return _("deskbreak is already running{since}{process}.").format(since=since, process=process)


def _cannot_use(path: Path, fault: OSError) -> str:
    if fault.errno == errno.ELOOP:
        return _("{path} is a link: remove it, deskbreak follows none here").format(path=path)
    return _("{path} cannot be used: {reason}").format(path=path, reason=fault.strerror)
