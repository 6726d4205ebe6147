"""What an exercise is: values of one kind each, with all that the data holds; nothing is read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, IntEnum, StrEnum
from typing import NamedTuple


class Family(StrEnum):
    """What an exercise trains; levels are kept for each family."""

    SQUEEZE = "squeeze"
    BRIDGE = "bridge"
    FLEXOR = "flexor"
    HIP = "hip"
    SQUAT = "squat"
    PUMP = "pump"
    MOBILITY = "mobility"
    WALK = "walk"
    STAND = "stand"


class Level(IntEnum):
    """The steps of the ladder within a family."""

    L101 = 101
    L202 = 202
    L303 = 303


class Place(StrEnum):
    """Where the body is while doing it."""

    CHAIR = "chair"
    STANDING = "standing"
    FLOOR = "floor"


class View(Enum):
    """From where the figure is seen. LYING: from in front, the body on its side."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    LYING = "lying"


class Point(NamedTuple):
    """On the drawing's canvas: x to the right, which is forward; y up, 0 is the floor."""

    x: float
    y: float


JOINTS: Mapping[str, str] = {
    "head": "head",
    "neck": "neck",
    "hip": "hip",
    "kneeN": "knee_near",
    "ankleN": "ankle_near",
    "elbowN": "elbow_near",
    "handN": "hand_near",
    "toeN": "toe_near",
    "hipN": "hip_near",
    "hipF": "hip_far",
    "kneeF": "knee_far",
    "ankleF": "ankle_far",
    "toeF": "toe_far",
    "elbowF": "elbow_far",
    "handF": "hand_far",
}
"""What the data calls each joint of a `Pose`: N is near, F is far."""

CANVAS = (-12.0, 0.0, 120.0, 100.0)
"""Left, bottom, width and height of the canvas of every figure."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the joints are. `near` is the limb towards the viewer; in a front or back view the left one.

    The legs begin at `hip_near` and `hip_far` where these are given, else at `hip`. A far limb that is
    not drawn is None from its first joint on.
    """

    head: Point
    neck: Point
    hip: Point
    knee_near: Point
    ankle_near: Point
    elbow_near: Point
    hand_near: Point
    toe_near: Point | None = None
    hip_near: Point | None = None
    hip_far: Point | None = None
    knee_far: Point | None = None
    ankle_far: Point | None = None
    toe_far: Point | None = None
    elbow_far: Point | None = None
    hand_far: Point | None = None

    @property
    def joints(self) -> dict[str, Point]:
        """Those that are drawn, under the names of the data."""
        found = {name: getattr(self, joint) for name, joint in JOINTS.items()}
        return {name: point for name, point in found.items() if point is not None}


@dataclass(frozen=True, slots=True)
class Figure:
    """The two poses between which the exercise moves; `props` and `note` are for who draws it."""

    view: View
    start: Pose
    end: Pose
    props: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of it: `reps` a set (a side, where `per_side`), each held for `hold`, `rest` between them.

    `total` is the time of all of it, changeovers included; `tempo` is its rhythm in words, `beats` the
    beats a minute of an exercise that goes by a beat.
    """

    sets: int
    reps: int
    hold: timedelta
    per_side: bool
    total: timedelta
    rest: timedelta = timedelta()
    tempo: str = ""
    beats: int | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """`needs` is the equipment; `easier` and `harder` are ids. Only a person's own one lacks a figure."""

    id: str
    name: str
    family: Family
    level: Level
    place: Place
    needs_floor: bool
    quiet: bool
    discreet: bool
    dose: Dose
    cue: str
    steps: tuple[str, ...]
    mistakes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None
    figure: Figure | None = None

    @property
    def seated(self) -> bool:
        """Whether doing it leaves the person sitting: an activation, not a break."""
        return self.place is Place.CHAIR

    @property
    def switch(self) -> bool:
        """Whether it is the switch to standing: a posture, not something to finish."""
        return self.family is Family.STAND
