"""Everything the program knows about now, as one frozen value; only `machine.step` makes the next."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from deskbreak.core.commands import Command, ExerciseRow, Prompt, PromptKind, PromptRow, Rule, Told
from deskbreak.core.events import Event, Hold, Until
from deskbreak.core.naming import Naming
from deskbreak.core.postures import How, Posture, Stamp, Stretch

NOTHING = timedelta(0)


class ClaimKind(Enum):
    """What a source says about an interval."""

    DOWN = "down"
    OFF_POWER = "off-power"
    SLEPT = "slept"
    LOCKED = "locked"
    BLIND = "blind"
    HERE = "here"
    CALL = "call"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Claim:
    """`until` None: still so."""

    kind: ClaimKind
    since: timedelta
    until: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A hold the desktop shows. `spent`: it lasted so long that one reminder was given all the same."""

    hold: Hold
    since: timedelta
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Spell:
    """What became of the reminders since the last reset.

    `rung` is the next one of the ladder, `shown_count` the count when the last was shown, `next_count`
    the count at which the next is due after a Skip or Start.
    """

    number: int = 1
    given: int = 0
    rung: int = 0
    shown_count: timedelta = NOTHING
    next_count: timedelta | None = None
    snoozed_until: timedelta | None = None
    snoozes: int = 0
    due_since: timedelta | None = None
    held: bool = False
    at_once: bool = False
    undelivered: bool = False
    accepted: bool = False
    snoozed_ever: bool = False
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Quietness:
    """Nothing was heard from `began` to `ended`, too short to be an absence; `offered`: it is asked about."""

    began: timedelta
    ended: timedelta
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A prompt that is on the screen, or (`shown` False) was withdrawn and has no outcome yet.

    `quiet` is the latest time in which the person may have been up because of it.
    """

    prompt: Prompt
    row: PromptRow
    shown_at: timedelta
    seated: bool
    switch: bool
    dose: timedelta
    shown: bool = True
    quiet: Quietness | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What the end of a spell by an absence forgot: the count, and what became of its reminders."""

    count: timedelta
    spell: Spell
    stretched: timedelta
    ignored_run: int
    accepted_run: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """An absence known only by quiet, which the person may say was none. `before`: it ended a spell."""

    began: timedelta
    ended: timedelta
    bout_began: timedelta | None
    before: Before | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that may still be answered.

    It is about the `doubt` of a return, or about how the `exercise` that was done was; neither: it is the
    offer that follows three returns.
    """

    prompt: Prompt
    row: PromptRow
    doubt: Doubt | None = None
    exercise: ExerciseRow | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A prompt that the coach is choosing for."""

    number: int
    kind: PromptKind
    level: int
    rule: Rule
    sat_for: timedelta
    limit: timedelta
    waited: timedelta
    holds: tuple[Hold, ...]
    start: bool


@dataclass(frozen=True, slots=True)
class Exercise:
    """What was started and not yet done: `row` is the reminder it came from, `number` its own prompt.

    `left` is when who was quiet for most of its time came back; `asked`: its end is asked about.
    """

    id: str
    began: timedelta
    dose: timedelta
    seated: bool
    row: PromptRow | None
    number: int
    left: timedelta | None = None
    asked: bool = False

    @property
    def ends(self) -> timedelta:
        return self.began + self.dose


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is near: it begins `at` (UTC), and nothing but its primer is suggested until then.

    `due`: the primer is to be offered, not before `again_at`; `over`: nothing more is said of it.
    """

    at: datetime
    due: bool = False
    again_at: datetime | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Evening:
    """The work of this day is over: it is summed up once if `least` was worked, not before `again_at`."""

    day: date
    least: timedelta
    again_at: timedelta = NOTHING
    shown: PromptRow | None = None


@dataclass(frozen=True, slots=True)
class Off:
    """Tracking is off. `until` None: see `named`."""

    since: timedelta
    until: timedelta | None
    named: Until | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Reminders are paused."""

    since: timedelta
    until: timedelta | None
    named: Until | None


@dataclass(frozen=True, slots=True)
class DeskSays:
    """A desk sensor reported a posture that has not yet held long enough to be believed."""

    posture: Posture
    since: timedelta


@dataclass(frozen=True, slots=True)
class Absence:
    """The last one that ended a spell: what it was booked as, without gap, and whether as a break too.

    `after` is what was booked since, for as long as the absence may still be said to have been a walk.
    """

    stretches: tuple[Stretch, ...]
    spell: int
    logged: bool
    after: tuple[Stretch, ...] = ()

    @property
    def began(self) -> timedelta:
        return self.stretches[0].began

    @property
    def ended(self) -> timedelta:
        return self.stretches[-1].ended


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last command: the state before it, what took place since, and what to re-book."""

    before: "State"
    told: Told
    at: timedelta
    since: tuple[tuple[Event, Stamp], ...]
    rebook: tuple[Command, ...]


@dataclass(frozen=True)
class State:
    """All moments are on the elapsed clock.

    Everything before `settled_at` is booked; `proof_at` is the last proof of presence (None: nobody has
    been seen yet). `tentative_at` is a lone input that ended an absence, unless nothing follows.
    `lapsed` are the holds that ended a moment ago, and when.
    From `doubt_from` on nobody knows whether the person still stands.
    `before` is what the absence in progress has ended, `doubt` the one to be asked about. `asked_at` are
    the return questions of about a day, `sat_at` the answers "sitting" of a week.
    `count`, `stood` and `bout_began` are as of `settled_at`.
    `planned` is the one run that the person told of, `run_over` the last one that was dealt with.
    `lately` are the last runs of one posture that are booked; see `lately.lately`.
    """

    seen: Stamp
    namings: tuple[Naming, ...]
    settled_at: timedelta
    proof_at: timedelta | None = None
    input_awake: timedelta | None = None
    input_floor: timedelta = NOTHING
    tentative_at: timedelta | None = None
    confirm_from: timedelta | None = None
    claims: tuple[Claim, ...] = ()
    locked: bool | None = None
    asleep: bool = False
    blind: bool = False

    upright: Posture = Posture.SITTING
    upright_by: How = How.INPUT
    upright_since: timedelta = NOTHING
    confirmed_at: timedelta = NOTHING
    desk: DeskSays | None = None
    count: timedelta = NOTHING
    stood: timedelta = NOTHING
    bout_began: timedelta | None = None
    broke: int | None = None
    break_logged: bool = False
    last_absence: Absence | None = None
    before: Before | None = None
    doubt: Doubt | None = None
    question: Question | None = None
    asked_at: tuple[timedelta, ...] = ()
    sat_at: tuple[timedelta, ...] = ()
    stood_break: tuple[timedelta, int] | None = None
    accepted_at: timedelta | None = None
    saved_at: timedelta = NOTHING

    spell: Spell = Spell()
    stand_rung: int = 0
    stand_shown: timedelta = NOTHING
    doubt_from: timedelta | None = None
    open: Open | None = None
    pending: Pending | None = None
    exercise: Exercise | None = None
    next_number: int = 1
    shown_at: tuple[timedelta, ...] = ()
    stretched: timedelta = NOTHING
    ignored_run: int = 0
    accepted_run: int = 0
    limit_seen: timedelta | None = None

    off: Off | None = None
    quiet: Quiet | None = None
    off_hours_since: timedelta | None = None
    holds: tuple[Held, ...] = ()
    lapsed: tuple[tuple[Held, timedelta], ...] = ()
    free_since: timedelta | None = None

    planned: datetime | None = None
    run: Run | None = None
    run_over: datetime | None = None
    evening: Evening | None = None
    lately: tuple[Stretch, ...] = ()

    undoable: Undoable | None = field(default=None, compare=False)

    def but(self, **changes: Any) -> "State":
        """`dataclasses.replace`, at a tenth of its cost: a value of so many fields is made often."""
        other = object.__new__(State)
        other.__dict__.update(self.__dict__, **changes)
        return other


def fresh(now: Stamp) -> State:
    """The state of a program that has never run: nobody seen, nothing booked."""
    return State(
        seen=now,
        namings=(Naming(now.elapsed, now.wall - now.elapsed, now.zone),),
        settled_at=now.elapsed,
        input_floor=now.elapsed,
        upright_since=now.elapsed,
        confirmed_at=now.elapsed,
        saved_at=now.elapsed,
    )
