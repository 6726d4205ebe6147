"""The page of the log: all that is to be shown, nothing from elsewhere, and no way in for what it says."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from time import process_time
from typing import Any

import pytest

from deskbreak.core.commands import PromptKind
from deskbreak.core.outcomes import Outcome
from deskbreak.core.postures import How, Posture, Row
from deskbreak.report.page import IN_DETAIL, Review, page
from deskbreak.report.page.lived import lived
from deskbreak.report.page.plan import drawn
from deskbreak.words.durations import duration
from deskbreak.words.exercises import name
from tests.report.reviews import LAST, review, with_names

HOSTILE = (
    """</script></style></title>--><script>alert("x")</script><img src=x onerror='alert(1)'>&amp;{escape}"""
)
MAY_HOLD = {
    "body", "button", "caption", "circle", "defs", "details", "div", "footer", "g", "h1", "h2", "h3", "head",
    "header", "html", "kbd", "li", "line", "main", "meta", "nav", "p", "path", "pattern", "rect", "script",
    "section", "span", "style", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title",
    "tr", "ul", "use",
}  # fmt: skip


class Seen(HTMLParser):
    """What a browser would make of it, as far as this goes; `tables` by their captions, cell by cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.inside: dict[str, list[str]] = {}
        self.tables: dict[str, list[list[str]]] = {}
        self._open: list[str] = []
        self._rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)
        if tag == "tr":
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        tag = self._open[-1] if self._open else ""
        if tag in ("script", "style"):
            self.inside.setdefault(tag, []).append(data)
            return
        self.said += data
        if tag == "caption":
            self._rows = self.tables.setdefault(data, [])
        elif tag in ("td", "th"):
            self._rows[-1].append(data)

    def all(self, attribute: str) -> list[str | None]:
        return [attrs[attribute] for _tag, attrs in self.tags if attribute in attrs]


def plan(text: str) -> Any:
    return json.loads(Seen(text).inside["script"][0])


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def month() -> Review:
    return review()


def test_it_stands_alone(month: Review) -> None:
    text = page(month)
    seen = Seen(text)

    assert {tag for tag, _attrs in seen.tags} <= MAY_HOLD
    names = {attribute for _tag, attrs in seen.tags for attribute in attrs}
    assert not names & {"src", "style", "srcset", "action", "data"}
    assert not [attribute for attribute in names if attribute.startswith("on")]
    assert {link for link in seen.all("href") if link and not link.startswith("#")} == set()
    assert set(re.findall(r"https?://[^\"]+|url\((?!#)|@import", text)) <= {"http://www.w3.org/2000/svg"}
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    assert {str(link)[1:] for link in seen.all("href")} <= set(ids)


def test_only_its_own_style_and_script_may_run(month: Review) -> None:
    seen = Seen(page(month))

    (style,), (_plan, script) = seen.inside["style"], seen.inside["script"]
    policy = next(attrs["content"] for _tag, attrs in seen.tags if "http-equiv" in attrs)
    assert policy == (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_what_exercises_are_called_is_only_said(month: Review) -> None:
    text = page(with_names(month, HOSTILE))
    seen, usual = Seen(text), Seen(page(month))

    assert seen.said.count(HOSTILE) > 5
    assert "<img" not in text
    assert seen.inside["script"][1] == usual.inside["script"][1]
    assert len([tag for tag, _ in seen.tags if tag == "script"]) == 2
    assert plan(text)["exercises"] == [HOSTILE]


def test_without_its_script_there_is_a_ribbon_and_all_tables(month: Review) -> None:
    seen = Seen(page(month))
    day = month.days[-1]

    rows = [row for row in month.rows if row.day == day.day]
    while rows[-1].posture in (Posture.AWAY, Posture.UNKNOWN):
        rows.pop()
    classes = [str(name).split()[0] for name in seen.all("class")]
    drawn_as = [name for name in classes if name in {posture.value for posture in Posture}]
    assert len(drawn_as) > len(rows)
    times = {cells[0]: cells[1] for cells in seen.tables["Time by posture"]}
    assert times["sitting"] == duration(dict(day.spent)[Posture.SITTING])
    assert len(seen.tables["The day, stretch by stretch"]) == len(rows) + 1
    done = [each for each in month.exercises if (each.start_at + each.offset).date() == day.day]
    events = [cells[1] for cells in seen.tables["Reminders and exercises"]]
    assert [text for text in events if text.startswith("reminder")]
    assert len([text for text in events if name(done[0].exercise) in text]) >= 1
    assert len(seen.tables["Sitting, day by day"]) == len(month.days) + 1
    assert {"Reminders by hour", "Reminders by level", "Exercises done"} <= set(seen.tables)
    assert all("open" in attrs for tag, attrs in seen.tags if tag == "details")


def test_a_day_in_the_table_is_the_day_of_the_log(month: Review) -> None:
    told = Seen(page(month)).tables["Sitting, day by day"][-1]
    day = month.days[-1]

    assert told[0] == "Friday, 20 November 2026"
    assert told[1] == duration(dict(day.spent)[Posture.SITTING])
    assert told[2] == duration(month.daily_goal * min(day.tracked / timedelta(hours=8), 1))
    assert told[3] == str(sum(number for _kind, number in day.breaks))
    assert told[4] == duration(max(bout.length for bout in day.bouts))
    long = [bout.length for bout in day.bouts if bout.length >= timedelta(minutes=30)]
    assert told[5] == duration(sum(long, timedelta()))


def test_reminders_are_counted_by_level_and_by_hour(month: Review) -> None:
    tables = Seen(page(month)).tables
    known = [each for each in month.prompts if each.outcome is not None]

    for caption in ("Reminders by level", "Reminders by hour"):
        _head, *rows = tables[caption]
        assert sum(int(cell) for row in rows for cell in row[1:]) == len(known)
    soft = next(row for row in tables["Reminders by level"] if row[0] == "1 soft")
    moved = (Outcome.DONE, Outcome.STARTED, Outcome.LEFT)
    assert int(soft[1]) == len([each for each in known if each.level == 1 and each.outcome in moved])


def test_long_bouts_are_booked_on_the_hours_they_lasted() -> None:
    made = review(1)
    (day,) = made.days
    began = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
    (bout, *_) = day.bouts
    long = replace(bout, start_at=began, offset=timedelta(hours=1), length=timedelta(minutes=75))
    tables = Seen(page(replace(made, days=(replace(day, bouts=(long,)),)))).tables

    _head, *rows = tables["Minutes in bouts of 30 min and more, on a usual day"]
    assert [(row[0], row[5]) for row in rows] == [("10:00", "10"), ("11:00", "60"), ("12:00", "5")]


def test_the_evening_before_the_day_starts_comes_after_the_day() -> None:
    made = review(1)
    (day,) = made.days
    began = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
    (bout, *_) = day.bouts
    late = replace(bout, start_at=began, offset=timedelta(hours=1), length=timedelta(minutes=90))
    tables = Seen(page(replace(made, days=(replace(day, bouts=(late,)),)))).tables

    hours = [row[0] for row in tables["Minutes in bouts of 30 min and more, on a usual day"][1:]]
    assert hours == ["23:00", "00:00"]


def test_what_lies_over_a_change_of_the_clock_is_named_by_the_clock_of_its_time() -> None:
    made = review(1)
    day = replace(made.days[0], day=date(2026, 10, 25), bouts=())
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    began = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    half = timedelta(minutes=30)
    rows = (
        Row(timedelta(), half, began, began + half, summer, day.day, Posture.SITTING, How.INPUT),
        Row(half, half, began + half, began + 2 * half, winter, day.day, Posture.STANDING, How.USER),
    )
    told = replace(made, days=(day,), rows=rows, prompts=(), exercises=(), today=day.day, shown=day.day)

    _head, *stretches = Seen(page(told)).tables["The day, stretch by stretch"]

    assert [row[:3] for row in stretches] == [["02:30", "02:00", "30 min"], ["02:00", "02:30", "30 min"]]


def test_nobody_is_seen_before_the_first_sign_or_after_the_last() -> None:
    made = review(1)
    rows = tuple(made.rows)
    first, last = rows[0], rows[-1]
    night = replace(
        first, start_at=first.start_at - timedelta(hours=3), length=timedelta(hours=3), posture=Posture.AWAY
    )
    after = replace(last, start_at=last.end_at, posture=Posture.UNKNOWN, how=How.GAP)
    (life,) = lived(replace(made, rows=(night, *rows, after))).values()

    assert life.midnight + life.segments[0].at == first.start_at
    assert life.midnight + life.segments[-1].ended <= last.end_at


def test_a_day_lived_in_two_pieces_is_one() -> None:
    made = review(14)
    (first, second, *_) = made.days
    rows, prompts = list(made.rows), list(made.prompts)
    here = [row for row in rows if row.day == first.day]
    there = [row for row in rows if row.day == second.day]
    flown = replace(made, rows=(*here[:4], *there, *here[4:]), prompts=(prompts[-1], *prompts[:-1]))

    lives, usual = lived(flown), lived(made)

    assert lives[first.day].segments == usual[first.day].segments
    assert lives[second.day] == usual[second.day]
    assert sorted(lives) == [first.day, second.day]


def test_a_day_too_old_to_be_drawn_has_its_figures_and_is_named() -> None:
    made = review(500)
    told = Seen(page(made))
    packed = plan(page(made))

    days = [date.fromordinal(int(day)) for day in packed["lived"]]
    assert min(days) > LAST - IN_DETAIL
    assert len(packed["days"]) == len(made.days) > len(days) + 50
    assert "are shown by their totals" in told.said
    assert date.fromordinal(packed["since"]) == min(days)


def test_the_oldest_days_are_left_out_where_there_is_no_room(month: Review) -> None:
    lives = lived(month)
    all_days, few = drawn(lives), drawn(lives, room=3_000)

    assert len(all_days.days) == len(lives)
    assert 0 < len(few.days) < len(lives)
    assert few.since == sorted(lives)[-len(few.days)]


def test_ten_years_are_written_in_a_second_and_take_less_than_a_megabyte() -> None:
    made = review(3_660)
    assert len(made.days) > 2_500
    assert sum(len(day.bouts) for day in made.days) > 25_000

    began = process_time()
    text = page(made)

    assert process_time() - began < 1.0
    assert len(text.encode()) < 1_000_000


def test_an_empty_log_says_so() -> None:
    empty = replace(review(1), days=(), rows=(), prompts=(), exercises=())
    seen = Seen(page(empty))

    assert "The log holds nothing of this yet." in seen.said
    assert "script" not in seen.inside


def test_sample_data_is_called_that(month: Review) -> None:
    assert "Sample data" in Seen(page(replace(month, sample=True))).said
    assert "Sample data" not in Seen(page(month)).said


def test_it_opens_on_the_day_that_is_asked_for(month: Review) -> None:
    asked = month.days[3].day
    packed = plan(page(replace(month, shown=asked)))

    assert packed["shown"] == asked.toordinal()


def test_a_reminder_without_an_outcome_is_shown_as_open(month: Review) -> None:
    waiting = replace(tuple(month.prompts)[-1], outcome=None, kind=PromptKind.STANDING)
    seen = Seen(page(replace(month, prompts=(waiting,))))

    assert "#open" in seen.all("href")
    assert any(cells[2] == "open" for cells in seen.tables["Reminders and exercises"])
    assert len(seen.tables["Reminders by level"]) == 1


def test_nothing_reproaches_anybody(month: Review) -> None:
    text = page(month).lower()

    for word in ("streak", "missed", "fail", "bad", "warning", "shame", "guilt"):
        assert not re.search(rf"\b{word}", text), word
