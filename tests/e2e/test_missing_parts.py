"""A desktop that lacks something: the program says so, works on, and picks up what comes later."""

import json
from datetime import timedelta
from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.parts import DESKTOP, Part
from tests.e2e.program import CALM, Program, types_until

BARE = {Part.SCREEN, Part.BUS, Part.WINDOWS}


def test_a_panel_that_dies_and_comes_back_shows_the_icon_exactly_once(desk: Desk, tmp_path: Path) -> None:
    program = Program(desk, sit_limit="1h", **CALM).start()
    eyes = Eyes(desk, tmp_path)
    eyes.icon()

    desk.stop(Part.PANEL, kill=True)
    types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted without a panel")
    desk.start(Part.PANEL)
    eyes.icon()
    eyes.click_row("I'm standing", "standing")

    until(lambda: program.status()["state"] == "standing", "the new panel's menu works")
    assert len(eyes.icons()) == 1


def test_a_reminder_that_nothing_could_show_is_said_and_given_once_when_a_server_comes(
    tmp_path: Path,
) -> None:
    with Desk(tmp_path / "desk", DESKTOP - {Part.NOTICES}) as desk:
        program = Program(desk, sit_limit="5s", **CALM).start()
        eyes = Eyes(desk, tmp_path)
        types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted")
        until(lambda: "Answer with: deskbreak" in program.said(), "the terminal says the reminder")
        (undelivered,) = program.prompts()
        faults = program.status()["faults"]
        menu = eyes.labels()
        eyes.open_menu("undelivered")
        eyes.close_menu()

        desk.start(Part.NOTICES)
        until(lambda: len(desk.cards()) == 1, "the reminder is given")
        until(lambda: program.status()["faults"] == [], "the fault is over")
        eyes.picture("given")
        desk.press("Skip")
        until(lambda: program.prompts()[-1]["outcome"] == "skipped", "the answer is in the log")

        assert undelivered["outcome"] == "undelivered"
        assert any("notification" in fault for fault in faults)
        assert menu[0].startswith("Start ")
        assert len(desk.cards()) == 1
        assert program.said().count("Answer with: deskbreak") == 1


def test_without_a_session_bus_it_counts_reminds_in_the_terminal_and_takes_commands(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN, Part.WINDOWS}) as desk:
        program = Program(desk, sit_limit="5s", **CALM).start()
        types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted")
        until(lambda: "Answer with: deskbreak" in program.said(), "the terminal says the reminder")
        desk.screenshot(tmp_path / "no-bus.png")

        skipped = program.tell("skip")
        status = program.status()

        assert skipped.stdout.startswith("Skipped.")
        assert status["state"] == "sitting"
        assert any("bus" in fault for fault in status["faults"])
        assert any("tray" in fault for fault in status["faults"])
        assert "Traceback" not in program.said()


def test_a_bus_that_comes_later_brings_icon_and_reminders_without_a_restart(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.SCREEN, Part.WINDOWS}) as desk:
        program = Program(desk, sit_limit="1h", **CALM).start()
        address = f"unix:path={desk.runtime}/bus"
        assert "DBUS_SESSION_BUS_ADDRESS" not in desk.env

        for part in (Part.BUS, Part.NOTICES, Part.PANEL):
            desk.start(part)

        assert desk.env["DBUS_SESSION_BUS_ADDRESS"] == address
        Eyes(desk, tmp_path).icon()
        until(lambda: program.status()["faults"] == [], "nothing is missing any more")


def test_without_a_display_it_says_so_and_takes_the_persons_word(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", {Part.BUS}) as desk:
        program = Program(desk, sit_limit="5s", **CALM).start()

        stood = program.tell("stand", "--json")
        sat = program.tell("sit", "--json")
        until(lambda: "input goes unnoticed" in program.said(), "the terminal says what is missing")

        assert json.loads(stood.stdout)["status"]["state"] == "standing"
        assert json.loads(sat.stdout)["ok"] is True
        assert "Traceback" not in program.said()
        assert program.tell("quit").returncode == 0
        assert program.ended() == 0


def test_where_no_tray_comes_for_a_minute_one_card_says_what_would_bring_one(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", BARE | {Part.NOTICES}) as desk:
        program = Program(desk, sit_limit="1h", **CALM).start()
        until(lambda: any("tray" in fault for fault in program.status()["faults"]), "status says it")

        until(lambda: desk.cards(), "the card comes", timedelta(seconds=70))
        desk.screenshot(tmp_path / "no-tray.png")

        (card,) = desk.cards()
        assert card.title == "No tray icon"
        assert "xfce4-panel" in card.body
