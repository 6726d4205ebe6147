"""The made-up life is written into the file that was named, and into no file that nobody meant."""

import os
from pathlib import Path

import pytest

from tests.years import main


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["-"], [], ["one", "--help"]])
def test_what_looks_like_an_option_becomes_no_file(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    answered = main(arguments)

    assert answered == 2
    assert capsys.readouterr() == ("", "usage: python -m tests.years FILE\n")
    assert os.listdir(tmp_path) == []
