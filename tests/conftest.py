"""What every test may ask for, and the rule that under continuous integration a skip is a failure."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from deskbreak.coach.library import put_in_force
from tests.e2e.desk import Desk

# A machine that builds other things at the same time is slow, and no law is about speed.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A whole desktop: X server, session bus, window manager, notification server, panel with a tray."""
    with Desk(tmp_path / "desk") as whole:
        yield whole


@pytest.fixture(autouse=True)
def the_packaged_exercises() -> Iterator[None]:
    """Whatever library and doses a test puts in force, the next one begins with the packaged ones."""
    yield
    put_in_force(None)


def skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [report.nodeid for report in reporter.stats.get("skipped", [])] if reporter else []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("CI") and skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = skipped(config)
    if os.environ.get("CI") and left_out:
        terminalreporter.write_line(
            f"CI is set, so {len(left_out)} skipped is a failure: {', '.join(left_out)}", red=True
        )
