"""What happened, in the past tense: all that can change the state, from whatever side it comes.

An event carries no time: `machine.step` gets the moment beside it. The tray, the notification and the
command line make the same events.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from deskbreak.core.postures import Correction, How


class Hold(Enum):
    """Why a reminder that is due is not shown."""

    CALL = "call"
    FULLSCREEN = "fullscreen"
    SHARING = "sharing"
    DND = "dnd"
    LOCK = "lock"
    PAUSE = "pause"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sensors say now.

    `idle` is the time since the last input, None when nothing usable was read this time; `blind` says
    that there is no idle source at all. `asleep` covers a machine about to sleep and a session that is
    not the active one. `holds` are those the desktop shows (call, fullscreen, sharing, dnd).
    """

    idle: timedelta | None = None
    blind: bool = False
    locked: bool = False
    asleep: bool = False
    call: bool = False
    media: bool = False
    holds: frozenset[Hold] = frozenset()


@dataclass(frozen=True, slots=True)
class Sensed:
    reading: Reading


@dataclass(frozen=True, slots=True)
class Launched:
    """The program runs again; `rebooted` says that the machine was off in between."""

    rebooted: bool


@dataclass(frozen=True, slots=True)
class StoodUp:
    by: How = How.USER


@dataclass(frozen=True, slots=True)
class SatDown:
    by: How = How.USER


@dataclass(frozen=True, slots=True)
class SaidHere:
    """Reading mode: no input is not absence, for so long or (None) until the next lock."""

    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The person accepted a reminder or began a break; None: the exercise on offer, or the next one.

    `available` is how long they have for it (None: as usual); `quiet`: without a noise; `primer`: it is the
    primer before a run.
    """

    exercise: str | None = None
    available: timedelta | None = None
    quiet: bool = False
    primer: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """What was started is done; with nothing started, a walk since the last proof."""


@dataclass(frozen=True, slots=True)
class Snoozed:
    """None: as long as the settings say."""

    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    pass


@dataclass(frozen=True, slots=True)
class AskedAnother:
    """Another suggestion instead of the one on offer."""


class Answer(Enum):
    """What the person says of a time in which nothing was heard of them (rules.md section 3).

    `UP` answers a reminder; `LONGER` and `AS_IS` the offer to take longer quiet for sitting.
    """

    AWAY = "away"
    SITTING = "sitting"
    STANDING = "standing"
    READING = "reading"
    UP = "up"
    LONGER = "longer"
    AS_IS = "as-is"


@dataclass(frozen=True, slots=True)
class Answered:
    """The person answers prompt `number`."""

    number: int
    answer: Answer


class Rating(Enum):
    """How an exercise was, as the person says; `PAIN` rests its family (selection.md section 3.1)."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Rated:
    """The person answers prompt `number` after an exercise; None: it was not done."""

    number: int
    rating: Rating | None


class Until(Enum):
    """The ends of a pause that are no duration."""

    TOMORROW = "until-tomorrow"
    INDEFINITELY = "indefinitely"


@dataclass(frozen=True, slots=True)
class Paused:
    """Reminders are silenced, tracking goes on."""

    lasts: timedelta | Until


@dataclass(frozen=True, slots=True)
class TrackingStopped:
    """Nothing is observed and the count is frozen."""

    lasts: timedelta | Until = Until.INDEFINITELY


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person ends a pause or has tracking go on, whichever is on."""


@dataclass(frozen=True, slots=True)
class TomorrowCame:
    """The calendar's word that `until-tomorrow` is reached."""


@dataclass(frozen=True, slots=True)
class HoursBegan:
    """The calendar's word that the working hours of the settings have begun."""


@dataclass(frozen=True, slots=True)
class HoursEnded:
    pass


@dataclass(frozen=True, slots=True)
class RunPlanned:
    """The person says that they run in so long."""

    starts_in: timedelta


@dataclass(frozen=True, slots=True)
class RunNears:
    """The calendar's word: until the run at this moment (UTC) nothing but its primer is suggested."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PrimerDue:
    """The calendar's word that the primer of the run at this moment (UTC) is to be offered."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """How the sitting goes on after a correction: the `count`, and since when its bout (None: no bout).

    `left_at`: the person was away from then on, so that another spell began after it.
    """

    count: timedelta
    left_at: timedelta | None
    bout_began: timedelta | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The person says what a past time was, or takes that back; `course` None: nothing else changes."""

    said: tuple[Correction, ...]
    unsaid: tuple[Correction, ...] = ()
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class EveningCame:
    """The calendar's word that the work of this local day is over; it is summed up if `least` was worked."""

    day: date
    least: timedelta


@dataclass(frozen=True, slots=True)
class Summed:
    """How the local `day` was so far; `worked` is all the time at the desk or on a walk."""

    day: date
    worked: timedelta
    sitting: timedelta
    breaks: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Undid:
    pass


@dataclass(frozen=True, slots=True)
class Offered:
    """The coach chose: prompt `number` names this exercise, in this wording of the pool.

    `seated` says that doing it does not end the sitting, `switch` that it is the switch to standing,
    `dose` how long it takes.
    """

    number: int
    exercise: str
    wording: int
    dose: timedelta
    seated: bool
    switch: bool


@dataclass(frozen=True, slots=True)
class Unoffered:
    """The coach has nothing that suits for prompt `number`; `wording` as in `Offered`."""

    number: int
    wording: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """The desktop has prompt `number` (which is not to say that anybody saw it)."""

    number: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """No desktop service took prompt `number`."""

    number: int
    why: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The person closed prompt `number` without pressing a button."""

    number: int


@dataclass(frozen=True, slots=True)
class NotifierAppeared:
    """A notification server is there again."""


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """New settings are in force from this step on."""


Event = (
    Sensed
    | Launched
    | StoodUp
    | SatDown
    | SaidHere
    | Started
    | Finished
    | Snoozed
    | Skipped
    | AskedAnother
    | Answered
    | Rated
    | Paused
    | TrackingStopped
    | Resumed
    | TomorrowCame
    | HoursBegan
    | HoursEnded
    | RunPlanned
    | RunNears
    | PrimerDue
    | Corrected
    | EveningCame
    | Summed
    | Undid
    | Offered
    | Unoffered
    | Delivered
    | Undelivered
    | Dismissed
    | NotifierAppeared
    | RulesChanged
)
