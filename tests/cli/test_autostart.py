"""The entry that starts deskbreak with the session is right wherever it is installed."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.cli import main
from deskbreak.cli.autostart import entry, program, quoted, state, unquoted
from deskbreak.paths import Places


def a_program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def entry_of(home: Places) -> Path:
    return home.autostart / "deskbreak.desktop"


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("/usr/bin/deskbreak", "/usr/bin/deskbreak"),
        ("/home/a b/bin/deskbreak", '"/home/a b/bin/deskbreak"'),
        ("/tmp/100%/deskbreak", "/tmp/100%%/deskbreak"),
        ('/tmp/"x"/deskbreak', r'"/tmp/\\"x\\"/deskbreak"'),
        ("/tmp/$x`y`/deskbreak", r'"/tmp/\\$x\\`y\\`/deskbreak"'),
        ("/tmp/a\\b", r'"/tmp/a\\\\b"'),
    ],
)
def test_exec_is_quoted_as_the_specification_says(word: str, written: str) -> None:
    assert quoted(word) == written


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1))
def test_whatever_the_path_it_can_be_read_back_and_stays_on_its_line(words: list[str]) -> None:
    line = " ".join(map(quoted, words))

    assert unquoted(line) == tuple(words)
    assert "\n" not in line


def test_a_virtual_environment_starts_its_own_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = a_program(tmp_path / "my venv" / "bin" / "deskbreak")
    monkeypatch.setattr(sys, "executable", str(installed.with_name("python")))
    monkeypatch.setattr(sys, "argv", ["/somewhere/deskbreak/__main__.py"])

    assert program() == (str(installed), "run")


def test_pipx_starts_the_command_on_the_path_and_not_the_one_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = a_program(tmp_path / "pipx" / "venvs" / "deskbreak" / "bin" / "deskbreak")
    on_path = tmp_path / "bin" / "deskbreak"
    on_path.parent.mkdir()
    on_path.symlink_to(behind)
    monkeypatch.setattr(sys, "executable", str(behind.with_name("python")))
    monkeypatch.setattr(sys, "argv", [str(on_path)])

    assert program() == (str(on_path), "run")


def test_a_command_named_without_its_folder_is_found_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = a_program(tmp_path / "deskbreak")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["deskbreak"])

    assert program() == (str(installed), "run")


def test_without_a_command_the_interpreter_runs_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    monkeypatch.setattr(sys, "argv", ["-m"])

    assert program() == (str(tmp_path / "python3"), "-m", "deskbreak", "run")


def test_on_writes_an_entry_and_off_takes_it_away(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["autostart", "status"]) == 0
    assert capsys.readouterr().out == "deskbreak does not start with the session.\n"

    assert main(["autostart", "on"]) == 0
    assert "deskbreak starts with the session" in capsys.readouterr().out
    text = entry_of(home).read_text()
    assert text.startswith("[Desktop Entry]\nType=Application\n")
    (line,) = (line for line in text.splitlines() if line.startswith("Exec="))
    words = unquoted(line.removeprefix("Exec="))
    assert os.path.isabs(words[0])
    assert os.access(words[0], os.X_OK)
    assert words[-1] == "run"

    assert main(["autostart", "off"]) == 0
    assert not entry_of(home).exists()
    assert main(["autostart", "off"]) == 0


def test_status_says_when_the_program_it_starts_is_no_longer_there(
    home: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.autostart.mkdir(parents=True)
    entry_of(home).write_text(entry((str(tmp_path / "gone" / "deskbreak"), "run")))

    assert main(["autostart", "status"]) == 1
    said = capsys.readouterr().err
    assert f"starts {tmp_path}/gone/deskbreak, which is no longer there" in said
    assert "deskbreak autostart on" in said


@pytest.mark.parametrize("text", ["", "[Desktop Entry]\nExec=\n", "\0\xff"])
def test_an_entry_that_starts_nothing_is_named(home: Places, text: str) -> None:
    home.autostart.mkdir(parents=True)
    entry_of(home).write_text(text)

    assert state(entry_of(home))[0] is None
    assert "starts nothing" in state(entry_of(home))[1]


def test_an_entry_hidden_by_the_desktops_own_settings_counts_as_off(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    home.autostart.mkdir(parents=True)
    entry_of(home).write_text(entry(program()) + "Hidden=true\n")

    assert main(["autostart", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["on"] is False


def test_a_folder_that_cannot_be_made_is_named(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.autostart.write_text("in the way")

    assert main(["autostart", "on"]) == 1
    assert str(home.autostart) in capsys.readouterr().err
