"""Correcting from the command line, without a daemon and with one; the list, and taking back."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.commands import Record
from deskbreak.core.postures import How, Posture, Row, Word
from deskbreak.daemon.wire import Correct, Request, TakeBack
from deskbreak.paths import Places
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog
from tests.cli.conftest import Runs

HOUR = timedelta(hours=1)
Capture = pytest.CaptureFixture[str]
Says = Callable[..., tuple[int, str, str]]


@pytest.fixture
def yesterday(home: Places) -> date:
    """From nine to twelve of that day the person sat, from twelve to one nothing is known."""
    day = desk().today - timedelta(days=1)
    nine = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    def row(start: int, end: int, posture: Posture) -> Record:
        began, ended = start * HOUR, end * HOUR
        return Record(
            Row(began, ended - began, nine + began, nine + ended, timedelta(), day, posture, How.INPUT)
        )

    home.state.mkdir(mode=0o700)
    opened = open_log(home.log, home.marker, day)
    log = SqliteLog(opened.connection, home.log, SystemClock(axis_at_launch(None)).mark)
    log.write((row(0, 3, Posture.SITTING), row(3, 4, Posture.UNKNOWN)), "the state")
    log.close()
    return day


@pytest.fixture
def says(capsys: Capture) -> Says:
    """Runs one command; returns its status, and what it writes on either channel."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


# Without a daemon.


def test_a_correction_is_noted_and_changes_what_is_reported(yesterday: date, says: Says) -> None:
    status, out, err = says("correct", "9:30-10:00", "away", "--day", "yesterday")

    assert (status, err) == (0, "")
    assert out.startswith("Noted: away from ")
    assert out.endswith(" 09:30 to 10:00.\n")
    log = says("log", "yesterday")[1]
    assert "09:30-10:00      30 min  · away      by your word" in log
    assert "by your word" not in says("log", "yesterday", "--original")[1]
    assert says("log", yesterday.isoformat())[1] == log


def test_what_a_later_launch_goes_on_from_stays_what_it_is(yesterday: date, says: Says, home: Places) -> None:
    says("correct", f"{yesterday}T09:30-10:00", "away")

    opened = open_log(home.log, home.marker, yesterday)
    log = SqliteLog(opened.connection, home.log, SystemClock(axis_at_launch(None)).mark)
    assert log.state() == "the state"
    log.close()


def test_the_list_has_them_all_with_their_notes(yesterday: date, says: Says) -> None:
    assert says("corrections")[1] == "Nothing was corrected yet.\n"
    says("correct", "09:30-10:00", "away", "--day", "yesterday", "--note", "  the  postman ")
    says("correct", "10:00-10:15", "moving", "--day", yesterday.isoformat())

    status, out, _err = says("corrections")
    assert status == 0
    first, note, second = out.splitlines()
    assert first.startswith(f"   1  {yesterday:%a} {yesterday}  09:30-10:00       30 min  away      said ")
    assert note == "      the postman"
    assert second.startswith(f"   2  {yesterday:%a} {yesterday}  10:00-10:15       15 min  moving    said ")
    assert all(len(line) <= 80 for line in out.splitlines())
    assert [entry["number"] for entry in json.loads(says("corrections", "--json")[1])] == [1, 2]
    told = json.loads(says("corrections", "--json")[1])[0]
    assert told | {"said": ""} == {
        "number": 1,
        "start": f"{yesterday}T09:30:00+00:00",
        "end": f"{yesterday}T10:00:00+00:00",
        "seconds": 1800,
        "posture": "away",
        "note": "the postman",
        "said": "",
        "undone": False,
    }


def test_each_can_be_taken_back_once(yesterday: date, says: Says) -> None:
    says("correct", "09:30-10:00", "away", "--day", "yesterday")
    before = says("log", "yesterday", "--original")[1]

    status, out, _err = says("corrections", "undo", "1")
    assert status == 0
    assert out.startswith("Taken back: away from ")
    assert says("log", "yesterday")[1] == before
    assert "taken back" in says("corrections")[1]
    assert says("corrections", "undo", "1") == (1, "", "Correction 1 was taken back already.\n")
    status, out, _err = says("corrections", "undo", "9", "--json")
    assert (status, json.loads(out)["says"]) == (
        1,
        "There is no correction 9; all of them: deskbreak corrections",
    )


@pytest.mark.usefixtures("yesterday")
def test_a_pipe_is_told_what_speaks_against_it_and_what_to_write(says: Says) -> None:
    status, out, err = says("correct", "11:30-12:30", "away", "--day", "yesterday")

    assert (status, out) == (1, "")
    assert err.startswith("Nothing was observed from ")
    assert err.endswith("Nobody can be asked here; to note it all the same: --yes\n")
    assert says("corrections")[1] == "Nothing was corrected yet.\n"
    status, out, _err = says("correct", "11:30-12:30", "away", "--day", "yesterday", "--json")
    assert status == 1
    assert len(json.loads(out)["asks"]) == 1
    assert says("correct", "11:30-12:30", "away", "--day", "yesterday", "--yes")[0] == 0


@pytest.mark.usefixtures("yesterday")
def test_at_a_terminal_the_person_is_asked(says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(["", "y"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("builtins.input", answer)

    status, out, _err = says("correct", "11:30-12:30", "away", "--day", "yesterday")
    assert (status, "Nothing was observed" in out, "Nothing was changed." in out) == (1, True, True)
    assert says("corrections")[1] == "Nothing was corrected yet.\n"

    status, out, _err = says("correct", "11:30-12:30", "away", "--day", "yesterday")
    assert (status, "Noted: away" in out, len(asked)) == (0, True, 2)


def test_more_than_a_day_is_asked_about(yesterday: date, says: Says) -> None:
    before = yesterday - timedelta(days=1)
    _status, _out, err = says("correct", f"{before}T09:00-{yesterday}T10:00", "away")

    assert "That is 25 h, more than a day." in err
    assert "The log holds nothing from " in err


@pytest.mark.usefixtures("yesterday")
def test_what_cannot_be_is_refused_with_the_reason(says: Says) -> None:
    soon = (desk().now.wall + HOUR).isoformat(timespec="minutes")[:16]
    later = (desk().now.wall + 2 * HOUR).isoformat(timespec="minutes")[:16]

    assert "is still to come: it is " in says("correct", f"{soon}-{later}", "away")[2]
    assert "ends before it begins" in says("correct", "10:00-09:30", "away", "--day", "yesterday")[2]
    assert "or at once" in says("correct", "10:00-10:00", "away", "--day", "yesterday")[2]
    assert "holds nothing" in says("correct", "06:00-06:30", "away", "--day", "yesterday", "--yes")[2]


def test_over_the_start_of_a_day_the_dates_are_to_be_written(yesterday: date, says: Says) -> None:
    before = yesterday - timedelta(days=1)
    dated = f"{before}T23:00-{yesterday}T09:30"

    status, _out, err = says("correct", "--day", before.isoformat(), "23:00-09:30", "away")

    assert (status, err) == (
        1,
        "deskbreak: that time ends before it begins: 09:30 is on the same day, which lasts until 04:00."
        f" For the next day: {dated}\n",
    )
    assert says("correct", dated, "away", "--yes")[0] == 0


@pytest.mark.usefixtures("yesterday")
def test_a_time_that_is_still_to_come_today_may_have_been_yesterdays(says: Says) -> None:
    # One minute before the day ends is to come whenever this runs, but for that one minute.
    status, _out, err = says("correct", "03:58-03:59", "away")

    assert status == 1
    assert err.endswith("For the day before: --day yesterday\n")


@pytest.mark.usefixtures("home")
def test_a_time_that_the_clock_skipped_never_was(says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")

    assert "never was" in says("correct", "2025-03-30T02:30-03:30", "away")[2]


@pytest.mark.usefixtures("home")
def test_without_a_log_it_is_said_how_one_begins(says: Says, home: Places) -> None:
    for words in (("correct", "09:00-09:30", "away", "--day", "yesterday"), ("corrections",)):
        assert "there is no log yet" in says(*words)[2]
    assert "there is no log yet" in says("corrections", "undo", "1")[2]
    assert not home.log.exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [
        ("correct", "nine to ten", "away"),
        ("correct", "25:00-26:00", "away"),
        ("correct", "09:00-09:30", "unknown"),
        ("correct", "09:00-09:30", "away", "--day", "someday"),
        ("correct", "09:00-09:30", "away", "--day", "2026-13-40"),
        ("correct", "0001-01-01T09:00-09:30", "away"),
        ("correct", "09:00-09:30", "away", "--note", " "),
        ("correct", "09:00-09:30", "away", "--note", "x" * 201),
        ("corrections", "undo"),
        ("corrections", "undo", "one"),
    ],
)
def test_what_is_no_time_no_day_and_no_number_is_wrong_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2


# With a daemon.


def answers(**said: object) -> Callable[[Request], dict[str, object]]:
    return lambda _request: {"ok": True, "says": "Noted.", "status": {}, "asks": [], **said}


def test_a_running_daemon_is_told(daemon: Runs, says: Says) -> None:
    asked = daemon(answers())
    day = desk().today - timedelta(days=1)
    start = datetime(day.year, day.month, day.day, 23, 50, tzinfo=UTC)

    assert says("correct", "23:50-00:20", "standing", "--day", "yesterday", "--note", "talk") == (
        0,
        "Noted.\n",
        "",
    )
    says("correct", "23:50-now", "away", "--day", "yesterday", "--yes")

    assert asked == [
        Correct(Word(start, start + HOUR / 2, Posture.STANDING, "talk"), sure=False),
        Correct(Word(start, None, Posture.AWAY), sure=True),
    ]


def test_what_the_daemon_asks_back_is_asked_and_its_refusal_is_said(
    daemon: Runs, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = daemon(answers(ok=False, says="Nothing was observed.", asks=["Nothing was observed."]))
    correct = ("correct", "09:00-09:30", "away", "--day", "yesterday")

    assert says(*correct)[2].startswith("Nothing was observed. Nobody can be asked here")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _prompt: "yes")
    says(*correct)

    assert [request.sure for request in asked if isinstance(request, Correct)] == [False, False, True]


def test_a_time_that_came_twice_is_said_to_have(
    daemon: Runs, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = daemon(answers())
    monkeypatch.setenv("TZ", "Europe/Berlin")

    first = says("correct", "2025-10-26T02:30-03:30", "away")[1]
    second = says("correct", "2025-10-26T02:30-03:30", "away", "--second")[1]

    assert first == "Noted. 02:30 came twice on 2025-10-26: the first one is meant (else: --second).\n"
    assert second == "Noted. 02:30 came twice on 2025-10-26: the second one is meant.\n"
    words = [request.word for request in asked if isinstance(request, Correct)]
    assert words[1].start - words[0].start == HOUR


def test_a_running_daemon_takes_back(daemon: Runs, says: Says) -> None:
    asked = daemon(answers(says="Taken back."))

    assert says("corrections", "undo", "3") == (0, "Taken back.\n", "")
    assert asked == [TakeBack(3)]
