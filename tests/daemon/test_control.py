"""The control socket obeys its owner, and no bytes sent to it stop, block or bloat the daemon."""

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from deskbreak.core.events import Snoozed
from deskbreak.core.postures import Stamp
from deskbreak.daemon.control import Control
from deskbreak.daemon.door import DoorError, open_door
from deskbreak.daemon.lock import Lock, holder
from deskbreak.daemon.wire import Asked, Query

NOW = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
PATIENCE_S = 10.0


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.stamp = Stamp(timedelta(), timedelta(), NOW, UTC)

    def now(self) -> Stamp:
        return self.stamp

    def forward(self, by: timedelta) -> None:
        self.stamp = replace(self.stamp, elapsed=self.stamp.elapsed + by)


class Desk:
    """A control socket with a loop behind it that answers status at once and keeps the rest."""

    def __init__(self, folder: Path) -> None:
        self.runtime = folder / "deskbreak"
        self.lock = Lock.take(folder / "deskbreak.lock", NOW)
        self.clock = HandClock()
        self.asked: SimpleQueue[Asked] = SimpleQueue()
        self.control = Control(self.put, self.clock, self.lock, self.runtime)

    def put(self, item: object) -> None:
        assert isinstance(item, Asked)
        if item.request is Query.STATUS:
            item.reply.put({"ok": True, "says": "You have been sitting for 41 min.", "status": {}})
        else:
            self.asked.put(item)

    def path(self) -> Path:
        assert self.control.path is not None
        return self.control.path

    def call(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            # A connect that does not block is refused when many wait to be let in.
            line.connect(str(self.path()))
        except OSError:
            line.close()
            raise
        line.settimeout(PATIENCE_S)
        return line

    def still_answers(self) -> None:
        with self.call() as line:
            line.sendall(b'{"command": "status"}\n')
            assert said(line)["says"] == "You have been sitting for 41 min."


def said(line: socket.socket) -> dict[str, object]:
    heard = b""
    while not heard.endswith(b"\n"):
        piece = line.recv(65536)
        assert piece, heard
        heard += piece
    answer = json.loads(heard)
    assert isinstance(answer, dict)
    return answer


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition with a deadline."""
    beat = threading.Event()
    for _ in range(int(PATIENCE_S / 0.01)):
        if condition():
            return
        beat.wait(0.01)
    pytest.fail("the condition was not met in time")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.control.open()
    yield desk
    desk.control.close()
    desk.lock.release()


def test_a_snooze_goes_to_the_inbox_and_its_answer_comes_back(desk: Desk) -> None:
    with desk.call() as line:
        line.sendall(b'{"command": "snooze", "lasts_s": 900}\n')
        asked = desk.asked.get(timeout=PATIENCE_S)
        asked.reply.put({"ok": True, "says": "Snoozed until 14:32.", "status": {"state": "sitting"}})
        answer = said(line)

    assert asked.request == Snoozed(timedelta(minutes=15))
    assert answer == {"ok": True, "says": "Snoozed until 14:32.", "status": {"state": "sitting"}}


def test_socket_and_directory_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        desk = Desk(tmp_path)
        desk.control.open()
    finally:
        os.umask(before)

    try:
        assert stat.S_IMODE(desk.path().stat().st_mode) == 0o600
        assert stat.S_IMODE(desk.path().parent.stat().st_mode) == 0o700
    finally:
        desk.control.close()
        desk.lock.release()


def test_the_lock_file_says_where_the_socket_is(desk: Desk) -> None:
    found = holder(desk.lock.path)

    assert found is not None
    assert found.socket == desk.runtime / "control.sock"


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\n",
        b"quit\n",
        b"\0" * 1000 + b"\n",
        b"\xff\xfe\xed\xa0\x80\n",
        b"[" * 60_000 + b"\n",
        b'{"command": "\\ud800"}\n',
        b'{"command": "snooze", "lasts_s": NaN}\n',
        b'{"command": "snooze", "lasts_s": -1e400}\n',
        b'{"command": "quit", "please": true}\n',
        b"x" * 64 * 1024,
        b"[" * 100_000,
    ],
)
def test_bytes_that_mean_nothing_are_answered_with_one_line_and_change_nothing(
    desk: Desk, bytes_: bytes
) -> None:
    with desk.call() as line:
        with suppress(BrokenPipeError):
            line.sendall(bytes_)
        answer = said(line)

    assert answer["ok"] is False
    assert answer["says"]
    assert desk.asked.empty()
    desk.still_answers()


def test_a_gigabyte_without_an_end_is_cut_off_at_the_limit(desk: Desk) -> None:
    sent = 0

    with desk.call() as line, suppress(BrokenPipeError, ConnectionResetError):
        while sent < 1 << 30:
            sent += line.send(b"x" * 65536)

    assert sent < 4 << 20
    desk.still_answers()


def test_half_a_request_and_then_silence_ends_after_five_seconds(desk: Desk) -> None:
    with desk.call() as line:
        line.sendall(b'{"command": "qu')
        desk.still_answers()
        desk.clock.forward(timedelta(seconds=6))
        desk.still_answers()
        answer = said(line)

    assert answer["says"] == "a request is whole within 5 seconds"
    assert desk.asked.empty()


def test_half_a_request_and_then_a_farewell_is_no_request(desk: Desk) -> None:
    with desk.call() as line:
        line.sendall(b'{"command": "quit"}')
        line.shutdown(socket.SHUT_WR)
        answer = said(line)

    assert answer["says"] == "a request ends with a new line"
    assert desk.asked.empty()


def test_a_byte_at_a_time_is_understood_when_it_is_in_time(desk: Desk) -> None:
    with desk.call() as line:
        for byte in b'{"command": "status"}\n':
            line.sendall(bytes([byte]))
        answer = said(line)

    assert answer["ok"] is True


def test_a_thousand_silent_connections_keep_nobody_out(desk: Desk) -> None:
    descriptors = len(os.listdir("/proc/self/fd"))
    with ExitStack() as calls:
        for _ in range(1000):
            calls.enter_context(desk.call())
        desk.still_answers()
        kept = len(os.listdir("/proc/self/fd")) - descriptors - 1000

    assert kept <= 32
    desk.still_answers()


def test_callers_who_hang_up_before_the_answer_are_forgotten(desk: Desk) -> None:
    for _ in range(20):
        with desk.call() as line:
            line.sendall(b'{"command": "undo"}\n')
        desk.asked.get(timeout=PATIENCE_S).reply.put({"ok": True, "says": "Undone."})

    desk.still_answers()


def test_a_caller_who_never_reads_the_answer_holds_nobody_up(desk: Desk) -> None:
    with desk.call() as deaf:
        deaf.sendall(b'{"command": "undo"}\n')
        desk.asked.get(timeout=PATIENCE_S).reply.put({"ok": True, "says": "x" * 60_000})
        desk.still_answers()
        desk.clock.forward(timedelta(seconds=6))
        desk.still_answers()


def test_a_loop_that_does_not_answer_is_said_to_be_busy_and_its_late_answer_is_dropped(desk: Desk) -> None:
    with desk.call() as line:
        line.sendall(b'{"command": "undo"}\n')
        asked = desk.asked.get(timeout=PATIENCE_S)
        desk.clock.forward(timedelta(seconds=6))
        desk.still_answers()
        answer = said(line)
    asked.reply.put({"ok": True, "says": "late"})
    asked.reply.put({"ok": True, "says": "twice"})

    assert answer["says"] == "deskbreak is busy: no answer within 5 seconds"
    desk.still_answers()


def test_an_answer_that_json_cannot_say_is_an_error_and_not_silence(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with desk.call() as line:
        line.sendall(b'{"command": "undo"}\n')
        desk.asked.get(timeout=PATIENCE_S).reply.put({"ok": True, "says": float("nan")})
        answer = said(line)

    assert answer == {"ok": False, "says": "the answer cannot be said", "status": {}}
    assert "cannot be said" in caplog.text


STRANGER = """
import os, socket, sys
os.setuid(65534)
line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
line.settimeout(10)
try:
    line.connect(sys.argv[1])
except PermissionError:
    print("kept out")
else:
    try:
        line.sendall(b'{"command": "quit"}\\n')
    except BrokenPipeError:
        pass
    print(line.recv(65536).decode())
"""


def a_stranger_calls(path: Path) -> str:
    if os.geteuid() != 0:
        pytest.skip("only root can act as another user")
    command = [sys.executable, "-c", STRANGER, str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.strip()


def test_another_user_is_kept_out_by_the_directory(desk: Desk) -> None:
    assert a_stranger_calls(desk.path()) == "kept out"


def test_another_user_who_gets_at_the_socket_is_refused_and_named_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    closed = [folder for folder in desk.path().parents if not folder.stat().st_mode & 0o001]
    for folder in closed:
        folder.chmod(0o755)
    desk.path().chmod(0o666)

    answers = [a_stranger_calls(desk.path()) for _ in range(2)]
    for folder in closed:
        folder.chmod(0o700)

    refusal = {"ok": False, "says": "this deskbreak belongs to another user", "status": {}}
    assert [json.loads(answer) for answer in answers] == [refusal, refusal]
    assert desk.asked.empty()
    assert caplog.text.count("user 65534") == 1


def test_the_socket_is_removed_at_an_orderly_end(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.control.open()
    path = desk.path()
    desk.control.close()
    desk.lock.release()

    assert not path.exists()


def test_a_socket_put_there_by_somebody_else_is_left_alone_at_the_end(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.control.open()
    path = desk.path()
    path.unlink()
    path.write_text("not ours")
    desk.control.close()
    desk.lock.release()

    assert path.read_text() == "not ours"


def test_the_last_answers_are_given_before_the_end(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.control.open()
    with desk.call() as quitting, desk.call() as waiting:
        waiting.sendall(b'{"command": "undo"}\n')
        desk.asked.get(timeout=PATIENCE_S)
        quitting.sendall(b'{"command": "quit"}\n')
        desk.asked.get(timeout=PATIENCE_S).reply.put({"ok": True, "says": "deskbreak ends."})
        desk.control.close()
        answers = [said(quitting)["says"], said(waiting)["says"]]
    desk.lock.release()

    assert answers == ["deskbreak ends.", "deskbreak is ending"]


def test_the_socket_of_a_killed_daemon_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "deskbreak").mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(tmp_path / "deskbreak" / "control.sock"))

    desk = Desk(tmp_path)
    desk.control.open()
    try:
        assert desk.path() == tmp_path / "deskbreak" / "control.sock"
        desk.still_answers()
    finally:
        desk.control.close()
        desk.lock.release()


def test_the_live_socket_of_another_data_directory_is_left_alone(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as theirs:
        (tmp_path / "deskbreak").mkdir(mode=0o700)
        theirs.bind(str(tmp_path / "deskbreak" / "control.sock"))
        theirs.listen()
        desk = Desk(tmp_path)
        desk.control.open()
        try:
            found = holder(desk.lock.path)
            desk.still_answers()
        finally:
            desk.control.close()
            desk.lock.release()

        assert found is not None
        assert found.socket == tmp_path / "run" / "control.sock"
        assert (tmp_path / "deskbreak" / "control.sock").exists()


def test_a_runtime_directory_deleted_meanwhile_is_made_anew_at_a_heartbeat(desk: Desk) -> None:
    shutil.rmtree(desk.runtime)

    desk.control.check()
    until(lambda: (desk.runtime / "control.sock").exists())

    desk.still_answers()


def test_a_heartbeat_disturbs_nothing_while_the_socket_is_there(desk: Desk) -> None:
    inode = desk.path().stat().st_ino

    desk.control.check()
    desk.still_answers()

    assert desk.path().stat().st_ino == inode


def test_a_session_directory_gone_for_good_leads_to_the_place_beside_the_lock(tmp_path: Path) -> None:
    session = tmp_path / "session"
    session.mkdir(mode=0o700)
    with Lock.take(tmp_path / "deskbreak.lock", NOW) as lock:
        control = Control(lambda item: None, HandClock(), lock, session / "deskbreak")
        control.open()
        shutil.rmtree(session)
        control.check()
        until(lambda: control.path == tmp_path / "run" / "control.sock")
        found = holder(lock.path)
        control.close()

    assert found is not None
    assert found.socket == tmp_path / "run" / "control.sock"


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_session_directory_in_which_others_may_write_is_not_used(tmp_path: Path, mode: int) -> None:
    session = tmp_path / "session"
    session.mkdir()
    session.chmod(mode)

    door = open_door(session / "deskbreak", tmp_path)
    door.remove()

    assert door.path == tmp_path / "run" / "control.sock"


def test_a_path_too_long_for_a_socket_gives_way_to_one_that_is_not(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir(mode=0o700)

    near = open_door(deep / "deskbreak", tmp_path)
    near.remove()
    temporary = open_door(deep / "deskbreak", deep)
    temporary.remove()

    assert near.path == tmp_path / "run" / "control.sock"
    assert len(os.fsencode(temporary.path)) <= 107
    assert not temporary.path.parent.exists()


def test_a_link_planted_where_the_directory_should_be_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "deskbreak").symlink_to(tmp_path / "elsewhere")

    door = open_door(tmp_path / "deskbreak", tmp_path)
    door.remove()

    assert door.path == tmp_path / "run" / "control.sock"
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_same_hindrance_reads_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "run").write_text("in the way")

    said = []
    for _attempt in range(2):
        with pytest.raises(DoorError) as refused:
            open_door(None, tmp_path)
        said.append(str(refused.value))

    assert said[0] == said[1]


def test_where_no_place_will_do_the_reasons_are_given_and_it_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "deskbreak").write_text("in the way")
    (tmp_path / "run").write_text("in the way")
    desk = Desk(tmp_path)

    desk.control.open()
    refused = desk.control.fault
    desk.control.check()
    (tmp_path / "deskbreak").unlink()
    desk.control.check()
    until(lambda: desk.control.fault is None)
    desk.still_answers()
    desk.control.close()
    desk.lock.release()

    assert refused is not None
    assert refused.startswith("commands cannot be received: ")
    assert "deskbreak is in the way" in refused
    assert caplog.text.count("commands cannot be received") == 1
    with pytest.raises(Empty):
        desk.asked.get_nowait()


def test_no_door_at_all_is_an_error_with_every_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "run").write_text("in the way")

    with pytest.raises(DoorError, match=r"run is in the way; .*nowhere"):
        open_door(None, tmp_path)
