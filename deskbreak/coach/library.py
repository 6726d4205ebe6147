"""The exercises in force in this process: the packaged ones, unless a library of the person's was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    "chosen",
    "library",
    "packaged",
    "put_doses_in_force",
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
_known: dict[str, Exercise] | None = None


def library() -> tuple[Exercise, ...]:
    """The exercises that may be suggested, in the order of the data."""
    return tuple(each for id_, each in by_id().items() if id_ not in chosen().hidden)


def chosen() -> Library:
    """The library in force, with the doses as they stand in it."""
    return _in_force or packaged()


def by_id() -> dict[str, Exercise]:
    """Every exercise that has a name, the hidden ones too, in the doses that are in force."""
    return chosen().known if _known is None else _known


def put_in_force(wanted: Library | None) -> None:
    """From now on `library` and `by_id` answer by this one, in the whole process; None: the packaged one.

    The doses are as they stand in it, until `put_doses_in_force`.
    """
    global _in_force, _known
    _in_force, _known = wanted, None


def put_doses_in_force(doses: Mapping[str, Dose]) -> None:
    """From now on `by_id` gives these exercises in these doses, in the whole process."""
    global _known
    _known = {
        id_: replace(each, dose=doses[id_]) if doses.get(id_, each.dose) != each.dose else each
        for id_, each in chosen().known.items()
    }
