"""The day, with and without a daemon."""

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk, glance
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.commands import (
    Decision,
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Rule,
)
from deskbreak.core.events import Hold, Rating
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.paths import Places
from deskbreak.ports import Recorded
from deskbreak.settings import Settings
from deskbreak.store import rows
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog
from deskbreak.words.review import in_full
from tests.cli.conftest import Runs

ZERO = timedelta()


def minutes(length: float) -> timedelta:
    return timedelta(minutes=length)


def a_day(day: date) -> tuple[Recorded, ...]:
    begins = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    def stretch(start: int, length: int, posture: Posture, how: How) -> Record:
        at = begins + minutes(start)
        return Record(Row(minutes(start), minutes(length), at, at + minutes(length), ZERO, day, posture, how))

    shown = begins + minutes(30)
    return (
        stretch(0, 41, Posture.SITTING, How.INPUT),
        stretch(41, 4, Posture.AWAY, How.LOCK),
        stretch(45, 10, Posture.SITTING, How.INPUT),
        RecordBreak(Break(1, BreakKind.AWAY, minutes(41), minutes(4), begins + minutes(41), ZERO, day)),
        RecordPrompt(
            PromptRow(1, PromptKind.REMINDER, 1, "glute-bridge", shown, ZERO, None, Outcome.SNOOZED, shown)
        ),
        RecordExercise(
            ExerciseRow(2, "hip-hinge", begins + minutes(50), ZERO, minutes(1), minutes(1), True, Rating.EASY)
        ),
    )


@pytest.fixture
def logged(home: Places) -> Callable[..., None]:
    def write(day: date, *said: Recorded) -> None:
        home.state.mkdir(mode=0o700)
        opened = open_log(home.log, home.marker, day)
        log = SqliteLog(opened.connection, home.log, SystemClock(axis_at_launch(None)).mark)
        log.write((*a_day(day), *said), "{}")
        log.close()

    return write


def test_the_day_is_a_table_of_plain_text(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    today = desk().today
    logged(today)

    assert main(["today"]) == 0
    said = capsys.readouterr().out
    cells = [re.split(r"\s{2,}", line.strip()) for line in said.splitlines()[6:] if "  " in line.strip()]
    rows = {label: value for label, value, *_others in cells[::-1]}
    assert said.startswith(f"Today  {in_full(today)}, until ")
    assert rows["sitting"] == "51 min"
    assert rows["away"] == "4 min"
    assert "standing" not in rows
    assert rows["breaks"] == "1"
    assert rows["longest"] == "41 min"
    assert rows["reminders"] == rows["snoozed"] == rows["exercises"] == "1"
    assert all(len(line) <= 80 for line in said.splitlines())
    assert "\x1b" not in said


def test_the_day_as_json_has_the_keys_of_status_and_more(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    today = desk().today
    logged(today)

    assert main(["today", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in said if key not in ("figures", "aims", "reminders", "bouts")} == {
        "day": today.isoformat(),
        "sitting_s": 51 * 60,
        "standing_s": 0,
        "moving_s": 0,
        "away_s": 240,
        "unknown_s": 0,
        "inferred": {"sitting_s": 0, "standing_s": 0, "moving_s": 0, "away_s": 0, "unknown_s": 0},
        "tracked_s": 55 * 60,
        "complete": False,
        "breaks": 1,
        "breaks_by_kind": {"away": 1, "stood": 0, "moved": 0},
        "self_started": 0,
        "longest_s": 41 * 60,
        "exercises": 1,
        "activations": 1,
        "usual": None,
    }
    assert said["bouts"] == [
        {"start": f"{today}T09:00:00+00:00", "seconds": 41 * 60, "then": "away"},
        {"start": f"{today}T09:45:00+00:00", "seconds": 600, "then": None},
    ]
    assert said["reminders"]["given"] == said["reminders"]["by_outcome"]["snoozed"] == 1
    assert said["aims"]["longest"] == {"reached_s": 41 * 60, "limit_s": 3600, "met": None}


def test_a_running_daemon_adds_what_it_has_not_booked_yet(
    logged: Callable[..., None], daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk().today)
    daemon(
        lambda _request: {
            "ok": True,
            "says": "",
            "status": {"today": {"sitting_s": 3120, "away_s": 240, "longest_s": 2460}},
        }
    )

    assert main(["today", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sitting_s"] == 3120


def test_a_daemon_that_does_not_answer_leaves_the_log_to_speak(
    logged: Callable[..., None], daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk().today)
    daemon(lambda _request: {"ok": False})

    assert main(["today", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sitting_s"] == 51 * 60


def test_a_log_of_an_older_program_is_told_how_it_is_renewed(
    logged: Callable[..., None], home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk().today)
    with closing(sqlite3.connect(home.log)) as connection:
        connection.execute("PRAGMA user_version = 1")

    for command in (["today"], ["report", "week"], ["log"]):
        assert main(command) == 1
        assert "the log is of an older deskbreak; `deskbreak run` renews it" in capsys.readouterr().err


def test_a_goal_of_their_own_is_read_from_the_settings(
    logged: Callable[..., None], home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk().today)
    home.settings.write_text('daily_goal = "4h"\n')

    assert main(["today", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["aims"]["sitting"]["limit_s"] == 55 * 60 / 2


def test_the_day_begins_when_the_settings_say(
    logged: Callable[..., None], home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    day = desk().today
    logged(day)
    # Whatever the time is now: with a day that begins just after it, it is still the day before.
    now = glance().at
    home.settings.write_text(f'day_start = "{now + timedelta(minutes=2):%H:%M}"\n')

    assert glance().today in (now.date() - timedelta(days=1), now.date())
    assert glance().today == desk().today


def test_a_look_takes_the_same_settings_for_granted_as_everything_else(home: Places) -> None:
    usual, here = Settings(), glance()

    assert (here.day_start, here.daily_goal) == (usual.day_start, usual.daily_goal)
    assert here.days_off == frozenset(usual.days_off)
    assert here.places == home


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", ["today", "log", "report"])
def test_without_a_log_it_is_said_how_one_begins(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 1
    assert "there is no log yet" in capsys.readouterr().err


def test_the_log_tells_the_day_in_the_order_it_was_lived(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk().today)

    assert main(["log"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()[2:]]
    assert lines == [
        "09:00-09:41 41 min █ sitting by input",
        "09:30 reminder 1: Glute bridge, snoozed",
        "09:41 break: away, 4 min",
        "09:41-09:45 4 min · away by the lock",
        "09:45-09:55 10 min █ sitting by input",
        "09:50 1 min Hip hinge (in the chair), easy",
    ]


def test_the_log_says_what_a_reminder_was_held_back_by_and_when_it_was_answered(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    day = desk().today
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    held = Decision(Rule.LIMIT, minutes(30), minutes(30), None, minutes(0), (Hold.CALL, Hold.SHARING))
    reminder, standing = PromptKind.REMINDER, PromptKind.STANDING
    logged(
        day,
        RecordPrompt(PromptRow(8, reminder, 1, None, at, ZERO, held, Outcome.HELD, at)),
        RecordPrompt(
            PromptRow(
                9,
                standing,
                2,
                "half-kneeling-flexor-stretch",
                at,
                ZERO,
                None,
                Outcome.UNDELIVERED,
                at + minutes(5),
            )
        ),
    )

    assert main(["log"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert [" ".join(line.split()) for line in lines[-3:]] == [
        "10:00 reminder 1, held back (a call, screen sharing)",
        "10:00 standing reminder 2: Half-kneeling hip-flexor",
        "stretch, not delivered at 10:05",
    ]
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["log"]) == 0
    assert all(len(line) <= 40 for line in capsys.readouterr().out.splitlines())
    assert main(["log", "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said[-2]["held_by"] == ["call", "sharing"]
    assert said[-1]["outcome_at"] == f"{day}T10:05:00+00:00"


def test_the_log_tells_what_the_person_said_it_was_and_keeps_the_original(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    day = desk().today
    at = datetime(day.year, day.month, day.day, 9, 41, tzinfo=UTC)
    logged(day, RecordCorrection(Correction(minutes(41), minutes(4), at, ZERO, Posture.SITTING, at)))

    assert main(["log"]) == 0
    said = capsys.readouterr().out
    assert "sitting   by your word" in said
    assert "break" not in said
    assert main(["log", "--original"]) == 0
    said = capsys.readouterr().out
    assert "away      by the lock" in said
    assert "break: away" in said


def test_the_log_has_the_breaks_of_the_day_that_the_totals_have(
    home: Places, logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    day = desk().today
    logged(day)
    meanwhile = rows.ms_at(datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC))
    with closing(sqlite3.connect(home.log)) as connection:
        connection.execute("INSERT INTO machines VALUES (1, 'laptop', 0)")
        connection.execute(
            f"INSERT INTO elsewhere (machine, {rows.STRETCH})"
            " VALUES (1, 0, 1200000, ?, ?, 0, ?, 'sitting', 'input')",
            (meanwhile, meanwhile + 1_200_000, rows.number_of(day)),
        )
        connection.commit()

    assert main(["today", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["breaks"] == 0
    assert main(["log"]) == 0
    assert "break:" not in capsys.readouterr().out
    assert main(["log", "--original"]) == 0
    assert "break: away, 4 min" in capsys.readouterr().out


def test_the_log_as_json_is_one_object_a_line(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk().today)

    assert main(["log", "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [next(iter(entry)) for entry in said] == [
        "stretch", "prompt", "break", "stretch", "stretch", "exercise",
    ]  # fmt: skip
    assert said[0]["seconds"] == 41 * 60
    assert said[1]["outcome"] == "snoozed"


def test_another_day_is_asked_for_by_its_date(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    today = desk().today
    logged(today - timedelta(days=1))

    assert main(["log"]) == 0
    assert "The log holds nothing of this day." in capsys.readouterr().out
    assert main(["log", "yesterday"]) == 0
    assert "09:00-09:41" in capsys.readouterr().out
    assert main(["log", (today - timedelta(days=1)).isoformat()]) == 0
    assert "09:00-09:41" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_what_is_no_day_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["log", "someday"])

    assert ended.value.code == 2
    assert "'someday' is no day: write today, yesterday or a date" in capsys.readouterr().err


def test_where_there_is_no_utf_8_there_are_letters(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(desk().today)
    monkeypatch.setenv("LC_ALL", "C")

    for command in ("today", "log"):
        assert main([command]) == 0
        said = capsys.readouterr().out
        assert said.isascii()
        assert "# sitting" in said


@pytest.mark.parametrize("wish", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_the_same_text_on_a_terminal(
    logged: Callable[..., None],
    wish: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logged(desk().today)
    piped = _words(main, capsys)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    painted = _words(main, capsys)
    for name, value in wish.items():
        monkeypatch.setenv(name, value)

    assert "\x1b[" in painted
    assert _words(main, capsys) == piped
    assert "\x1b" not in piped


def _words(run: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["report", "yesterday"]) == 0
    assert run(["log"]) == 0
    return capsys.readouterr().out
