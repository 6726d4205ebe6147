"""A home of its own for each test, and a daemon's end of the socket that answers as it is told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.daemon.control import Control
from deskbreak.daemon.lock import NAME, Lock
from deskbreak.daemon.wire import Asked, Request
from deskbreak.paths import Places, places

Answers = Callable[[Request], dict[str, object]]
Runs = Callable[[Answers], list[Request]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        folder = tmp_path / name.split("_")[1].lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")
    where = places()
    where.data.mkdir(mode=0o700)
    where.config.mkdir(mode=0o700)
    return where


class Programs:
    """What this test's PATH holds."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))

    def add(self, name: str, script: str) -> None:
        program = self.folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path / "programs", monkeypatch)


@pytest.fixture
def daemon(home: Places) -> Iterator[Runs]:
    """Call it with a function that answers; returns the list of what is asked from then on."""
    lock = Lock.take(home.data / NAME, datetime(2026, 11, 23, 9, 2, tzinfo=UTC))
    asked: list[Request] = []
    answers: list[Answers] = []

    def put(item: object) -> None:
        assert isinstance(item, Asked)
        asked.append(item.request)
        item.reply.put(answers[-1](item.request))

    def runs(answer: Answers) -> list[Request]:
        answers.append(answer)
        return asked

    control = Control(put, SystemClock(axis_at_launch(None)), lock, home.runtime)
    control.open()
    yield runs
    control.close()
    lock.release()
