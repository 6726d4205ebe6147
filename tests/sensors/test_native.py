"""Windows and macOS as their functions answer: recorded values and impossible ones. Neither was run."""

import math
import struct
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import pytest

from deskbreak.ports import Stirred
from deskbreak.sensors import macos, native, windows
from deskbreak.sensors.account import Serves
from deskbreak.sensors.idle import Idle, Sieve
from deskbreak.sensors.macos import Mac
from deskbreak.sensors.native import Native, Session, System
from deskbreak.sensors.windows import Windows, session_of
from tests.e2e.desk import until

DAY_MS = 24 * 60 * 60 * 1000
WRAP = 2**32
LOCK, UNLOCK, UNKNOWN = 0, 1, -1
ACTIVE, DISCONNECTED = 0, 4


class FakeWindows:
    """Windows 10 for which time passes and somebody types as the test says; the machine is up for long."""

    version = (10, 0)

    def __init__(self, ticks: int = 3_600_000) -> None:
        self.now = ticks
        self.input: int | None = ticks
        self.said: tuple[int, int] | None = (ACTIVE, UNLOCK)

    def last_input(self) -> int | None:
        return None if self.input is None else self.input % WRAP

    def ticks(self) -> int:
        return self.now % WRAP

    def session(self) -> tuple[int, int] | None:
        return self.said


class FakeMac:
    """macOS that says what the test says."""

    def __init__(self) -> None:
        self.since = 0.25
        self.said: Mapping[str, bool] | None = {"kCGSSessionOnConsoleKey": True}

    def since_input(self) -> float:
        return self.since

    def session(self) -> Mapping[str, bool] | None:
        return self.said


class Hours:
    """The awake clock as these sources see it."""

    def __init__(self) -> None:
        self.now = timedelta(days=100)

    def __call__(self) -> timedelta:
        return self.now


@pytest.fixture
def awake(monkeypatch: pytest.MonkeyPatch) -> Hours:
    hours = Hours()
    monkeypatch.setattr(windows, "awake", hours)
    monkeypatch.setattr(macos, "awake", hours)
    return hours


def passes(system: FakeWindows, awake: Hours, length: timedelta) -> None:
    awake.now += length
    system.now += length // timedelta(milliseconds=1)


@pytest.mark.parametrize("ticks", [3_600_000, WRAP - 1500, WRAP + 500], ids=["soon", "before", "after"])
def test_the_idle_time_goes_on_when_the_count_of_ticks_wraps(ticks: int, awake: Hours) -> None:
    system = FakeWindows(ticks)
    source = Windows(system)
    assert source.seconds() == 0

    passes(system, awake, timedelta(seconds=2))
    assert source.seconds() == 2
    passes(system, awake, timedelta(seconds=1))
    system.input = system.now - 300

    assert source.seconds() == pytest.approx(0.3)


def test_an_absence_as_long_as_the_count_of_ticks_is_no_input(awake: Hours) -> None:
    system = FakeWindows()
    source = Windows(system)
    source.seconds()
    for days in (20, 20, 9.71026961805556, 1):
        passes(system, awake, timedelta(days=days))
        source.seconds()

    assert source.seconds() == pytest.approx(50.71 * 24 * 3600, abs=100)


def test_input_before_the_start_counts_at_most_as_long_as_the_machine_was_awake(awake: Hours) -> None:
    system = FakeWindows(10 * DAY_MS)
    system.input = system.now - 2 * DAY_MS
    awake.now = timedelta(hours=3)

    assert Windows(system).seconds() == 3 * 3600


def test_typing_after_a_sleep_is_dated_after_the_last_look(awake: Hours) -> None:
    system = FakeWindows()
    source = Windows(system)
    source.seconds()
    system.now += DAY_MS
    system.input = system.now - 5 * 60 * 1000
    awake.now += timedelta(seconds=40)

    assert source.seconds() == 40


def test_an_input_that_seems_to_be_just_ahead_of_the_clock_is_now(awake: Hours) -> None:
    system = FakeWindows()
    system.input = system.now + 15

    assert Windows(system).seconds() == 0


def test_an_input_in_the_future_is_no_reading_and_said_once(
    awake: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    system = FakeWindows()
    system.input = system.now + DAY_MS
    source, sieve = Windows(system), Sieve()

    for _again in range(3):
        assert sieve.plausible(source.seconds() or 0, awake.now) is None

    assert len(caplog.messages) == 1
    assert "wrapped" in caplog.text


def test_a_function_that_fails_is_no_reading_and_said_once(
    awake: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    system = FakeWindows()
    system.input = system.said = None
    source = Windows(system)

    assert [source.seconds(), source.seconds(), source.session(), source.session()] == [None] * 4
    assert len(caplog.messages) == 2


def test_a_count_that_stands_still_is_quiet_that_grows(awake: Hours) -> None:
    system = FakeWindows()
    source = Windows(system)
    source.seconds()

    awake.now += timedelta(minutes=7)

    assert source.seconds() == 7 * 60


@pytest.mark.parametrize(
    ("version", "flags", "locked"),
    [
        ((10, 0), LOCK, True),
        ((10, 0), UNLOCK, False),
        ((6, 1), LOCK, False),
        ((6, 1), UNLOCK, True),
        ((10, 0), UNKNOWN, False),
        ((6, 1), UNKNOWN, False),
    ],
)
def test_the_lock_is_read_as_this_windows_means_it(
    version: tuple[int, int], flags: int, locked: bool
) -> None:
    system = FakeWindows()
    system.version = version
    system.said = (ACTIVE, flags)

    assert Windows(system).session() == Session(locked, active=True)


def test_a_session_that_another_user_has_taken_the_screen_from_is_not_active() -> None:
    system = FakeWindows()
    system.said = (DISCONNECTED, UNLOCK)

    assert Windows(system).session() == Session(locked=False, active=False)


def test_the_session_is_found_in_what_windows_returns() -> None:
    # DWORD Level = 1, padding, SessionId = 2, SessionState = WTSActive, SessionFlags = WTS_SESSIONSTATE_LOCK
    told = bytes.fromhex("01000000 00000000 02000000 00000000 00000000")

    assert session_of(told) == (ACTIVE, LOCK)
    assert session_of(struct.pack("=I4xIii", 1, 1, DISCONNECTED, UNKNOWN)) == (DISCONNECTED, UNKNOWN)
    assert session_of(struct.pack("=I4xIii", 2, 1, ACTIVE, LOCK)) is None


def test_macos_answers_as_it_is_asked() -> None:
    system = FakeMac()
    source = Mac(system)

    assert source.seconds() == 0.25
    assert source.session() == Session(locked=False, active=True)
    system.said = {"CGSSessionScreenIsLocked": True, "kCGSSessionOnConsoleKey": False}
    assert source.session() == Session(locked=True, active=False)


@pytest.mark.parametrize("since", [-1.0, math.nan, math.inf, 2.0**40])
def test_what_macos_cannot_mean_is_no_reading(since: float, caplog: pytest.LogCaptureFixture) -> None:
    system = FakeMac()
    system.since = since
    source = Mac(system)

    assert Sieve().plausible(source.seconds() or 0, timedelta(days=60)) is None
    assert source.last() is None
    assert len(caplog.messages) == 1


def test_outside_a_desktop_session_macos_sees_nothing() -> None:
    system = FakeMac()
    system.said = None
    source = native.Native(Mac(system), lambda _something: None)

    assert source.blind
    assert source.hopeless
    assert source.seconds() is None
    assert "no desktop session" in source.accounts()[0].says
    source.close()


@pytest.fixture(params=["Windows", "macOS"])
def sitting(request: pytest.FixtureRequest) -> Iterator[tuple[Native, Callable[[], None], list[object]]]:
    """A source, somebody who types before it, and what it has told."""
    told: list[object] = []
    system: System
    if request.param == "Windows":
        pc = FakeWindows()
        system = Windows(pc)

        def types() -> None:
            pc.now += 1000
            pc.input = pc.now
    else:
        mac = FakeMac()
        mac.since = 60
        system = Mac(mac)

        def types() -> None:
            mac.since = mac.since / 2

    source = Native(system, told.append)
    yield source, types, told
    source.close()


def test_it_rings_at_the_next_input_when_asked_and_only_once(
    sitting: tuple[Native, Callable[[], None], list[object]],
) -> None:
    source, types, told = sitting
    idle: Idle = source
    types()
    idle.listen(True)

    def typed() -> bool:
        types()
        return told == [Stirred()]

    until(typed, "it rings")
    types()

    assert told == [Stirred()]
    assert not source.blind


def test_it_gives_an_account_of_input_and_lock(
    sitting: tuple[Native, Callable[[], None], list[object]],
) -> None:
    source, _types, _told = sitting

    (seen,), (lock,) = source.accounts(), source.lock.accounts()

    assert (seen.serves, seen.used) == (Serves.INPUT, True)
    assert (lock.serves, lock.used, lock.says) == (Serves.LOCK, True, "not locked, your session is active")
    assert source.lock.active
    assert not source.lock.locked


def test_no_foreign_function_is_asked_for_on_another_system() -> None:
    assert native.find(lambda _something: None) is None
