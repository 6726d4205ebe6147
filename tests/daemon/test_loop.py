"""The loop: what it asks of the world, in which order it writes, and what it does when it cannot."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from deskbreak.coach.situation import Room
from deskbreak.core.commands import Prompt, Told, Urgency
from deskbreak.core.events import Event, Reading, SatDown, Snoozed, Started, StoodUp
from deskbreak.core.postures import Posture
from deskbreak.core.rules import Rules
from deskbreak.core.state import State, fresh
from deskbreak.daemon.coaching import Rotation
from deskbreak.daemon.loop import LONGEST_WAIT, Loop, QueueInbox, World
from deskbreak.errors import DeskbreakError
from deskbreak.ports import Card, Recorded, Stirred
from deskbreak.store.snapshot import dump, load
from tests.fakes import FakeClock, FakeLog

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Diary(FakeLog):
    """A log that notes when it was written in the common order of things."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = order
        self.writes = 0

    def write(self, rows: tuple[Recorded, ...], state: str) -> None:
        super().write(rows, state)
        self.writes += 1
        self.order.append("written")


class Desk:
    """Inbox, sensor, notifier and program in one: a person who types, and the screen before them."""

    def __init__(self, rules: Rules | None = None, state: State | None = None) -> None:
        self.clock = FakeClock()
        self.order: list[str] = []
        self.log = Diary(self.order)
        self.reading = Reading()
        self.shown: list[int] = []
        self.items: list[object] = []
        self.listening: list[bool] = []
        self.soon: timedelta | None = None
        self._typing = True
        world = World(self.clock, self, self, self, self.log, Rotation(Room()))
        self.loop = Loop(world, self, state or fresh(self.clock.now()), rules or Rules())

    def read(self) -> Reading:
        return replace(self.reading, idle=timedelta(0)) if self._typing else self.reading

    def listen(self, next_input: bool) -> None:
        self.listening.append(next_input)

    def show(self, card: Card) -> None:
        self.shown.append(card.number)
        self.order.append("shown")

    def withdraw(self, number: int) -> None:
        self.order.append("withdrawn")

    def saved(self, state: State) -> str:
        return dump(state)

    def card(self, prompt: Prompt) -> Card:
        return Card(prompt.number, "", "", (), Urgency.NORMAL)

    def show_how(self, exercise: str) -> None:
        self.order.append(f"guide to {exercise}")

    def lengthen_away_after(self, to: timedelta, loop: Loop) -> None:
        self.lengthened = to

    def asked(self, item: object, loop: Loop) -> None:
        self.items.append(item)
        loop.stop()

    def passed(self, loop: Loop) -> timedelta | None:
        return self.soon

    def get(self, patience: timedelta) -> object | None:
        """Nobody says anything; time passes."""
        self.clock.passes(patience)
        return None if self.clock.elapsed < 10 * MINUTE else "enough"

    def works(self, length: timedelta) -> None:
        """Turn after turn, each as long as the loop has patience."""
        until = self.clock.elapsed + length
        while self.clock.elapsed < until:
            patience = self.loop.turn(None)
            self.clock.passes(min(patience, until - self.clock.elapsed))
        self.loop.turn(None)

    def says(self, event: Event) -> None:
        self.loop.turn(event)

    def posture(self) -> Posture:
        return self.loop.view(self.clock.now()).posture


class DiskFullError(DeskbreakError):
    pass


def test_nothing_waits_longer_than_a_minute() -> None:
    desk = Desk()

    assert desk.loop.turn(None) <= LONGEST_WAIT
    desk.soon = 3 * SECOND

    assert desk.loop.turn(None) == 3 * SECOND
    desk.soon = -SECOND

    assert desk.loop.turn(None) == timedelta(0)


def test_the_core_is_asked_at_its_own_deadline() -> None:
    desk = Desk()
    desk.works(29 * MINUTE + 30 * SECOND)

    assert desk.loop.turn(None) == 30 * SECOND


def test_it_runs_until_it_is_stopped_and_writes_what_it_knows() -> None:
    desk = Desk()
    desk.loop.run()

    assert desk.items == ["enough"]
    assert desk.log.saved == dump(desk.loop.state)
    assert sum((row.length for row in desk.log.rows), timedelta(0)) == desk.clock.elapsed


def test_something_that_only_stirred_is_looked_at_and_not_asked_about() -> None:
    desk = Desk()
    desk.loop.turn(Stirred())

    assert desk.items == []
    assert desk.posture() is Posture.SITTING


def test_a_reminder_is_chosen_shown_and_booked_in_one_turn() -> None:
    desk = Desk()
    desk.works(34 * MINUTE)

    assert desk.shown == [1]
    assert desk.log.prompts[1].exercise == "walk-break"
    assert desk.loop.state.open is not None


def test_a_command_is_answered_also_when_the_coach_had_to_be_asked_first() -> None:
    desk = Desk()
    desk.works(MINUTE)
    now = desk.clock.now()

    assert desk.loop.tell(now, SatDown()) is Told.ALREADY
    assert desk.loop.tell(now, Started()) is Told.STARTED
    assert desk.shown != []


def test_the_loop_rings_at_the_next_input_only_when_that_matters() -> None:
    desk = Desk()
    desk.works(5 * MINUTE)

    assert not any(desk.listening[1:])
    desk._typing = False
    desk.reading = replace(desk.reading, locked=True)
    desk.loop.turn(None)

    assert desk.listening[-1]


def test_every_write_holds_the_state_that_it_leads_to() -> None:
    desk = Desk()
    desk.works(10 * MINUTE)
    desk.says(StoodUp())

    assert desk.log.saved is not None
    assert load(State, desk.log.saved) == desk.loop.state


def test_between_two_heartbeats_nothing_is_written() -> None:
    desk = Desk()
    desk.works(10 * MINUTE)
    before = desk.log.writes
    for _ in range(20):
        desk.clock.passes(SECOND)
        desk.loop.turn(Stirred())

    assert desk.log.writes == before


def test_a_log_that_cannot_be_written_keeps_the_time_says_so_once_and_catches_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.works(5 * MINUTE)
    desk.log.refusal = DiskFullError("the disk is full")
    with caplog.at_level(logging.WARNING):
        desk.works(10 * MINUTE)

    assert desk.loop.write_fault == "the disk is full"
    assert [record.message for record in caplog.records] == ["the disk is full"]
    assert desk.loop.unsaved != ()
    assert desk.loop.view(desk.clock.now()).count >= 14 * MINUTE
    desk.log.refusal = None
    desk.works(MINUTE)

    assert desk.loop.write_fault is None
    assert desk.loop.unsaved == ()
    assert desk.log.rows[-1].began + desk.log.rows[-1].length == desk.loop.state.settled_at
    assert desk.log.rows[0].began == timedelta(0)


def test_a_log_that_refuses_is_not_tried_again_at_once() -> None:
    desk = Desk()
    desk.works(5 * MINUTE)
    desk.log.refusal = DiskFullError("the disk is full")
    desk.says(StoodUp())
    desk.log.refusal = None
    desk.clock.passes(SECOND)
    desk.says(SatDown())

    assert desk.loop.unsaved != ()
    desk.clock.passes(10 * SECOND)
    desk.loop.turn(None)

    assert desk.loop.unsaved == ()
    assert [b.kind.value for b in desk.log.breaks.values()] == ["stood"]


def test_a_reminder_is_shown_though_the_log_cannot_be_written() -> None:
    desk = Desk()
    desk.log.refusal = DiskFullError("the disk is full")
    desk.works(34 * MINUTE)

    assert desk.shown == [1]
    desk.says(Snoozed())

    assert desk.loop.view(desk.clock.now()).snoozed_until_at is not None


def test_a_launch_looks_at_the_desktop_before_it_decides_anything() -> None:
    desk = Desk()
    desk.works(20 * MINUTE)
    assert desk.log.saved is not None
    again = Desk(state=load(State, desk.log.saved))
    again.clock.passes(21 * MINUTE)
    again.reading = Reading(locked=True)
    again.loop.launch(rebooted=False)

    assert again.posture() is Posture.AWAY
    assert again.shown == []


def test_todays_totals_are_what_is_booked_and_what_is_not_yet() -> None:
    desk = Desk()
    desk.works(90 * SECOND)
    desk.clock.passes(20 * SECOND)
    desk.loop.turn(None)
    totals = desk.loop.totals(desk.loop.view(desk.clock.now()))

    assert dict(totals.by_posture)[Posture.SITTING] == 110 * SECOND
    assert totals.longest == 110 * SECOND


def test_the_inbox_hands_out_in_order_and_nothing_after_its_patience() -> None:
    inbox = QueueInbox()
    inbox.put("first")
    inbox.put("second")

    assert [inbox.get(SECOND), inbox.get(SECOND)] == ["first", "second"]
    assert inbox.get(-SECOND) is None
