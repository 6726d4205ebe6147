"""Puts one request to the running daemon and returns its answer; the lock says whether there is one."""

import json
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from select import select

from deskbreak.daemon.lock import NAME, Holder, holder
from deskbreak.errors import DeskbreakError
from deskbreak.words import _

# The daemon gives up on its own loop after 5 s, and says so.
_PATIENCE_S = 7.0
_LONGEST_ANSWER = 64 * 1024
_TRIES = 30
_PAUSE_S = 0.1

Answer = Mapping[str, object]
"""{"ok": bool, "says": str, "status": {...}}"""


class NotRunningError(DeskbreakError):
    """No daemon holds the lock."""

    def __init__(self) -> None:
        super().__init__(_("deskbreak is not running. Start it with: deskbreak run"))


def ask(command: str, **arguments: object) -> Answer:
    """The daemon's answer to this request (see `daemon.wire`).

    Raises NotRunningError, or DeskbreakError when a daemon is there and cannot be reached.
    """
    request = json.dumps({"command": command, **arguments}).encode() + b"\n"
    with _connected(_data() / NAME) as line:
        return _said(line, request)


def _data() -> Path:
    """`places().data`, the short way where the environment leaves no doubt (XDG Base Directory 0.8).

    Importing the long way takes a third of the time of a command.
    """
    home = os.environ.get("HOME", "")
    if sys.platform == "linux" and all(map(_is_plain, (home, os.environ.get("XDG_DATA_HOME") or home))):
        return Path(os.environ.get("XDG_DATA_HOME") or f"{home}/.local/share") / "deskbreak"
    from deskbreak.paths import places

    return places().data


def _is_plain(folder: str) -> bool:
    return folder.startswith("/") and folder.isprintable() and os.path.normpath(folder) not in ("/", "//")


def _connected(lock: Path) -> socket.socket:
    found = None
    for _attempt in range(_TRIES):
        found = holder(lock)
        if found is None:
            raise NotRunningError
        line = _line_to(found)
        if line is not None:
            return line
        # It is starting or ending, or many are asking at once.
        select((), (), (), _PAUSE_S)
    assert found is not None
    process = "" if found.pid is None else _(" (process {pid})").format(pid=found.pid)
    raise DeskbreakError(_("deskbreak is running{process} but takes no commands").format(process=process))


def _line_to(found: Holder) -> socket.socket | None:
    if found.socket is None:
        return None
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_PATIENCE_S)
    try:
        line.connect(str(found.socket))
    except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
        line.close()
        return None
    except OSError as fault:
        line.close()
        raise DeskbreakError(f"{found.socket}: {fault.strerror}") from fault
    return line


def _said(line: socket.socket, request: bytes) -> Answer:
    heard = bytearray()
    try:
        line.sendall(request)
        while not heard.endswith(b"\n") and len(heard) <= _LONGEST_ANSWER:
            piece = line.recv(_LONGEST_ANSWER)
            if not piece:
                break
            heard += piece
        answer = json.loads(heard)
    except (OSError, ValueError, RecursionError) as fault:
        raise DeskbreakError(_("the running deskbreak did not answer")) from fault
    if not isinstance(answer, dict) or not isinstance(answer.get("says"), str):
        raise DeskbreakError(_("the running deskbreak did not answer"))
    return answer
