"""The page of the log in a real browser: gone through by keys and mouse, on every screen and on paper."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from deskbreak.core import goals
from deskbreak.core.postures import Posture
from deskbreak.report.page import page
from deskbreak.words.durations import duration
from deskbreak.words.review import in_full
from tests.e2e.browser import Browser
from tests.e2e.desk import until
from tests.e2e.program import SCRIPT
from tests.report.reviews import review, with_names
from tests.years import BERLIN, live

WIDTHS = (360, 768, 1280)
LIVED = review(200)
NO_LOG = date(2026, 11, 12)
MADE = replace(LIVED, days=tuple(day for day in LIVED.days if day.day != NO_LOG))
DAYS = [day.day for day in MADE.days]
RIBBON = "document.querySelector('#ribbon svg')"
TIP = "const tip = document.querySelector('.tip'); return tip.hidden ? null : tip.innerText.split('\\n')"
SHAPES = """
const shapes = (root) => [...root.querySelectorAll('#ribbon svg :is(rect, line, use, text)')]
  .filter((each) => !each.matches('.cursor'))
  .map((each) => [each.tagName, ...['class', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height', 'href']
    .map((name) => each.getAttribute(name)), each.textContent]);
const tables = (root) => ['day', 'heat', 'hours', 'reminder-levels', 'exercises']
  .flatMap((name) => [...root.querySelectorAll(`#${name}-table table, #${name}-tables table`)])
  .map((each) => each.outerHTML);
const first = new DOMParser().parseFromString(arguments[0], 'text/html');
"""
CONTRAST = """
const channel = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const light = (colour) => {
  const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number).map(channel);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const panel = light(getComputedStyle(document.querySelector('.panel')).backgroundColor);
return Object.fromEntries(arguments[0].map(([selector, property]) => {
  const seen = light(getComputedStyle(document.querySelector(selector))[property]);
  return [selector, (Math.max(seen, panel) + 0.05) / (Math.min(seen, panel) + 0.05)];
}));
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser") / "chromium") as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_to_complain_of(browser: Browser) -> Iterator[None]:
    yield
    assert browser.complaints() == []


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "days.html"
    path.write_text(page(MADE), "utf-8")
    return path


def address(browser: Browser) -> str:
    return str(browser.run("return location.hash"))


def spoken(browser: Browser) -> list[str]:
    return str(browser.run("return document.activeElement.getAttribute('aria-valuetext')")).split("; ")


def rows(browser: Browser, place: str) -> list[list[str]]:
    found: list[list[str]] = browser.run(
        "return [...document.querySelectorAll(`#${arguments[0]} tbody tr`)]"
        ".map((row) => [...row.cells].map((cell) => cell.textContent))",
        place,
    )
    return found


def place_by_place(shape: list[str | None]) -> list[Any]:
    """What is drawn, with its places across the page as numbers that may differ a little."""
    return [
        pytest.approx(float(cell[:-1]), abs=0.06) if cell and cell.endswith("%") else cell for cell in shape
    ]


def test_the_arrow_keys_go_from_day_to_day(browser: Browser, written: Path) -> None:
    browser.show(written)
    ends = browser.run("return [before.disabled, after.disabled, latest.disabled]")

    browser.press("Left", "Left")
    back = browser.text("name"), address(browser), browser.run("return document.title")
    browser.press("Right")
    forth = browser.text("name")
    browser.press("Right", "Right", "Right")

    assert ends == [False, True, True]
    assert back == (in_full(DAYS[-3]), f"#{DAYS[-3]}", f"{in_full(DAYS[-3])} · deskbreak")
    assert forth == in_full(DAYS[-2])
    assert browser.text("name") == in_full(DAYS[-1])


def test_the_buttons_do_the_same_and_lead_back_to_the_latest_day(browser: Browser, written: Path) -> None:
    browser.show(written)

    for _day in range(30):
        browser.click("Earlier")
    far = browser.text("name")
    browser.click("Later")
    near = browser.text("name")
    browser.click("Latest day")

    assert (far, near) == (in_full(DAYS[-31]), in_full(DAYS[-30]))
    assert browser.text("name") == in_full(DAYS[-1])


def test_a_link_leads_to_its_day(browser: Browser, written: Path) -> None:
    browser.show(written)

    browser.run("location.hash = arguments[0]", f"#{DAYS[5]}")
    browser.run("return new Promise((done) => setTimeout(done))")
    there = browser.text("name"), browser.run("return before.disabled")
    browser.run("location.hash = '#nonsense'")
    browser.run("return new Promise((done) => setTimeout(done))")

    assert there == (in_full(DAYS[5]), False)
    assert browser.text("name") == in_full(DAYS[-1])


def test_the_first_day_is_drawn_without_the_script_as_with_it(browser: Browser, written: Path) -> None:
    browser.show(written)

    same = browser.run(
        SHAPES + "return [shapes(first), shapes(document), tables(first), tables(document)]",
        written.read_text("utf-8"),
    )

    assert len(same[0]) > 30
    # The script has the times in whole seconds.
    alike = [[place_by_place(shape) for shape in sorted(shapes, key=str)] for shapes in same[:2]]
    assert alike[0] == alike[1]
    assert len(same[2]) == 7
    assert same[2] == same[3]


def test_the_ribbon_is_gone_through_by_keys_and_says_all_that_its_tables_say(
    browser: Browser, written: Path
) -> None:
    browser.show(written)
    browser.run(f"{RIBBON}.focus()")
    browser.press("Home")
    count = browser.run(f"return Number({RIBBON}.getAttribute('aria-valuemax'))")

    heard = [spoken(browser)]
    for _item in range(count - 1):
        browser.press("Right")
        heard.append(spoken(browser))
    tip = browser.run(TIP)
    browser.press("Escape")
    gone = browser.run(TIP)

    told = {"; ".join(each) for each in heard}
    table = rows(browser, "day-tables")
    stretches = [row for row in table if len(row) == 5]
    events = [row for row in table if len(row) == 3 and ":" in row[0]]
    assert len(stretches) > 8
    assert events
    for begin, end, length, posture, how in stretches:
        assert f"{posture}, {length}; {begin} to {end}; known by {how}" in told
    for at, what, became in events:
        assert f"{what}; {at}; {became}" in told
    assert tip == heard[-1]
    assert gone is None
    assert address(browser) == f"#{DAYS[-1]}", "the keys went through the ribbon, not the days"


def test_the_mouse_finds_what_lies_below_it(browser: Browser, written: Path) -> None:
    browser.show(written, 1280)
    box = browser.run(
        "const mark = [...document.querySelectorAll('#ribbon use.reminder')].at(-1).getBoundingClientRect();"
        "return [mark.x + mark.width / 2, mark.y + mark.height / 2]"
    )

    browser.point(box[0] + 3, box[1] - 2)
    over = browser.run(TIP)
    browser.point(box[0], 5)
    away = browser.run(TIP)

    reminders = [row for row in rows(browser, "day-tables") if "reminder" in row[1]]
    at, what, became = reminders[-1]
    assert over == [what, at, became]
    assert away is None


def test_a_finger_finds_it_too(browser: Browser, written: Path) -> None:
    browser.show(written, 360)
    browser.run("document.getElementById('ribbon').scrollIntoView({block: 'center'})")
    x, y = browser.run(
        "const block = document.querySelector('#ribbon rect.sitting').getBoundingClientRect();"
        "return [block.x + block.width / 2, block.y + block.height / 2]"
    )

    browser.tap(x, y)
    until(lambda: browser.run(TIP) is not None, "what was touched is told")

    first = rows(browser, "day-tables")
    assert browser.run(TIP)[1] == next(f"{row[0]} to {row[1]}" for row in first if len(row) == 5)


def test_a_click_in_the_calendar_leads_to_that_day(browser: Browser, written: Path) -> None:
    browser.show(written)
    browser.run("document.getElementById('calendar').scrollIntoView({block: 'center'})")

    browser.run(
        "const cell = [...document.querySelectorAll('#calendar .cell:not(.none)')].at(-3);"
        "const {x, y} = cell.getBoundingClientRect();"
        "cell.dispatchEvent(new MouseEvent('click', {clientX: x + 5, clientY: y + 5, bubbles: true}))"
    )

    assert browser.text("name") == in_full(DAYS[-3])
    assert browser.run("return document.activeElement.id") == "name"
    assert browser.run(TIP) is None


def test_a_table_is_scrolled_and_the_day_stays(browser: Browser, written: Path) -> None:
    browser.show(written, 360)
    browser.click("These weeks as a table")
    browser.run("document.querySelector('#weeks-table .table').focus()")

    browser.press("Right")

    assert browser.text("name") == in_full(DAYS[-1])
    until(
        lambda: browser.run("return document.querySelector('#weeks-table .table').scrollLeft") > 0,
        "the table is scrolled",
    )


def test_the_calendar_leads_to_a_day_by_keys(browser: Browser, written: Path) -> None:
    browser.show(written)
    browser.run("document.querySelector('#calendar svg').focus()")

    browser.press("Left")
    week_before = spoken(browser)
    browser.press("Up")
    day_before = spoken(browser)
    browser.press("Up", "Enter")

    assert week_before[0] == "Friday 13 November"
    assert week_before[1].startswith("sitting: ")
    assert day_before == ["Thursday 12 November", "no log"]
    assert browser.text("name") == "Wednesday, 11 November 2026"
    assert browser.run("return document.activeElement.id") == "name"


def test_the_weeks_go_back_to_the_beginning_of_the_log(browser: Browser, written: Path) -> None:
    browser.show(written, 360)
    seen = {row[0] for row in rows(browser, "weeks-table")}

    while not browser.run("return document.getElementById('weeks-before').disabled"):
        browser.click("Earlier weeks")
        seen |= {row[0] for row in rows(browser, "weeks-table")}

    weeks = {(day.toordinal() - 1) // 7 for day in DAYS}
    assert len(seen) == len(weeks)
    browser.click("Later weeks")
    assert browser.run("return document.getElementById('weeks-before').disabled") is False


def test_a_day_chosen_among_the_bars_is_shown(browser: Browser, written: Path) -> None:
    browser.show(written)
    browser.run("document.querySelector('#bars svg').focus()")

    browser.press("Left", "Left", "Enter")

    assert browser.text("name") == "Wednesday, 18 November 2026"
    assert rows(browser, "days-table")[-1][0] == in_full(DAYS[-1])


def test_short_days_count_in_no_mean_and_days_off_against_no_goal(browser: Browser, tmp_path: Path) -> None:
    last, path = DAYS[-1], tmp_path / "days-off.html"
    four_weeks = last + timedelta(days=6 - last.weekday()) - 4 * timedelta(weeks=1)
    shown = [day for day in MADE.days if four_weeks < day.day < last]
    halved = tuple((posture, length / 9) for posture, length in shown[0].spent)
    short = replace(shown[0], spent=halved, tracked=shown[0].tracked / 9)
    days = tuple(short if day is shown[0] else day for day in MADE.days)
    off = frozenset({shown[1].day, shown[2].day})
    path.write_text(page(replace(MADE, days=days, days_off=off)), "utf-8")
    sitting = [dict(day.spent)[Posture.SITTING] // timedelta(minutes=1) for day in shown[1:]]
    kept = goals.kept(shown[1:], goals.Aim.SITTING, MADE.daily_goal, last, off)

    browser.show(path)

    mean = duration(timedelta(minutes=sum(sitting) // len(sitting)))
    within = f"Within the goal on {kept.met} of {kept.days} days"
    assert browser.text("days-about") == f"{within}; {mean} a day on average."


def test_a_longer_period_counts_more(browser: Browser, written: Path) -> None:
    browser.show(written)
    times = "return [...document.querySelectorAll('#exercises-table td:nth-child(2)')]"
    times += ".reduce((sum, cell) => sum + Number(cell.textContent), 0)"
    weeks = browser.run(times)

    browser.click("13 weeks")
    quarter = browser.run(times)
    browser.click("a year")
    year = browser.run(times)

    assert 0 < weeks < quarter < year
    assert year == len([each for each in MADE.exercises if (each.start_at + each.offset).date() != NO_LOG])
    pressed = browser.run(
        "return [...document.querySelectorAll('#periods button')].map((it) => it.ariaPressed)"
    )
    assert pressed == ["false", "false", "true"]


def test_everything_is_reached_by_the_keyboard_and_seen_to_be(browser: Browser, written: Path) -> None:
    browser.show(written, 360)
    reached: list[list[str]] = []

    for _stop in range(40):
        browser.press("Tab")
        stop = browser.run(
            "const at = document.activeElement; if (at === document.body) return null;"
            "return [at.ariaLabel || at.textContent, getComputedStyle(at).outlineStyle]"
        )
        if stop is None or stop in reached[:1]:
            break
        reached.append(stop)

    names = [name for name, _outline in reached]
    assert {outline for _name, outline in reached} == {"solid"}
    for part in ("Ribbon", "Sitting on each day", "Sitting from", "When bouts", "Exercises done"):
        assert any(name.startswith(part) for name in names), part
    for part in ("Earlier", "Earlier weeks", "13 weeks", "This day as tables", "As a table"):
        assert part in names


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_and_fits_every_screen(
    dark: bool, browser: Browser, written: Path, axe: str
) -> None:
    for width in WIDTHS:
        browser.show(written, width, dark=dark)
        browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        browser.run(f"{axe}; window.axe = axe")
        found: dict[str, Any] = browser.run(
            "axe.run(document).then(arguments[arguments.length - 1])", wait=True
        )

        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert len(found["passes"]) > 20
        assert browser.run("return document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_drawn_stands_out_from_its_ground(dark: bool, browser: Browser, written: Path) -> None:
    browser.show(written, dark=dark)

    seen = browser.run(
        CONTRAST,
        [
            ["#ribbon .sitting", "fill"],
            [".legend .standing", "fill"],
            [".legend .moving", "fill"],
            [".legend .unknown", "stroke"],
            ["#bars .mark", "stroke"],
            ["#exercises .part", "fill"],
            ["#calendar .chosen", "stroke"],
            ["#reminder-levels .fate.ignored", "stroke"],
        ],
    )

    assert {selector: ratio for selector, ratio in seen.items() if ratio < 3} == {}


def test_postures_are_told_apart_without_their_colours(browser: Browser, written: Path) -> None:
    browser.show(written)

    heights = browser.run(
        "return ['sitting', 'standing', 'moving', 'away'].map((kind) => new Set("
        "[...document.querySelectorAll(`#ribbon rect.${kind}`)].map((each) => each.getAttribute('height'))))"
        ".map((found) => [...found])"
    )

    assert all(len(found) <= 1 for found in heights)
    assert len({found[0] for found in heights if found}) == len([found for found in heights if found])


def test_nothing_slides_for_who_wants_less_motion(browser: Browser, written: Path) -> None:
    ways = []
    for calm in (False, True):
        browser.show(written, calm=calm)
        browser.run("window.ways = []; Element.prototype.scrollIntoView = (way) => ways.push(way.behavior)")
        browser.run("document.querySelector('#calendar svg').focus()")
        browser.press("Left", "Enter")
        ways += browser.run("return window.ways")

    assert ways == ["smooth", "auto"]


def test_an_exercise_that_looks_like_a_page_is_text(browser: Browser, tmp_path: Path) -> None:
    hostile = "</script><script>document.title = 'taken'</script><img src=x onerror='window.taken = 1'>"
    path = tmp_path / "own.html"
    path.write_text(page(with_names(review(), hostile)), "utf-8")

    browser.show(path)
    browser.press("Left")
    browser.run("document.querySelector('#exercises svg').focus()")

    assert browser.run("return document.title").endswith(" · deskbreak")
    assert browser.run("return [window.taken, document.images.length]") == [None, 0]
    assert hostile in browser.run("return document.getElementById('exercises').textContent")
    assert spoken(browser)[0] == hostile


def test_the_policy_keeps_out_what_it_does_not_know(browser: Browser, written: Path) -> None:
    browser.show(written)

    ran = browser.run(
        "const added = document.createElement('script'); added.textContent = 'window.taken = 1';"
        "document.body.append(added); return window.taken"
    )

    assert ran is None
    assert [said for said in browser.complaints() if "Content Security Policy" not in said] == []


def test_on_paper_the_tables_are_open_and_the_buttons_gone(browser: Browser, written: Path) -> None:
    browser.show(written)
    seen = (
        "return ['#day-tables table', '#exercises-table table', 'nav', '#periods', '#ribbon svg']"
        ".map((name) => document.querySelector(name).checkVisibility())"
    )
    before = browser.run(seen)

    browser.run("dispatchEvent(new Event('beforeprint'))")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    printed = browser.run(seen)
    wide = browser.run("return document.documentElement.scrollWidth <= innerWidth")
    browser.devtools("Emulation.setEmulatedMedia", media="")
    browser.run("dispatchEvent(new Event('afterprint'))")

    assert before == [False, False, True, True, True]
    assert printed == [True, True, False, False, True]
    assert wide
    assert browser.run(seen) == before


def test_on_paper_no_heading_stands_alone_at_the_foot_of_a_sheet(browser: Browser, written: Path) -> None:
    browser.show(written)
    browser.devtools("Emulation.setEmulatedMedia", media="print")

    alone = browser.run(
        "return [...document.querySelectorAll('main h1, main h2, main h3, main .about')]"
        " .map(text => text.closest('.heading') ?? text)"
        " .filter(block => getComputedStyle(block).breakAfter !== 'avoid').map(block => block.outerHTML)"
    )
    browser.devtools("Emulation.setEmulatedMedia", media="")

    assert alone == []


def test_on_paper_the_calendar_goes_on_to_the_latest_week(browser: Browser, written: Path) -> None:
    browser.show(written, 1280)
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    # As wide as a sheet; a window that is printed is not made narrower, and nothing is drawn anew.
    cell, calendar = browser.run(
        "document.querySelector('main').style.width = '640px';"
        "const right = (each) => each.getBoundingClientRect().right;"
        "return [right([...document.querySelectorAll('#calendar .cell')].at(-1)),"
        " right(document.querySelector('#calendar'))]"
    )
    browser.devtools("Emulation.setEmulatedMedia", media="")

    assert cell <= calendar


def test_a_day_without_a_ribbon_says_where_ribbons_begin(browser: Browser, tmp_path: Path) -> None:
    rows_ = tuple(row for row in MADE.rows if row.day >= DAYS[-10])
    path = tmp_path / "short.html"
    path.write_text(page(replace(MADE, rows=rows_)), "utf-8")

    browser.show(path)
    browser.run("location.hash = arguments[0]", f"#{DAYS[-11]}")
    browser.run("return new Promise((done) => setTimeout(done))")

    assert browser.text("name") == in_full(DAYS[-11])
    assert in_full(DAYS[-10]) in browser.text("undrawn")
    assert browser.run(f"return {RIBBON}") is None
    assert len(rows(browser, "day-tables")) > 1


def test_the_command_leads_to_it_on_the_day_that_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    today = datetime.now(BERLIN).date()
    log = tmp_path / ".local/share/deskbreak/deskbreak.sqlite3"
    log.parent.mkdir(parents=True, mode=0o700)
    live(log, years=0.2, last=today)
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    opener.chmod(0o700)
    env = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin", "TZ": "Europe/Berlin"}
    with closing(sqlite3.connect(log)) as connection:
        (most,) = connection.execute(
            "SELECT day FROM stretches WHERE posture = 'sitting' GROUP BY day ORDER BY SUM(length) DESC"
        ).fetchone()
    asked = date.fromisoformat(str(most))

    subprocess.run([SCRIPT, "report", str(asked), "--open"], env=env, check=True, timeout=60)
    told = subprocess.run(
        [SCRIPT, "report", str(asked), "--json"], env=env, check=True, timeout=60, capture_output=True
    )
    browser.show(Path((tmp_path / "opened").read_text().strip()))

    sitting = timedelta(seconds=json.loads(told.stdout)["sitting_s"])
    assert browser.text("name") == in_full(asked)
    assert browser.run("return document.querySelector('.much').textContent") == duration(sitting)
