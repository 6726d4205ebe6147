"""The guide in a real browser: it runs, counts, stops and speaks by the keyboard alone, on every screen."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskbreak.coach.library import packaged
from deskbreak.report.guide import guide
from tests.e2e.browser import OSCILLATORS, Browser
from tests.e2e.desk import until
from tests.e2e.program import SCRIPT

NAMES_OF_FOCUS = "return document.activeElement.textContent"
WIDTHS = (360, 800, 1400)
MOMENT = "return [...document.querySelectorAll('.moving .moment')].findIndex(m => !m.hasAttribute('display'))"
PENDING_FRAMES = """
window.pending = new Set();
const [ask, take] = [requestAnimationFrame, cancelAnimationFrame];
window.requestAnimationFrame = (draw) => {
  const frame = ask((at) => { pending.delete(frame); draw(at); });
  pending.add(frame);
  return frame;
};
window.cancelAnimationFrame = (frame) => { pending.delete(frame); take(frame); };
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser") / "chromium") as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_to_complain_of(browser: Browser) -> Iterator[None]:
    yield
    assert browser.complaints() == []


def page(folder: Path, exercise: str) -> Path:
    path = folder / f"{exercise}.html"
    path.write_text(guide(packaged().known[exercise], packaged()), "utf-8")
    return path


def shown(browser: Browser) -> tuple[str, str, str]:
    return browser.text("stage"), f"{browser.text('count')} {browser.text('unit')}", browser.text("left")


def test_the_space_bar_runs_it_through_to_the_end(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))
    before = shown(browser), browser.text("go")

    browser.press("Space")
    seen = []
    for seconds in (4, 2, 20, 22, 20, 36):
        browser.advance(seconds)
        seen.append(shown(browser))
    browser.advance(2)

    assert before == (("Get ready. Next: Set 1 of 2", "5 s", "1:45"), "Start")
    assert seen == [
        ("Get ready. Next: Set 1 of 2", "1 s", "1:41"),
        ("Set 1 of 2", "1 of 10 repetitions", "1:39"),
        ("Set 1 of 2", "5 of 10 repetitions", "1:19"),
        ("Rest. Next: Set 2 of 2", "15 s", "0:57"),
        ("Set 2 of 2", "2 of 10 repetitions", "0:37"),
        ("Set 2 of 2", "10 of 10 repetitions", "0:01"),
    ]
    assert shown(browser) == ("Done", "✓ ", "0:00")
    assert (browser.text("go"), browser.text("said")) == ("Once more", "Done.")


def test_a_pause_holds_the_time_and_escape_starts_over(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))

    browser.press("Space")
    browser.advance(20)
    browser.press("Space")
    paused = shown(browser), browser.text("go"), browser.text("said")
    browser.advance(30)
    later = shown(browser)
    browser.press("Space")
    browser.advance(5)
    on = shown(browser)
    browser.press("Escape")
    browser.advance(5)

    assert paused == (("Set 1 of 2", "4 of 10 repetitions", "1:25"), "Go on", "Paused.")
    assert later == paused[0]
    assert on == ("Set 1 of 2", "5 of 10 repetitions", "1:20")
    assert (shown(browser)[2], browser.text("go")) == ("1:45", "Start")


def test_everything_is_reached_and_done_by_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))
    order, outlined = [], []

    for _stop in range(4):
        browser.press("Tab")
        order.append(browser.run(NAMES_OF_FOCUS))
        outlined.append(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
    browser.press("Space")
    opened = browser.run("return document.querySelector('details').open")
    still = browser.text("go")
    browser.run("document.getElementById('go').focus()")
    browser.press("Enter")
    by_enter = browser.text("go")
    browser.advance(1)
    browser.press("Space")

    assert order == ["Start", "Start over", "Sound", "When to get help, and from whom"]
    assert set(outlined) == {"solid"}
    assert (opened, still) == (True, "Start")
    assert (by_enter, browser.text("go")) == ("Pause", "Go on")


def test_a_beat_is_counted_and_the_dot_is_at_a_side_on_each(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "alternating-squeeze"))
    where = (
        "return Math.round(new DOMMatrix(getComputedStyle(carrier).transform).e / carrier.offsetWidth * 100)"
    )

    browser.press("Space")
    browser.advance(15)
    places = []
    for _beat in range(4):
        places.append((browser.text("count"), browser.run(where)))
        browser.advance(60 / 90 + 1e-6)

    assert browser.text("stage") == "90 beats a minute, 45 each side"
    assert places == [("1", 0), ("2", 100), ("3", 0), ("4", 100)]


def test_sound_is_off_until_it_is_switched_on_and_a_pause_ends_it(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "alternating-squeeze"))
    browser.run(OSCILLATORS)

    browser.press("Space")
    browser.advance(15)
    without = browser.run("return window.tones")
    browser.click("Sound")
    clicks = browser.run("return window.tones.splice(0)")
    pressed = browser.run("return document.getElementById('sound').getAttribute('aria-pressed')")
    browser.press("Space")
    browser.advance(5)
    paused = browser.run("return window.tones")
    browser.press("Space")
    browser.advance(60)
    browser.run("window.tones.length = 0")
    browser.press("Space")
    browser.advance(15)
    browser.run("return new Promise(done => setTimeout(done, 300))")

    assert without == []
    assert clicks[-2:] == [0.7, 1.3]
    assert pressed == "true"
    assert paused == []
    assert browser.run("return window.tones.length") > 0, "it sounds the second time as well"


def test_a_walk_counts_down_once_and_sides_are_changed_in_turn(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "walk-break"))
    browser.press("Space")
    browser.advance(90)
    walk = browser.text("stage"), browser.text("count")
    doubled = browser.run("return left.offsetParent !== null")
    browser.show(page(tmp_path, "standing-march"))
    browser.press("Space")
    browser.advance(6)

    assert walk == ("Walk break", "90")
    assert doubled is False
    assert shown(browser) == ("Change sides each time", "1 of 40 repetitions", "0:54")


def test_a_screen_reader_is_told_of_stages_only(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))
    browser.run(
        "window.told = []; new MutationObserver(() => told.push(said.textContent))"
        ".observe(said, {childList: true, characterData: true, subtree: true})"
    )

    browser.press("Space")
    for _moment in range(43):
        browser.advance(2.5)

    assert browser.run("return told") == [
        "Get ready. Next: Set 1 of 2",
        "Set 1 of 2",
        "Rest. Next: Set 2 of 2",
        "Set 2 of 2",
        "Done.",
    ]
    assert browser.run("return said.getAttribute('role')") == "status"


def test_however_quickly_it_is_paused_there_is_one_drawing_to_come(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))
    browser.run(PENDING_FRAMES)

    browser.run(
        "for (let press = 0; press < 9; press += 1)"
        " document.body.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', bubbles: true}))"
    )
    browser.advance(0.1)

    assert browser.text("go") == "Pause"
    assert browser.run("return window.pending.size") == 1


def test_the_figure_moves_there_stays_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))

    browser.press("Space")
    browser.advance(5)
    moments = []
    for _quarter in range(4):
        moments.append(browser.run(MOMENT))
        browser.advance(4.25 / 4)

    assert moments[0] == 0
    assert moments[1] > 12
    assert moments[2] == 16
    assert moments[3] == moments[1]


def test_who_wants_less_motion_sees_one_still_picture_and_no_dot(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "alternating-squeeze"), calm=True)

    browser.press("Space")
    until(lambda: browser.text("go") == "Pause", "it runs")
    browser.advance(20)
    until(lambda: shown(browser)[0] != "Slowly first, without a beat", "the beat has begun")
    seen = browser.run(
        "return ['.still', '.moving', '.beat']"
        ".map(name => document.querySelector(name).offsetParent !== null)"
    )

    assert seen == [True, False, False]
    assert shown(browser)[:2] == ("90 beats a minute, 45 each side", "8 of 90 beats")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_and_fits_every_screen(dark: bool, browser: Browser, tmp_path: Path) -> None:
    for exercise in ("glute-bridge", "standing-alternating-squeeze"):
        for width in WIDTHS:
            browser.show(page(tmp_path, exercise), width, dark=dark)
            browser.click("When to get help, and from whom")
            browser.press("Space")
            browser.advance(20)

            assert browser.barriers() == []
            assert browser.run("return document.documentElement.scrollWidth") == width


def test_an_own_entry_that_looks_like_a_page_is_text(browser: Browser, tmp_path: Path) -> None:
    hostile = (
        "</title></script><script>document.title = 'taken'</script><img src=x onerror='window.taken = 1'>"
    )
    entry = replace(packaged().known["glute-bridge"], name=hostile, cue=hostile, steps=(hostile,))
    path = tmp_path / "own.html"
    path.write_text(guide(entry, packaged()), "utf-8")

    browser.show(path)
    browser.press("Space")
    browser.advance(7)

    assert browser.run("return document.title") == f"{hostile} · deskbreak"
    assert browser.run("return document.querySelector('h1').textContent") == hostile
    assert browser.run("return [window.taken, document.images.length]") == [None, 0]
    assert browser.text("stage") == "Set 1 of 2"


def test_the_policy_keeps_out_what_it_does_not_know(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))

    ran = browser.run(
        "const added = document.createElement('script'); added.textContent = 'window.taken = 1';"
        "document.body.append(added); return window.taken"
    )

    assert ran is None
    assert [said for said in browser.complaints() if "Content Security Policy" not in said] == []


def test_the_command_leads_to_it(browser: Browser, tmp_path: Path) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    opener.chmod(0o700)
    env = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin"}

    subprocess.run([SCRIPT, "exercises", "show", "glute-bridge", "--open"], env=env, check=True, timeout=60)
    browser.show(Path((tmp_path / "opened").read_text().strip()))
    browser.press("Space")
    browser.advance(7)

    assert browser.run("return document.title") == "Glute bridge · deskbreak"
    assert shown(browser) == ("Glute bridge", "1 of 8 repetitions", "0:28")


def test_on_paper_it_shows_both_poses_and_no_buttons(browser: Browser, tmp_path: Path) -> None:
    browser.show(page(tmp_path, "glute-bridge"))

    browser.run("dispatchEvent(new Event('beforeprint'))")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    seen = browser.run(
        "return ['.still', '.moving', '#live', 'details dl']"
        ".map(name => document.querySelector(name).offsetParent !== null)"
    )
    browser.devtools("Emulation.setEmulatedMedia", media="")

    assert seen == [True, False, False, True]
