"""The made-up month in a real browser: any part of it, on a screen or on paper, says what it is."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.browser import Browser
from tests.e2e.program import SCRIPT

WATERMARK = """
const mark = document.querySelector('.watermark');
const style = getComputedStyle(mark);
return [style.display !== 'none', style.position, mark.textContent];
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser") / "chromium") as opened:
        yield opened
        assert opened.complaints() == []


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `deskbreak demo` opens for a newcomer."""
    folder = tmp_path_factory.mktemp("newcomer")
    opener = folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n')
    opener.chmod(0o700)
    home = folder / "home"
    home.mkdir()
    env = {"HOME": str(home), "TMPDIR": str(folder), "PATH": f"{folder}:/usr/bin:/bin", "TZ": "Europe/Berlin"}

    subprocess.run([SCRIPT, "demo"], env=env, check=True, timeout=60, stdout=subprocess.DEVNULL)

    assert os.listdir(home) == []
    return Path((folder / "opened").read_text().strip())


def test_every_day_of_it_is_called_sample_data(browser: Browser, page: Path) -> None:
    browser.show(page)
    first = browser.run("return document.title")
    browser.press("Left", "Left", "Left")
    other = browser.run("return document.title")

    assert first != other
    assert first.startswith("Sample data: ")
    assert other.startswith("Sample data: ")
    assert browser.run("return document.querySelector('header').innerText").endswith(
        "Sample data: nobody lived these days."
    )


def test_every_sheet_of_paper_bears_the_mark(browser: Browser, page: Path) -> None:
    browser.show(page)
    on_screen = browser.run(WATERMARK)
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    on_paper = browser.run(WATERMARK)
    browser.devtools("Emulation.setEmulatedMedia", media="")

    assert on_screen[0] is False
    # What is fixed is painted on every page (CSS 2.2, section 9.6.1).
    assert on_paper == [True, "fixed", "Sample data"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_nothing_keeps_anybody_out(browser: Browser, page: Path, width: int, dark: bool) -> None:
    browser.show(page, width, dark=dark)

    assert browser.barriers() == []
    assert browser.run("return document.documentElement.scrollWidth") <= width


def test_days_that_the_machine_slept_through_are_no_days_of_it(browser: Browser, page: Path) -> None:
    browser.show(page)

    sitting = browser.run("return plan.figures.spent[0]")

    assert 20 < len(sitting) < 29
    assert min(sitting) > 60


def test_there_is_something_to_see_of_everything(browser: Browser, page: Path) -> None:
    browser.show(page)

    for picture in ("#ribbon svg", "#calendar svg", "#hours svg"):
        assert browser.run("return document.querySelectorAll(`${arguments[0]} *`).length", picture) > 20
    assert "202" in browser.run("return document.querySelector('.levels').innerText")
