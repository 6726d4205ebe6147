"""Runs a story as the user `nobody`: what root may do anyway shows nothing about permissions."""

import os
import pwd
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder_of_nobody() -> Iterator[Path]:
    """An empty folder that the stories of `as_nobody` own."""
    with tempfile.TemporaryDirectory() as made:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(made, nobody.pw_uid, nobody.pw_gid)
        yield Path(made)


def as_nobody(story: Callable[[], None]) -> None:
    """Tells `story` in a child process without root's rights, and fails as it does.

    It is a fork, and not a new program, because `nobody` may not be able to read the program's files.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Later Pythons warn of a fork beside threads; the child calls nothing that could wait for one.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _tell(story, writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    _child, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, told


def _tell(story: Callable[[], None], writing: int) -> None:
    try:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
        story()
    except BaseException:  # noqa: BLE001  the child must never return into the parent's tests
        os.write(writing, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)
