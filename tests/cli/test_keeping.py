"""Keeping the log: export, import, backup, restore, check and forget, as they are asked for."""

import json
import os
import pty
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.cli import main
from deskbreak.cli.reading import desk
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.coach.screening import Answers
from deskbreak.core.commands import ExerciseRow, Record, RecordBreak, RecordCorrection, RecordExercise
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.paths import Places
from deskbreak.ports import Recorded
from deskbreak.report.opening import written
from deskbreak.store import screening
from deskbreak.store.database import open_log, open_to_read
from deskbreak.store.log import SqliteLog
from tests.cli.conftest import Runs

ZERO = timedelta()
MONDAY = date(2025, 6, 2)
NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
Say = Callable[..., str]


def minutes(length: float) -> timedelta:
    return timedelta(minutes=length)


def sat(since: float, until: float, on: int = 0, posture: Posture = Posture.SITTING) -> Record:
    day = timedelta(days=on)
    at = NINE + day + minutes(since)
    length = minutes(until - since)
    how = How.INPUT if posture is Posture.SITTING else How.LOCK
    return Record(Row(day + minutes(since), length, at, at + length, ZERO, MONDAY + day, posture, how))


def write(home: Places, *said: Recorded) -> None:
    home.state.mkdir(mode=0o700, exist_ok=True)
    opened = open_log(home.log, home.marker, MONDAY)
    log = SqliteLog(opened.connection, home.log, SystemClock(axis_at_launch(None)).mark)
    log.write(said, "{}")
    log.close()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command, which must end with this status; returns what it printed."""

    def run(*words: str, status: int = 0) -> str:
        ended = main(words)
        printed = capsys.readouterr()
        assert ended == status, printed
        return printed.out + printed.err

    return run


def stretches(home: Places) -> list[tuple[str, int, int]]:
    with closing(open_to_read(home.log, writer_is_free=True)) as log:
        return log.execute("SELECT posture, began / 60000, length / 60000 FROM stretches").fetchall()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- export and import -----------------------------------------------------------------------------


def test_what_was_exported_comes_back_once(home: Places, say: Say) -> None:
    write(home, sat(0, 30), sat(30, 40, posture=Posture.AWAY), sat(0, 10, on=1))
    file = home.data / "mine.json"
    before = stretches(home)

    assert say("export", "--output", str(file)) == f"Written: {file}\n"
    say("forget", "--all", "--yes")
    write(home)

    assert say("import", str(file)) == "3 rows were added.\n"
    assert stretches(home) == before
    assert say("import", str(file)) == "All of it was in the log already.\n"
    assert stretches(home) == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_json_lines_can_be_piped_in(
    home: Places, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(home, sat(0, 30))
    piped = tmp_path / "piped"
    piped.write_text(say("export", "--format", "jsonl"))
    home.log.unlink()
    home.marker.unlink()

    with piped.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert json.loads(say("import", "-", "--json")) == {
            "elsewhere": False,
            "added": {"stretch": 1},
            "left_out": 0,
        }
    assert stretches(home) == [("sitting", 0, 30)]


def test_another_machines_log_is_told_apart(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    file = home.data / "theirs.json"
    say("export", "--output", str(file))
    theirs = json.loads(file.read_text())
    file.write_text(json.dumps({**theirs, "log": "another"}))

    assert say("import", str(file)) == (
        "Another machine's log: 1 stretch is new. It is told together with those here.\n"
    )
    assert say("import", str(file)) == "Another machine's log: all of it was here already.\n"
    assert stretches(home) == [("sitting", 0, 30)]


def test_what_another_machine_says_of_the_future_is_said(home: Places, say: Say) -> None:
    write(home, sat(0, 30), sat(0, 30, on=30_000))
    file = home.data / "theirs.json"
    say("export", "--output", str(file))
    file.write_text(json.dumps({**json.loads(file.read_text()), "log": "another"}))

    assert say("import", str(file)).endswith("1 stretch lies in the future and was left out.\n")


def test_a_broken_file_changes_nothing_and_is_told_of_in_one_line(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    file = home.data / "broken.json"
    say("export", "--format", "jsonl", "--output", str(file))
    file.write_text(file.read_text().replace('"sitting"', '"lying"'))
    before = contents(home.data)

    said = say("import", str(file), status=1)

    assert said.startswith(f"deskbreak: {file}: line 2: it cannot be a stretch")
    assert said.endswith("; nothing was changed\n")
    assert said.count("\n") == 1
    assert contents(home.data) == before
    assert say("import", "nowhere.json", status=1) == "deskbreak: nowhere.json: No such file or directory\n"


def test_what_would_block_is_no_export(home: Places, say: Say) -> None:
    pipe = home.data / "pipe"
    os.mkfifo(pipe)

    assert say("import", str(pipe), status=1) == f"deskbreak: {pipe}: it is no plain file\n"
    assert say("import", str(home.data), status=1) == f"deskbreak: {home.data}: it is no plain file\n"
    assert not home.log.exists()


def test_csv_and_activitywatch_are_printed_as_the_person_corrected_it(home: Places, say: Say) -> None:
    word = Correction(minutes(10), minutes(10), NINE + minutes(10), ZERO, Posture.STANDING, NINE, "phone")
    write(home, sat(0, 30), RecordCorrection(word))

    lines = say("export", "--format", "csv").split("\r\n")
    buckets = json.loads(say("export", "--format", "activitywatch"))["buckets"]

    assert [line.split(",")[5] for line in lines[1:-1] if line.startswith("stretch")] == [
        "sitting",
        "standing",
        "sitting",
    ]
    postures = next(bucket for bucket in buckets.values() if bucket["type"] == "posture")
    assert [event["data"]["posture"] for event in postures["events"]] == ["sitting", "standing", "sitting"]


def test_a_break_that_the_person_says_was_none_is_in_no_table(home: Places, say: Say) -> None:
    away = Break(1, BreakKind.AWAY, minutes(30), minutes(10), NINE + minutes(30), ZERO, MONDAY)
    write(home, sat(0, 30), sat(30, 40, posture=Posture.AWAY), sat(40, 50), RecordBreak(away))
    assert "break,2025-06-02,2025-06-02T09:30:00.000+00:00" in say("export", "--format", "csv")

    word = Correction(minutes(30), minutes(10), NINE + minutes(30), ZERO, Posture.SITTING, NINE)
    write(home, RecordCorrection(word))

    assert "\nbreak," not in say("export", "--format", "csv")


def test_a_span_is_exported_alone(home: Places, say: Say) -> None:
    write(home, *(sat(0, 30, on=day) for day in range(4)))

    for form in ("jsonl", "csv"):
        said = say("export", "--format", form, "--from", "2025-06-03", "--to", "2025-06-04")
        assert [day for day in ("02", "03", "04", "05") if f"2025-06-{day}T09" in said] == ["03", "04"]


def test_an_anonymous_export_names_nobody_and_cannot_come_back(home: Places, say: Say) -> None:
    screening.write(home.screening, Answers())
    mine = ExerciseRow(1, "my-stretch", NINE, ZERO, minutes(1), minutes(1), True, None)
    word = Correction(minutes(10), minutes(10), NINE + minutes(10), ZERO, Posture.STANDING, NINE, "dentist")
    write(home, sat(0, 30), RecordExercise(mine), RecordCorrection(word))
    whole = say("export")
    assert "dentist" in whole
    assert "my-stretch" in whole

    for form in ("json", "jsonl", "csv", "activitywatch"):
        said = say("export", "--format", form, "--anonymous")
        assert not [
            word
            for word in ("dentist", "my-stretch", "2025-06", json.loads(whole)["log"], os.uname().nodename)
            if word in said
        ]
        file = home.data / f"nobodys.{form}"
        file.write_text(said)
        assert "nothing was changed" in say("import", str(file), status=1)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "activitywatch"])
def test_no_export_holds_the_answers_to_the_screening(home: Places, say: Say, form: str) -> None:
    write(home, sat(0, 30))
    before = say("export", "--format", form)
    say("screening", "--answer", "1=yes,2=yes,3=yes,4=no,5=yes,6=yes,7=yes")

    said = say("export", "--format", form)

    assert len(said) == len(before)
    assert "screening" not in said


def test_an_export_that_was_there_is_replaced_and_nothing_else_ever(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    file = home.data / "mine.csv"
    file.write_text("old")
    folder = home.data / "folder"
    folder.mkdir()

    say("export", "--format", "csv", "-o", str(file))

    assert file.read_text().startswith("record,")
    assert "it is no plain file" in say("export", "-o", str(folder), status=1)
    assert "No such file" in say("export", "-o", str(folder / "a" / "b"), status=1)
    assert not list(home.data.rglob("*.new"))


def test_who_reads_only_the_beginning_of_an_export_gets_no_error(home: Places) -> None:
    write(home, *(sat(0, 30, on=day) for day in range(2000)))
    export = subprocess.run(
        [f"{sys.executable} -m deskbreak export --format csv | head -1"],
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert export.stdout.startswith("record,day,")
    assert export.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--format", "xml"),
        ("export", "--from", "yesterday-ish"),
        ("export", "--from", "2025-06-03", "--to", "2025-06-02"),
        ("forget",),
        ("forget", "--all", "--before", "2025-06-03"),
        ("forget", "--before", "june"),
        ("restore",),
        ("backup", "x", "--nightly"),
    ],
)
def test_wrong_usage_is_refused_with_status_2(
    words: tuple[str, ...], home: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "Try: deskbreak" in capsys.readouterr().err


# --- backup, restore, check ------------------------------------------------------------------------


def test_a_backup_goes_beside_the_log_or_where_the_person_wants_it(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    mine = home.data.parent / "mine.sqlite3"
    today = desk().today

    first = say("backup")
    second = json.loads(say("backup", "--json"))["file"]
    third = say("backup", str(mine))

    assert first.startswith(
        f"Backed up and verified: {home.data}/backups/deskbreak-{today.isoformat()}.sqlite3 ("
    )
    assert second == f"{home.data}/backups/deskbreak-{today.isoformat()}.2.sqlite3"
    assert third.startswith(f"Backed up and verified: {mine} (")
    assert "there is a file of this name already" in say("backup", str(mine), status=1)


def test_while_a_daemon_runs_the_log_can_be_backed_up_and_checked(
    home: Places, daemon: Runs, say: Say
) -> None:
    home.state.mkdir(mode=0o700)
    opened = open_log(home.log, home.marker, MONDAY)
    log = SqliteLog(opened.connection, home.log, SystemClock(axis_at_launch(None)).mark)
    log.write((sat(0, 30),), "{}")

    nothing = say("backup", "--nightly")
    sound = say("check")

    assert nothing == ""
    assert f"The last nightly backup is that of {desk().today.isoformat()}.\n" in sound
    log.close()


def test_while_a_daemon_runs_nothing_is_restored_imported_or_forgotten(
    home: Places, daemon: Runs, say: Say
) -> None:
    write(home, sat(0, 30))
    say("backup", str(home.data / "b.sqlite3"))
    say("export", "-o", str(home.data / "e.json"))
    before = contents(home.data)

    for words in (
        ("restore", str(home.data / "b.sqlite3"), "--yes"),
        ("import", str(home.data / "e.json")),
        ("forget", "--all", "--yes"),
        ("forget", "--before", "2025-06-03", "--yes"),
    ):
        assert say(*words, status=1) == (
            f"deskbreak is running (process {os.getpid()}); end it first: deskbreak quit\n"
        )
    assert contents(home.data) == before


def test_a_backup_is_restored_and_the_log_before_it_kept(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    backup = home.data.parent / "b.sqlite3"
    say("backup", str(backup))
    write(home, sat(40, 50))
    kept = home.data / f"deskbreak.replaced-{desk().today.isoformat()}.sqlite3"

    said = say("restore", str(backup), "--yes")

    assert said == f"The log is that of {backup} now: 2025-06-02.\nThe one before it is kept as {kept}\n"
    assert stretches(home) == [("sitting", 0, 30)]
    assert json.loads(say("restore", str(kept), "--yes", "--json"))["restored"] == str(kept)
    assert len(stretches(home)) == 2


def test_what_is_no_backup_is_refused_before_anything_is_asked(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    letter = home.data / "letter.txt"
    letter.write_text("Dear Anna")

    assert say("restore", str(letter), status=1) == f"deskbreak: {letter}: it is no SQLite database\n"


def test_a_sound_log_is_said_to_be_and_a_damaged_one_is_not(home: Places, say: Say) -> None:
    write(home, sat(0, 30), sat(0, 30, on=1))

    assert say("check") == f"The log is sound: {home.log}\nIt holds 2025-06-02 to 2025-06-03.\n"

    with closing(open_log(home.log, home.marker, MONDAY).connection) as log:
        log.execute("UPDATE stretches SET day = 20250699 WHERE began = 0")
    said = say("check", status=1)
    assert said.startswith("Row 0 of stretches cannot be believed and is left out: ")
    found = json.loads(say("check", "--json", status=1))
    assert (found["sound"], len(found["findings"]), found["last_backup"]) == (False, 1, None)


# --- forget ----------------------------------------------------------------------------------------


def test_days_before_a_date_are_erased_with_the_pages_made_of_them(home: Places, say: Say) -> None:
    write(home, sat(0, 30), sat(0, 30, on=1))
    say("backup")
    page = written("<p>Monday", "log", home)
    home.diary.write_text("2025-06-02 WARNING")

    assert say("forget", "--before", "2025-06-03", "--yes") == "It is erased for good.\n"

    assert stretches(home) == [("sitting", 1440, 30)]
    assert not page.exists()
    assert not home.diary.exists()
    assert "2025-06-03" in say("check")


def test_all_of_it_is_erased_the_answers_to_the_screening_too(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    say("backup")
    screening.write(home.screening, Answers())
    home.settings.write_text('sit_limit = "25m"\n')
    page = written("<p>Monday", "log", home)
    diaries = [home.diary, home.diary.with_name("deskbreak.log.1")]
    for diary in diaries:
        diary.write_text("2025-06-02 WARNING")

    told = json.loads(say("forget", "--all", "--yes", "--json"))

    assert told == {"forgotten": "all"}
    assert sorted(path.name for path in home.data.iterdir()) == ["deskbreak.lock"]
    assert not any(path.exists() for path in (page, *diaries))
    assert home.settings.exists()
    assert "there is no log yet" in say("today", status=1)


def test_a_day_that_is_yet_to_come_is_refused(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    tomorrow = (desk().today + timedelta(days=1)).isoformat()

    said = say("forget", "--before", tomorrow, "--yes", status=1)

    assert said == f"deskbreak: {tomorrow} is yet to come; to erase everything: deskbreak forget --all\n"


def test_without_a_log_there_is_nothing_to_forget_before(home: Places, say: Say) -> None:
    assert "there is no log yet" in say("forget", "--before", "2025-06-03", "--yes", status=1)
    assert not home.log.exists()


# --- asking ----------------------------------------------------------------------------------------


def asked(answer: bytes, *words: str) -> tuple[int, str]:
    """The command at a terminal of its own, where a person gives this answer."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "deskbreak", *words],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as command:
        os.write(ours, answer)
        said, _none = command.communicate(timeout=60)
    os.close(theirs)
    os.close(ours)
    return command.returncode, said


def test_who_is_not_at_a_terminal_must_say_yes_beforehand(
    home: Places, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, sat(0, 30))
    with open(os.devnull, encoding="utf-8") as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)

        said = say("forget", "--all", status=1)

    assert said == "deskbreak: nobody can be asked here; to go on without a question: --yes\n"
    assert stretches(home)


@pytest.mark.parametrize("answer", [b"n\n", b"\n", b"\x04"])
def test_anything_but_yes_changes_nothing(home: Places, answer: bytes) -> None:
    write(home, sat(0, 30))
    before = contents(home.data)

    status, said = asked(answer, "forget", "--all")

    assert status == 1
    assert "This erases for good: the log, pages made from it" in said
    assert said.rstrip().endswith("Nothing was changed.")
    assert contents(home.data) == before


def test_a_yes_at_the_terminal_is_enough(home: Places, say: Say) -> None:
    write(home, sat(0, 30))
    backup = home.data.parent / "b.sqlite3"
    say("backup", str(backup))
    write(home, sat(40, 50))

    status, said = asked(b"y\n", "restore", str(backup))

    assert status == 0
    assert f"{backup} holds 2025-06-02. It is put in the place of the log" in " ".join(said.split())
    assert stretches(home) == [("sitting", 0, 30)]
