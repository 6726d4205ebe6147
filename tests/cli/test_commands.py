"""Every command is there, is explained, and costs no more than it needs."""

import subprocess
import sys
from datetime import date

import pytest

from deskbreak.cli import main
from deskbreak.cli.commands import COMMANDS
from deskbreak.cli.help import TOPICS
from deskbreak.paths import Places
from deskbreak.store.database import open_log

DUE = (
    "run", "quit", "reload", "status", "sit", "stand", "here", "undo", "break", "done", "snooze", "skip",
    "pause", "track", "resume", "today", "report", "log", "config", "autostart", "doctor", "help",
)  # fmt: skip


@pytest.mark.parametrize("command", DUE)
def test_every_command_of_the_rules_has_a_parser_and_a_line_of_help(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    usage = capsys.readouterr().out
    main(["help"])
    overview = capsys.readouterr().out

    assert ended.value.code == 0
    assert usage.startswith(f"usage: deskbreak {command}")
    assert any(line.startswith(f"  {command} ") for line in overview.splitlines())


def test_help_fits_on_a_terminal_of_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for topic in (None, *TOPICS):
        assert main(["help", *([topic] if topic else [])]) == 0
        for line in capsys.readouterr().out.splitlines():
            assert len(line) <= 80, line


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_each_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", command]) == 0
    assert COMMANDS[command].summary[1:] in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("snoze", "snooze"), ("standing", "stand"), ("stats", "status"), ("PAUSE", "pause"), ("logs", "log")],
)
def test_a_slip_of_the_finger_is_met_with_the_nearest_command(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([typed])

    assert ended.value.code == 2
    assert f"Did you mean: {meant}?" in capsys.readouterr().err


def test_what_is_like_no_command_is_shown_where_they_all_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["\x1b[31mqqqqq"])

    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "deskbreak help" in said
    assert "\x1b" not in said


def test_no_command_at_all_is_wrong_usage_and_shows_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "Usage: deskbreak COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_the_usual_flag_shows_the_same_as_help(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([flag]) == 0
    shown = capsys.readouterr().out
    main(["help"])

    assert shown == capsys.readouterr().out


def test_an_unknown_topic_is_met_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "remnders"]) == 2
    assert "Did you mean: reminders?" in capsys.readouterr().err


HEAVY = ("pystray", "PIL", "plyer", "apscheduler", "jeepney", "sqlite3", "deskbreak.core.events")


@pytest.mark.parametrize("module", ["deskbreak.cli", "deskbreak.cli.status", "deskbreak.cli.say"])
def test_a_command_loads_none_of_the_desktops_libraries(module: str) -> None:
    program = f"import {module}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )

    assert done.stdout.strip() == "[]"


MACHINERY = (
    "deskbreak.core.commands", "deskbreak.core.events", "deskbreak.coach", "deskbreak.settings", "logging",
    "platformdirs", "socket", "json", "rich", "tomllib", *HEAVY[:5],
)  # fmt: skip


def test_a_look_at_the_day_loads_only_what_it_is_told_with(home: Places) -> None:
    home.state.mkdir(mode=0o700)
    open_log(home.log, home.marker, date(2026, 11, 23)).connection.close()
    program = (
        "from deskbreak.cli import main\nimport sys\nmain(['today'])\n"
        f"print([name for name in {MACHINERY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("outlet", "status", "said"),
    [
        ("/dev/full", 1, "deskbreak: the answer cannot be written: No space left on device\n"),
        ("&-", 0, ""),
    ],
)
def test_an_answer_that_cannot_be_written_is_one_line(outlet: str, status: int, said: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m deskbreak help >{outlet}"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (done.returncode, done.stderr) == (status, said)


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m deskbreak help | true"],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert done.stderr == ""
