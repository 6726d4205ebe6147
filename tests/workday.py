"""The vocabulary of the core's stories: a simulated person at a simulated machine, and a diary of their day.

It alone drives `machine.step` by hand, as the loop does: it looks when `wants` asks for it and rings at the
next input. Moments are minutes since the start of the day; a diary tells them as `minutes:seconds`.
"""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Self

from deskbreak.core.commands import (
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
from deskbreak.core.events import (
    Delivered,
    Event,
    Hold,
    Launched,
    NotifierAppeared,
    Offered,
    Reading,
    RulesChanged,
    Sensed,
    Summed,
    Undelivered,
    Unoffered,
)
from deskbreak.core.look import view, wants
from deskbreak.core.machine import step
from deskbreak.core.postures import Posture, Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.state import State, fresh
from deskbreak.core.view import View
from deskbreak.daemon.evenings import summed
from deskbreak.ports import Recorded
from deskbreak.store.snapshot import dump, load
from tests.core.diary import Diary
from tests.fakes import MONDAY

LONGEST_WAIT = timedelta(seconds=60)
DOSE = timedelta(seconds=105)
# What the coach of these stories offers, in turn; the one in the chair must be asked for by name.
OFFERS = ("glute-bridge", "standing-flexor-stretch", "walk-break")
IN_THE_CHAIR = "seated-squeeze"
TO_STANDING = "stand-up-desk"
PRIMER = "primer-full"
_SECOND = timedelta(seconds=1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


class Workday(Diary):
    """A day that begins with nobody seen. Every act happens now; `until` lets time pass."""

    def __init__(self, rules: Rules | None = None, wall: datetime = MONDAY, zone: tzinfo = UTC) -> None:
        super().__init__()
        self.rules = rules or Rules()
        self.prompts: list[Prompt] = []
        self.guides: list[str] = []
        self._told: Told | None = None
        self.on_screen: set[int] = set()
        self.shown: dict[int, timedelta] = {}
        self.awake = timedelta(0)
        self.reading = Reading()
        self._wall_zero = wall
        self._zone = zone
        self._typing = False
        self._input: timedelta | None = None
        self._lid_closed = False
        self._server = True
        self._offers = 0
        self._suits = True
        self._listening = False
        self._wake = timedelta(0)
        self._saved = ""
        self._running = True
        self.state = fresh(self.now())
        self.look()

    # What the machine says.

    def now(self) -> Stamp:
        return Stamp(self.elapsed, self.awake, self._wall_zero + self.elapsed, self._zone)

    def sensed(self) -> Sensed:
        seen = self.reading.idle is None and self._input is not None and not self.reading.blind
        idle = self.awake - self._input if seen and self._input is not None else self.reading.idle
        return Sensed(replace(self.reading, idle=idle))

    def look(self, *events: Event) -> Self:
        """One turn of the loop; while the program is down or the machine sleeps, nothing."""
        if self._running and not self._lid_closed:
            self._step((self.sensed(), *events))
            want = wants(self.state, self.now(), self.rules)
            wait = LONGEST_WAIT if want.by is None else min(LONGEST_WAIT, want.by - self.elapsed)
            self._wake = self.awake + wait
            self._listening = want.next_input
        return self

    def says(self, event: Event) -> Self:
        """A command of the person's, from the command line: no key of this desktop is pressed."""
        self._told = None
        return self.look(event)

    def _step(self, events: tuple[Event, ...]) -> None:
        self.state, commands = step(self.state, events, self.now(), self.rules)
        booked: list[Recorded] = []
        suggest = None
        summed_up: date | None = None
        ended = {c.row.number for c in commands if isinstance(c, RecordPrompt) and c.row.outcome}
        for command in commands:
            match command:
                case Record() | RecordBreak() | RecordPrompt() | RecordExercise() | Unrecord():
                    booked.append(command)
                    self.note_booked(command)
                case RecordCorrection() | Uncorrect():
                    booked.append(command)
                case LengthenAwayAfter(to):
                    self.rules = replace(self.rules, away_after=to)
                case Show(prompt):
                    self.prompts.append(prompt)
                    self.on_screen.add(prompt.number)
                    self.shown.setdefault(prompt.number, self.elapsed)
                    self.note_shown(prompt)
                case Withdraw(number):
                    if number in self.on_screen and number not in ended:
                        self.note("withdrawn")
                    self.on_screen.discard(number)
                case Tell(told):
                    self._told = told
                case ShowGuide(exercise):
                    self.guides.append(exercise)
                case Suggest():
                    suggest = command
                case SumUp(day):
                    summed_up = day
                case Save():
                    pass
        if commands:
            self._saved = dump(self.state)
            self.log.write(tuple(booked), self._saved)
        if suggest is not None:
            self._step((self._offer(suggest),))
        if summed_up is not None:
            self._step((self._summed(summed_up),))
        for command in commands:
            if isinstance(command, Show):
                number = command.prompt.number
                self._step((Delivered(number) if self._server else Undelivered(number),))

    def _summed(self, day: date) -> Summed:
        totals = self.log.day(day)
        spent = dict(totals.by_posture)
        for on, posture, length in view(self.state, self.now(), self.rules).pending:
            spent[posture] += length if on == day else timedelta(0)
        return summed(replace(totals, by_posture=tuple(spent.items())))

    def _offer(self, suggest: Suggest) -> Offered | Unoffered:
        if not self._suits:
            return Unoffered(suggest.number, self._offers)
        if suggest.primer:
            return Offered(suggest.number, PRIMER, 0, DOSE, False, False)
        exercise = suggest.wanted
        if exercise is None:
            exercise = OFFERS[self._offers % len(OFFERS)]
            self._offers += 1
        return Offered(
            suggest.number, exercise, self._offers, DOSE, exercise == IN_THE_CHAIR, exercise == TO_STANDING
        )

    # What the person does.

    def works(self, until: float) -> Self:
        """Types all the time."""
        self._typing = True
        self._type()
        self._pass(minutes(until))
        self._typing = False
        return self

    def rests(self, until: float) -> Self:
        """Touches nothing, at the desk or away from it."""
        return self._pass(minutes(until))

    def bumps_the_mouse(self) -> Self:
        self._type()
        return self

    def locks(self) -> Self:
        return self.senses(locked=True)

    def unlocks(self) -> Self:
        return self.senses(locked=False)

    def tells_of_sleep(self) -> Self:
        """The login service says that the machine is about to sleep, which it may not do after all."""
        return self.senses(asleep=True)

    def closes_the_lid(self, signal: bool = True) -> Self:
        if signal:
            self.tells_of_sleep()
        self._lid_closed = True
        return self

    def opens_the_lid(self, signal: bool = True) -> Self:
        self._lid_closed = False
        return self.senses(asleep=False) if signal else self

    def senses(self, **changes: object) -> Self:
        """The desktop shows something else: `Reading`'s fields."""
        self.reading = replace(self.reading, **changes)  # type: ignore[arg-type]
        return self.look()

    def is_shown(self, *holds: Hold) -> Self:
        return self.senses(holds=frozenset(holds))

    def sets(self, rules: Rules) -> Self:
        self.rules = rules
        return self.look(RulesChanged())

    # What the machine does.

    def sets_the_clock(self, by: timedelta) -> Self:
        self._wall_zero += by
        return self.look()

    def travels(self, zone: tzinfo) -> Self:
        self._zone = zone
        return self.look()

    def suits_nothing(self) -> Self:
        """All that the coach knows has been excluded."""
        self._suits = False
        return self

    def loses_its_server(self) -> Self:
        self._server = False
        return self

    def finds_a_server(self) -> Self:
        self._server = True
        return self.look(NotifierAppeared())

    def is_killed(self) -> Self:
        self._running = False
        return self

    def quits(self) -> Self:
        """An orderly end: everything is written."""
        limits = self.rules
        self.rules = replace(limits, heartbeat=timedelta(0))
        self._step((self.sensed(),))
        self.rules = limits
        self._saved = dump(self.state)
        return self.is_killed()

    def hangs(self, until: float) -> Self:
        """The program gets no time to run; the machine and the person go on."""
        self._advance(minutes(until))
        return self.look()

    def starts_again(self, rebooted: bool = False) -> Self:
        self._running = True
        self.state = load(State, self._saved)
        self.on_screen.clear()
        if rebooted:
            self.awake = timedelta(0)
            self._input = None
        self._step((Launched(rebooted), self.sensed()))
        return self.look()

    # How time passes.

    def _type(self) -> None:
        self._input = self.awake
        if self._listening:
            self.look()

    def _pass(self, until: timedelta) -> Self:
        while self.elapsed < until:
            if self._lid_closed:
                self.elapsed = until
            elif not self._running:
                self._advance(until)
            else:
                wake = self.elapsed + max(self._wake - self.awake, timedelta(0))
                at = min(until, wake, self._next_ring())
                self._advance(at)
                if at < until or at == wake:
                    self.look()
        return self

    def _advance(self, to: timedelta) -> None:
        self.awake += to - self.elapsed
        self.elapsed = to
        if self._typing:
            self._input = self.awake

    def _next_ring(self) -> timedelta:
        if not (self._typing and self._listening):
            return timedelta.max
        return (math.floor(self.elapsed / _SECOND) + 1) * _SECOND

    # What came of it.

    def view(self) -> View:
        """How things look now; whoever asks has the loop look first."""
        self.look()
        return view(self.state, self.now(), self.rules)

    @property
    def count(self) -> timedelta:
        return self.view().count

    def posture(self) -> Posture:
        return self.view().posture

    def spent(self, posture: Posture) -> timedelta:
        """Booked or not yet: all the time in this posture."""
        pending = [length for _, one, length in self.view().pending if one is posture]
        booked = [row.length for row in self.log.rows if row.posture is posture]
        return sum((*booked, *pending), timedelta(0))

    def sitting_by_day(self) -> dict[date, timedelta]:
        rows = [(row.day, row.posture, row.length) for row in self.log.rows]
        total: dict[date, timedelta] = {}
        for day, posture, length in (*rows, *self.view().pending):
            if posture is Posture.SITTING:
                total[day] = total.get(day, timedelta(0)) + length
        return total

    def told(self) -> Told | None:
        """What the last command came to."""
        return self._told
