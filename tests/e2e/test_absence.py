"""Leaving the desk: by quiet, by the lock, by sleep; the log is compared with what the person did."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.parts import DESKTOP, LOGIN, SESSION
from tests.e2e.program import Program, types_until

SLACK_S = 2.0


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Desk]:
    """A whole desktop within a login session."""
    with Desk(tmp_path / "desk", DESKTOP | LOGIN) as whole:
        yield whole


def lies_within(row: dict[str, int], start: float, end: float) -> bool:
    """Whether a row of the log is what happened between two moments (`time.time`)."""
    print(
        f"the log: {row['start_at'] / 1000:.2f} to {row['end_at'] / 1000:.2f}; done: {start:.2f} to {end:.2f}"
    )
    return abs(row["start_at"] / 1000 - start) <= SLACK_S and abs(row["end_at"] / 1000 - end) <= SLACK_S


def test_who_leaves_without_a_word_is_away_since_the_last_key(desk: Desk, tmp_path: Path) -> None:
    program = Program(desk, sit_limit="5s", break_min="5s", away_after="12s", prompts_apart="5s").start()
    began = time.time()
    left = types_until(desk, lambda: program.status()["count_s"] >= 5, "sitting is counted")
    until(lambda: desk.dunstctl("count", "displayed") == "1", "the reminder is shown")
    Eyes(desk, tmp_path).picture("reminder")

    until(lambda: program.status()["state"] == "away", "the person is taken to be away")
    until(lambda: desk.dunstctl("count", "displayed") == "0", "the reminder is withdrawn")
    until(lambda: program.rows("breaks"), "the break is in the log")
    away = program.status()
    back = time.time()
    ended = types_until(desk, lambda: program.status()["count_s"] >= 4, "sitting is counted again")
    Eyes(desk, tmp_path).picture("back")
    assert program.tell("quit").returncode == 0
    assert program.ended() == 0

    first, absence, second = program.rows("stretches")
    assert [first["posture"], absence["posture"], second["posture"]] == ["sitting", "away", "sitting"]
    assert lies_within(first, began, left)
    assert lies_within(absence, left, back)
    assert lies_within(second, back, ended)
    assert absence["how"] == "idle"
    assert away["count_s"] == 0
    (pause,) = program.rows("breaks")
    assert pause["kind"] == "away"
    assert abs(pause["start_at"] / 1000 - left) <= SLACK_S
    assert program.prompts()[0]["outcome"] == "left"
    told = program.today()
    sat = (left - began) + (ended - back)
    print(f"today: {told}; done: sitting {sat:.1f} s, away {back - left:.1f} s")
    assert abs(told["sitting_s"] - sat) <= SLACK_S
    assert abs(told["away_s"] - (back - left)) <= SLACK_S
    assert told["breaks_by_kind"] == {"away": 1, "stood": 0, "moved": 0}
    assert program.tables_agree()


def test_a_locked_screen_is_an_absence_and_unlocking_is_a_return(session: Desk, tmp_path: Path) -> None:
    program = Program(session, sit_limit="1h", break_min="5s", away_after="2m").start()
    types_until(session, lambda: program.status()["count_s"] >= 3, "sitting is counted")

    locked = time.time()
    session.logind(SESSION, "org.freedesktop.login1.Session.SetLockedHint", "boolean:true")
    until(lambda: program.status()["state"] == "away", "the lock is noticed")
    until(lambda: program.status()["today"]["breaks"] == 1, "the lock has become a break")
    Eyes(session, tmp_path).picture("locked")
    unlocked = time.time()
    session.logind(SESSION, "org.freedesktop.login1.Session.SetLockedHint", "boolean:false")
    until(lambda: program.status()["state"] == "sitting", "the unlocking is noticed")
    assert program.tell("quit").returncode == 0
    assert program.ended() == 0

    absence = program.rows("stretches")[1]
    assert (absence["posture"], absence["how"]) == ("away", "lock")
    assert lies_within(absence, locked, unlocked)
    assert program.tables_agree()


def test_a_machine_that_slept_was_no_sitting_and_waking_up_is_not_coming_back(
    session: Desk, tmp_path: Path
) -> None:
    program = Program(session, sit_limit="1h", break_min="5s", away_after="2m").start()
    types_until(session, lambda: program.status()["count_s"] >= 3, "sitting is counted")

    slept = time.time()
    session.prepare_for_sleep(True)
    until(lambda: program.status()["state"] == "away", "the sleep is noticed")
    until(lambda: program.status()["today"]["breaks"] == 1, "the sleep has become a break")
    session.prepare_for_sleep(False)
    woken = program.status()["state"]
    back = time.time()
    types_until(session, lambda: program.status()["state"] == "sitting", "the person is back")
    Eyes(session, tmp_path).picture("back")
    assert program.tell("quit").returncode == 0
    assert program.ended() == 0

    absence = program.rows("stretches")[1]
    assert woken == "away"
    assert (absence["posture"], absence["how"]) == ("away", "suspend")
    assert lies_within(absence, slept, back)
    assert program.tables_agree()
