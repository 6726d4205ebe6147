"""The seams: what the loop asks of the world, one or two methods each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Protocol

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.screening import Answers
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.core.commands import (
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Uncorrect,
    Unrecord,
    Urgency,
)
from deskbreak.core.events import Event, Reading
from deskbreak.core.postures import BreakKind, Correction, Posture, Row, Stamp


class Errand(Enum):
    """What a menu row, or the calendar, asks of the program itself rather than of the state."""

    TODAY = "today"
    BACKUP = "backup"
    SETTINGS = "settings"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Stirred:
    """Look again: something crossed a threshold. It carries no fact."""


@dataclass(frozen=True, slots=True)
class ShowHow:
    """What a button or a menu row asks of the program itself: the guide to this exercise."""

    exercise: str


@dataclass(frozen=True, slots=True)
class TakeLevel:
    """What a button or a menu row asks of the program itself: this level in that family from now on."""

    family: Family
    level: Level


@dataclass(frozen=True, slots=True)
class Was:
    """The person's word, from a menu row, about `[began, ended)` of the elapsed clock."""

    began: timedelta
    ended: timedelta
    posture: Posture


@dataclass(frozen=True, slots=True)
class KeepAnswers:
    """What a menu row asks of the program itself: these are the answers to the screening from now on."""

    answers: Answers


Choice = Event | Errand | ShowHow | TakeLevel | KeepAnswers | Was


@dataclass(frozen=True, slots=True)
class Choose:
    """One row of the menu. No `choice` and no `rows`: it only tells. `checked` None: no mark at all."""

    label: str
    choice: Choice | None = None
    rows: tuple["MenuRow", ...] = ()
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Separator:
    pass


MenuRow = Choose | Separator


@dataclass(frozen=True, slots=True)
class Face:
    """What the icon shows: posture by shape, `share` (0 to 1) of the limit by a filling ring.

    `due`: a reminder is open or due. `silent`: reminders are paused, held or snoozed. `tracking` False:
    nothing is observed. `fault`: something needs a look.
    """

    posture: Posture
    share: float = 0.0
    due: bool = False
    silent: bool = False
    tracking: bool = True
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the tray shows at one moment, published by one assignment."""

    face: Face
    title: str
    rows: tuple[MenuRow, ...]


@dataclass(frozen=True, slots=True)
class CardButton:
    label: str
    choice: Event | ShowHow | TakeLevel


@dataclass(frozen=True, slots=True)
class Card:
    """A prompt in words, ready for a notification server.

    `lasts` None: as long as the server likes. `sound` False: the server is asked to make none.
    `picture`: the id of the exercise that it shows.
    """

    number: int
    title: str
    body: str
    buttons: tuple[CardButton, ...]
    urgency: Urgency
    lasts: timedelta | None = None
    sound: bool = False
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What the log holds of one local day: time by posture, breaks by kind, the longest sitting bout."""

    day: date
    by_posture: tuple[tuple[Posture, timedelta], ...]
    breaks: tuple[tuple[BreakKind, int], ...]
    longest: timedelta


class Clock(Protocol):
    def now(self) -> Stamp: ...


class Sensor(Protocol):
    """Answers what is the case now; puts `Stirred` into the inbox when a threshold was crossed."""

    def read(self) -> Reading: ...

    def listen(self, next_input: bool) -> None:
        """Ring at the very next input (True), or leave the person's typing alone (False)."""


class Notifier(Protocol):
    """Shows one card at a time: a new one replaces the old. Outcomes come back through the inbox."""

    def show(self, card: Card) -> None: ...

    def withdraw(self, number: int) -> None: ...


class Display(Protocol):
    def show(self, picture: Picture) -> None: ...


Recorded = (
    Record
    | RecordBreak
    | RecordPrompt
    | RecordExercise
    | RecordCorrection
    | Uncorrect
    | Unrecord
    | LevelSet
    | Mastered
)


@dataclass(frozen=True, slots=True)
class Said:
    """A correction with its number in the log; `undone`: it was taken back."""

    number: int
    correction: Correction
    undone: bool


class Log(Protocol):
    """The only memory. `write` is one transaction: the rows and the state that they lead to."""

    def write(self, rows: tuple[Recorded, ...], state: str) -> None: ...

    def day(self, day: date) -> DayTotals: ...

    def stretches(self, since: datetime, until: datetime) -> Iterable[Row]:
        """Those that lie wholly or in part in `[since, until)`, in the order they were lived, uncorrected."""

    def said(self) -> tuple[Said, ...]:
        """All corrections, also those taken back, by number."""

    def worked_before(self, day: date, at_most: int) -> int:
        """How many days before this one have work in them, counted up to so many."""


Put = Callable[[object], None]
"""Puts something into the loop's inbox; safe to call from any thread."""
