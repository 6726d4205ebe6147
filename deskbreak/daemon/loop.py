"""The one thread that owns the state: it waits, looks, decides through the core and has it carried out."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import Protocol

from deskbreak.core.commands import (
    Command,
    LengthenAwayAfter,
    Prompt,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Save,
    Show,
    ShowGuide,
    Suggest,
    SumUp,
    Tell,
    Told,
    Uncorrect,
    Unrecord,
    Withdraw,
)
from deskbreak.core.events import Event, Launched, Offered, Reading, Sensed, Unoffered
from deskbreak.core.look import Wants, view, wants
from deskbreak.core.machine import step
from deskbreak.core.postures import Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.state import State
from deskbreak.core.view import View
from deskbreak.daemon.evenings import summed
from deskbreak.errors import DeskbreakError
from deskbreak.ports import Card, Clock, DayTotals, Log, Notifier, Recorded, Sensor, Stirred

_log = logging.getLogger(__name__)

# Nothing waits longer, so that a sleep or a step of the clock without any signal is seen.
LONGEST_WAIT = timedelta(seconds=60)
# A log that cannot be written is tried again this often.
_WRITE_AGAIN = timedelta(seconds=10)


class Inbox(Protocol):
    """Where every other thread puts what it has to say."""

    def get(self, patience: timedelta) -> object | None:
        """The next thing put there, or None after so long."""


class QueueInbox:
    """The inbox of the running program. `put` may be called from any thread and from signal handlers."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[object] = SimpleQueue()

    def put(self, something: object) -> None:
        self._queue.put(something)

    def get(self, patience: timedelta) -> object | None:
        try:
            return self._queue.get(timeout=max(patience.total_seconds(), 0.0))
        except Empty:
            return None


class Coach(Protocol):
    """Names an exercise for a prompt; see `Suggest`."""

    def offer(self, suggest: Suggest, today: DayTotals) -> Offered | Unoffered: ...

    def heed(self, booked: tuple[Recorded, ...]) -> None:
        """This goes into the log, now or as soon as that can be written."""


class Program(Protocol):
    """What the loop asks of the program around it."""

    def saved(self, state: State) -> str:
        """The text that a later launch goes on from."""

    def card(self, prompt: Prompt) -> Card: ...

    def lengthen_away_after(self, to: timedelta, loop: "Loop") -> None:
        """Change the person's settings as they agreed to."""

    def show_how(self, exercise: str) -> None:
        """Show the guide to it, beside the program."""

    def asked(self, item: object, loop: "Loop") -> None:
        """Deal with something that is no event; may end the loop."""

    def passed(self, loop: "Loop") -> timedelta | None:
        """A turn of the loop is over: show what is new; returns how soon the calendar wants a turn."""


@dataclass(frozen=True, slots=True)
class World:
    """One of each port."""

    clock: Clock
    inbox: Inbox
    sensor: Sensor
    notifier: Notifier
    log: Log
    coach: Coach


class Loop:
    """Runs until `stop`. `state` and `rules` are its own; everybody else reads what it publishes."""

    def __init__(
        self,
        world: World,
        program: Program,
        state: State,
        rules: Rules,
        longest_wait: timedelta = LONGEST_WAIT,
    ) -> None:
        self.world = world
        self.rules = rules
        self.state = state
        self.unsaved: tuple[Recorded, ...] = ()
        self.write_fault: str | None = None
        self._program = program
        self._longest_wait = longest_wait
        self._running = True
        self._totals: DayTotals | None = None
        self._retry_at: timedelta | None = None

    def launch(self, rebooted: bool) -> None:
        """Go on from a saved state: nothing is decided before the desktop has been looked at."""
        self.tell(self.world.clock.now(), Launched(rebooted), Sensed(self.world.sensor.read()))

    def run(self) -> None:
        patience = self.turn(None)
        while self._running:
            patience = self.turn(self.world.inbox.get(patience))

    def stop(self) -> None:
        """End after this turn; what is sure is booked, and all that is known is written."""
        self._running = False
        # The end is a heartbeat that does not wait for its minute.
        self.rules = replace(self.rules, heartbeat=timedelta(0))
        self.tell(self.world.clock.now(), Sensed(self.world.sensor.read()))
        self._write((), force=True)

    def turn(self, item: object | None) -> timedelta:
        """One look at the world, and at `item`; returns how long nothing needs to be looked at."""
        now = self.world.clock.now()
        reading = self.world.sensor.read()
        if isinstance(item, Event):
            self.tell(now, Sensed(reading), item)
        else:
            self.tell(now, Sensed(reading))
            if item is not None and not isinstance(item, Stirred):
                self._program.asked(item, self)
        if self.unsaved and (self._retry_at is None or now.elapsed >= self._retry_at):
            self._write((), force=True)
        soon = self._program.passed(self)
        want = wants(self.state, now, self.rules)
        self.world.sensor.listen(want.next_input)
        return self._patience(now, want, soon)

    def _patience(self, now: Stamp, want: Wants, soon: timedelta | None) -> timedelta:
        waits = [self._longest_wait]
        if want.by is not None:
            waits.append(want.by - now.elapsed)
        if soon is not None:
            waits.append(soon)
        return max(min(waits), timedelta(0))

    def tell(self, now: Stamp, *events: Event) -> Told | None:
        """Put `events` to the core and carry out what it commands; returns what they came to."""
        self.state, commands = step(self.state, events, now, self.rules)
        if not commands:
            return None
        told: Told | None = None
        booked: list[Recorded] = []
        save = False
        suggest: Suggest | None = None
        longer: timedelta | None = None
        sums_up = False
        for command in commands:
            match command:
                case (
                    Record()
                    | RecordBreak()
                    | RecordPrompt()
                    | RecordExercise()
                    | RecordCorrection()
                    | Uncorrect()
                    | Unrecord()
                ):
                    booked.append(command)
                case Save():
                    save = True
                case Show(prompt):
                    self.world.notifier.show(self._program.card(prompt))
                case Withdraw(number):
                    self.world.notifier.withdraw(number)
                case LengthenAwayAfter(to):
                    longer = to
                case ShowGuide(exercise):
                    self._program.show_how(exercise)
                case Tell():
                    told = command.told
                case Suggest():
                    suggest = command
                case SumUp():
                    sums_up = True
        if booked:
            self.world.coach.heed(tuple(booked))
        if booked or save:
            self._write(tuple(booked))
        if suggest is not None:
            offered = self.world.coach.offer(suggest, self.totals(self.view(now)))
            answer = self.tell(now, offered)
            told = answer if told is None or (answer is not None and answer.refused) else told
        if sums_up:
            self.tell(now, summed(self.totals(self.view(now))))
        if longer is not None:
            self._program.lengthen_away_after(longer, self)
        return told

    def book(self, *recorded: Recorded) -> None:
        """Put into the log what the person says and no state hangs on."""
        self.world.coach.heed(recorded)
        self._write(recorded)

    def view(self, now: Stamp) -> View:
        return view(self.state, now, self.rules)

    def peek(self, now: Stamp, reading: Reading) -> tuple[State, tuple[Command, ...]]:
        """What the next look would come to; nothing changes by it."""
        return step(self.state, (Sensed(reading),), now, self.rules)

    def totals(self, seen: View) -> DayTotals:
        """The local day of `seen`: what the log holds of it and what is not booked yet."""
        if self._totals is None or self._totals.day != seen.day:
            self._totals = self.world.log.day(seen.day)
        total = dict(self._totals.by_posture)
        for day, posture, length in seen.pending:
            if day == seen.day:
                total[posture] = total.get(posture, timedelta(0)) + length
        longest = max(self._totals.longest, seen.pending_bout)
        return replace(self._totals, by_posture=tuple(total.items()), longest=longest)

    def _write(self, booked: tuple[Recorded, ...], force: bool = False) -> None:
        self.unsaved += booked
        now = self.state.seen.elapsed
        if not force and self._retry_at is not None and now < self._retry_at:
            return
        try:
            self.world.log.write(self.unsaved, self._program.saved(self.state))
        except DeskbreakError as error:
            if self.write_fault is None:
                _log.warning("%s", error)
            self.write_fault = str(error)
            self._retry_at = now + _WRITE_AGAIN
        else:
            self.unsaved = ()
            self.write_fault = None
            self._retry_at = None
            self._totals = None
