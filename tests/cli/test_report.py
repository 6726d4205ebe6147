"""`deskbreak report`: days and spans from the log, as text, as JSON and as a page."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk
from deskbreak.cli.report import KEYS
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.commands import PromptRow, Record, RecordBreak, RecordCorrection, RecordPrompt
from deskbreak.core.measures import Measure
from deskbreak.core.outcomes import Outcome, PromptKind
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.paths import Places
from deskbreak.ports import Recorded
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog
from tests.cli.conftest import Programs, Runs

ZERO = timedelta()
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SATURDAY = date(2025, 6, 7)
"""The last day of a week of work in the log, long before any today."""


def minutes(length: float) -> timedelta:
    return timedelta(minutes=length)


def worked(day: date, *told: str) -> tuple[Recorded, ...]:
    """From nine on: postures and their minutes."""
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    found: list[Recorded] = []
    for each in told:
        posture, length = each.split()
        began, lasted = at - EPOCH, minutes(float(length))
        row = Row(began, lasted, at, at + lasted, ZERO, day, Posture(posture), How.INPUT)
        found.append(Record(row))
        if row.posture is Posture.AWAY:
            found.append(
                RecordBreak(Break(began // minutes(1), BreakKind.AWAY, began, lasted, at, ZERO, day))
            )
        at += lasted
    return tuple(found)


def a_week() -> tuple[Recorded, ...]:
    """Monday to Friday, Thursday short; on Friday a reminder."""
    whole = ("sitting 100", "away 20", "sitting 140", "standing 40", "sitting 25")
    days = [SATURDAY - timedelta(days=back) for back in (5, 4, 3)]
    friday = SATURDAY - timedelta(days=1)
    at = datetime(2025, 6, 6, 9, 35, tzinfo=UTC)
    reminder = PromptRow(1, PromptKind.REMINDER, 1, None, at, ZERO, None, Outcome.SNOOZED, at)
    return (
        *(record for day in days for record in worked(day, *whole)),
        *worked(SATURDAY - timedelta(days=2), "sitting 30"),
        *worked(friday, *whole),
        RecordPrompt(reminder),
    )


@pytest.fixture
def logged(home: Places) -> Callable[..., None]:
    def write(*recorded: Recorded) -> None:
        home.state.mkdir(mode=0o700)
        opened = open_log(home.log, home.marker, SATURDAY)
        log = SqliteLog(opened.connection, home.log, SystemClock(axis_at_launch(None)).mark)
        log.write(recorded, "{}")
        log.close()

    return write


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main(["report", *args]) == 0
    return capsys.readouterr().out


def test_a_day_is_told_with_what_was_usual_before_it(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    said = told(capsys, "2025-06-06")
    assert said.startswith("Friday, 6 June 2025\n")
    assert re.search(r"^  sitting +4 h 25 min +4 h 25 min +█+$", said, re.M)
    assert "Usually: the means of the 3 days of 4 h or more in the 4 weeks before." in said
    assert re.search(r"^    snoozed +1$", said, re.M)


def test_today_is_what_is_told_if_nothing_is_asked(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*worked(desk().today, "sitting 100"))

    assert told(capsys) == told(capsys, "today")
    assert told(capsys).startswith("Today")


def test_a_span_has_a_row_a_day_and_means_of_complete_days_alone(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    said = told(capsys, "2025-06-01..2025-06-08")
    assert said.startswith("Sunday, 1 June 2025 to Sunday, 8 June 2025\n")
    assert re.findall(r"^  (\w{3} +\d \w{3})", said, re.M) == [
        "Mon  2 Jun", "Tue  3 Jun", "Wed  4 Jun", "Thu  5 Jun", "Fri  6 Jun",
    ]  # fmt: skip
    assert re.search(r"^  Thu  5 Jun \* +30 min ", said, re.M)
    assert re.search(r"^  sitting +18 h 10 min +4 h 25 min +█+$", said, re.M)
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_corrected_day_is_told_as_the_person_says_it_was(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    at = datetime(2025, 6, 6, 10, 40, tzinfo=UTC)
    word = Correction(at - EPOCH, minutes(20), at, ZERO, Posture.SITTING, at)
    logged(*a_week(), RecordCorrection(word))

    said = json.loads(told(capsys, "2025-06-06", "--json"))
    assert (said["sitting_s"], said["away_s"]) == (285 * 60, 0)
    assert said["breaks_by_kind"]["away"] == 0
    assert said["longest_s"] == 260 * 60


def test_a_day_that_the_log_holds_nothing_of(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    assert told(capsys, "2025-05-01").endswith("  The log holds nothing of this day.\n")
    assert told(capsys, "2025-05-01..2025-05-08").endswith("  The log holds nothing of these days.\n")
    assert told(capsys, "0001-01-01").endswith("  The log holds nothing of this day.\n")


def test_an_empty_log_has_a_today_and_a_month(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged()

    for span in ("today", "month", "last-week"):
        assert "The log holds nothing of th" in told(capsys, span)


def test_the_day_of_the_change_of_the_clocks_loses_nothing(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    day = date(2025, 10, 25)
    night = datetime(2025, 10, 25, 23, tzinfo=UTC)
    summer, winter = minutes(120), minutes(60)
    before = Row(
        night - EPOCH, winter * 2, night, night + winter * 2, summer, day, Posture.SITTING, How.INPUT
    )
    later = night + winter * 2
    after = Row(later - EPOCH, winter, later, later + winter, winter, day, Posture.SITTING, How.INPUT)
    logged(Record(before), Record(after))

    said = told(capsys, "2025-10-25")
    assert re.search(r"^  sitting +3 h ", said, re.M)
    assert re.search(r"^  01 +02 +03$", said, re.M)
    assert (
        json.loads(told(capsys, "2025-10-25", "--json"))["bouts"][0]["start"] == "2025-10-26T01:00:00+02:00"
    )


def test_a_running_daemon_adds_to_the_last_day_of_a_span(
    logged: Callable[..., None], daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    today = desk().today
    logged(*worked(today - timedelta(days=1), "sitting 10"), *worked(today, "sitting 10"))
    daemon(lambda _request: {"ok": True, "says": "", "status": {"today": {"sitting_s": 660}}})

    yesterday, until = today - timedelta(days=1), today
    said = json.loads(told(capsys, f"{yesterday}..{until}", "--json"))
    assert [day["sitting_s"] for day in said["days"]] == [600, 660]
    assert said["total"]["sitting_s"] == 1260


def test_every_key_of_the_json_is_documented(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    day = json.loads(told(capsys, "2025-06-06", "--json"))
    span = json.loads(told(capsys, "2025-06-02..2025-06-06", "--json"))
    for key in (
        *day,
        *span,
        *span["mean"],
        *day["bouts"][0],
        *day["aims"]["sitting"],
        *span["aims_met"]["longest"],
    ):
        postures = {f"{posture.value}_s" for posture in Posture}
        assert key in postures or re.search(rf"\b{key}\b", KEYS), key
    assert all(len(line) <= 80 for line in KEYS.splitlines())


def test_the_json_has_every_measure_with_lengths_in_seconds(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    figures = json.loads(told(capsys, "2025-06-06", "--json"))["figures"]
    assert len(figures) == len(Measure)
    assert not [name for name in figures if name.endswith("_min") and name != "satp_per_min"]
    assert (figures["n_bouts"], figures["longest_s"], figures["time_ge30_s"]) == (3, 8400, 14400)
    assert figures["share_ge30"] == pytest.approx(240 / 265)


def test_a_span_of_one_day_is_told_as_a_span(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    assert "days" in json.loads(told(capsys, "2025-06-06..2025-06-06", "--json"))
    assert told(capsys, "2025-06-06..2025-06-06").startswith("Friday, 6 June 2025\n\n  ")


def test_a_span_as_json_keeps_sums_and_means_apart(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())

    said = json.loads(told(capsys, "2025-06-02..2025-06-06", "--json"))
    assert (said["first"], said["last"], len(said["days"])) == ("2025-06-02", "2025-06-06", 5)
    assert said["total"]["sitting_s"] == (4 * 265 + 30) * 60
    assert said["mean"]["days"] == 4
    assert said["mean"]["sitting_s"] == 265 * 60
    assert [day["complete"] for day in said["days"]] == [True, True, True, False, True]
    assert said["reminders"] == {
        "given": 1,
        "by_outcome": {kind.value: int(kind is Outcome.SNOOZED) for kind in Outcome},
    }
    assert said["aims_met"]["sitting"] == {"met": 0, "days": 4, "run": 0}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "span", ["someday", "2025-06-06..2025-06-02", "9999-01-01", "2025-02-30", "2025-06-02.."]
)
def test_a_wrong_span_is_wrong_usage(span: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", span])

    said = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert said[0].startswith("deskbreak report: ")
    assert said[1:] == ["Try: deskbreak report --help"]


def test_the_page_is_written_and_opened_at_the_last_day(
    logged: Callable[..., None], programs: Programs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logged(*a_week())
    programs.add("xdg-open", f'echo "$1" > {tmp_path}/opened')

    said = told(capsys, "2025-06-02..2025-06-04", "--open")
    page = Path((tmp_path / "opened").read_text().strip())
    assert said == f"The page is open: {page}\n"
    assert page.stat().st_mode & 0o777 == 0o600
    assert "Wednesday, 4 June 2025" in page.read_text()
