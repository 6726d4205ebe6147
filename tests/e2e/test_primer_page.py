"""The primer in a real browser: one exercise after the other, by the keyboard alone, on every screen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskbreak.coach.library import Library, packaged
from deskbreak.coach.slots import Kind
from deskbreak.report.sequence import sequence
from deskbreak.words.exercises import primer as title
from tests.e2e.browser import OSCILLATORS, Browser
from tests.report.primers import BEGINNER, KNOWN, made

RHYTHM = "standing-alternating-squeeze"
WIDTHS = {360: 150, 800: 400, 1400: 420}
"""Of the window, each with the seconds after which it is looked at: midway, by a beat, at the end."""
CURRENT = (
    "return [...document.querySelectorAll('#entries > li')]"
    ".filter(entry => entry.getAttribute('aria-current') === 'step')"
    ".map(entry => entry.querySelector('.called').textContent)"
)
OPEN = (
    "return [...document.querySelectorAll('#entries details')]"
    ".filter(details => details.open).map(details => details.querySelector('.called').textContent)"
)
FIGURES = (
    "return [...document.querySelectorAll('.figure')]"
    ".filter(figure => figure.offsetParent !== null).map(figure => figure.querySelector('title').textContent)"
)
MOMENT = (
    "return [...document.querySelectorAll('.figure:not([hidden]) .moment')]"
    ".findIndex(moment => !moment.hasAttribute('display'))"
)
FOCUS = "return (document.activeElement.querySelector('.called') ?? document.activeElement).textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser") / "chromium") as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_to_complain_of(browser: Browser) -> Iterator[None]:
    yield
    assert browser.complaints() == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of a full primer, a short one of who has tried nothing yet, and one of three minutes."""
    folder = tmp_path_factory.mktemp("pages")
    primers = {
        "full": made(Kind.FULL),
        "short": made(Kind.SHORT, person=BEGINNER, tried=frozenset()),
        "three": made(Kind.THREE_MINUTES),
    }
    for name, primer in primers.items():
        (folder / f"{name}.html").write_text(sequence(primer, packaged()), "utf-8")
    return {name: folder / f"{name}.html" for name in primers}


def shown(browser: Browser) -> tuple[str, str, str]:
    count = f"{browser.text('count')} {browser.text('unit')}".strip()
    return browser.text("name"), browser.text("stage"), count


def seen(browser: Browser, *names: str) -> list[bool]:
    return [browser.run(f"return document.querySelector('{name}').offsetParent !== null") for name in names]


def test_the_space_bar_runs_all_of_it_one_exercise_after_the_other(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["three"])
    before = shown(browser), browser.text("go"), browser.text("whole")

    browser.press("Space")
    found = []
    for seconds in (30, 32, 8, 20, 5, 20, 6, 15, 15, 15):
        browser.advance(seconds)
        found.append((*shown(browser), browser.text("whole")))
    browser.advance(14)

    assert before == (("Standing march", "At an easy pace", "60 s"), "Start", "3:00")
    assert found == [
        ("Standing march", "At an easy pace", "30 s", "2:30"),
        ("Next: Standing hip-flexor stretch", "20 s on each side", "5 s", "1:58"),
        ("Standing hip-flexor stretch", "First side", "17 s", "1:50"),
        ("Standing hip-flexor stretch", "Change sides", "2 s", "1:30"),
        ("Standing hip-flexor stretch", "Second side", "17 s", "1:25"),
        (
            "Next: Running-rhythm glute switch",
            "90 beats a minute, 45 each side, then up to 180 beats a minute, 90 each side",
            "5 s",
            "1:05",
        ),
        ("Running-rhythm glute switch", "90 beats a minute, 45 each side", "2 of 23 beats", "0:59"),
        ("Running-rhythm glute switch", "120 beats a minute, 60 each side", "3 of 30 beats", "0:44"),
        ("Running-rhythm glute switch", "150 beats a minute, 75 each side", "3 of 38 beats", "0:29"),
        ("Running-rhythm glute switch", "180 beats a minute, 90 each side", "4 of 45 beats", "0:14"),
    ]
    assert shown(browser) == ("Done", "", "✓")
    assert (browser.text("go"), browser.text("whole")) == ("Once more", "0:00")
    assert browser.text("cue") == browser.text("said").removeprefix("Done. ")
    assert browser.text("cue").startswith("Run the first 5-10 minutes easy.")


def test_the_step_has_a_countdown_of_its_own(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["full"])

    browser.press("Space")
    browser.advance(10)
    doubled = seen(browser, ".left")
    browser.advance(80)
    stretching = shown(browser)[2], browser.text("left"), browser.text("whole")
    browser.advance(60)
    bridging = shown(browser)[2], browser.text("left"), browser.text("whole")

    assert doubled == [False], "what counts down once is not told twice"
    assert stretching == ("3 s", "0:33", "5:30")
    assert bridging == ("5 of 12 repetitions", "0:36", "4:30")


def test_figure_cue_and_list_turn_to_the_step_that_is_to_come(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["three"])
    places = []

    browser.press("Space")
    for seconds in (59, 2, 58, 70):
        places.append((browser.run(FIGURES), browser.run(CURRENT), browser.run(OPEN), browser.text("number")))
        browser.advance(seconds)
    cue = browser.run("return [...document.querySelectorAll('[aria-current], details[open]')].length")

    march, stretch, rhythm = "Standing march", "Standing hip-flexor stretch", "Running-rhythm glute switch"
    assert places == [
        ([march], [march], [march], "Exercise 1 of 3"),
        ([march], [march], [march], "Exercise 1 of 3"),
        ([stretch], [stretch], [stretch], "Exercise 2 of 3"),
        ([rhythm], [rhythm], [rhythm], "Exercise 3 of 3"),
    ]
    assert cue == 0, "nothing is current once it is over"


def test_the_cue_is_that_of_the_step(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["three"])
    cues = [browser.text("cue")]

    browser.press("Space")
    for seconds in (61, 60):
        browser.advance(seconds)
        cues.append(browser.text("cue"))

    assert cues == [KNOWN[id_].cue for id_ in ("standing-march", "standing-flexor-stretch", RHYTHM)]


def test_while_changing_over_the_figure_shows_once_what_comes(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["three"])

    browser.press("Space")
    browser.advance(60)
    moments = []
    for _second in range(7):
        moments.append(browser.run(MOMENT))
        browser.advance(1)

    assert moments == [0, 8, 16, 8, 0, 0, 0]


def test_a_pause_holds_the_time_and_escape_starts_over(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["full"])

    browser.press("Space")
    browser.advance(200)
    browser.press("Space")
    paused = shown(browser), browser.text("whole"), browser.text("go"), browser.text("said")
    browser.advance(300)
    later = shown(browser), browser.text("whole"), browser.text("go"), browser.text("said")
    browser.press("Space")
    browser.advance(1)
    on = browser.text("whole")
    browser.press("Escape")
    browser.advance(5)

    assert paused[1:] == ("3:40", "Go on", "Paused.")
    assert later == paused
    assert on == "3:39"
    assert (shown(browser)[0], browser.text("whole"), browser.text("go")) == (
        "Standing march", "7:00", "Start",
    )  # fmt: skip
    assert browser.run(CURRENT) == browser.run(OPEN) == browser.run(FIGURES) == ["Standing march"]


def test_everything_is_reached_and_done_by_the_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["three"])
    order, outlined = [], []

    for _stop in range(8):
        browser.press("Tab")
        order.append(browser.run(FOCUS))
        outlined.append(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
    browser.run("document.querySelectorAll('summary')[1].focus()")
    browser.press("Enter")
    opened, still = browser.run(OPEN), browser.text("go")
    browser.run("document.querySelector('a').focus()")
    browser.press("Enter")
    browser.advance(0)
    led_to = browser.run("return document.querySelector(':target h2').textContent")

    assert order == [
        "When to stop", "Start", "Start over", "Sound",
        "Standing march", "Standing hip-flexor stretch", "Running-rhythm glute switch",
        "When to get help, and from whom",
    ]  # fmt: skip
    assert set(outlined) == {"solid"}
    assert (opened, still) == (["Standing march", "Standing hip-flexor stretch"], "Start")
    assert led_to == "Stop at once if you feel:"


def test_a_screen_reader_is_told_of_each_next_step_and_no_more(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["three"])
    browser.run(
        "window.told = []; new MutationObserver(() => told.push(said.textContent))"
        ".observe(said, {childList: true, characterData: true, subtree: true})"
    )

    browser.press("Space")
    for _moment in range(73):
        browser.advance(2.5)

    assert browser.run("return told") == [
        "Standing march. At an easy pace",
        "Next: Standing hip-flexor stretch. 20 s on each side",
        "First side",
        "Change sides",
        "Second side",
        "Next: Running-rhythm glute switch. "
        "90 beats a minute, 45 each side, then up to 180 beats a minute, 90 each side",
        "90 beats a minute, 45 each side",
        "120 beats a minute, 60 each side",
        "150 beats a minute, 75 each side",
        "180 beats a minute, 90 each side",
        "Done. Run the first 5-10 minutes easy. "
        "For the first five, feel the buttock of the leg that goes back.",
    ]
    assert browser.run("return said.getAttribute('role')") == "status"


def test_the_dot_is_there_for_the_step_with_a_beat_and_at_a_side_on_each(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["three"])
    where = (
        "return Math.round(new DOMMatrix(getComputedStyle(carrier).transform).e / carrier.offsetWidth * 100)"
    )

    browser.press("Space")
    browser.advance(30)
    marching = seen(browser, "#beat")
    browser.advance(120)
    places = []
    for _beat in range(4):
        places.append((browser.text("count"), browser.run(where)))
        browser.advance(60 / 150 + 1e-6)

    assert marching == [False]
    assert seen(browser, "#beat") == [True]
    assert places == [("1", 0), ("2", 100), ("3", 0), ("4", 100)]


def test_the_sound_clicks_on_the_beat_and_a_pause_ends_it(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["three"])
    browser.run(OSCILLATORS)

    browser.press("Space")
    browser.advance(165)
    silent = browser.run("return window.tones")
    browser.click("Sound")
    clicks = browser.run("return window.tones.splice(0)")
    browser.press("Space")
    browser.advance(5)

    assert silent == []
    assert clicks[-4:] == [0.3, 0.7, 1.0, 1.3], "three a second"
    assert browser.run("return window.tones") == []


def test_who_has_tried_nothing_walks_and_is_counted_down_once(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["short"])

    browser.press("Space")
    browser.advance(90)

    assert shown(browser) == ("Walk break", "At an easy pace", "3:30")
    assert browser.text("number") == ""
    assert seen(browser, ".left", ".whole") == [False, True]


def test_who_wants_less_motion_sees_still_pictures_that_change_with_the_step(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["three"], calm=True)
    stills = []

    browser.press("Space")
    for seconds in (61, 60, 20):
        stills.append(
            browser.run(
                "return [...document.querySelectorAll('.figure svg')].filter(svg => svg.clientWidth > 0)"
                ".map(svg => [svg.parentElement.className, svg.querySelector('title').textContent])"
            )
        )
        browser.advance(seconds)

    assert stills == [
        [["still", "Standing march"]],
        [["still", "Standing hip-flexor stretch"]],
        [["still", "Running-rhythm glute switch"]],
    ]
    assert seen(browser, "#beat") == [False]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "seconds"), tuple(WIDTHS.items()))
def test_it_is_accessible_and_fits_every_screen(
    width: int, seconds: int, dark: bool, browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["full"], width, dark=dark)

    browser.click("When to get help, and from whom")
    browser.press("Space")
    browser.advance(seconds)

    assert browser.barriers() == []
    assert browser.run("return document.documentElement.scrollWidth") == width


def test_on_paper_it_is_a_list_with_all_that_can_be_opened(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["three"])
    before = browser.run(OPEN)

    browser.run("dispatchEvent(new Event('beforeprint'))")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    printed = browser.run(OPEN), seen(browser, ".player", ".thumb", ".told", ".how", ".stop dl", "#cue")
    browser.devtools("Emulation.setEmulatedMedia", media="")
    browser.run("dispatchEvent(new Event('afterprint'))")

    assert len(printed[0]) == 3
    assert printed[1] == [False, True, True, True, True, False]
    assert browser.run(OPEN) == before == ["Standing march"]


def test_without_a_script_it_is_a_list_that_can_be_opened(browser: Browser, pages: dict[str, Path]) -> None:
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.show(pages["three"])
    found = seen(browser, ".player", "#cue", ".entries", ".stop")
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)

    assert found == [False, False, True, True]


def test_an_own_entry_that_looks_like_a_page_is_text(browser: Browser, tmp_path: Path) -> None:
    hostile = (
        "</title></script><script>document.title = 'taken'</script><img src=x onerror='window.taken = 1'>"
    )
    entry = replace(KNOWN["standing-march"], name=hostile, cue=hostile, steps=(hostile,), cautions=(hostile,))
    path = tmp_path / "own.html"
    path.write_text(sequence(made(Kind.THREE_MINUTES), Library({**KNOWN, entry.id: entry})), "utf-8")

    browser.show(path)
    browser.press("Space")
    browser.advance(7)

    assert shown(browser)[0] == browser.text("cue") == hostile
    assert browser.text("said") == f"{hostile}. At an easy pace"
    assert browser.run("return [document.title, window.taken ?? 0, document.images.length]") == [
        f"{title(Kind.THREE_MINUTES)} · deskbreak", 0, 0,
    ]  # fmt: skip
