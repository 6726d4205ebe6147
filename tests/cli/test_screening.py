"""The seven questions on the command line: asked, kept, shown, forgotten, and put in force at once."""

import io
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deskbreak.cli import main
from deskbreak.coach.screening import WORST, Answers, Question, Region
from deskbreak.daemon.wire import Query
from deskbreak.paths import Places
from deskbreak.store.screening import read, write
from tests.cli.conftest import Runs

ALL_NO = "no\n" * 7
KNEE = Answers(frozenset({Question.JOINTS}), frozenset({Region.KNEE}))
KNEE_SAID = "1=no,2=no,3=no,4=yes,5=no,6=no,7=no"


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


def typed(types: pytest.MonkeyPatch, text: str) -> None:
    types.setattr(sys, "stdin", io.StringIO(text))


def test_the_disclaimer_comes_first_then_seven_questions_then_the_result(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(types, ALL_NO)

    assert main(["screening"]) == 0
    said = capsys.readouterr().out
    order = [
        "deskbreak gives general information",
        "Your answers stay on this machine.",
        *(f"\n{number}  " for number in range(1, 8)),
        "Nothing is left out. Stop if anything hurts.",
        "no export holds them",
        str(home.screening),
        "deskbreak screening --clear",
        "deskbreak help safety",
    ]
    places = [said.index(text) for text in order]
    assert places == sorted(places)
    assert read(home.screening).answers == Answers()


def test_yes_to_a_joint_asks_where_and_says_for_each_exercise_why_it_is_left_out(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(types, "no\n" * 3 + "yes\nknee\n" + "no\n" * 2 + "Y\n")

    assert main(["screening"]) == 0
    said = capsys.readouterr().out
    assert "Please check with a doctor or physiotherapist first." in said
    assert "To be spared: knee." in said
    assert "  bird-dog                      it loads the knee\n" in said
    assert "  stairs                        stairs, until a doctor has agreed; it loads the\n" in said
    assert "Nothing is left out" not in said
    assert read(home.screening).answers == Answers(
        frozenset({Question.JOINTS, Question.MEDICINE}), frozenset({Region.KNEE})
    )


def test_what_is_not_understood_is_asked_again(home: Places, types: pytest.MonkeyPatch) -> None:
    typed(types, "maybe\n\nNO\n" + "n\n" * 2 + "yes\nelbow\n\nhip, back\n" + "no\n" * 3)

    assert main(["screening"]) == 0
    assert read(home.screening).answers == Answers(
        frozenset({Question.JOINTS}), frozenset({Region.HIP, Region.BACK})
    )


def test_all_regions_are_one_word(home: Places, types: pytest.MonkeyPatch) -> None:
    typed(types, "no\n" * 3 + "yes\nall\n" + "no\n" * 3)

    assert main(["screening"]) == 0
    kept = read(home.screening).answers
    assert kept is not None
    assert kept.regions == frozenset(Region)


@pytest.mark.parametrize(
    "text", ["", "no\n", "yes\n" * 6, "perhaps\n" * 100, "no\n" * 3 + "yes\n" + "?\n" * 99]
)
def test_answers_that_end_early_or_make_no_sense_change_nothing(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    write(home.screening, KNEE)
    typed(types, text)

    assert main(["screening"]) == 1
    assert capsys.readouterr().err == "\nNothing was changed.\n"
    assert read(home.screening).answers == KNEE


def test_without_any_input_nothing_is_changed(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types.setattr(sys, "stdin", None)

    assert main(["screening"]) == 1
    assert "Nothing was changed." in capsys.readouterr().err
    assert not home.screening.exists()


def program(home: Places, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "deskbreak", "screening", *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ),
    )  # fmt: skip


def test_the_real_program_is_answered_through_a_pipe(home: Places) -> None:
    said, complained = program(home).communicate(ALL_NO.encode(), timeout=60)

    assert complained == b""
    assert b"Nothing is left out." in said
    assert b"\x1b" not in said
    assert stat.S_IMODE(home.screening.stat().st_mode) == 0o600


@pytest.mark.parametrize("noise", [b"\xff\xfe\n" * 9, b"\0" * 100_000])
def test_noise_in_a_pipe_changes_nothing_and_ends(home: Places, noise: bytes) -> None:
    running = program(home)
    _said, complained = running.communicate(noise, timeout=60)

    assert running.returncode == 1
    assert complained.endswith(b"Nothing was changed.\n")
    assert b"Traceback" not in complained
    assert not home.screening.exists()


def test_ctrl_c_changes_nothing(home: Places) -> None:
    write(home.screening, KNEE)
    running = program(home)
    assert running.stdout is not None
    seen = b""
    while b"yes or no?" not in seen:
        seen += os.read(running.stdout.fileno(), 4096)

    running.send_signal(signal.SIGINT)
    _said, complained = running.communicate(timeout=60)

    assert running.returncode == 130
    assert complained == b"\nNothing was changed.\n"
    assert read(home.screening).answers == KNEE


def test_all_answers_can_be_given_at_once(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screening", "--answer", KNEE_SAID, "--region", "knee"]) == 0

    assert "yes or no?" not in capsys.readouterr().out
    assert read(home.screening).answers == KNEE


def test_a_joint_without_a_region_spares_all_three(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screening", "--answer", KNEE_SAID, "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["regions"] == ["back", "knee", "hip"]
    assert {"glute-bridge", "bird-dog", "clamshell"} <= said["left_out"].keys()


@pytest.mark.parametrize(
    "words",
    [
        ["--answer", "1=no"],
        ["--answer", KNEE_SAID + ",8=no"],
        ["--answer", KNEE_SAID + ",1=no"],
        ["--answer", KNEE_SAID.replace("1=no", "1=perhaps")],
        ["--answer", KNEE_SAID.replace("1=no", "x=no")],
        ["--answer", KNEE_SAID, "--region", "elbow"],
        ["--answer", KNEE_SAID, "--region", ""],
        ["--answer", KNEE_SAID.replace("yes", "no"), "--region", "knee"],
        ["--region", "knee"],
        ["--show", "--clear"],
        ["--show", "--answer", KNEE_SAID],
    ],
)
def test_wrong_usage_says_how_and_changes_nothing(
    home: Places, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["screening", *words])

    said = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert len(said) == 2
    assert said[1] == "Try: deskbreak screening --help"
    assert not home.screening.exists()


def test_show_repeats_questions_answers_and_result(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screening", "--show"]) == 0
    assert "not answered yet" in capsys.readouterr().out

    write(home.screening, KNEE)
    assert main(["screening", "--show"]) == 0
    said = capsys.readouterr().out
    assert "1  no   Has a doctor ever told you" in said
    assert "4  yes  Do you have a bone," in said
    assert "wall-sit                      it loads the knee\n" in said


def test_json_says_the_same_for_programs_and_the_questions_keep_out_of_it(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screening", "--show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] is None

    typed(types, "no\n" * 4 + "yes\n" + "no\n" * 2)
    assert main(["screening", "--json"]) == 0
    answered = capsys.readouterr()
    assert "yes or no?" in answered.err
    assert main(["screening", "--show", "--json"]) == 0
    assert capsys.readouterr().out == answered.out
    assert json.loads(answered.out) == {
        "answers": {"1": False, "2": False, "3": False, "4": False, "5": True, "6": False, "7": False},
        "regions": [],
        "left_out": {
            "glute-bridge": ["lying"],
            "marching-bridge": ["lying"],
            "single-leg-bridge": ["lying"],
        },
        "stand_at_most_s": 900,
        "ask_first": True,
        "path": str(home.screening),
        "fault": None,
    }


def test_clear_forgets_and_says_so(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    write(home.screening, KNEE)

    assert main(["screening", "--clear"]) == 0
    assert capsys.readouterr().out.startswith("The answers are gone")
    assert not home.screening.exists()
    assert main(["screening", "--clear"]) == 0
    assert capsys.readouterr().out == "There were no answers.\n"
    assert main(["screening", "--clear", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] is None


def test_a_damaged_file_is_named_and_the_questions_are_asked_anew(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.screening.write_text("\0")

    assert main(["screening", "--show"]) == 1
    assert capsys.readouterr().err.startswith(f"{home.screening}: it is not valid JSON")
    assert main(["screening", "--show", "--json"]) == 1
    assert "glute-bridge" in json.loads(capsys.readouterr().out)["left_out"]

    typed(types, ALL_NO)
    assert main(["screening"]) == 0
    assert capsys.readouterr().err.startswith(f"{home.screening}: it is not valid JSON")
    assert read(home.screening).answers == Answers()


def test_a_running_deskbreak_is_told_at_once_and_what_it_minds_is_said(
    home: Places, daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = daemon(lambda _request: {"ok": True, "says": "The settings are in force.", "status": {}})
    assert main(["screening", "--answer", KNEE_SAID]) == 0
    assert "settings" not in capsys.readouterr().out

    daemon(lambda _request: {"ok": False, "says": "The settings stay as they were.", "status": {}})
    assert main(["screening", "--clear"]) == 1
    assert capsys.readouterr().err == "The settings stay as they were.\n"
    assert asked == [Query.RELOAD, Query.RELOAD]


def test_an_exercise_of_ones_own_is_judged_with_the_others(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    home.exercises.write_text(
        json.dumps(
            [
                {
                    "id": "plank", "name": "Plank", "family": "hip", "level": 101, "place": "floor",
                    "dose": {"hold_s": 30, "total_s": 40}, "cue": "Long line.", "steps": ["Hold."],
                }
            ]
        )
    )  # fmt: skip

    assert main(["screening", "--answer", KNEE_SAID.replace("7=no", "7=yes"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["left_out"]["plank"] == ["held"]


def test_everything_fits_on_a_terminal_of_80_columns(
    home: Places, types: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types.setenv("COLUMNS", "80")
    write(home.screening, WORST)
    said = []
    for words in (["screening", "--show"], ["help", "screening"]):
        assert main(words) == 0
        said += capsys.readouterr().out.splitlines()
    typed(types, "no\n" * 3 + "yes\n" * 5 + "all\n" + "yes\n" * 3)
    assert main(["screening"]) == 0
    said += capsys.readouterr().out.splitlines()

    paths = (str(home.screening), str(Path(home.screening)))
    for line in said:
        assert len(line) <= 80 or line.strip() in paths, line
