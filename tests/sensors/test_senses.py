"""All senses together: a real login service's double, a real X server, real compositors."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.cli.findings import State, of_senses
from deskbreak.clock import awake
from deskbreak.core.events import Reading
from deskbreak.sensors.account import Serves
from tests.e2e.desk import Desk, until
from tests.e2e.parts import GNOME, LOGIN, SESSION, Part
from tests.sensors.sittings import SOON, Sitting, account


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


def test_a_sleep_that_never_came_is_not_believed_once_there_is_input(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Desk(tmp_path / "desk", LOGIN | {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        until(lambda: sitting.inhibitors() == 1, "the login service is known")
        desk.prepare_for_sleep(True)
        until(lambda: sitting.read().asleep, "the machine is about to sleep", SOON)

        sitting.clock.passes(timedelta(minutes=1))
        desk.type_text("a")

        assert not sitting.read().asleep
        assert not sitting.read().asleep
        assert caplog.text.count("never said that the machine is awake") == 1
        sitting.end()


def test_after_a_sleep_whose_end_nobody_told_the_next_one_is_held_up(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", LOGIN | {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        until(lambda: sitting.inhibitors() == 1, "the login service is known")
        desk.prepare_for_sleep(True)
        until(lambda: sitting.read().asleep, "the machine is about to sleep", SOON)
        sitting.senses.ready_to_sleep()
        until(lambda: sitting.inhibitors() == 0, "the machine may sleep", SOON)

        sitting.clock.passes(timedelta(minutes=1))
        desk.type_text("a")
        sitting.read()
        until(lambda: sitting.inhibitors() == 1, "the next sleep is held up", SOON)
        sitting.senses.ready_to_sleep()
        sitting.read()

        assert sitting.inhibitors() == 1
        desk.prepare_for_sleep(True)
        until(lambda: sitting.read().asleep, "the machine is about to sleep again", SOON)
        sitting.senses.ready_to_sleep()
        until(lambda: sitting.inhibitors() == 0, "the machine may sleep", SOON)
        sitting.end()


def test_a_user_who_switches_lets_go_of_no_sleep(login: Sitting) -> None:
    login.desk.session_is(active=False)
    until(lambda: login.read().asleep, "the session is not the active one", SOON)

    login.senses.ready_to_sleep()

    assert login.inhibitors() == 1


def test_a_login_service_that_is_restarted_unlocks_nothing(login: Sitting) -> None:
    login.desk.logind(SESSION, "org.freedesktop.login1.Session.SetLockedHint", "boolean:true")
    until(lambda: login.read().locked, "the lock is noticed", SOON)

    login.desk.stop(Part.LOGIND, kill=True)
    until(lambda: not account(login, "logind")[0], "the loss is noticed", SOON)

    assert login.read().locked
    login.desk.start(Part.LOGIND)
    until(
        lambda: login.inhibitors() == 1 and account(login, "logind")[1].startswith("locked"),
        "the restart is known, and the lock still is",
        SOON,
    )
    login.desk.logind(SESSION, "org.freedesktop.login1.Session.Unlock")

    until(lambda: not login.read().locked, "the unlock is noticed", SOON)


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


def now_us() -> int:
    """This moment as the login service tells moments."""
    return awake() // timedelta(microseconds=1)


def used(sitting: Sitting) -> list[str]:
    """The idle sources in use, which is one or none."""
    return [each.source for each in sitting.senses.why() if each.serves is Serves.INPUT and each.used]


def test_a_source_that_dies_is_replaced_by_the_next_and_comes_back(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", GNOME | {Part.SCREEN}) as desk:
        sitting = Sitting(desk, {"WAYLAND_DISPLAY": "", "XDG_SESSION_TYPE": "x11"})
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


def test_the_hint_stands_in_for_a_compositor_that_dies_until_it_is_back(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", LOGIN | {Part.SWAY}) as desk:
        sitting = Sitting(desk)
        until(lambda: used(sitting) == ["Wayland"], "the compositor is trusted more", SOON)
        desk.session_says(Type=("s", "wayland"), IdleSinceHintMonotonic=("t", now_us()))
        until(lambda: account(sitting, "IdleHint")[1].startswith("ready"), "the hint is kept", SOON)

        desk.stop(Part.SWAY, kill=True)
        until(lambda: used(sitting) == ["IdleHint"], "it stands in", SOON)
        working = sitting.read()
        desk.session_says(IdleHint=("b", True), IdleSinceHintMonotonic=("t", now_us()))
        until(lambda: (sitting.read().idle or timedelta(0)) > timedelta(seconds=0.5), "quiet grows", SOON)
        away = sitting.read()
        desk.start(Part.SWAY)

        assert (working.idle, working.blind, away.blind) == (timedelta(0), False, False)
        until(lambda: used(sitting) == ["Wayland"], "the compositor is back", timedelta(seconds=6))
        sitting.end()


def test_doctor_blames_the_compositor_that_died_and_not_x11(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SWAY}) as desk:
        sitting = Sitting(desk)
        until(lambda: used(sitting) == ["Wayland"], "the compositor tells", SOON)

        desk.stop(Part.SWAY, kill=True)
        until(lambda: sitting.read().blind, "nothing is seen", SOON)

        found = [each for each in of_senses(sitting.senses.why()) if each.purpose == Serves.INPUT.value]
        (blamed,) = (each for each in found if each.state is State.FAULT)
        assert blamed.source == "Wayland"
        assert "Wayland compositor" in blamed.says
        assert "tried again" in blamed.mend
        sitting.end()


def test_terminals_do_not_stand_in_for_a_display_that_dies(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as desk:
        sitting = Sitting(desk)
        until(lambda: used(sitting) == ["X11"], "it sees", SOON)

        desk.stop(Part.SCREEN, kill=True)

        until(lambda: sitting.read().blind, "nothing is seen", SOON)
        assert "other windows" in account(sitting, "terminals")[1]
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
