"""The idle source on a real X server, and its fake: one contract."""

import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from deskbreak.ports import Stirred
from deskbreak.sensors.idle import Idle, Refusal
from deskbreak.sensors.x11 import X11Idle, find
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.fakes import FakeIdle
from tests.links.servers import server_without

Inbox = queue.SimpleQueue[object]


class Seat(Protocol):
    """Somebody sitting before an idle source."""

    source: Idle
    inbox: Inbox

    def types(self) -> None: ...

    def stays_quiet(self, length: timedelta) -> None: ...

    def loses_it(self) -> None: ...

    def gets_it_back(self) -> None: ...


class RealSeat:
    def __init__(self, desk: Desk, display: str | None = None) -> None:
        self.desk = desk
        self.inbox: Inbox = queue.SimpleQueue()
        found = find(desk.env | {"DISPLAY": display or desk.display}, self.inbox.put)
        assert not isinstance(found, Refusal)
        self.source: Idle = found

    def types(self) -> None:
        self.desk.type_text("a")

    def stays_quiet(self, length: timedelta) -> None:
        until(lambda: (self.source.seconds() or 0) >= length.total_seconds(), "quiet for so long")

    def loses_it(self) -> None:
        self.desk.stop(Part.SCREEN, kill=True)
        until(lambda: self.source.blind, "the loss is noticed")

    def gets_it_back(self) -> None:
        self.desk.start(Part.SCREEN)
        until(lambda: not self.source.blind, "the return is noticed", timedelta(seconds=5))


class FakeSeat:
    def __init__(self) -> None:
        self.inbox: Inbox = queue.SimpleQueue()
        self.fake = FakeIdle(self.inbox.put)
        self.source: Idle = self.fake

    def types(self) -> None:
        self.fake.hands_move()

    def stays_quiet(self, length: timedelta) -> None:
        self.fake.passes(length)

    def loses_it(self) -> None:
        self.fake.is_lost()

    def gets_it_back(self) -> None:
        self.fake.comes_back()


@pytest.fixture(params=["SYNC", "MIT-SCREEN-SAVER", "fake"])
def seat(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Seat]:
    if request.param == "fake":
        yield FakeSeat()
        return
    with ExitStack() as standing:
        desk = standing.enter_context(Desk(tmp_path / "desk", {Part.SCREEN}))
        display = desk.display
        if request.param == "MIT-SCREEN-SAVER":
            display = standing.enter_context(server_without(b"SYNC", display))
        real = RealSeat(desk, display)
        yield real
        real.source.close()


def heard(inbox: Inbox) -> list[object]:
    found: list[object] = []
    with suppress(queue.Empty):
        while True:
            found.append(inbox.get_nowait())
    return found


def rings(seat: Seat) -> Callable[[], bool]:
    return lambda: heard(seat.inbox) == [Stirred()]


def test_quiet_grows_and_a_key_ends_it(seat: Seat) -> None:
    seat.stays_quiet(timedelta(seconds=1))
    before = seat.source.seconds()

    seat.types()

    assert before is not None
    assert before >= 1
    assert (seat.source.seconds() or 0) < 0.5


def test_it_rings_at_the_next_input_when_asked(seat: Seat) -> None:
    seat.stays_quiet(timedelta(milliseconds=300))
    seat.source.listen(True)

    seat.types()

    until(rings(seat), "it rings once")


def test_typing_goes_unremarked_when_nobody_asked(seat: Seat) -> None:
    seat.source.listen(True)
    seat.source.listen(False)

    for _key in range(5):
        seat.types()
    seat.source.seconds()

    assert heard(seat.inbox) == []


def test_it_rings_once_and_again_only_when_asked_again(seat: Seat) -> None:
    seat.stays_quiet(timedelta(milliseconds=300))
    seat.source.listen(True)
    seat.types()
    until(rings(seat), "it rings once")
    seat.types()
    seat.types()
    assert heard(seat.inbox) == []

    seat.stays_quiet(timedelta(milliseconds=300))
    seat.source.listen(True)
    seat.types()

    until(rings(seat), "it rings again")


def test_a_lost_source_is_blind_and_says_nothing(seat: Seat) -> None:
    seat.loses_it()

    assert seat.source.blind
    assert seat.source.seconds() is None
    assert heard(seat.inbox) == [Stirred()]


def test_it_sees_and_rings_again_when_it_is_back(seat: Seat) -> None:
    seat.source.listen(True)
    seat.loses_it()

    seat.gets_it_back()
    assert seat.source.seconds() is not None
    until(lambda: heard(seat.inbox), "the return is told")
    seat.stays_quiet(timedelta(milliseconds=300))
    seat.types()

    until(rings(seat), "it rings as it was asked to before")


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealSeat]:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        seat = RealSeat(desk)
        yield seat
        seat.source.close()


def test_it_rings_in_the_midst_of_typing(real: RealSeat) -> None:
    real.desk.launch("typist", "xdotool", "type", "--delay", "50", "a" * 400)
    until(lambda: (real.source.seconds() or 9) < 0.2, "somebody types")

    for _again in range(3):
        real.source.listen(True)

        until(rings(real), "it rings while the keys go on", timedelta(seconds=1))


def test_a_server_that_appears_later_is_picked_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        desk.stop(Part.SCREEN, kill=True)
        seat = RealSeat(desk)
        assert seat.source.blind

        seat.gets_it_back()

        assert seat.source.seconds() is not None
        assert len([line for line in caplog.messages if "input goes unnoticed" in line]) == 1
        seat.source.close()


def test_a_server_that_dies_three_times_is_told_of_three_times(
    real: RealSeat, caplog: pytest.LogCaptureFixture
) -> None:
    for _death in range(3):
        real.loses_it()
        real.gets_it_back()

    assert len([line for line in caplog.messages if "input goes unnoticed" in line]) == 3


def test_a_server_that_hangs_says_nothing_and_is_not_lost(real: RealSeat) -> None:
    real.desk.send(Part.SCREEN, signal.SIGSTOP)
    silent = real.source.seconds()
    real.desk.send(Part.SCREEN, signal.SIGCONT)

    assert silent is None
    until(lambda: real.source.seconds() is not None, "it answers again")


def test_the_watching_thread_sleeps_while_somebody_types(real: RealSeat) -> None:
    (watcher,) = (each.native_id for each in threading.enumerate() if each.name == "x11")
    assert watcher is not None
    real.desk.type_text("a")
    before = switches(watcher)

    real.desk.type_text("a" * 40)

    assert switches(watcher) == before


def switches(thread: int) -> int:
    status = Path("/proc/self/task") / str(thread) / "status"
    return int(status.read_text().partition("voluntary_ctxt_switches:")[2].split()[0])


@pytest.mark.parametrize(
    ("env", "why"),
    [
        ({}, "DISPLAY is not set"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "Wayland session"),
        ({"DISPLAY": "elsewhere:0"}, "over a network"),
        ({"DISPLAY": "nonsense"}, "names no display"),
    ],
)
def test_where_it_cannot_work_it_says_why(env: dict[str, str], why: str) -> None:
    refusal = find(env, lambda _what: None)

    assert isinstance(refusal, Refusal)
    assert why in refusal.why


def test_the_source_is_the_x_server_and_nothing_else(real: RealSeat) -> None:
    assert isinstance(real.source, X11Idle)
