"""Nights and lost signals through the real loop into the real log: what its rows say of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from deskbreak.clock import Mark
from deskbreak.core.commands import Suggest
from deskbreak.core.events import Offered, Reading
from deskbreak.core.rules import Rules
from deskbreak.core.state import State, fresh
from deskbreak.daemon.loop import Loop, World
from deskbreak.ports import Card, DayTotals, Recorded, Stirred
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from deskbreak.store.snapshot import dump, load
from tests.fakes import FakeClock

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
EVENING = datetime(2025, 6, 2, 23, 30, tzinfo=UTC)
ALWAYS = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


class Night:
    """Everything around the loop in one, with a real log; the machine can be put to sleep."""

    def __init__(self) -> None:
        self.clock = FakeClock(EVENING)
        self.log = SqliteLog(in_memory(), IN_MEMORY, self._mark)
        self.reading = Reading()
        self._input: timedelta | None = None
        self._goes_on_from(fresh(self.clock.now()))
        self._patience = timedelta(0)

    def _goes_on_from(self, state: State) -> None:
        self.loop = Loop(World(self.clock, self, self, self, self.log, self), self, state, Rules())

    def _mark(self) -> Mark:
        return self.clock.mark()

    def get(self, patience: timedelta) -> object | None:
        raise AssertionError("the test turns the loop itself")

    def read(self) -> Reading:
        idle = None if self._input is None else self.clock.awake - self._input
        return replace(self.reading, idle=idle)

    def listen(self, next_input: bool) -> None:
        pass

    def show(self, card: Card) -> None:
        raise AssertionError("nothing is shown on such a night")

    def withdraw(self, number: int) -> None:
        pass

    def offer(self, suggest: Suggest, today: DayTotals) -> Offered:
        raise AssertionError("nothing is due on such a night")

    def heed(self, booked: tuple[Recorded, ...]) -> None:
        pass

    def saved(self, state: State) -> str:
        return dump(state)

    def card(self, prompt: object) -> Card:
        raise AssertionError("nothing is shown on such a night")

    def show_how(self, exercise: str) -> None:
        pass

    def lengthen_away_after(self, to: timedelta, loop: Loop) -> None:
        raise AssertionError("nothing is asked on such a night")

    def asked(self, item: object, loop: Loop) -> None:
        raise AssertionError(f"nobody says {item!r}")

    def passed(self, loop: Loop) -> timedelta | None:
        return None

    def types(self, length: timedelta) -> None:
        """A key at once and one every second, each of which turns the loop."""
        self._input = self.clock.awake
        self.rings()
        for _second in range(length // SECOND):
            self.clock.passes(SECOND)
            self._input = self.clock.awake
            self.rings()

    def rings(self) -> None:
        self._patience = self.loop.turn(Stirred())

    def rests(self, length: timedelta) -> None:
        """Turn after turn, each as long as the loop has patience."""
        until = self.clock.elapsed + length
        while self.clock.elapsed < until:
            step = min(self._patience, until - self.clock.elapsed)
            self.clock.passes(step)
            self._patience = self._patience - step or self.loop.turn(None)

    def sleeps(self, length: timedelta, told: bool = True, woken: bool = True) -> None:
        if told:
            self.reading = replace(self.reading, asleep=True)
            self.rings()
        self.clock.sleeps(length)
        if woken:
            self.reading = replace(self.reading, asleep=False)
            self.rings()

    def boots_anew(self, off: timedelta) -> None:
        """The machine sleeps, never wakes, and is started again after so long."""
        self.reading = replace(self.reading, asleep=True)
        self.rings()
        self.clock.reboots(off)
        self._input = None
        self.reading = Reading()
        saved = self.log.state()
        assert saved is not None
        self._goes_on_from(load(State, saved))
        self.loop.launch(rebooted=True)
        self.rings()

    def ends(self) -> list[str]:
        """The log's rows, each with its moments in UTC, its length in seconds and the day it is booked on."""
        self.loop.stop()
        return [
            f"{row.start_at:%d %H:%M:%S} - {row.end_at:%d %H:%M:%S} {row.length.total_seconds():g}"
            f" {row.posture.value} {row.how.value} on {row.day:%d}"
            for row in self.log.stretches(*ALWAYS)
        ]

    def breaks(self) -> list[str]:
        breaks = self.log.breaks(*ALWAYS)
        return [f"{b.kind.value} {b.length.total_seconds():g} on {b.day:%d}" for b in breaks]


@pytest.fixture
def night() -> Night:
    return Night()


def test_a_night_with_every_signal_is_one_break_cut_where_the_day_starts(night: Night) -> None:
    night.types(20 * MINUTE)
    night.sleeps(450 * MINUTE)
    night.rests(MINUTE)
    night.types(9 * MINUTE)

    assert night.ends() == [
        "02 23:30:00 - 02 23:50:00 1200 sitting input on 02",
        "02 23:50:00 - 03 04:00:00 15000 away suspend on 02",
        "03 04:00:00 - 03 07:21:00 12060 away suspend on 03",
        "03 07:21:00 - 03 07:30:00 540 sitting input on 03",
    ]
    assert night.breaks() == ["away 27060 on 02"]


def test_a_night_without_any_signal_is_the_same_night(night: Night) -> None:
    night.types(20 * MINUTE)
    night.sleeps(450 * MINUTE, told=False, woken=False)
    night.rests(MINUTE)
    night.types(9 * MINUTE)

    assert night.ends() == [
        "02 23:30:00 - 02 23:50:00 1200 sitting input on 02",
        "02 23:50:00 - 03 04:00:00 15000 away suspend on 02",
        "03 04:00:00 - 03 07:21:00 12060 away suspend on 03",
        "03 07:21:00 - 03 07:30:00 540 sitting input on 03",
    ]
    assert night.breaks() == ["away 27060 on 02"]


def test_a_clock_that_wakes_in_1970_names_some_rows_and_changes_no_length(night: Night) -> None:
    wrong = datetime(1970, 1, 1, 12, tzinfo=UTC) - EVENING
    night.types(20 * MINUTE)
    night.clock.is_set(wrong)
    night.sleeps(30 * MINUTE, told=False)
    night.rests(MINUTE)
    night.types(4 * MINUTE)
    night.clock.is_set(-wrong)
    night.types(5 * MINUTE)

    rows = night.ends()

    assert sorted(rows) == [
        "01 12:50:00 - 01 12:51:00 60 away suspend on 01",
        "01 12:51:00 - 01 12:55:00 240 sitting input on 01",
        "02 23:30:00 - 02 23:50:00 1200 sitting input on 02",
        "02 23:50:00 - 03 00:20:00 1800 away suspend on 02",
        "03 00:25:00 - 03 00:30:00 300 sitting input on 02",
    ]
    assert night.breaks() == ["away 1860 on 02"]


def test_three_days_of_hibernation_and_another_boot_are_one_break(night: Night) -> None:
    night.types(20 * MINUTE)
    night.boots_anew(timedelta(days=3))
    night.rests(MINUTE)
    night.types(9 * MINUTE)

    assert night.ends() == [
        "02 23:30:00 - 02 23:50:00 1200 sitting input on 02",
        "02 23:50:00 - 03 04:00:00 15000 away gap on 02",
        "03 04:00:00 - 04 04:00:00 86400 away gap on 03",
        "04 04:00:00 - 05 04:00:00 86400 away gap on 04",
        "05 04:00:00 - 05 23:50:00 71400 away gap on 05",
        "05 23:50:00 - 05 23:51:00 60 away suspend on 05",
        "05 23:51:00 - 06 00:00:00 540 sitting input on 05",
    ]
    assert night.breaks() == ["away 259260 on 02"]
