"""The minutes before a run, asked for while no program runs: the guide is shown, and nothing is logged."""

import re
from pathlib import Path

import pytest

from deskbreak.cli import main
from deskbreak.coach.library import packaged
from deskbreak.coach.screening import WORST
from deskbreak.paths import Places
from deskbreak.store.screening import write


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def page(said: str) -> str:
    found = re.fullmatch(r"Open this in a browser: (.+)\n", said)
    assert found is not None
    return Path(found[1]).read_text("utf-8")


def test_without_a_running_program_the_guide_is_all_there_is(
    home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["primer"])

    out, err = capsys.readouterr()
    assert status == 0
    assert err == "deskbreak is not running. Start it with: deskbreak run\n"
    assert "<h1>Quick primer</h1>" in page(out)
    assert not home.log.exists()


@pytest.mark.parametrize(
    ("kind", "heading"),
    [("full", "Full primer"), ("short", "Short primer"), ("three-minutes", "Quick primer")],
)
def test_each_primer_has_its_page(
    home: Places, capsys: pytest.CaptureFixture[str], kind: str, heading: str
) -> None:
    assert main(["primer", "--show", kind]) == 0

    assert f"<h1>{heading}</h1>" in page(capsys.readouterr().out)


def test_a_run_in_a_while_needs_the_program(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["primer", "40m"]) == 1

    assert capsys.readouterr().err == "deskbreak is not running. Start it with: deskbreak run\n"


def test_a_primer_for_whom_nothing_suits_says_why(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    home.exercises.parent.mkdir(parents=True, exist_ok=True)
    hidden = ", ".join(f'{{"id": "{id_}", "hidden": true}}' for id_ in packaged().known)
    home.exercises.write_text(f"[{hidden}]")

    assert main(["primer", "--show", "full"]) == 1

    assert "nothing of the primer suits" in capsys.readouterr().err


def test_what_the_screening_leaves_out_is_not_in_it(home: Places, capsys: pytest.CaptureFixture[str]) -> None:
    write(home.screening, WORST)

    assert main(["primer", "--show", "full"]) == 0

    assert "Glute bridge" not in page(capsys.readouterr().out)


@pytest.mark.parametrize("written", ["soon", "-5", "0"])
def test_no_time_is_wrong_usage(home: Places, written: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["primer", "--", written])

    assert ended.value.code == 2
