"""One daemon for one data directory, whatever else happened to the lock's file."""

import json
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.daemon.lock import AlreadyRunning, Lock, LockError, holder

NOW = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)

CONTENDER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from deskbreak.daemon.lock import AlreadyRunning, Lock

print("ready", flush=True)
os.read(0, 1)
try:
    lock = Lock.take(Path(sys.argv[1]), datetime(2026, 11, 23, 9, 2, tzinfo=UTC))
except AlreadyRunning as refusal:
    print(refusal, flush=True)
    sys.exit(1)
print("lives", flush=True)
os.read(int(sys.argv[2]), 1)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deskbreak.lock"


def a_daemon(path: Path, gate: int, end: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", CONTENDER, str(path), str(end)],
        stdin=gate,
        stdout=subprocess.PIPE,
        pass_fds=(end,),
        text=True,
    )


def said(daemon: "subprocess.Popen[str]") -> str:
    assert daemon.stdout is not None
    return daemon.stdout.readline().strip()


def test_the_lock_says_who_holds_it_and_since_when(path: Path) -> None:
    with Lock.take(path, NOW) as lock:
        lock.announce(Path("/run/user/1000/deskbreak/control.sock"))
        found = holder(path)

    assert found is not None
    assert found.pid == os.getpid()
    assert found.since_at == NOW
    assert found.socket == Path("/run/user/1000/deskbreak/control.sock")


def test_nobody_holds_a_lock_that_was_never_taken_or_was_given_back(path: Path) -> None:
    before = holder(path)
    Lock.take(path, NOW).release()

    assert before is None
    assert holder(path) is None
    assert path.exists()


def test_the_file_is_private_and_one_line_of_json(path: Path) -> None:
    path.write_bytes(b"x" * 3000)
    path.chmod(0o666)

    with Lock.take(path, NOW):
        text = path.read_text()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert text.count("\n") == 1
    assert json.loads(text) == {"pid": os.getpid(), "since": NOW.isoformat(), "socket": None}


def test_a_second_daemon_is_told_that_one_is_running_and_since_when(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = NOW.astimezone().strftime("%H:%M")

    with Lock.take(path, NOW), pytest.raises(AlreadyRunning) as refusal:
        Lock.take(path, NOW + timedelta(minutes=5))

    assert str(refusal.value) == f"deskbreak is already running since {since} (process {os.getpid()})."


@pytest.mark.parametrize(
    "left", [b"", b"\0" * 4096, b"[" * 100_000, b'{"pid": true, "since": "09:02", "socket": "x"}\n', b"1\n"]
)
def test_whatever_a_dead_daemon_left_in_the_file_the_next_one_starts(path: Path, left: bytes) -> None:
    path.write_bytes(left)

    with Lock.take(path, NOW):
        found = holder(path)

    assert found is not None
    assert found.pid == os.getpid()


@pytest.mark.parametrize(
    "written", [b"", b"[" * 4000, b'{"pid": true, "since": "9", "socket": "x"}\n', b"[]\n"]
)
def test_the_lock_counts_and_not_what_is_written_in_it(path: Path, written: bytes) -> None:
    with Lock.take(path, NOW):
        path.write_bytes(written)
        found = holder(path)
        with pytest.raises(AlreadyRunning, match=r"^deskbreak is already running\.$"):
            Lock.take(path, NOW)

    assert found is not None
    assert (found.pid, found.since_at, found.socket) == (None, None, None)


def test_fifty_daemons_started_at_the_same_instant_leave_exactly_one(path: Path) -> None:
    gate, opener = os.pipe()
    end, ender = os.pipe()
    daemons = [a_daemon(path, gate, end) for _ in range(50)]
    for descriptor in (gate, end):
        os.close(descriptor)
    for daemon in daemons:
        assert said(daemon) == "ready"

    os.close(opener)
    lines = [said(daemon) for daemon in daemons]
    found = holder(path)
    os.close(ender)
    for daemon in daemons:
        daemon.communicate(timeout=20)

    assert lines.count("lives") == 1
    assert all(line.startswith("deskbreak is already running") for line in lines if line != "lives")
    assert found is not None
    assert found.pid == daemons[lines.index("lives")].pid
    assert sorted(daemon.returncode for daemon in daemons) == [0] + [1] * 49


def test_a_killed_daemon_leaves_nothing_that_must_be_deleted_by_hand(path: Path) -> None:
    gate, opener = os.pipe()
    end, ender = os.pipe()
    daemon = a_daemon(path, gate, end)
    os.close(opener)
    assert [said(daemon), said(daemon)] == ["ready", "lives"]

    daemon.send_signal(signal.SIGSTOP)
    with pytest.raises(AlreadyRunning):
        Lock.take(path, NOW)
    daemon.kill()
    daemon.communicate(timeout=20)
    for descriptor in (gate, end, ender):
        os.close(descriptor)

    assert holder(path) is None
    Lock.take(path, NOW).release()


def test_looking_again_and_again_never_keeps_a_daemon_from_starting(path: Path) -> None:
    Lock.take(path, NOW).release()
    looker = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom deskbreak.daemon.lock import holder\n"
            "print('ready', flush=True)\nwhile True: holder(Path(sys.argv[1]))",
            str(path),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )

    try:
        assert said(looker) == "ready"
        for _ in range(200):
            Lock.take(path, NOW).release()
    finally:
        looker.kill()
        looker.communicate(timeout=20)


def test_a_planted_link_is_refused_and_its_target_untouched(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "diary.txt"
    target.write_text("dear diary")
    path.symlink_to(target)

    with pytest.raises(LockError, match=r"deskbreak\.lock is a link"):
        Lock.take(path, NOW)

    assert target.read_text() == "dear diary"


def test_a_directory_a_pipe_or_a_missing_folder_is_named(path: Path, tmp_path: Path) -> None:
    path.mkdir()
    pipe = tmp_path / "pipe.lock"
    os.mkfifo(pipe)

    with pytest.raises(LockError, match="Is a directory"):
        Lock.take(path, NOW)
    with pytest.raises(LockError, match="it is not a file"):
        Lock.take(pipe, NOW)
    with pytest.raises(LockError, match="nowhere is not there"):
        Lock.take(tmp_path / "nowhere" / "deskbreak.lock", NOW)
    assert holder(tmp_path / "nowhere" / "deskbreak.lock") is None


def test_a_lock_file_of_another_user_is_refused_by_name(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to another user")
    path.touch()
    os.chown(path, 65534, 65534)

    with pytest.raises(LockError, match="belongs to another user"):
        Lock.take(path, NOW)


def test_a_lock_file_deleted_meanwhile_is_made_anew(path: Path) -> None:
    first = Lock.take(path, NOW)
    path.unlink()

    with Lock.take(path, NOW):
        found = holder(path)
    first.release()

    assert found is not None
