"""Where the control socket is: it opens and removes that one path, and clears away only dead sockets."""

import errno
import os
import socket
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from deskbreak.errors import DeskbreakError
from deskbreak.words import _

NAME = "control.sock"
BESIDE = "run"
"""The private directory beside the lock, where there is no usable runtime directory."""

_BACKLOG = 128
# sun_path holds 108 bytes with the NUL at its end (unix(7)).
_LONGEST_PATH = 107
_PROBE_S = 0.2


class DoorError(DeskbreakError):
    """No place for a socket could be used; the message gives the reason for each."""


@dataclass(frozen=True, slots=True)
class Door:
    """A listening, non-blocking socket (mode 0600 in a directory of mode 0700) and its path."""

    listener: socket.socket
    path: Path
    device: int
    inode: int

    def stands(self) -> bool:
        """Whether the path still leads to this very socket."""
        try:
            found = os.lstat(self.path)
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == (self.device, self.inode)

    def remove(self) -> None:
        """Stop listening, and delete the path, and a directory left empty, if they are still ours."""
        if self.stands():
            with suppress(OSError):
                self.path.unlink()
                self.path.parent.rmdir()
        self.listener.close()


def open_door(runtime: Path | None, beside: Path) -> Door:
    """Listen in `runtime` (our directory in the session's), else in a private one in `beside`, else in /tmp.

    Raises DoorError when none will do.
    """
    reasons: list[str] = []
    places: tuple[Callable[[], Path | None], ...] = (
        lambda: runtime,
        lambda: beside / BESIDE,
        _temporary,
    )
    for place in places:
        try:
            folder = place()
            if folder is not None:
                return _listen(folder)
        except DoorError as refused:
            reasons.append(str(refused))
        except OSError as fault:
            reasons.append(str(fault))
    raise DoorError(_("commands cannot be received: {reasons}").format(reasons="; ".join(reasons)))


def _temporary() -> Path:
    try:
        return Path(mkdtemp(prefix="deskbreak-"))
    except OSError as fault:
        # The name that was tried is another one each time, and would make a new fault of an old one.
        folder = Path(fault.filename).parent if fault.filename else _("the temporary folder")
        raise DoorError(f"{folder}: {fault.strerror}") from fault


def _listen(folder: Path) -> Door:
    path = folder / NAME
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise DoorError(_("{path} is too long for a socket").format(path=path))
    _safe(folder.parent)
    _private(folder)
    _clear(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.setblocking(False)
        listener.bind(str(path))
        os.chmod(path, 0o600)
        listener.listen(_BACKLOG)
        made = os.lstat(path)
    except OSError:
        listener.close()
        raise
    return Door(listener, path, made.st_dev, made.st_ino)


def _safe(folder: Path) -> None:
    """Who may write in the directory above ours could put another in its place (sticky ones excepted)."""
    found = os.stat(folder)
    if found.st_mode & 0o022 and not found.st_mode & stat.S_ISVTX:
        raise DoorError(_("others may write in {folder}").format(folder=folder))
    if found.st_uid not in (os.geteuid(), 0):
        raise DoorError(_("{folder} belongs to another user").format(folder=folder))


def _private(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise DoorError(_("{folder} is in the way").format(folder=folder))
    if found.st_uid != os.geteuid():
        raise DoorError(_("{folder} belongs to another user").format(folder=folder))
    if stat.S_IMODE(found.st_mode) != 0o700:
        os.chmod(folder, 0o700)


def _clear(path: Path) -> None:
    """Delete the socket of a daemon that is gone; a live one belongs to another data directory."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(found.st_mode):
        raise DoorError(_("{path} is in the way").format(path=path))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_PROBE_S)
        try:
            probe.connect(str(path))
        except OSError as fault:
            if fault.errno != errno.ECONNREFUSED:
                raise DoorError(_("{path} is in use").format(path=path)) from fault
        else:
            raise DoorError(_("another deskbreak listens at {path}").format(path=path))
    path.unlink(missing_ok=True)
