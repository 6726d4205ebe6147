"""The desktop that the tests stand on: that it is real, private, and gone afterwards."""

from pathlib import Path

import pytest

from tests.e2e.desk import Desk, Shown, until
from tests.e2e.parts import LOGIN, SESSION, Part, needs


def test_a_whole_desktop_has_a_tray_and_a_notification_server(desk: Desk, tmp_path: Path) -> None:
    picture = desk.screenshot(tmp_path / "desk.png")

    assert picture.stat().st_size > 0
    assert desk.owned("org.kde.StatusNotifierWatcher")
    assert desk.owned("org.freedesktop.Notifications")


def test_a_card_is_remembered_and_its_button_can_be_pressed(desk: Desk) -> None:
    needs(("notify-send", "libnotify-bin"))
    answer = desk.launch(
        "notify", "notify-send", "--action=snooze=Snooze 10 min", "--action=skip=Skip", "Stand", "A <line>"
    )
    until(lambda: desk.dunstctl("count", "displayed") == "1", "the card is shown")

    desk.press("Snooze")

    until(lambda: answer.poll() is not None, "notify-send heard the button")
    assert (desk.folder / "notify.log").read_text().strip() == "snooze"
    assert [card.title for card in desk.cards()] == ["Stand"]
    assert desk.cards()[0] == Shown("Stand", desk.cards()[0].body, "NORMAL")


def test_the_panel_can_be_restarted(desk: Desk) -> None:
    desk.restart_panel()

    assert desk.owned("org.kde.StatusNotifierWatcher")


def test_a_part_left_out_is_not_there(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as bare:
        assert "DISPLAY" not in bare.env
        assert not bare.owned("org.freedesktop.Notifications")
        assert not bare.owned("org.freedesktop.login1", "system")


def test_the_screen_comes_back_as_the_same_display(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN}) as screen:
        before = screen.env["DISPLAY"]

        screen.stop(Part.SCREEN, kill=True)
        screen.start(Part.SCREEN)

        assert screen.env["DISPLAY"] == before
        assert screen.run("xdotool", "getmouselocation")


def test_the_login_service_knows_the_session(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", LOGIN) as login:
        path = login.logind(
            "/org/freedesktop/login1", "org.freedesktop.login1.Manager.GetSession", "string:c1"
        )

        assert SESSION in path


def test_a_missing_program_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(pytest.skip.Exception, match=r"needs the Debian packages: dbus dbus-bin"):
        Desk(tmp_path / "desk", {Part.BUS}).__enter__()
