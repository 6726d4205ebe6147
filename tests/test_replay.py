"""Every told day in `scenarios/` comes out as it is told there."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.replay import Day, main, scenarios

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.json"))
TOLD = [
    pytest.param(scenario, defaults, id=f"{file.stem}-{scenario['id']}")
    for file in FILES
    for scenario, defaults in scenarios(file.read_text("utf-8"))
]


@pytest.mark.parametrize(("scenario", "defaults"), TOLD)
def test_a_told_day_comes_out_as_told(scenario: dict[str, Any], defaults: dict[str, Any]) -> None:
    assert Day(scenario, defaults).replay() == []


def test_a_day_that_comes_out_otherwise_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        "id": "wrong",
        "timeline": [{"at_s": 0, "event": "input", "until_s": 60}],
        "expect": [{"at_s": 50, "state": "standing"}],
    }
    file = tmp_path / "one.json"
    file.write_text(json.dumps(wrong), "utf-8")

    assert main([str(file)]) == 1
    assert capsys.readouterr().out == (
        "FAIL wrong: at 50 state: expected standing, got sitting\n0 passed, 1 failed\n"
    )
