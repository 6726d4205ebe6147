"""When the login service's idle hint is believed, and what it says then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.clock import awake
from deskbreak.sensors.idle import Sieve
from deskbreak.sensors.idlehint import IdleHint
from deskbreak.sensors.logind import Login
from tests.e2e.desk import Desk, until
from tests.e2e.parts import LOGIN
from tests.sensors.seats import IdleHintSeat

SECOND = timedelta(seconds=1)
DESKTOP = Login(present=True, session="/1", kind="wayland")


def hint(login: Login) -> IdleHint:
    return IdleHint(lambda: login, pending=False)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[IdleHintSeat]:
    with Desk(tmp_path / "desk", LOGIN) as desk:
        taken = IdleHintSeat(desk)
        yield taken
        taken.leaves()


@pytest.mark.parametrize(
    ("login", "why"),
    [
        (Login(), "nothing of your session"),
        (DESKTOP, "has not used it"),
        (replace(DESKTOP, kind="tty", idle=True, idle_since=SECOND), "no desktop session"),
    ],
)
def test_a_hint_that_nobody_keeps_is_not_believed(login: Login, why: str) -> None:
    source = hint(login)

    assert source.blind
    assert source.hopeless
    assert source.seconds() is None
    assert why in source.accounts()[0].says


def test_while_the_hint_is_not_set_somebody_is_there() -> None:
    source = hint(replace(DESKTOP, idle_since=awake() - timedelta(hours=2)))

    assert source.seconds() == 0


def test_a_hint_that_was_set_counts_from_then() -> None:
    source = hint(replace(DESKTOP, idle=True, idle_since=awake() - timedelta(minutes=10)))

    assert source.seconds() == pytest.approx(600, abs=1)


def test_a_hint_that_has_not_changed_all_day_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskbreak.sensors.idlehint.awake", lambda: timedelta(days=3))
    working = hint(replace(DESKTOP, idle_since=timedelta(days=3) - timedelta(hours=9)))
    away = hint(replace(DESKTOP, idle=True, idle_since=timedelta(days=3) - timedelta(hours=60)))

    assert working.blind
    assert "has not changed" in working.absence
    assert away.seconds() == 60 * 3600


@pytest.mark.parametrize("idle", [True, False])
def test_a_hint_from_the_future_is_no_reading_and_said_once(
    idle: bool, caplog: pytest.LogCaptureFixture
) -> None:
    source, sieve = hint(replace(DESKTOP, idle=idle, idle_since=timedelta(microseconds=2**64 - 1))), Sieve()

    for _again in range(3):
        assert sieve.plausible(source.seconds() or 0, awake()) is None

    assert len(caplog.messages) == 1
    assert "negative" in caplog.text


def test_before_the_login_service_has_answered_there_is_hope(monkeypatch: pytest.MonkeyPatch) -> None:
    source = IdleHint(Login, pending=True)
    assert source.blind
    assert not source.hopeless

    late = awake() + timedelta(seconds=6)
    monkeypatch.setattr("deskbreak.sensors.idlehint.awake", lambda: late)

    assert source.hopeless


def test_a_session_that_ended_says_nothing_any_more_and_the_next_is_followed(seat: IdleHintSeat) -> None:
    assert not seat.source.blind

    seat.desk.session_ends()

    until(lambda: seat.source.blind, "its end is heard")
    assert "nothing of your session" in seat.source.absence

    # What the login service makes of "auto" is the person's session, whatever its name.
    seat.desk.session_begins("auto")
    until(lambda: seat.logind.now.kind, "the next session is known")


def test_a_session_that_turns_into_a_terminal_is_not_believed(seat: IdleHintSeat) -> None:
    seat.desk.session_says(Type=("s", "tty"))

    until(lambda: seat.source.blind, "it is heard")
