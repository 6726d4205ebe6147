"""What is to be done about an event, in the imperative; the loop carries every one of them out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from deskbreak.core.events import Hold, Rating, Summed
from deskbreak.core.outcomes import Outcome as Outcome
from deskbreak.core.outcomes import PromptKind as PromptKind
from deskbreak.core.postures import Break, Correction, Row


class Button(Enum):
    """What a prompt can be answered with."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    SIT = "sit"
    STAND = "stand"
    DONE = "done"
    HOW = "how"
    LATER = "later"
    NOT_TODAY = "not-today"
    WAS_AWAY = "was-away"
    WAS_SITTING = "was-sitting"
    WAS_STANDING = "was-standing"
    WAS_READING = "was-reading"
    WAS_UP = "was-up"
    LONGER = "longer"
    AS_IS = "as-is"
    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    PAIN = "pain"
    NOT_DONE = "not-done"


class Urgency(Enum):
    """The three levels of the Desktop Notifications Specification, section "Urgency Levels"."""

    LOW = 0
    NORMAL = 1
    CRITICAL = 2


class Rule(Enum):
    """Which rule made a reminder due, or kept it back."""

    LIMIT = "limit"
    LADDER = "ladder"
    SNOOZE_ENDED = "snooze-ended"
    AFTER_SKIP = "after-skip"
    AFTER_HOLD = "after-hold"
    HOLD_TOO_LONG = "hold-too-long"
    STANDING = "standing"
    STILL_STANDING = "still-standing"
    ASKED = "asked"
    RETURNED = "returned"
    RUN = "run"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a prompt was shown or held: what `why` reads. Durations are those at the moment of deciding.

    `waited` is how long a reminder was due by then (a return question: how long it was quiet), `held_since`
    the moment (UTC) from which the first of `holds` was in force.
    """

    rule: Rule
    count: timedelta
    limit: timedelta
    idle: timedelta | None
    waited: timedelta
    holds: tuple[Hold, ...]
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """Anything put on the screen; words are put to it by `words`.

    `level` is 1 to 3 for the two kinds of reminder and 0 else; `exercise` is an id of the library, or a
    primer's, and `lasts` how long to do it. `sat_for` is the count that it states (standing reminders: the
    time stood; the return question: the quiet; a primer: the time until the run; the evening: the day's,
    as in `summed`).
    """

    number: int
    kind: PromptKind
    level: int
    exercise: str | None
    wording: int
    sat_for: timedelta
    buttons: tuple[Button, ...]
    urgency: Urgency
    lasts: timedelta = timedelta(0)
    summed: Summed | None = None


@dataclass(frozen=True, slots=True)
class PromptRow:
    """A prompt as the log keeps it; written again with the same number when its outcome is known."""

    number: int
    kind: PromptKind
    level: int
    exercise: str | None
    at: datetime
    offset: timedelta
    decision: Decision | None
    outcome: Outcome | None
    outcome_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """Something done from the library, for `length` of the `dose` that it takes.

    `number` is its own among all prompts and exercises; `activation`: in the chair, and the sitting went on.
    """

    number: int
    exercise: str
    start_at: datetime
    offset: timedelta
    length: timedelta
    dose: timedelta
    activation: bool
    rating: Rating | None


class Told(Enum):
    """What a command of the person's came to; `words` makes the sentence from it and the state."""

    SITTING = "sitting"
    STANDING = "standing"
    HERE = "here"
    STARTED = "started"
    DONE = "done"
    WALKED = "walked"
    SNOOZED = "snoozed"
    PAUSED_NOT_SNOOZED = "paused-not-snoozed"
    SKIPPED = "skipped"
    PAUSED = "paused"
    TRACKING_OFF = "tracking-off"
    RESUMED = "resumed"
    UNDONE = "undone"
    ANOTHER = "another"
    WAS_AWAY = "was-away"
    WAS_SITTING = "was-sitting"
    WAS_STANDING = "was-standing"
    WAS_UP = "was-up"
    LONGER = "longer"
    AS_IS = "as-is"
    RATED = "rated"
    NOT_DONE = "not-done"
    CORRECTED = "corrected"
    UNCORRECTED = "uncorrected"
    RUN_PLANNED = "run-planned"
    LATER = "later"
    NOT_AGAIN = "not-again"
    NOT_TODAY = "not-today"
    ALREADY = "already"
    NOTHING_SUITS = "nothing-suits"
    NOTHING_INSTEAD = "nothing-instead"
    NOTHING_TO_SKIP = "nothing-to-skip"
    NOTHING_TO_END = "nothing-to-end"
    NOTHING_TO_RESUME = "nothing-to-resume"
    NOTHING_TO_UNDO = "nothing-to-undo"
    NOTHING_TO_ANSWER = "nothing-to-answer"

    @property
    def refused(self) -> bool:
        """Whether the command changed nothing (exit status 1)."""
        return self.value.startswith("nothing-")


@dataclass(frozen=True, slots=True)
class Suggest:
    """Have the coach choose; the answer comes back as `Offered` or `Unoffered` with the same number.

    `easier`: a shorter one than the usual. `wanted`: the id that the person named, if any; `available` and
    `quiet`: what they asked for just now. `own`: for a break that they begin, so that no reminder is worded.
    `primer`: the primer before a run, whichever the day asks for.
    `count` is the sitting, at the moment `at` (UTC) of the local `day`.
    """

    number: int
    easier: bool
    wanted: str | None
    own: bool
    count: timedelta
    standing: bool
    on_call: bool
    at: datetime
    day: date
    available: timedelta | None = None
    quiet: bool = False
    primer: bool = False


@dataclass(frozen=True, slots=True)
class ShowGuide:
    """Show the person the guide to this; it is being done."""

    exercise: str


@dataclass(frozen=True, slots=True)
class SumUp:
    """Have the day summed up; the answer comes back as `Summed`."""

    day: date


@dataclass(frozen=True, slots=True)
class Show:
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Withdraw:
    number: int


@dataclass(frozen=True, slots=True)
class Record:
    """Book this, lengthening the last row where it goes on in the same way."""

    row: Row


@dataclass(frozen=True, slots=True)
class RecordBreak:
    """Book this break, in place of one with the same spell number."""

    pause: Break


@dataclass(frozen=True, slots=True)
class RecordPrompt:
    """Book this prompt, in place of one with the same number."""

    row: PromptRow


@dataclass(frozen=True, slots=True)
class RecordExercise:
    """Book this exercise, in place of one with the same number."""

    row: ExerciseRow


@dataclass(frozen=True, slots=True)
class RecordCorrection:
    """Book the person's word about a time; what was booked of it stays as it is."""

    correction: Correction


@dataclass(frozen=True, slots=True)
class Uncorrect:
    """Book that this correction is taken back."""

    correction: Correction


@dataclass(frozen=True, slots=True)
class Unrecord:
    """Take back what was booked from a moment of the elapsed clock on.

    That is rows from `since` on, the breaks that ended spell `spell` and later ones, and the exercises with
    `number` and higher ones.
    """

    since: timedelta
    spell: int
    number: int


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer the person's command."""

    told: Told


@dataclass(frozen=True, slots=True)
class Save:
    """Write the state itself now, not only at the next heartbeat."""


@dataclass(frozen=True, slots=True)
class LengthenAwayAfter:
    """Have quiet up to this long count as sitting from now on, by the person's settings."""

    to: timedelta


Command = (
    Suggest
    | ShowGuide
    | SumUp
    | Show
    | Withdraw
    | Record
    | RecordBreak
    | RecordPrompt
    | RecordExercise
    | RecordCorrection
    | Uncorrect
    | Unrecord
    | LengthenAwayAfter
    | Tell
    | Save
)
