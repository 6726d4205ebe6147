"""Sample data are called that, are seen like any log, and leave no trace where the person's own are."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from deskbreak.cli import main
from deskbreak.cli.demo import ending
from deskbreak.paths import Places
from tests.cli.conftest import Programs, Runs

MARK = "SAMPLE DATA: nobody lived these days."
PAGE = "deskbreak-sample-page-*"

Tree = dict[str, tuple[int, int, bytes]]


def tree(*folders: Path) -> Tree:
    """Everything there: the kind and mode, when it was changed, and what it holds."""
    found: Tree = {}
    for path in (each for folder in folders for each in (folder, *sorted(folder.rglob("*")))):
        status = path.lstat()
        held = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        found[str(path)] = status.st_mode, status.st_mtime_ns, held
    return found


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def folders(home: Places) -> Iterator[tuple[Path, ...]]:
    """The person's own, with strange things in them; in the end they are as they were."""
    home.log.write_bytes(b"no log at all")
    home.settings.write_text("day_start = [")
    home.exercises.write_text("{")
    home.screening.write_text("maybe")
    home.state.mkdir(mode=0o700)
    home.diary.symlink_to("nowhere")
    home.runtime.mkdir(mode=0o500)
    os.mkfifo(home.data / "fifo")
    own = home.data.parent, home.config.parent, home.state.parent, home.runtime.parent
    before = tree(*own)
    yield own
    assert tree(*own) == before


@pytest.mark.usefixtures("folders")
def test_tables_and_page_say_that_nobody_lived_them(
    temporary: Path, programs: Programs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programs.add("xdg-open", f'echo "$1" > {tmp_path}/opened')
    old = temporary / "deskbreak-sample-page-old"
    old.mkdir()
    (old / "sample.html").touch()

    assert main(["demo"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    (page,) = temporary.glob(f"{PAGE}/sample.html")
    text = page.read_text()
    assert said.err == ""
    assert [line.strip() for line in lines].count(MARK) == 3
    assert MARK in lines[0]
    assert lines[-1] == f"The page is open: {page}"
    assert (tmp_path / "opened").read_text().strip() == str(page)
    assert "<title>Sample data: " in text
    assert "Sample data: nobody lived these days." in text
    assert 'class="watermark"' in text
    assert [each.name for each in temporary.iterdir()] == [page.parent.name]
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700


def test_a_running_daemon_hears_nothing_of_it(
    daemon: Runs, home: Places, temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = daemon(lambda _: {})
    before = tree(home.data, home.runtime)

    assert main(["demo", "--no-open"]) == 0
    assert MARK in capsys.readouterr().out
    assert asked == []
    assert tree(home.data, home.runtime) == before
    assert list(temporary.iterdir()) == []


def test_it_needs_no_home_and_says_the_same_each_time(tmp_path: Path) -> None:
    def told() -> str:
        env = {"HOME": "/", "TMPDIR": str(tmp_path), "TZ": "UTC", "PATH": "", "COLUMNS": "80"}
        command = [sys.executable, "-m", "deskbreak", "demo", "--no-open"]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
        assert done.stderr == ""
        return done.stdout

    first = told()

    assert first == told()
    assert all(len(line) <= 80 for line in first.splitlines())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("home")
def test_where_nothing_temporary_can_be_put_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))

    assert main(["demo", "--no-open"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("deskbreak: there is nowhere to put sample data: ")


@pytest.mark.parametrize(
    ("today", "ended"),
    [
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 22), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 19)),
        (date(2028, 3, 1), date(2028, 2, 29)),
    ],
)
def test_the_month_ends_on_the_working_day_before(today: date, ended: date) -> None:
    assert ending(today) == datetime.combine(ended, time(16, 40))
