"""What goes out of a log comes back into it: once, and into no other machine's rows."""

import json
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.commands import Record, RecordBreak, RecordCorrection, Uncorrect
from deskbreak.core.postures import How, Posture
from deskbreak.ports import Recorded
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from deskbreak.store.migrate import transaction
from deskbreak.store.own_json import ExportError, records, taken_apart, written
from deskbreak.store.taking_in import TakenIn, name_of, take_in
from tests.fakes import FakeClock
from tests.store.diary import MONDAY, NINE, minutes, said, sat, stood, stretch, took_a_break, was_away
from tests.store.lives import lives

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=30)

# A log is made anew for each example, which takes a while on a busy machine.
law = settings(max_examples=60, deadline=None)


def a_log(*recorded: Recorded) -> sqlite3.Connection:
    connection = in_memory()
    log = SqliteLog(connection, IN_MEMORY, FakeClock().mark)
    log.write(recorded, "{}")
    log.put_in_force({"sit_limit": '"30m"'}, NINE)
    return connection


def exported(
    log: sqlite3.Connection,
    now: datetime = NOON,
    as_lines: bool = False,
    days: tuple[date, date] | None = None,
) -> bytes:
    found = records(log, days, NINE - timedelta(hours=5), NINE + timedelta(hours=19))
    return "".join(written(log, found, now, as_lines)).encode()


def imported(log: sqlite3.Connection, file: bytes, now: datetime = LATER) -> TakenIn:
    source, found = taken_apart(file)
    with transaction(log):
        return take_in(log, source, found, now)


def everything(log: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = ("identity", "stretches", "breaks", "prompts", "exercises", "corrections", "levels", "settings")
    return {table: log.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in tables}


def lived(log: sqlite3.Connection) -> list[tuple[str, float, float]]:
    """Posture, and from which to which minute of the elapsed clock, as they lie in the log."""
    found = log.execute("SELECT posture, began, began + length FROM stretches ORDER BY began")
    return [(posture, low / 60_000, high / 60_000) for posture, low, high in found]


def elsewhere(log: sqlite3.Connection) -> list[tuple[str, float, float]]:
    found = log.execute("SELECT posture, began, began + length FROM elsewhere ORDER BY machine, began")
    return [(posture, low / 60_000, high / 60_000) for posture, low, high in found]


# --- laws ------------------------------------------------------------------------------------------


@law
@given(lives())
def test_export_then_import_is_the_identity(life: tuple[Recorded, ...]) -> None:
    with closing(a_log(*life)) as old, closing(in_memory()) as new:
        imported(new, exported(old))

        assert everything(new) == {**everything(old)}


@law
@given(lives())
def test_json_lines_hold_the_same_as_json(life: tuple[Recorded, ...]) -> None:
    with closing(a_log(*life)) as log:
        assert taken_apart(exported(log, as_lines=True)) == taken_apart(exported(log))


@law
@given(lives())
def test_importing_twice_changes_nothing(life: tuple[Recorded, ...]) -> None:
    with closing(a_log(*life)) as log:
        before = everything(log)

        taken = imported(log, exported(log))

        assert everything(log) == before
        assert not any(taken.added.values())


@law
@given(lives(), lives())
def test_another_machines_log_taken_in_twice_is_there_once(
    ours: tuple[Recorded, ...], theirs: tuple[Recorded, ...]
) -> None:
    with closing(a_log(sat(0, 1), *ours)) as here, closing(a_log(*theirs)) as there:
        before = everything(here)
        imported(here, exported(there))
        once = elsewhere(here)

        again = imported(here, exported(there))

        assert elsewhere(here) == once
        assert not again.added["stretch"]
        assert everything(here) == before


@law
@given(lives(), lives())
def test_what_is_added_overlaps_nothing(first: tuple[Recorded, ...], second: tuple[Recorded, ...]) -> None:
    """Two exports of one log that went apart, as after an old backup was put back."""
    with closing(a_log(*first)) as here, closing(a_log(*second)) as there:
        there.execute("UPDATE identity SET log = ?", (name_of(here),))
        kept = lived(here)
        imported(here, exported(there))

        rows = [row for row in lived(here) if row[1] < row[2]]
        assert all(earlier[2] <= later[1] for earlier, later in pairwise(rows))
        assert {row for row in kept if row[1] < row[2]} <= set(rows)


# --- the same log ----------------------------------------------------------------------------------


def test_only_the_time_that_the_log_lacks_is_added() -> None:
    with closing(a_log(sat(0, 30), was_away(30, 40), sat(40, 60))) as log:
        file = exported(log)
        log.execute("DELETE FROM stretches WHERE posture = 'away'")
        log.execute("UPDATE stretches SET length = 1200000 WHERE began = 0")

        taken = imported(log, file)

        assert lived(log) == [("sitting", 0, 20), ("sitting", 20, 30), ("away", 30, 40), ("sitting", 40, 60)]
        assert taken.added["stretch"] == 2


def test_what_has_grown_since_the_export_stays_grown() -> None:
    with closing(a_log(sat(0, 30))) as log:
        file = exported(log)
        log.execute("UPDATE stretches SET length = 3600000, end_at = end_at + 1800000")

        imported(log, file)

        assert lived(log) == [("sitting", 0, 60)]


def test_what_comes_back_never_bears_a_number_that_the_daemon_will_give() -> None:
    with closing(a_log(sat(0, 30), RecordBreak(took_a_break(7, 30, 5)))) as log:
        file = exported(log)
        log.execute("UPDATE breaks SET spell = 1, began = 0")

        imported(log, file)

        assert log.execute("SELECT spell, began FROM breaks ORDER BY spell").fetchall() == [
            (-1, 1_800_000),
            (1, 0),
        ]


def test_a_correction_that_comes_back_is_no_later_word_than_it_was() -> None:
    earlier, later = said(0, 30, Posture.AWAY), said(0, 30, Posture.STANDING)
    with closing(a_log(sat(0, 30), RecordCorrection(earlier))) as log:
        file = exported(log)
        log.execute("DELETE FROM corrections")
        log.execute("UPDATE identity SET log = log")
        SqliteLog(log, IN_MEMORY, FakeClock().mark).write((RecordCorrection(later),), "{}")
        log.execute("UPDATE corrections SET said_at = said_at + 1000")

        imported(log, file)

        said_now = log.execute("SELECT posture FROM corrections ORDER BY id").fetchall()
        assert said_now == [("away",), ("standing",)]


def test_a_few_days_can_go_out_alone() -> None:
    tuesday = MONDAY + timedelta(days=1)
    with closing(a_log(sat(0, 30), sat(1440, 1470, tuesday))) as log, closing(in_memory()) as new:
        imported(new, exported(log, days=(MONDAY, MONDAY)))

        assert lived(new) == [("sitting", 0, 30)]


def test_damaged_rows_stay_at_home() -> None:
    with closing(a_log(was_away(0, 30), sat(30, 40))) as log, closing(in_memory()) as new:
        log.execute("UPDATE stretches SET day = 20259999 WHERE began = 0")

        imported(new, exported(log))

        assert lived(new) == [("sitting", 30, 40)]


def test_a_log_in_which_nothing_was_lived_goes_on_with_the_one_that_is_taken_in() -> None:
    with closing(a_log(sat(0, 30))) as old, closing(a_log()) as new:
        imported(new, exported(old))

        assert name_of(new) == name_of(old)
        # A restart goes on from the last row, and not from a state that knows of none.
        assert new.execute("SELECT COUNT(*) FROM state").fetchone() == (0,)


# --- another machine's -----------------------------------------------------------------------------


def test_another_machines_stretches_are_kept_apart_as_they_were_corrected_there() -> None:
    with closing(a_log(sat(0, 10))) as here, closing(a_log(sat(0, 30), stood(30, 40))) as there:
        SqliteLog(there, IN_MEMORY, FakeClock().mark).write(
            (RecordCorrection(said(10, 20, Posture.AWAY)),), "{}"
        )

        taken = imported(here, exported(there))

        assert taken.elsewhere
        assert lived(here) == [("sitting", 0, 10)]
        assert elsewhere(here) == [
            ("sitting", 0, 10),
            ("away", 10, 20),
            ("sitting", 20, 30),
            ("standing", 30, 40),
        ]


def test_a_newer_export_of_the_other_machine_is_right_and_an_older_one_only_adds() -> None:
    with closing(a_log(sat(0, 10))) as here, closing(a_log(sat(0, 30))) as there:
        old = exported(there, NOON)
        log = SqliteLog(there, IN_MEMORY, FakeClock().mark)
        log.write((RecordCorrection(said(10, 30, Posture.AWAY)), stood(30, 40)), "{}")
        new = exported(there, NOON + timedelta(hours=1))

        imported(here, old)
        imported(here, new)
        imported(here, old)

        assert elsewhere(here) == [("sitting", 0, 10), ("away", 10, 30), ("standing", 30, 40)]


def test_what_another_machine_says_of_the_future_is_left_out() -> None:
    with closing(a_log(sat(0, 10))) as here, closing(a_log(sat(0, 30), sat(100, 130))) as there:
        taken = imported(here, exported(there), NINE + minutes(60))

        assert taken.ahead == 1
        assert elsewhere(here) == [("sitting", 0, 30)]


def test_a_correction_taken_back_there_is_none_here() -> None:
    with closing(a_log(sat(0, 10))) as here, closing(a_log(sat(0, 30))) as there:
        word = said(0, 30, Posture.AWAY)
        log = SqliteLog(there, IN_MEMORY, FakeClock().mark)
        log.write((RecordCorrection(word), Uncorrect(word)), "{}")

        imported(here, exported(there))

        assert elsewhere(here) == [("sitting", 0, 30)]


# --- hostile and broken files ----------------------------------------------------------------------


def a_file(**head: object) -> dict[str, object]:
    said = {"format": "deskbreak log", "version": 1, "log": "ab" * 16, "exported": NOON.isoformat()}
    return {**said, "records": [], **head}


A_STRETCH = {
    "record": "stretch",
    "clock": 0.0,
    "seconds": 60.0,
    "start": "2025-06-02T11:00:00.000+02:00",
    "end": "2025-06-02T11:01:00.000+02:00",
    "day": "2025-06-02",
    "posture": "sitting",
    "how": "input",
}

BROKEN = {
    "nothing": (b"", "line 1: it is no JSON (Expecting value)"),
    "half": (exported(a_log(sat(0, 1)))[:-4], "line 3: it is no JSON"),
    "bytes": (b"{\n\xff\xfe", "line 2: it is not text in UTF-8"),
    "a list": (b"[]", "it is no export of deskbreak's own"),
    "another program's": (b'{"buckets": {}}', "it is no export of deskbreak's own"),
    "no records": (json.dumps(a_file(records=None)).encode(), "it is no export of deskbreak's own"),
    "newer": (json.dumps(a_file(version=2)).encode(), "it is of a newer deskbreak (format 2)"),
    "true": (json.dumps(a_file(version=True)).encode(), "it is no export of deskbreak's own"),
    "nobody's": (json.dumps(a_file(log=None)).encode(), "an anonymous export says neither whose nor when"),
    "a path": (json.dumps(a_file(log="../x")).encode(), "its head does not say whose log it is"),
    "whenever": (json.dumps(a_file(exported="soon")).encode(), "its head does not say whose log it is"),
    "deep": (b"[" * 100_000, "it is no JSON that anybody wrote"),
    "digits": (b'{"format": ' + b"9" * 5000 + b"}", "it is no JSON (Exceeds the limit"),
    "NaN": (b'{"format": NaN}', "it is no JSON (NaN is no number)"),
}

IMPOSSIBLE: dict[str, tuple[object, str]] = {
    "no object": (7, "record 2: it is no object"),
    "no such": ({**A_STRETCH, "record": "walk"}, "record 2: there are no records called 'walk'"),
    "unhashable": ({**A_STRETCH, "record": []}, "record 2: there are no records called []"),
    "a posture": ({**A_STRETCH, "posture": "lying"}, "record 2: it cannot be a stretch"),
    "negative": ({**A_STRETCH, "seconds": -1}, "record 2: it cannot be a stretch: "),
    "too long": ({**A_STRETCH, "seconds": 1e6}, "record 2: it cannot be a stretch"),
    "infinite": ({**A_STRETCH, "seconds": "1e999"}, "record 2: seconds is a number of seconds, not inf"),
    "huge": ({**A_STRETCH, "clock": 10**400}, "record 2: clock is a number of seconds, not 1"),
    "true": ({**A_STRETCH, "clock": True}, "record 2: clock is a number of seconds, not True"),
    "no offset": ({**A_STRETCH, "start": "2025-06-02T11:00:00"}, "record 2: start is a time with its offset"),
    "no moment": ({**A_STRETCH, "start": "noon"}, "record 2: start is a time with its offset"),
    "the end of time": (
        {**A_STRETCH, "start": "9999-12-31T23:59:59-12:00"},
        "record 2: start is a time with its offset",
    ),
    "no day": ({**A_STRETCH, "day": "2025-02-30"}, "record 2: day is a date"),
    "half a letter": ({**A_STRETCH, "how": "\ud800"}, "record 2: how is a text, not '\\ud800'"),
    "a book": ({**A_STRETCH, "how": "x" * 20_000}, "record 2: how is a text"),
    "nothing in it": ({"record": "stretch"}, "record 2: clock is a number of seconds, not None"),
    "backwards": (
        {**A_STRETCH, "end": "2025-06-02T10:00:00+02:00"},
        "record 2: it cannot be a stretch: it ends before it begins",
    ),
    "a level": (
        {**A_STRETCH, "record": "prompt", "number": 1, "kind": "reminder", "level": 4},
        "record 2: it cannot be a prompt: a level is 0 to 3",
    ),
    "a word and none": (
        {**A_STRETCH, "record": "correction", "number": 1, "said": A_STRETCH["start"], "undoes": 1},
        "record 2: it cannot be a correction",
    ),
    "a decision": (
        {**A_STRETCH, "record": "prompt", "number": 1, "kind": "reminder", "level": 1, "decision": {"x": 1}},
        "record 2: it cannot be a prompt",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_one_sentence(name: str) -> None:
    file, why = BROKEN[name]

    with pytest.raises(ExportError) as refused:
        taken_apart(file)

    assert str(refused.value).startswith(why)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_record_is_refused_with_its_number(name: str) -> None:
    record, why = IMPOSSIBLE[name]
    # A number that JSON can say and Python reads as infinity.
    file = json.dumps(a_file(records=[A_STRETCH, record])).replace('"1e999"', "1e999").encode()

    with pytest.raises(ExportError) as refused:
        taken_apart(file)

    assert str(refused.value).startswith(why)


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["sitting", "away", "2025-06-02", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59Z"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@law
@given(lives(), st.data())
def test_whatever_a_file_says_it_is_taken_in_or_refused(
    life: tuple[Recorded, ...], data: st.DataObject
) -> None:
    with closing(a_log(sat(0, 1), *life)) as log, closing(in_memory()) as new:
        found = json.loads(exported(log))
        record = data.draw(st.sampled_from(found["records"]))
        record[data.draw(st.sampled_from(sorted(record)))] = data.draw(anything)
        file = json.dumps(found).encode()

        with suppress(ExportError):
            imported(new, file)

        assert not new.in_transaction
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []


def test_in_json_lines_the_line_is_named() -> None:
    head = {key: value for key, value in a_file().items() if key != "records"}
    file = "\n".join([json.dumps(head), json.dumps(A_STRETCH), "", '{"record": '])

    with pytest.raises(ExportError, match=r"^line 4: it is no JSON"):
        taken_apart(file.encode())


def test_json_that_another_program_laid_out_afresh_is_understood() -> None:
    with closing(a_log(sat(0, 30))) as log, closing(in_memory()) as new:
        file = json.dumps(json.loads(exported(log)), indent=4).encode("utf-8-sig")

        imported(new, file)

        assert everything(new) == everything(log)


def test_an_undoing_of_nothing_is_left_out() -> None:
    undoing = {
        **A_STRETCH,
        "record": "correction",
        "number": 5,
        "said": A_STRETCH["start"],
        "posture": None,
        "undoes": 4,
    }
    with closing(in_memory()) as log:
        taken = imported(log, json.dumps(a_file(records=[A_STRETCH, undoing])).encode())

        assert taken.added["correction"] == 0
        assert lived(log) == [("sitting", 0, 1)]


def test_numbers_that_a_file_gives_twice_are_given_once() -> None:
    first = {
        "record": "break",
        "number": 1,
        "kind": "away",
        "clock": 0,
        "seconds": 300,
        "start": A_STRETCH["start"],
        "day": "2025-06-02",
    }
    with closing(in_memory()) as log:
        imported(log, json.dumps(a_file(records=[first, {**first, "clock": 900}])).encode())

        assert log.execute("SELECT spell FROM breaks ORDER BY began").fetchall() == [(1,), (-1,)]


def test_stretches_of_a_file_that_overlap_are_told_once() -> None:
    file = json.dumps(a_file(records=[A_STRETCH, {**A_STRETCH, "clock": 30}, {**A_STRETCH, "seconds": 20}]))
    with closing(in_memory()) as log:
        imported(log, file.encode())

        assert lived(log) == [("sitting", 0, 1), ("sitting", 1, 1.5)]


def test_a_moment_without_length_comes_back_too_unless_there_is_one() -> None:
    moment = Record(stretch(Posture.AWAY, minutes(5), minutes(5), How.LOCK))
    with closing(a_log(sat(0, 4), moment)) as log:
        file = exported(log)
        log.execute("DELETE FROM stretches WHERE length = 0")

        assert [imported(log, file).added["stretch"] for _turn in range(2)] == [1, 0]
