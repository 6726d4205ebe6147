"""The desk-height script of the README, as it stands there, reports a desk to the daemon."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from deskbreak.core.events import SatDown, StoodUp
from deskbreak.core.postures import How
from deskbreak.daemon.wire import Request
from tests.cli.conftest import Runs

README = Path(__file__).parents[2] / "README.md"
UP, DOWN = StoodUp(How.DESK), SatDown(How.DESK)
PATIENCE_S = 60


def believes(_request: Request) -> dict[str, object]:
    return {"ok": True, "says": "A desk is believed once it has held for a minute.", "status": {}}


def blocks() -> list[str]:
    """The indented blocks of the README."""
    found = README.read_text("utf-8").split("\n\n")
    return [dedent(block.strip("\n")) for block in found if block.lstrip("\n").startswith("    ")]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the script in it, and programs that come before all others."""
    script = next(block for block in blocks() if block.startswith("#!/bin/sh"))
    (tmp_path / "desk-height").write_text(script + "\n", "utf-8")
    (tmp_path / "bin").mkdir()
    installed = Path(sys.executable).with_name("deskbreak")
    assert installed.exists(), f"{installed} is missing: install the package first"
    (tmp_path / "bin" / "deskbreak").symlink_to(installed)
    return tmp_path


def runs(desk: Path, line: str, heights: str = "") -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PATH": f"{desk / 'bin'}:{os.environ['PATH']}"}
    return subprocess.run(
        ["sh", "-c", line], cwd=desk, env=env, input=heights, capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip


def test_each_height_reaches_the_daemon_as_what_the_desk_says(daemon: Runs, desk: Path) -> None:
    asked = daemon(believes)

    ended = runs(desk, "sh desk-height", "742\n949\n950\n1105\n720\n")

    assert asked == [DOWN, DOWN, UP, UP, DOWN]
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_height_from_which_the_desk_is_up_can_be_named(daemon: Runs, desk: Path) -> None:
    asked = daemon(believes)

    runs(desk, "sh desk-height 1000", "990\n1000\n")

    assert asked == [DOWN, UP]


def test_what_can_be_no_height_is_left_out(daemon: Runs, desk: Path) -> None:
    asked = daemon(believes)

    ended = runs(desk, "sh desk-height", "\nconnecting...\n-1\n0\n65535\n7420\n99999999999999999999\n742\r\n")

    assert asked == [DOWN]
    assert ended.stderr == ""


def test_the_line_for_a_bluetooth_desk_reports_it(daemon: Runs, desk: Path) -> None:
    asked = daemon(believes)
    line = next(block for block in blocks() if "desk-height 950" in block)
    monitor = desk / "bin" / "idasen"
    # What `idasen monitor` prints: the height when it begins, and each time it changes.
    monitor.write_text(
        '#!/bin/sh\n[ "$1" = monitor ] && printf "0.742 meters\\n0.981 meters\\n1.105 meters\\n"\n'
    )
    monitor.chmod(0o755)

    ended = runs(desk, line)

    assert asked == [DOWN, UP, UP]
    assert ended.stderr == ""


def test_a_desk_that_reports_while_nothing_runs_goes_on_reporting(home: object, desk: Path) -> None:
    ended = runs(desk, "sh desk-height", "742\n1105\n")

    assert ended.returncode in (0, 1)
    assert ended.stderr.count("deskbreak is not running") == 2
