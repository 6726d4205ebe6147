"""One stand-in for each port, of the same name; contract tests hold them to the real adapters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from deskbreak.clock import Mark
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.core.commands import (
    ExerciseRow,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Uncorrect,
    Unrecord,
)
from deskbreak.core.corrected import corrected, corrected_breaks
from deskbreak.core.events import Event
from deskbreak.core.postures import Break, BreakKind, Correction, Posture, Row, Stamp
from deskbreak.core.rules import Rules
from deskbreak.ports import DayTotals, Errand, Put, Recorded, Said, Stirred
from deskbreak.sensors.account import Account
from deskbreak.sensors.idle import account

MONDAY = datetime(2025, 6, 2, 9, tzinfo=UTC)


class FakeClock:
    """A clock that is told how time passes."""

    def __init__(self, wall: datetime = MONDAY, zone: tzinfo = UTC) -> None:
        self.elapsed = timedelta(0)
        self.awake = timedelta(0)
        self.wall = wall
        self.zone = zone
        self.boot = 1

    def now(self) -> Stamp:
        return Stamp(self.elapsed, self.awake, self.wall, self.zone)

    def mark(self) -> Mark:
        return Mark(f"boot-{self.boot}", timedelta(0), self.elapsed, self.wall)

    def passes(self, length: timedelta) -> None:
        self.awake += length
        self.sleeps(length)

    def sleeps(self, length: timedelta) -> None:
        """The machine is suspended for so long."""
        self.elapsed += length
        self.wall += length

    def is_set(self, by: timedelta) -> None:
        """Somebody sets the wall clock."""
        self.wall += by

    def travels(self, zone: tzinfo) -> None:
        self.zone = zone

    def reboots(self, off: timedelta) -> None:
        """The machine is off for so long, and the clocks of the new boot begin at 0."""
        self.boot += 1
        self.awake = timedelta(0)
        self.sleeps(off)


class FakeLog:
    """A log in lists, which can be told to refuse."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.breaks: dict[int, Break] = {}
        self.prompts: dict[int, PromptRow] = {}
        self.exercises: list[ExerciseRow] = []
        self.corrections: list[Correction] = []
        self._said: list[Said] = []
        self.levels: list[LevelSet | Mastered] = []
        self.saved: str | None = None
        self.refusal: Exception | None = None

    def write(self, rows: tuple[Recorded, ...], state: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        for recorded in rows:
            self._put(recorded)
        self.saved = state

    def state(self) -> str | None:
        return self.saved

    def _put(self, recorded: Recorded) -> None:
        match recorded:
            case Record(row):
                self._record(row)
            case RecordBreak(pause):
                self.breaks[pause.spell] = pause
            case RecordPrompt(row=prompt):
                self.prompts[prompt.number] = prompt
            case RecordExercise(row=exercise):
                others = [one for one in self.exercises if one.number != exercise.number]
                self.exercises = [*others, exercise]
            case RecordCorrection(correction):
                self.corrections.append(correction)
                self._said.append(Said(len(self._said) + 1, correction, False))
            case Uncorrect(correction):
                self.corrections.remove(correction)
                at = max(n for n, one in enumerate(self._said) if one.correction == correction)
                self._said[at] = replace(self._said[at], undone=True)
            case Unrecord(since, spell, number):
                self._unrecord(since, spell, number)
            case LevelSet() | Mastered():
                self.levels.append(recorded)

    def stretches(self, since: datetime, until: datetime) -> list[Row]:
        return [row for row in self.rows if row.start_at < until and row.end_at > since]

    def said(self) -> tuple[Said, ...]:
        return tuple(self._said)

    def worked_before(self, day: date, at_most: int) -> int:
        work = (Posture.SITTING, Posture.STANDING, Posture.MOVING)
        return min(at_most, len({row.day for row in self.rows if row.day < day and row.posture in work}))

    def _record(self, row: Row) -> None:
        last = self.rows[-1] if self.rows else None
        if (
            last is not None
            and (last.posture, last.how, last.day, last.offset) == (row.posture, row.how, row.day, row.offset)
            and abs(row.began - last.began - last.length) <= timedelta(milliseconds=1)
            and abs(row.start_at - last.end_at) <= timedelta(seconds=1)
        ):
            self.rows[-1] = _lasting(last, row.began + row.length - last.began, row.end_at)
        else:
            self.rows = [*(one for one in self.rows if one.began != row.began), row]
            self.rows.sort(key=lambda one: one.began)

    def _unrecord(self, since: timedelta, ended: int, number: int) -> None:
        self.exercises = [one for one in self.exercises if one.number < number]
        self.rows = [row for row in self.rows if row.began < since]
        self.breaks = {spell: one for spell, one in self.breaks.items() if spell < ended}
        if self.rows and self.rows[-1].began + self.rows[-1].length > since:
            left = since - self.rows[-1].began
            self.rows[-1] = _lasting(self.rows[-1], left, self.rows[-1].start_at + left)

    def day(self, day: date) -> DayTotals:
        def spent(posture: Posture) -> timedelta:
            of_day = observed if posture is Posture.UNKNOWN else today
            return sum((row.length for row in of_day if row.posture is posture), timedelta(0))

        lived = tuple(corrected(self.rows, self.corrections))
        today = [row for row in lived if row.day == day]
        proofs = [at for at, row in enumerate(today) if row.posture not in (Posture.AWAY, Posture.UNKNOWN)]
        observed = today[proofs[0] : proofs[-1]] if proofs else []
        breaks = corrected_breaks(self.breaks.values(), lived, self.corrections, Rules().break_min)
        kinds = [one.kind for one in breaks if one.day == day]
        bouts: list[tuple[date, timedelta, timedelta]] = []
        for row in lived:
            if row.posture is Posture.SITTING:
                if bouts and row.began - bouts[-1][2] < timedelta(seconds=60):
                    bouts[-1] = (bouts[-1][0], bouts[-1][1], row.began + row.length)
                else:
                    bouts.append((row.day, row.began, row.began + row.length))
        return DayTotals(
            day,
            tuple((posture, spent(posture)) for posture in Posture),
            tuple((kind, kinds.count(kind)) for kind in BreakKind),
            max((ended - began for on, began, ended in bouts if on == day), default=timedelta(0)),
        )


def _lasting(row: Row, length: timedelta, end_at: datetime) -> Row:
    return Row(row.began, length, row.start_at, end_at, row.offset, row.day, row.posture, row.how)


class FakeIdle:
    """An idle source whose hands and hours are moved by the test; rings as the real one does."""

    name = "fake"
    absence = "lost by the test"
    hopeless = False

    def __init__(self, put: Put) -> None:
        self.blind = False
        self.now: float | None = 0.0
        self._put = put
        self._armed = False

    def seconds(self) -> float | None:
        return None if self.blind else self.now

    def listen(self, next_input: bool) -> None:
        self._armed = next_input

    def hands_move(self) -> None:
        self.now = 0.0
        if self._armed:
            self._armed = False
            self._put(Stirred())

    def passes(self, length: timedelta) -> None:
        self.now = (self.now or 0.0) + length.total_seconds()

    def accounts(self) -> tuple[Account, ...]:
        return (account(self),)

    def is_lost(self) -> None:
        self.blind = True
        self._put(Stirred())

    def comes_back(self) -> None:
        self.blind = False
        self._put(Stirred())

    def close(self) -> None:
        self._armed = False


class FakeCalendar:
    """Puts what is due into the loop by the fake clock; see `agenda.Agenda`."""

    def __init__(self, clock: FakeClock, put: Put) -> None:
        self._clock = clock
        self._put = put
        self._armed: dict[str, tuple[datetime, Event | Errand]] = {}
        self._waiting: dict[str, tuple[datetime, Event | Errand]] = {}

    def arm(self, appointments: Mapping[str, tuple[datetime, Event | Errand]]) -> None:
        new = {name: due for name, due in appointments.items() if self._armed.get(name) != due}
        self._waiting = {n: due for n, due in self._waiting.items() if appointments.get(n) == due} | new
        self._armed = dict(appointments)

    def due(self) -> timedelta | None:
        now = self._clock.now().wall
        for name, (at, event) in list(self._waiting.items()):
            if at <= now:
                del self._waiting[name]
                self._put(event)
        return min((at - now for at, _event in self._waiting.values()), default=None)
