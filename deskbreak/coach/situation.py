"""What a choice is made from, as values: the room, the moment, what came before, and the person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from deskbreak.coach.exercise import Family, Level

_NOTHING = timedelta()
USUAL_TIME = timedelta(minutes=3)


class Where(Enum):
    HOME = "home"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Room:
    """What the person's surroundings allow, by the settings and by what was asked for just now.

    `discreet`: only what colleagues would not notice. `quiet`: nothing that makes a noise. `available` is
    the time there is (a change of posture needs none).
    """

    floor: bool = True
    discreet: bool = False
    standing_desk: bool = True
    where: Where = Where.HOME
    quiet: bool = False
    available: timedelta = USUAL_TIME

    @property
    def lying(self) -> bool:
        """Whether one may lie down here: nobody does in an office, whatever the setting for the floor."""
        return self.floor and self.where is Where.HOME


@dataclass(frozen=True, slots=True)
class Moment:
    """How things are: `bout` is the sitting in one go, `sat` and `stood` the day's; unknown ones are 0.

    `stood_ago`: since the last standing block of this day ended, None without one.
    """

    bout: timedelta = _NOTHING
    sat: timedelta = _NOTHING
    stood: timedelta = _NOTHING
    standing: bool = False
    stood_ago: timedelta | None = None
    on_call: bool = False


class Came(Enum):
    """What became of an offer."""

    NOTHING = "nothing"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Offer:
    """An exercise that a prompt named; `named`: the person had asked for this one."""

    exercise: str
    came: Came = Came.NOTHING
    named: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """An exercise that was done: how long ago it ended, and how many of the person's days (0: today)."""

    exercise: str
    ago: timedelta
    days: int


@dataclass(frozen=True, slots=True)
class History:
    """`offers`: the latest last; `done`: everything known, in any order."""

    offers: tuple[Offer, ...] = ()
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Levels reached (a family that is missing: the first), families at rest after a report of pain,

    ids excluded by the screening or by hand, and ids hidden by the person's own file.
    """

    levels: Mapping[Family, Level] = field(default_factory=dict)
    resting: frozenset[Family] = frozenset()
    excluded: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def level(self, family: Family) -> Level:
        return self.levels.get(family, Level.L101)


@dataclass(frozen=True, slots=True)
class Situation:
    """All of it; `easier`: this reminder follows one that was not answered."""

    room: Room = Room()
    moment: Moment = Moment()
    history: History = History()
    person: Person = field(default_factory=Person)
    easier: bool = False
