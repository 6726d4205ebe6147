"""Doctor names each channel, says what would mend it, and fails when the main job cannot be done."""

import json

import pytest

from deskbreak.cli import main
from deskbreak.paths import Places
from tests.cli.conftest import Runs


@pytest.fixture
def bare(home: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={home.data}/no-bus")
    monkeypatch.setattr("deskbreak.cli.doctor._LOOKS", 1)
    return home


def found(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    return {entry["channel"]: entry for entry in json.loads(capsys.readouterr().out)}


def test_without_a_desktop_it_names_what_is_missing_and_what_would_mend_it(
    bare: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 1

    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert any(line.startswith("ok       log ") for line in lines)
    assert str(bare.log) in said.out
    assert any(line.startswith("fault    X11 ") and "DISPLAY" in line for line in lines)
    assert any(line.startswith("fault    session bus ") for line in lines)
    assert any(line.startswith("fault    daemon ") for line in lines)
    assert "mend it: deskbreak run" in said.out
    assert said.err == ""


@pytest.mark.usefixtures("bare")
def test_the_main_job_needs_the_log_and_a_source_of_input(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])

    needed = {name for name, entry in found(capsys).items() if entry["needed"]}
    assert needed == {"log", "Mutter", "Wayland", "X11"}


def test_a_fault_in_the_settings_is_named(bare: Places, capsys: pytest.CaptureFixture[str]) -> None:
    bare.settings.write_text("sit_limit = nan\n")

    main(["doctor", "--json"])

    settings = found(capsys)["settings"]
    assert settings["works"] is False
    assert "sit_limit" in str(settings["says"])


def test_a_log_that_cannot_be_read_is_named(bare: Places, capsys: pytest.CaptureFixture[str]) -> None:
    bare.log.write_text("not a database, and long enough not to be taken for an empty one" * 10)

    assert main(["doctor", "--json"]) == 1
    assert found(capsys)["log"]["works"] is False


@pytest.mark.usefixtures("bare")
def test_a_running_daemon_says_how_it_is(daemon: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    daemon(lambda _request: {"ok": True, "says": "You have been sitting for 41 min.", "status": {}})

    main(["doctor", "--json"])

    running = found(capsys)["daemon"]
    assert running["works"] is True
    assert str(running["says"]).startswith("running since 2026-11-23 ")
