"""Input on real terminals: what is typed there, what is not, and what a clock that is set makes of it."""

import os
import queue
import socket
import threading
import tty
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from deskbreak.clock import wall
from deskbreak.links.inotify import InotifyError
from deskbreak.ports import Stirred
from deskbreak.sensors import terminals, ttys
from deskbreak.sensors.idle import Idle, Refusal
from deskbreak.sensors.terminals import Terminals
from tests.e2e.desk import until
from tests.sensors.seats import heard, switches

HOUR = timedelta(hours=1)
# The kernel sets the time of reading once in each 8 s.
WRITTEN_WITHIN = timedelta(seconds=10)
NOWHERE = Path("/nonexistent")


def wall_set(by: timedelta) -> datetime:
    return wall() + by


class Terminal:
    """A terminal of one's own, and a program in it that reads what is typed."""

    def __init__(self) -> None:
        self._hands, self._program = os.openpty()
        tty.setraw(self._program)

    def type(self) -> None:
        os.write(self._hands, b"k")
        os.read(self._program, 10)

    def shows(self, text: bytes) -> None:
        os.write(self._program, text)
        os.read(self._hands, 100)

    def closes(self) -> None:
        os.close(self._hands)
        os.close(self._program)


class Somebody:
    """Somebody at one terminal of a machine that has this one only."""

    def __init__(self, folder: Path) -> None:
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.terminal = Terminal()
        self.desktop = False
        self.devices = folder / "dev"
        (self.devices / "pts").mkdir(parents=True)
        self.shows_up(self.terminal)
        self.looks_again()

    def looks_again(self) -> None:
        """The program is started, anew if it ran."""
        found = terminals.find({}, self.inbox.put, lambda: self.desktop, self.devices, NOWHERE)
        assert not isinstance(found, Refusal)
        self.source: Terminals = found
        self.idle: Idle = found

    def shows_up(self, terminal: Terminal) -> None:
        """Only this terminal is the machine's, whatever else is open where the tests run."""
        name = os.ttyname(terminal._program)
        (self.devices / "pts" / Path(name).name).symlink_to(name)

    def seconds(self) -> float:
        seconds = self.source.seconds()
        assert seconds is not None
        return seconds

    def types_until_told(self, at: Terminal | None = None) -> list[object]:
        """Types until something is in the inbox, and says what."""
        told: list[object] = []

        def typed() -> list[object]:
            (at or self.terminal).type()
            told.extend(heard(self.inbox))
            return told

        until(typed, "it is told", WRITTEN_WITHIN)
        return told

    def types_until_written(self) -> None:
        """Types until the kernel has written down when."""
        before = self.read_at()

        def written() -> bool:
            self.terminal.type()
            return self.read_at() != before

        until(written, "the time of reading is written", WRITTEN_WITHIN)

    def read_at(self) -> int:
        return os.fstat(self.terminal._program).st_atime_ns


@pytest.fixture
def somebody(tmp_path: Path) -> Iterator[Somebody]:
    one = Somebody(tmp_path)
    yield one
    one.source.close()
    one.terminal.closes()


def test_the_first_key_after_the_start_is_told_and_from_then_on_it_sees(somebody: Somebody) -> None:
    assert somebody.source.blind
    assert somebody.source.hopeless

    somebody.types_until_told()

    assert not somebody.source.blind
    assert somebody.seconds() < 1


def test_it_rings_at_the_next_key_when_asked_and_only_once(somebody: Somebody) -> None:
    somebody.types_until_told()
    heard(somebody.inbox)
    somebody.source.listen(True)

    assert somebody.types_until_told() == [Stirred()]
    until(lambda: somebody.seconds() > 0.3, "time passes")
    somebody.terminal.type()
    somebody.terminal.type()

    assert heard(somebody.inbox) == []


def test_typing_wakes_nobody_while_nobody_listens(somebody: Somebody) -> None:
    somebody.types_until_told()
    (thread,) = (each.native_id for each in threading.enumerate() if each.name == "terminals")
    assert thread is not None
    before = switches(thread)

    for _key in range(30):
        somebody.terminal.type()

    assert switches(thread) - before <= 1


def test_what_a_program_shows_is_no_input(somebody: Somebody) -> None:
    somebody.types_until_told()
    somebody.source.listen(True)
    before = somebody.seconds()

    somebody.terminal.shows(b"the compiler has something to say")
    until(lambda: somebody.seconds() > before + 0.3, "it counts on")

    assert heard(somebody.inbox) == []


def test_keys_that_nobody_listens_for_show_in_the_next_look_whatever_the_clock_says(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody.types_until_told()
    until(lambda: somebody.seconds() > 2, "time passes")
    before = somebody.seconds()
    for step in (HOUR, -HOUR):
        monkeypatch.setattr(terminals, "wall", partial(wall_set, step))
        assert before <= somebody.seconds() < before + 1

    somebody.types_until_written()

    assert somebody.seconds() < 2
    assert heard(somebody.inbox) == []


def test_a_terminal_read_in_the_future_says_nothing_until_its_next_key(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    yesterday: list[datetime] = [wall() - 24 * HOUR]
    monkeypatch.setattr(terminals, "wall", lambda: yesterday[0])
    somebody.source.close()
    somebody.looks_again()
    assert somebody.source.blind
    assert somebody.source.seconds() is None
    assert len(caplog.messages) == 1
    assert "in the future" in caplog.text

    yesterday[0] += 48 * HOUR
    assert somebody.source.blind
    somebody.types_until_told()

    assert somebody.seconds() < 1
    assert len(caplog.messages) == 1


def test_a_terminal_that_is_opened_is_nobody_until_its_first_key(somebody: Somebody) -> None:
    somebody.types_until_told()
    heard(somebody.inbox)
    somebody.source.listen(True)
    until(lambda: somebody.seconds() > 0.5, "time passes")

    login = Terminal()
    somebody.shows_up(login)
    assert somebody.seconds() > 0.5
    assert somebody.types_until_told(login) == [Stirred()]

    assert somebody.seconds() < 0.5
    login.closes()


def test_the_last_key_counts_on_when_its_terminal_is_closed(somebody: Somebody) -> None:
    somebody.types_until_told()
    (link,) = (somebody.devices / "pts").iterdir()

    link.unlink()

    assert not somebody.source.blind
    assert somebody.seconds() < 5


def test_without_inotify_it_looks_as_often_as_the_kernel_writes(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left() -> None:
        raise InotifyError("too many open files")

    somebody.types_until_told()
    monkeypatch.setattr(ttys, "Inotify", none_left)
    monkeypatch.setattr(somebody.source._reads._looks, "_every", timedelta(milliseconds=50))
    heard(somebody.inbox)

    somebody.source.listen(True)
    assert somebody.types_until_told() == [Stirred()]


@pytest.mark.parametrize(
    "env", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "x11"}]
)
def test_in_a_desktop_session_terminals_are_refused(env: dict[str, str]) -> None:
    found = terminals.find(env, lambda _something: None, lambda: False)

    assert isinstance(found, Refusal)
    assert "other windows" in found.why


def test_a_session_that_turns_out_to_be_a_desktop_ends_their_word_for_good(somebody: Somebody) -> None:
    somebody.types_until_told()
    assert not somebody.source.blind

    somebody.desktop = True
    assert somebody.source.blind
    somebody.desktop = False

    assert somebody.source.blind
    assert somebody.source.seconds() is None
    assert "desktop" in somebody.source.absence


@pytest.mark.parametrize("name", ["X3", "wayland-1"])
def test_a_desktop_started_beside_the_terminals_ends_their_word(name: str, tmp_path: Path) -> None:
    env = {"XDG_RUNTIME_DIR": str(tmp_path)}
    found = terminals.find(env, lambda _something: None, lambda: False, tmp_path, tmp_path)
    assert isinstance(found, Terminals)
    assert "typed in none" in found.accounts()[0].says

    with socket.socket(socket.AF_UNIX) as screen:
        screen.bind(str(tmp_path / name))

        assert "desktop" in found.accounts()[0].says
    found.close()
