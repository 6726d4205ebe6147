"""All senses together: a real login service's double, a screen saver on a real bus, a real X server."""

import queue
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.events import Reading
from deskbreak.links.bus import Bus
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Stirred
from deskbreak.sensors import Senses
from deskbreak.sensors.account import Serves
from tests.e2e.desk import Desk, until
from tests.e2e.parts import GNOME, LOGIN, LOGIND, SESSION, Part
from tests.fakes import FakeClock

SAVER = "org.gnome.ScreenSaver"
SAVER_PATH = "/org/gnome/ScreenSaver"
SOON = timedelta(seconds=5)


class Sitting:
    """Senses that are wired to the desk as the program wires them."""

    def __init__(self, desk: Desk, extra: dict[str, str] | None = None) -> None:
        self.desk = desk
        self.clock = FakeClock()
        self.clock.passes(timedelta(days=1))
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.senses = Senses(desk.env | (extra or {}), self.clock, self.inbox.put)
        self._busses: list[Rejoin] = []
        if Part.SYSTEM_BUS in desk.parts:
            system = Rejoin(lambda: desk.env["DBUS_SYSTEM_BUS_ADDRESS"], fds=True)
            system.join(self.senses.system_joined)
            self._busses.append(system)
        if Part.BUS in desk.parts:
            session = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
            session.join(self.senses.session_joined)
            self._busses.append(session)

    def read(self) -> Reading:
        return self.senses.read()

    def inhibitors(self) -> int:
        said = self.desk.logind(LOGIND[1], "org.freedesktop.login1.Manager.ListInhibitors")
        return said.count('string "deskbreak"')

    def stirred(self) -> bool:
        with suppress(queue.Empty):
            while True:
                if self.inbox.get_nowait() == Stirred():
                    return True
        return False

    def forget(self) -> None:
        while self.stirred():
            pass

    def end(self) -> None:
        for bus in self._busses:
            bus.close()
        self.senses.close()


@pytest.fixture
def login(tmp_path: Path) -> Iterator[Sitting]:
    with Desk(tmp_path / "desk", LOGIN) as desk:
        sitting = Sitting(desk)
        until(
            lambda: sitting.inhibitors() == 1 and account(sitting, "logind")[1], "the login service is known"
        )
        until(lambda: "not locked" in account(sitting, "logind")[1], "the session is known")
        sitting.forget()
        yield sitting
        sitting.end()


def account(sitting: Sitting, source: str) -> tuple[bool, str]:
    return next((each.used, each.says) for each in sitting.senses.why() if each.source == source)


def test_a_lock_that_is_asked_for_is_noticed_and_so_is_its_end(login: Sitting) -> None:
    login.desk.logind(SESSION, "org.freedesktop.login1.Session.Lock")
    until(lambda: login.read().locked, "the lock is noticed", SOON)
    assert login.stirred()

    login.desk.logind(SESSION, "org.freedesktop.login1.Session.Unlock")

    until(lambda: not login.read().locked, "the unlock is noticed", SOON)


def test_the_hint_of_the_locker_is_noticed_and_its_end_ends_the_lock(login: Sitting) -> None:
    login.desk.logind(SESSION, "org.freedesktop.login1.Session.Lock")
    login.desk.logind(SESSION, "org.freedesktop.login1.Session.SetLockedHint", "boolean:true")
    until(lambda: login.read().locked, "the lock is noticed", SOON)

    login.desk.logind(SESSION, "org.freedesktop.login1.Session.SetLockedHint", "boolean:false")

    until(lambda: not login.read().locked, "the unlock is noticed", SOON)


def test_another_user_at_the_desk_is_noticed(login: Sitting) -> None:
    assert not login.read().asleep

    login.desk.session_is(active=False)

    until(lambda: login.read().asleep, "the session is not the active one", SOON)


def test_sleep_is_held_up_once_let_go_when_the_log_is_written_and_held_up_again(login: Sitting) -> None:
    assert login.inhibitors() == 1

    login.desk.prepare_for_sleep(True)
    until(lambda: login.read().asleep, "the machine is about to sleep", SOON)
    assert login.stirred()
    assert login.inhibitors() == 1

    login.senses.ready_to_sleep()
    until(lambda: login.inhibitors() == 0, "the machine may sleep", SOON)

    login.desk.prepare_for_sleep(False)
    until(lambda: login.inhibitors() == 1, "the next sleep is held up", SOON)
    assert not login.read().asleep


def test_a_sleep_that_never_came_is_not_believed_once_there_is_input(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", LOGIN | {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        until(lambda: sitting.inhibitors() == 1, "the login service is known")
        desk.prepare_for_sleep(True)
        until(lambda: sitting.read().asleep, "the machine is about to sleep", SOON)

        sitting.clock.passes(timedelta(minutes=1))
        desk.type_text("a")

        assert not sitting.read().asleep
        sitting.end()


def test_a_login_service_that_was_restarted_is_held_up_and_heard_again(login: Sitting) -> None:
    login.desk.stop(Part.LOGIND, kill=True)
    until(lambda: not account(login, "logind")[0], "the loss is noticed", SOON)

    login.desk.start(Part.LOGIND)

    until(lambda: login.inhibitors() == 1, "sleep is held up", SOON)
    until(
        lambda: login.inhibitors() == 1 and "not locked" in account(login, "logind")[1], "known again", SOON
    )
    login.desk.logind(SESSION, "org.freedesktop.login1.Session.Lock")
    until(lambda: login.read().locked, "the lock is noticed", SOON)


def test_a_system_bus_that_was_restarted_is_joined_again(login: Sitting) -> None:
    login.desk.stop(Part.LOGIND, kill=True)
    login.desk.stop(Part.SYSTEM_BUS, kill=True)
    until(lambda: not account(login, "logind")[0], "the loss is noticed", SOON)

    login.desk.start(Part.SYSTEM_BUS)
    login.desk.start(Part.LOGIND)

    until(lambda: login.inhibitors() == 1, "sleep is held up", timedelta(seconds=6))
    login.desk.prepare_for_sleep(True)
    until(lambda: login.read().asleep, "sleep is noticed", SOON)


def test_a_bus_without_a_login_service_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Desk(tmp_path / "desk", {Part.SYSTEM_BUS}) as desk:
        sitting = Sitting(desk)

        until(lambda: "no login service" in caplog.text, "it is said")
        assert not sitting.read().asleep
        assert account(sitting, "logind") == (False, "no login service on the system bus")
        sitting.end()


def test_a_session_that_the_login_service_does_not_know_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Desk(tmp_path / "desk", LOGIN) as desk:
        sitting = Sitting(desk, {"XDG_SESSION_ID": "nobody"})

        until(lambda: "tells nothing of your session" in caplog.text, "it is said")
        assert sitting.inhibitors() == 1
        sitting.end()


class GnomeSaver:
    """A screen saver on a bus of its own, as GNOME has it."""

    def __init__(self, address: str, active: bool = False) -> None:
        self.active = active
        self.bus = Bus(address)
        self.bus.export(
            SAVER_PATH,
            SAVER,
            {"GetActive": lambda _body, _sender: ("b", (self.active,))},
            {},
            f'<interface name="{SAVER}"/>',
        )
        dbus = "org.freedesktop.DBus"
        self.bus.call(dbus, "/org/freedesktop/DBus", dbus, "RequestName", "su", (SAVER, 0))

    def covers(self, active: bool) -> None:
        self.active = active
        self.bus.emit(SAVER_PATH, SAVER, "ActiveChanged", "b", (active,))


def test_a_screen_saver_that_covers_the_screen_is_a_lock(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        saver = GnomeSaver(desk.env["DBUS_SESSION_BUS_ADDRESS"])
        sitting = Sitting(desk)
        until(lambda: account(sitting, "screen saver")[0], "it is known", SOON)
        assert not sitting.read().locked

        saver.covers(True)
        until(lambda: sitting.read().locked, "the lock is noticed", SOON)
        assert sitting.stirred()
        saver.covers(False)

        until(lambda: not sitting.read().locked, "the unlock is noticed", SOON)
        sitting.end()
        saver.bus.close()


def test_a_screen_locked_before_the_start_is_known_and_free_when_the_saver_is_gone(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        saver = GnomeSaver(desk.env["DBUS_SESSION_BUS_ADDRESS"], active=True)
        sitting = Sitting(desk)
        until(lambda: sitting.read().locked, "it is locked", SOON)

        saver.bus.close()

        until(lambda: not sitting.read().locked, "nobody says so any more", SOON)
        sitting.end()


def test_a_screen_saver_that_appears_later_is_heard(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        sitting = Sitting(desk)

        saver = GnomeSaver(desk.env["DBUS_SESSION_BUS_ADDRESS"], active=True)

        until(lambda: sitting.read().locked, "it is locked", SOON)
        sitting.end()
        saver.bus.close()


def test_without_anything_it_starts_is_blind_and_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Desk(tmp_path / "desk", ()) as desk:
        sitting = Sitting(desk)
        sitting.senses.listen(True)

        assert sitting.read() == Reading(blind=True)
        assert len(caplog.messages) == 1
        assert "DISPLAY is not set" in caplog.text
        assert not any(each.used for each in sitting.senses.why() if each.serves is Serves.INPUT)
        sitting.end()


def test_the_idle_time_of_the_screen_is_read_and_told_to_the_doctor(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        desk.type_text("a")
        until(lambda: (sitting.read().idle or timedelta(0)) > timedelta(milliseconds=100), "time passes")

        reading = sitting.read()

        assert not reading.blind
        assert reading.idle is not None
        assert reading.idle < timedelta(seconds=5)
        assert account(sitting, "X11")[1].startswith("last input 0.")
        sitting.end()


def used(sitting: Sitting) -> list[str]:
    """The idle sources in use, which is one or none."""
    return [each.source for each in sitting.senses.why() if each.serves is Serves.INPUT and each.used]


def test_a_source_that_dies_is_replaced_by_the_next_and_comes_back(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", GNOME | {Part.SCREEN}) as desk:
        sitting = Sitting(desk, {"WAYLAND_DISPLAY": ""})
        until(lambda: used(sitting) == ["Mutter"], "Mutter is trusted most", SOON)

        desk.stop(Part.MUTTER, kill=True)
        until(lambda: used(sitting) == ["X11"], "X11 stands in", SOON)
        assert sitting.stirred()
        sitting.senses.listen(True)
        desk.type_text("a")
        until(lambda: sitting.stirred(), "X11 rings in its place", SOON)
        desk.start(Part.MUTTER)

        until(lambda: used(sitting) == ["Mutter"], "Mutter is back", SOON)
        assert not sitting.read().blind
        sitting.end()


def test_in_a_wayland_session_the_x_server_is_never_asked(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", GNOME | {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        until(lambda: used(sitting) == ["Mutter"], "Mutter is used", SOON)

        desk.stop(Part.MUTTER, kill=True)

        until(lambda: sitting.read().blind, "nothing is seen", SOON)
        assert "X11 windows" in account(sitting, "X11")[1]
        sitting.end()


def test_on_a_wayland_compositor_the_idle_time_is_read(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS, Part.SWAY}) as desk:
        sitting = Sitting(desk)
        until(lambda: (sitting.read().idle or timedelta(0)) > timedelta(milliseconds=100), "time passes")

        assert used(sitting) == ["Wayland"]
        assert not sitting.read().blind
        sitting.end()


def test_an_idle_time_that_cannot_be_is_no_reading(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        sitting.clock.awake = timedelta(seconds=-3)

        reading = sitting.read()

        assert reading == Reading(idle=None, blind=False)
        sitting.end()
