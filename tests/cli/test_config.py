"""The settings in force, explained; the file is only read."""

import json

import pytest

from deskbreak.cli import main
from deskbreak.paths import Places
from deskbreak.settings import load


def test_show_prints_a_reference_that_is_a_settings_file_itself(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    home.settings.write_text('sit_limit = "40m"\n')
    expected, _faults = load(home.settings)

    assert main(["config", "show"]) == 0
    home.settings.write_text(capsys.readouterr().out)
    assert load(home.settings) == (expected, ())


def test_get_prints_one_value(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.settings.write_text('sit_limit = "40m"\n')

    assert main(["config", "get", "sit_limit"]) == 0
    assert capsys.readouterr().out == '"40m"\n'
    assert main(["config", "get", "sitlimit"]) == 2
    assert "Did you mean: sit_limit?" in capsys.readouterr().err


def test_check_names_every_fault_and_leaves_the_file_alone(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'sit_limit = "soon"\nsnoze = 5\n'
    home.settings.write_text(text)

    assert main(["config", "check"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"{home.settings}:1: sit_limit: ")
    assert "snooze" in said[1]
    assert home.settings.read_text() == text


def test_check_of_a_good_file_or_of_none_is_fine(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check"]) == 0
    assert "every setting has its default" in capsys.readouterr().out
    home.settings.write_text("floor = false\n")
    assert main(["config", "check"]) == 0
    assert capsys.readouterr().out == f"{home.settings} is fine.\n"


def test_path_says_where_the_file_is(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out == f"{home.settings}\n"


def test_json_gives_values_and_not_their_spelling(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.settings.write_text('days_off = [2025-12-24]\nhours = { mon = ["09:00-12:30"] }\nsnooze = 5\n')

    assert main(["config", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["sit_limit"], shown["floor"], shown["holds"][0]) == ("30m", True, "call")
    assert (shown["days_off"], shown["hours"]) == (["2025-12-24"], {"mon": ["09:00-12:30"]})
    assert main(["config", "get", "snooze", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"snooze": "5m"}


def test_json_of_check_and_path(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.settings.write_text('sit_limit = "5s"\nsnoze = 5\n')

    assert main(["config", "check", "--json"]) == 1
    checked = json.loads(capsys.readouterr().out)
    assert "snoze" in checked["faults"][0]
    assert "sit_limit" in checked["notes"][0]
    assert main(["config", "path", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"path": str(home.settings)}
