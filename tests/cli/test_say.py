"""Commands reach the daemon as the events of menu and buttons, and its answer reaches the person."""

import json
import os
import signal
from datetime import UTC, datetime, timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.ask import _data
from deskbreak.core.events import (
    AskedAnother,
    Finished,
    Paused,
    Resumed,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
    Until,
)
from deskbreak.core.postures import How
from deskbreak.daemon.lock import NAME, Lock
from deskbreak.daemon.wire import Query, Request, WhyThis
from deskbreak.paths import Places, places
from tests.cli.conftest import Runs

SNOOZED = "Snoozed until 14:32. You have been sitting for 41 min."


def fine(_request: Request) -> dict[str, object]:
    return {"ok": True, "says": SNOOZED, "status": {"state": "sitting", "count_s": 2460}}


def refuses(_request: Request) -> dict[str, object]:
    return {"ok": False, "says": "There is nothing to undo.", "status": {"state": "sitting"}}


@pytest.mark.parametrize(
    ("command", "request_"),
    [
        ("quit", Query.QUIT),
        ("reload", Query.RELOAD),
        ("sit", SatDown()),
        ("sit --by desk", SatDown(How.DESK)),
        ("stand", StoodUp()),
        ("stand --by desk", StoodUp(How.DESK)),
        ("here", SaidHere()),
        ("here 1h", SaidHere(timedelta(hours=1))),
        ("undo", Undid()),
        ("break", Started()),
        ("break glute-bridge", Started("glute-bridge")),
        ("break --for 60s --quiet", Started(None, timedelta(minutes=1), quiet=True)),
        ("break glute-bridge --for 1m", Started("glute-bridge", timedelta(minutes=1))),
        ("break --why", WhyThis()),
        ("break --why --for 90s", WhyThis(timedelta(seconds=90))),
        ("done", Finished()),
        ("snooze", Snoozed()),
        ("snooze 15", Snoozed(timedelta(minutes=15))),
        ("snooze 90s", Snoozed(timedelta(seconds=90))),
        ("skip", Skipped()),
        ("another", AskedAnother()),
        ("pause", Paused(Until.INDEFINITELY)),
        ("pause 1h20m", Paused(timedelta(minutes=80))),
        ("pause until-tomorrow", Paused(Until.TOMORROW)),
        ("pause indefinitely", Paused(Until.INDEFINITELY)),
        ("track off", TrackingStopped()),
        ("track off 2h", TrackingStopped(timedelta(hours=2))),
        ("track off until-tomorrow", TrackingStopped(Until.TOMORROW)),
        ("track on", Resumed()),
        ("resume", Resumed()),
    ],
)
def test_a_command_is_the_same_event_as_from_the_menu(
    command: str, request_: Request, daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = daemon(fine)

    assert main(command.split()) == 0
    assert asked == [request_]
    assert capsys.readouterr().out == f"{SNOOZED}\n"


def test_with_json_the_whole_answer_is_given(daemon: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    daemon(fine)

    assert main(["snooze", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == fine(Query.STATUS)


def test_what_could_not_be_done_is_said_on_stderr_and_ends_with_1(
    daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    daemon(refuses)

    assert main(["undo"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "There is nothing to undo.\n")


@pytest.mark.parametrize(
    "command",
    ["snooze -5", "snooze ten", "snooze nan", "snooze 1e400", "sit --by lock", "track", "track maybe",
     "track on 5", "here until-tomorrow", "snooze 5 5", "undo --js", "pause 5d",
     "snooze 0", "here 400000"],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_asks_nothing(
    command: str, daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = daemon(fine)

    with pytest.raises(SystemExit) as ended:
        main(command.split())

    assert ended.value.code == 2
    assert asked == []
    assert f"Try: deskbreak {command.split()[0]} --help" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["break Ünsinn", "break glute"])
def test_what_the_daemon_does_not_accept_changes_nothing(
    command: str, daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = daemon(fine)

    assert main(command.split()) == 1
    assert asked == []
    assert capsys.readouterr().err.count("\n") == 1


def test_status_is_the_paragraph_or_the_documented_json(
    daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    daemon(fine)

    assert main(["status"]) == 0
    assert capsys.readouterr().out == f"{SNOOZED}\n"
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"state": "sitting", "count_s": 2460}


@pytest.mark.usefixtures("home")
def test_without_a_daemon_status_is_one_line_or_off(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 1
    assert capsys.readouterr().out == "deskbreak is not running. Start it with: deskbreak run\n"
    assert main(["status", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"state": "off"}


@pytest.mark.usefixtures("home")
def test_without_a_daemon_a_command_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stand"]) == 1
    assert capsys.readouterr().err == "deskbreak is not running. Start it with: deskbreak run\n"
    assert main(["stand", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["status"] == {"state": "off"}


def test_a_daemon_without_a_socket_is_named_and_not_taken_for_none(
    home: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.cli.ask._PAUSE_S", 0.0)
    with Lock.take(home.data / NAME, datetime(2026, 11, 23, 9, 2, tzinfo=UTC)):
        assert main(["stand"]) == 1

    said = capsys.readouterr().err
    assert said == f"deskbreak is running (process {os.getpid()}) but takes no commands\n"


def test_an_interrupted_command_ends_quietly(daemon: Runs) -> None:
    def interrupts(_request: Request) -> dict[str, object]:
        os.kill(os.getpid(), signal.SIGINT)
        return fine(Query.STATUS)

    daemon(interrupts)

    assert main(["status"]) == 130


@pytest.mark.parametrize(
    ("home_", "data"),
    [("/home/someone", None), ("/home/someone", "/srv/data"), ("/home/someone", ""), ("/home/a b", None)],
)
def test_the_short_way_to_the_data_ends_where_the_long_one_does(
    home_: str, data: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home_)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if data is not None:
        monkeypatch.setenv("XDG_DATA_HOME", data)

    assert _data() == places().data


@pytest.mark.parametrize("home_", ["", "relative", "/", "/home/new\nline"])
def test_a_doubtful_home_takes_the_long_way_and_is_refused(
    home_: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", home_)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    assert main(["status"]) == 1
    assert "must name an absolute folder" in capsys.readouterr().err
