"""Sources that repeat themselves, are silent about somebody, or answer late or never."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, new_method_call, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from deskbreak.clock import awake
from deskbreak.core.events import Reading
from deskbreak.links.rejoin import Rejoin
from deskbreak.sensors import Senses, logind, mutter
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.frozen import Silent
from deskbreak.sensors.idle import Sieve
from deskbreak.sensors.screensaver import SAVERS
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.fakes import FakeClock
from tests.links.liars import server_that_is_mute
from tests.sensors.sittings import Sitting, account

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
UP = timedelta(days=1)
FLOOR = timedelta(milliseconds=250)
SESSION_NAMES = (
    *(saver.name for saver in SAVERS),
    mutter.NAME,
    "org.freedesktop.Notifications",
    "org.freedesktop.portal.Desktop",
    "org.gnome.SessionManager",
    "org.mpris.MediaPlayer2.mute",
)


def test_an_idle_time_that_stays_the_same_is_dropped_after_a_minute_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sieve = Sieve()
    heard = [sieve.plausible(40.0, UP + second * SECOND) for second in range(0, 600, 10)]

    assert heard[:6] == [timedelta(seconds=40)] * 6
    assert set(heard[6:]) == {None}
    assert caplog.messages == ["an idle time of 40.0 s is ignored: it is the same all the time"]
    assert sieve.plausible(0.2, UP + 700 * SECOND) == timedelta(seconds=0.2)


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_what_a_source_of_pauses_says_all_through_the_work_is_believed(seconds: float) -> None:
    sieve = Sieve()

    heard = {sieve.plausible(seconds, UP + at * SECOND) for at in range(600)}

    assert heard == {timedelta(seconds=seconds)}


def test_many_readings_of_one_moment_are_one() -> None:
    sieve = Sieve()

    heard = {sieve.plausible(40.0, UP + at * SECOND / 1000) for at in range(600)}

    assert heard == {timedelta(seconds=40)}


class Somebody:
    """Who locks and unlocks before an idle source that may have stopped noticing."""

    def __init__(self) -> None:
        self.silent = Silent()
        self.now = UP
        self.input = UP
        self._look()

    def _look(self, locked: bool = False, call: bool = False) -> None:
        self.silent.noted(Reading(idle=self.now - self.input, locked=locked, call=call), self.now)

    def unlocks(self, after: timedelta, typing: bool = False) -> None:
        self.now += after
        self._look(locked=True)
        self.input = self.now if typing else self.input
        self._look()

    def takes_a_call(self, after: timedelta) -> None:
        self.now += after
        self._look()
        self._look(call=True)

    def types(self) -> None:
        self.input = self.now
        self._look()


def test_a_source_that_is_silent_about_unlocks_is_suspect_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    person = Somebody()
    said = Account("X11", Serves.INPUT, True, "last input 1800.0 s ago")
    person.unlocks(after=20 * MINUTE)
    assert person.silent.on(said) is said

    person.takes_a_call(after=10 * MINUTE)

    assert person.silent.suspect
    assert person.silent.on(said).says == "last input 1800.0 s ago, but somebody has been there since"
    for _again in range(5):
        person.unlocks(after=5 * MINUTE)
    assert len(caplog.messages) == 1
    person.types()

    assert not person.silent.suspect


def test_who_types_the_password_makes_nothing_suspect() -> None:
    person = Somebody()
    for _time in range(9):
        person.unlocks(after=20 * MINUTE, typing=True)

    assert not person.silent.suspect


def test_a_single_sign_of_life_makes_nothing_suspect() -> None:
    person = Somebody()
    person.unlocks(after=20 * MINUTE)
    person.unlocks(after=9 * MINUTE)

    assert not person.silent.suspect


@contextmanager
def owner_of(names: tuple[str, ...], address: str) -> Iterator[DBusConnection]:
    """Has the names on a bus, and answers nothing by itself."""
    link = open_dbus_connection(bus=address)
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    for name in names:
        link.send_and_get_reply(new_method_call(bus, "RequestName", "su", (name, 4)))
    try:
        yield link
    finally:
        link.close()


def longest_read(sitting: Sitting, times: int) -> timedelta:
    longest = timedelta(0)
    for _time in range(times):
        began = awake()
        sitting.read()
        longest = max(longest, awake() - began)
    return longest


def test_services_that_never_answer_hold_nothing_up_and_are_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logind, "_PATIENCE", timedelta(milliseconds=300))
    with (
        Desk(tmp_path / "desk", {Part.SYSTEM_BUS, Part.BUS, Part.SCREEN}) as desk,
        owner_of(SESSION_NAMES, desk.env["DBUS_SESSION_BUS_ADDRESS"]),
        owner_of((logind.NAME,), desk.env["DBUS_SYSTEM_BUS_ADDRESS"]),
    ):
        sitting = Sitting(desk)
        desk.type_text("a")

        assert longest_read(sitting, 100) < FLOOR
        until(lambda: account(sitting, "X11")[0], "the next source stands in for Mutter")
        until(lambda: "no answer to Inhibit" in caplog.text, "the login service's silence is told")
        until(lambda: "no answer to GetSession" in caplog.text, "and that of its session")
        before = sitting.read().idle
        until(lambda: (sitting.read().idle or timedelta(0)) > (before or timedelta(0)), "quiet grows")
        assert longest_read(sitting, 100) < FLOOR
        reading = sitting.read()
        assert (reading.locked, reading.asleep, reading.blind) == (False, False, False)
        told = [line for line in caplog.messages if "no answer" in line]
        assert len(told) == len(set(told)) == 2
        sitting.end()


def test_an_answer_that_comes_late_still_counts(tmp_path: Path) -> None:
    saver = SAVERS[1]
    with (
        Desk(tmp_path / "desk", {Part.BUS}) as desk,
        owner_of((saver.name,), desk.env["DBUS_SESSION_BUS_ADDRESS"]) as link,
    ):

        def answer_late() -> None:
            with suppress(OSError, TimeoutError):
                while True:
                    question = link.receive(timeout=10)
                    if question.header.fields.get(HeaderFields.member) == "GetActive":
                        threading.Event().wait(3.5)
                        link.send(new_method_return(question, "b", (True,)))
                        return

        answering = threading.Thread(target=answer_late)
        answering.start()
        sitting = Sitting(desk)
        assert not sitting.read().locked

        until(lambda: sitting.read().locked, "the late answer is taken")

        answering.join()
        sitting.end()


def test_a_bus_that_accepts_and_says_nothing_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(tmp_path / "bus"))
        mute.listen()
        address = f"unix:path={tmp_path}/bus"
        clock = FakeClock()
        senses = Senses({"DBUS_SESSION_BUS_ADDRESS": address}, clock, lambda _something: None)
        bus = Rejoin(lambda: address)
        began = awake()

        bus.join(senses.session_joined)

        assert awake() - began < 5 * SECOND
        assert bus.missing is not None
        assert senses.read() == Reading(blind=True)
        assert caplog.text.count("input goes unnoticed") <= 1
        bus.close()
        senses.close()


def test_servers_of_sound_and_pictures_that_hang_are_not_waited_for_at_the_end(tmp_path: Path) -> None:
    with (
        server_that_is_mute(tmp_path / "pulse" / "native") as pulse,
        server_that_is_mute(tmp_path / "pipewire-0") as pipewire,
    ):
        senses = Senses({"XDG_RUNTIME_DIR": str(tmp_path)}, FakeClock(), lambda _something: None)
        assert pulse.acquire(timeout=5)
        assert pipewire.acquire(timeout=5)
        began = awake()

        senses.close()

        assert awake() - began < 1.5 * SECOND


def said_of(senses: Senses, source: str) -> Account:
    return next(each for each in senses.why() if each.source == source)


def test_servers_of_sound_and_pictures_that_hang_are_to_be_restarted(tmp_path: Path) -> None:
    with (
        server_that_is_mute(tmp_path / "pulse" / "native") as pulse,
        server_that_is_mute(tmp_path / "pipewire-0") as pipewire,
    ):
        senses = Senses({"XDG_RUNTIME_DIR": str(tmp_path)}, FakeClock(), lambda _something: None)
        assert pulse.acquire(timeout=5)
        assert pipewire.acquire(timeout=5)
        sources = ("microphone", "screen sharing", "camera over PipeWire")
        at_first = [said_of(senses, source) for source in sources]
        # The second visit comes after the first was in vain.
        assert pulse.acquire(timeout=10)
        assert pipewire.acquire(timeout=10)

        for microphone, screen, camera in (at_first, [said_of(senses, source) for source in sources]):
            assert microphone.says == "the sound server does not answer"
            assert screen.says == camera.says == "PipeWire does not answer"
            assert microphone.mend.startswith("restart PulseAudio or PipeWire")
            assert screen.mend.startswith("restart PipeWire")
            assert {microphone.used, screen.used, camera.used} == {False}
        senses.close()


def test_without_a_session_bus_nobody_is_said_to_be_missing_on_it(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        address = desk.env["DBUS_SESSION_BUS_ADDRESS"]
        senses = Senses({"DBUS_SESSION_BUS_ADDRESS": address}, FakeClock(), lambda _something: None)
        names = ("Mutter", "screen saver", "GNOME", "players")
        before = [said_of(senses, name).says for name in names]
        bus = Rejoin(lambda: address)
        bus.join(senses.session_joined)
        until(lambda: said_of(senses, "Mutter").says.endswith("is not on the session bus"), "it says so")
        there = [said_of(senses, name).says for name in names]

        desk.stop(Part.BUS)

        lost = "there is no session bus"
        until(lambda: [said_of(senses, name).says for name in names] == [lost] * 4, "all say so")
        assert before == [lost] * 4
        assert lost not in there
        bus.close()
        senses.close()
