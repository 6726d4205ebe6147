"""A whole day at a real desktop, its hours compressed to seconds: the log is compared with what was done.

The limits are seconds and sleep takes no time; whoever acts notes by the program's own clock when each act
really happened, so that a slow machine changes the truth and not the verdict.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import Desk, until
from tests.e2e.nap import Nap
from tests.e2e.parts import DESKTOP, LOGIN, SESSION
from tests.e2e.program import Program
from tests.sensors.desktops import Player, gnome
from tests.sensors.sound import PulseAudio

AWAY_AFTER_S = 6
BREAK_MIN_S = 5
GONE_S = AWAY_AFTER_S + BREAK_MIN_S + 1
"""Longer than it takes until quiet is an absence, and a break."""
SLACK_S = 2.0
_LOCKED = "org.freedesktop.login1.Session.SetLockedHint"


@dataclass(frozen=True, slots=True)
class Bout:
    """Sitting without an absence in between, in seconds of CLOCK_BOOTTIME."""

    began: float
    ended: float
    end: str = ""

    @property
    def length(self) -> float:
        return self.ended - self.began


class Person:
    """Does what the script says, and remembers from when to when it sat."""

    def __init__(self, desk: Desk, nap: Nap) -> None:
        self.sat: list[Bout] = []
        self._desk = desk
        self._nap = nap
        self._sits_since: float | None = None
        self._last = 0.0

    def types(self, seconds: float) -> None:
        """Sits, at the latest from the first key on, and types for so long with short pauses."""
        now = self._nap.boottime()
        if self._sits_since is None:
            self._sits_since = now
        while self._nap.boottime() < now + seconds:
            self._desk.type_text("so it ")
            self._last = self._nap.boottime()

    def waits(self, seconds: float) -> None:
        """Does nothing that a machine could notice."""
        end = self._nap.boottime() + seconds
        until(lambda: self._nap.boottime() >= end, "time passes", timedelta(seconds=seconds + 5))

    def sits_down(self) -> None:
        self._sits_since = self._nap.boottime()

    def sat_until(self, moment: float, end: str) -> None:
        assert self._sits_since is not None
        self.sat.append(Bout(self._sits_since, moment, end))
        self._sits_since = None

    def left_with_the_last_key(self, end: str) -> None:
        self.sat_until(self._last, end)

    def bumps_the_desk(self) -> None:
        self._desk.run("xdotool", "mousemove_relative", "3", "0")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A whole desktop within a login session, in the zone in which the test says when a day begins."""
    with Desk(tmp_path / "desk", DESKTOP | LOGIN) as whole:
        whole.env["TZ"] = "UTC"
        yield whole


@pytest.mark.timeout(300)
def test_the_total_of_a_whole_day_is_what_was_sat(desk: Desk, tmp_path: Path) -> None:
    nap, sound = Nap(tmp_path), PulseAudio(desk)
    power, player = gnome(desk, False), Player(desk, "Paused")
    begins = datetime.fromtimestamp(nap.wall(), UTC) - timedelta(hours=2)
    program = Program(
        desk,
        sit_limit="12s",
        break_min=f"{BREAK_MIN_S}s",
        away_after=f"{AWAY_AFTER_S}s",
        prompts_apart="5s",
        day_start=f"{begins:%H:%M}",
    ).start(**nap.env)
    person = Person(desk, nap)

    # The morning: writing, and a coffee during which somebody passes the desk.
    person.types(3)
    person.waits(4)
    person.types(2)
    person.waits(4)
    person.types(1)
    person.left_with_the_last_key("coffee, without a word")
    person.waits(AWAY_AFTER_S + 2)
    person.bumps_the_desk()
    person.waits(AWAY_AFTER_S + 2)

    # Back for a little; then the screen is locked.
    person.types(4)
    person.sat_until(nap.boottime(), "the lock")
    desk.logind(SESSION, _LOCKED, "boolean:true")
    person.waits(BREAK_MIN_S + 2)
    person.sits_down()
    desk.logind(SESSION, _LOCKED, "boolean:false")
    person.types(2)

    # A call, in which hands rest; at its end the person is gone. Then lunch: the lid is closed.
    called = nap.boottime()
    call = sound.records()
    person.waits(GONE_S)
    call.kill()
    call.wait()
    person.sat_until(nap.boottime(), "the end of a call")
    hung_up = nap.boottime()
    person.waits(GONE_S)
    person.types(3)
    person.sat_until(nap.boottime(), "a sleep that was told of")
    desk.prepare_for_sleep(True)
    person.waits(1)
    nap.sleeps(timedelta(hours=1, minutes=15))
    desk.prepare_for_sleep(False)
    person.waits(2)

    # A film, more writing, and some of it on the feet.
    person.types(2)
    power.keeps_awake(True)
    player.turns("Playing")
    person.waits(GONE_S)
    player.turns("Paused")
    power.keeps_awake(False)
    person.waits(1)
    person.types(2)
    person.sat_until(nap.boottime(), "standing")
    assert program.tell("stand").returncode == 0
    person.types(4)
    person.sits_down()
    assert program.tell("sit").returncode == 0
    person.types(2)

    # The lid is closed while typing, and no service says a word of it, neither then nor at the waking.
    person.left_with_the_last_key("a sleep nobody told of")
    nap.sleeps(timedelta(hours=2, minutes=30))
    person.waits(AWAY_AFTER_S)
    person.types(4)

    told = program.today()
    person.left_with_the_last_key("the end of the day")
    assert program.tell("quit").returncode == 0
    assert program.ended() == 0
    power.quit()
    player.quit()

    logged = bouts(program)
    print(table(person.sat, logged, told))
    assert len(logged) == len(person.sat)
    for done, known in zip(person.sat, logged, strict=True):
        assert abs(known.began - done.began) <= SLACK_S
        assert abs(known.ended - done.ended) <= SLACK_S
    total = sum(bout.length for bout in person.sat)
    assert abs(told["sitting_s"] - total) <= SLACK_S * len(logged)
    assert told["breaks_by_kind"] == {"away": 5, "stood": 1, "moved": 0}
    assert program.tables_agree()
    reminded = given(program, nap)
    assert reminded
    for moment in reminded:
        assert any(bout.began <= moment <= bout.ended + AWAY_AFTER_S for bout in person.sat)
        assert not called + SLACK_S <= moment <= hung_up


def bouts(program: Program) -> list[Bout]:
    """The sitting of the log, in the order in which it was done."""
    joined: list[Bout] = []
    for row in program.rows("stretches"):
        began, ended = row["began"] / 1000, (row["began"] + row["length"]) / 1000
        if row["posture"] != "sitting":
            continue
        if joined and began - joined[-1].ended < 0.001:
            began = joined.pop().began
        joined.append(Bout(began, ended))
    return joined


def given(program: Program, nap: Nap) -> list[float]:
    """When reminders were put on the screen, by CLOCK_BOOTTIME."""
    ahead = nap.wall() - nap.boottime()
    return [row["at"] / 1000 - ahead for row in program.prompts() if row["outcome"] != "held"]


def table(sat: list[Bout], logged: list[Bout], told: dict[str, Any]) -> str:
    """What was done beside what the log says, in seconds since the first key."""
    zero = sat[0].began
    lines = ["    done                  in the log            off    ended by"]
    for done, known in zip_longest(sat, logged):
        each = [
            " " * 20 if bout is None else f"{bout.began - zero:8.1f} to {bout.ended - zero:8.1f}"
            for bout in (done, known)
        ]
        off = f"{known.length - done.length:+6.2f}" if done and known else "     ?"
        lines.append("  ".join((*each, off, done.end if done else "")))
    whole, kept = sum(bout.length for bout in sat), sum(bout.length for bout in logged)
    lines.append(f"sitting done {whole:.1f} s, in the log {kept:.1f} s, told by today {told['sitting_s']} s")
    return "\n".join(lines)
