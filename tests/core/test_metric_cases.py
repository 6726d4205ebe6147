"""The worked cases, through the same command that checks other files of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.metric_cases import WORKED, check, main

ONE = {"name": "one", "bouts_minutes": [30], "expected": {"n_bouts": 1}}


def wrongs(**changed: object) -> tuple[str, ...]:
    return check({**ONE, **changed}, 1)[1]


def test_every_worked_case_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(WORKED)]) == 0

    *lines, last = capsys.readouterr().out.splitlines()
    cases = json.loads(WORKED.read_text(encoding="utf-8"))
    assert lines == [f"ok {case['name']}" for case in cases]
    assert last == f"{len(cases)} passed, 0 failed"


def test_it_is_a_command_that_fails_when_a_case_does(tmp_path: Path) -> None:
    cases = [ONE, {**ONE, "name": "other", "expected": {"n_bouts": 2, "mean_min": None}}]
    other = tmp_path / "other.json"
    other.write_text(json.dumps(cases))

    ended = subprocess.run(
        [sys.executable, "-m", "tests.metric_cases", str(other)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )

    assert ended.returncode == 1
    assert ended.stdout.splitlines() == [
        "ok one",
        "FAILED other: n_bouts expected 2 got 1; mean_min expected null got 30.0",
        "1 passed, 1 failed",
    ]


def test_what_is_no_figure_never_passes() -> None:
    assert wrongs(expected={"n_bouts": 1, "happiness": 3}) == ("happiness is no figure that is known here",)
    rule = {"bouts": {"2024-03-04": [30]}, "happiness": {"2024-03-04": 3}}
    assert wrongs(expected={"whole_bout_rule": rule}) == (
        "whole_bout_rule.happiness.2024-03-04 is no figure that is known here",
    )


def test_a_number_is_no_word_and_no_truth() -> None:
    assert wrongs(expected={"n_bouts": "1"}) == ('n_bouts expected "1" got 1',)
    assert wrongs(expected={"n_bouts": True}) == ("n_bouts expected true got 1",)
    assert wrongs(expected={"last_bout_open": 0}) == ("last_bout_open expected 0 got false",)
    assert wrongs(expected={"derived_bouts_minutes": [30, 1]})


def test_a_case_may_say_how_close_is_close() -> None:
    assert wrongs(expected={"mean_min": 30.01})
    assert wrongs(expected={"mean_min": 30.01}, tolerance=1e-3) == ()


def test_thresholds_may_be_of_any_minutes() -> None:
    assert wrongs(expected={"n_ge10": 1, "time_ge10_min": 30, "share_ge31": 0}) == ()


def test_days_may_begin_at_four() -> None:
    evening = {"state": "sitting", "start": "2024-03-04T23:40:00", "end": "2024-03-05T04:10:00"}
    then = {"state": "sitting", "seconds": 60}
    up = {"state": "standing", "start": "2024-03-05T04:12:00", "minutes": 3}
    whole = {"bouts": {"2024-03-04": [271]}, "time_ge30_min": {"2024-03-05": 11}}
    split = {"bouts": {"2024-03-05": [11]}}

    assert (
        wrongs(
            timeline=[evening, then, up],
            day_start="04:00",
            expected={"whole_bout_rule": whole, "split_at_midnight_rule": split, "breaks": 1},
        )
        == ()
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "it has no name"),
        ({"expected": {}}, "expected: there is nothing in it"),
        ({"expected": [1]}, "expected: there is nothing in it"),
        ({"expected": {"whole_bout_rule": {"bouts": {"Monday": []}}}}, "'Monday' is no day"),
        ({"tolerance": "little"}, "tolerance: 'little' is no length"),
        ({"bouts_minutes": None}, "neither a timeline nor a list"),
        ({"bouts_minutes": [-1]}, "bouts_minutes: -1 is no length"),
        ({"bouts_minutes": [0]}, "longer than nothing"),
        ({"bouts_minutes": [1e300]}, "no calendar holds"),
        ({"last_bout_open": "yes"}, "neither true nor false"),
        ({"timeline": {}}, "it is not a list"),
        ({"timeline": [3]}, "piece 1: it is not an object"),
        ({"timeline": [{"state": "dancing", "seconds": 3}]}, "'dancing' is no posture"),
        ({"timeline": [{"state": "sitting"}]}, "it has no seconds, and no end"),
        ({"timeline": [{"state": "sitting", "seconds": 4e9}]}, "longer than a lifetime"),
        ({"timeline": [{"state": "sitting", "start": "noon", "end": "one"}]}, "'noon' is no moment"),
        (
            {"timeline": [{"state": "sitting", "start": "2024-03-04T10:00", "end": "2024-03-04T09:00"}]},
            "it ends before it begins",
        ),
        (
            {"timeline": [{"state": "away", "start": "2024-03-04T10:00", "seconds": 60}] * 2},
            "piece 2: it begins before the one ahead of it ends",
        ),
        ({"timeline": [], "day_start": 4}, "day_start: 4 is no time of day"),
        ({"timeline": [], "min_interruption_s": None}, "min_interruption_s: None is no length"),
    ],
)
def test_a_malformed_case_is_told_in_a_sentence(changed: dict[str, object], said: str) -> None:
    (sentence,) = wrongs(**changed)

    assert said in sentence


def test_a_case_that_is_none_has_its_number_for_a_name() -> None:
    assert check(3, 7) == ("case 7", ("it is not an object",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it is not JSON"),
        ("[NaN]", "it is not JSON: NaN is no number"),
        ("{}", "it is not a list of cases"),
        ("[]", "it holds no case"),
        ("[" * 100_000, "it is nested too deeply"),
        (None, "it cannot be read: No such file"),
    ],
)
def test_a_malformed_file_is_told_in_a_sentence(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.json"
    if text is not None:
        file.write_text(text)

    assert main([str(file)]) == 1

    sentence, last = capsys.readouterr().out.splitlines()
    assert sentence.startswith(f"FAILED {file}: ")
    assert said in sentence
    assert last == "0 passed, 1 failed"
