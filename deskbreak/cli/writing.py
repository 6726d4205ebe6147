"""The log for a command that must write while no daemon does: it holds the writer's lock for that moment."""

import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.daemon.lock import NAME, AlreadyRunning, Holder, Lock, holder
from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places, private_folder
from deskbreak.store.database import open_log, saved_mark
from deskbreak.store.log import SqliteLog
from deskbreak.words import _

# Who was told to quit closes the door first and lets go of the lock last, within two seconds.
_ENDING = timedelta(seconds=5)
_ANSWERING = timedelta(milliseconds=300)
_PAUSE = timedelta(milliseconds=50)


class WriterElsewhereError(DeskbreakError):
    """A daemon writes the log, so that no command may."""

    def __init__(self, pid: int | None) -> None:
        process = "" if pid is None else _(" (process {pid})").format(pid=pid)
        super().__init__(
            _("deskbreak is running{process}; end it first: deskbreak quit").format(process=process)
        )


@dataclass(frozen=True, slots=True)
class Writer:
    """The one connection that may write now, and the clock that the log's elapsed axis goes on by."""

    connection: sqlite3.Connection
    clock: SystemClock


def refuse_beside_a_daemon(where: Places) -> None:
    """Raises `WriterElsewhereError` while a daemon runs; one that is ending is waited for."""
    waited = timedelta()
    while (running := holder(where.data / NAME)) is not None:
        if waited >= (_ANSWERING if _answers(running) else _ENDING):
            raise WriterElsewhereError(running.pid)
        Event().wait(_PAUSE / timedelta(seconds=1))
        waited += _PAUSE


def _answers(running: Holder) -> bool:
    if running.socket is None:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(running.socket))
        except OSError:
            return False
    return True


@contextmanager
def lock_held(where: Places) -> Iterator[SystemClock]:
    """No daemon starts within it; the clock is that of this moment, with an axis of its own.

    Raises `WriterElsewhereError` when one runs. Ask the person before, not within.
    """
    refuse_beside_a_daemon(where)
    private_folder(where.data)
    clock = SystemClock(axis_at_launch(None))
    try:
        lock = Lock.take(where.data / NAME, clock.now().wall)
    except AlreadyRunning as running:
        raise WriterElsewhereError(running.holder.pid) from running
    with lock:
        yield clock


@contextmanager
def connected(where: Places) -> Iterator[Writer]:
    """The log, begun where there is none, for this process alone to write until the end of the `with`.

    Raises `WriterElsewhereError` when a daemon runs, `StoreError` when the log cannot be written.
    """
    with lock_held(where) as clock:
        now = clock.now()
        opened = open_log(where.log, where.marker, now.wall.astimezone(now.zone).date())
        if opened.loss is not None:
            print(f"deskbreak: {opened.loss.message}", file=sys.stderr)
        with closing(opened.connection):
            # The axis of the log goes on, whenever it was that a daemon last ran.
            yield Writer(
                opened.connection, SystemClock(axis_at_launch(saved_mark(opened.connection, where.log)))
            )


@contextmanager
def writing(where: Places) -> Iterator[SqliteLog]:
    """The same, as a log."""
    with connected(where) as writer:
        yield SqliteLog(writer.connection, where.log, writer.clock.mark)
