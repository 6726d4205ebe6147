"""The day, with and without a daemon."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.commands import (
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
)
from deskbreak.core.events import Rating
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.paths import Places
from deskbreak.ports import Recorded
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog
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


def test_the_day_is_a_small_table(logged: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    today = desk().today
    logged(today)

    assert main(["today"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Today, {today:%a} {today.isoformat()}\n")
    rows = {line.split()[0]: line.split() for line in said.splitlines() if line.startswith("  ")}
    assert rows["sitting"][1:3] == ["51", "min"]
    assert rows["sitting"][-1] == "93%"
    assert rows["away"][1:3] == ["4", "min"]
    assert "standing" not in rows
    assert "  1 break: 1 away.\n  Longest stretch of sitting: 41 min.\n" in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_the_day_as_json_has_the_keys_of_status(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    today = desk().today
    logged(today)

    assert main(["today", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "day": today.isoformat(),
        "sitting_s": 51 * 60,
        "standing_s": 0,
        "moving_s": 0,
        "away_s": 240,
        "unknown_s": 0,
        "breaks": 1,
        "longest_s": 41 * 60,
        "breaks_by_kind": {"away": 1, "stood": 0, "moved": 0},
    }


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


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", ["today", "log"])
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
        "09:00-09:41 41 min sitting (input)",
        "09:30 reminder 1: Glute bridge -> snoozed",
        "09:41 break: away",
        "09:41-09:45 4 min away (lock)",
        "09:45-09:55 10 min sitting (input)",
        "09:50 1 min Hip hinge (activation), easy",
    ]


def test_the_log_tells_what_the_person_said_it_was_and_keeps_the_original(
    logged: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    day = desk().today
    at = datetime(day.year, day.month, day.day, 9, 41, tzinfo=UTC)
    logged(day, RecordCorrection(Correction(minutes(41), minutes(4), at, ZERO, Posture.SITTING, at)))

    assert main(["log"]) == 0
    said = capsys.readouterr().out
    assert "sitting   (user)" in said
    assert "break" not in said
    assert main(["log", "--original"]) == 0
    said = capsys.readouterr().out
    assert "away      (lock)" in said
    assert "break: away" in said


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
    assert "DAY is today, yesterday, or a date" in capsys.readouterr().err
