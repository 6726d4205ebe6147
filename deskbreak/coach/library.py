"""The exercises in force in this process: the packaged ones, unless a library of the person's was chosen."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from deskbreak.coach.entries import decoded, exercise
from deskbreak.coach.exercise import Dose, Exercise, Family, Figure, Level, Place, Point, Pose, View

__all__ = [
    "Dose",
    "Exercise",
    "Family",
    "Figure",
    "Level",
    "Library",
    "Place",
    "Point",
    "Pose",
    "View",
    "by_id",
    "library",
    "packaged",
    "put_in_force",
]


@dataclass(frozen=True, slots=True)
class Library:
    """`known` holds every exercise by its id, in order; `hidden` the ids of those never to be suggested."""

    known: dict[str, Exercise]
    hidden: frozenset[str] = frozenset()

    @property
    def shown(self) -> tuple[Exercise, ...]:
        return tuple(each for each in self.known.values() if each.id not in self.hidden)


@cache
def packaged() -> Library:
    """The exercises that come with the program; raises `Refused` where an entry is wrong, which is a bug."""
    text = files("deskbreak.coach").joinpath("exercises.json").read_text("utf-8")
    entries = decoded(text)
    assert isinstance(entries, list)
    return Library({each.id: each for each in map(exercise, entries)})


_in_force: Library | None = None


def library() -> tuple[Exercise, ...]:
    """The exercises that may be suggested, in the order of the data."""
    return (_in_force or packaged()).shown


def by_id() -> dict[str, Exercise]:
    """Every exercise that has a name, the hidden ones too."""
    return (_in_force or packaged()).known


def put_in_force(chosen: Library | None) -> None:
    """From now on `library` and `by_id` answer by this one, in the whole process; None: the packaged one."""
    global _in_force
    _in_force = chosen
