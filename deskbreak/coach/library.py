"""The exercises, read once from the packaged data."""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of it: `reps` a set (a side, where `per_side`), each held for `hold`."""

    sets: int
    reps: int
    hold: timedelta
    per_side: bool
    total: timedelta


@dataclass(frozen=True, slots=True)
class Exercise:
    id: str
    name: str
    family: str
    level: int
    place: str
    needs_floor: bool
    quiet: bool
    discreet: bool
    dose: Dose
    cue: str

    @property
    def seated(self) -> bool:
        """Whether doing it leaves the person sitting: an activation, not a break."""
        return self.place == "chair"

    @property
    def switch(self) -> bool:
        """Whether it is the switch to standing: a posture, not something to finish."""
        return self.family == "stand"


@cache
def library() -> tuple[Exercise, ...]:
    """All exercises in the order of the data."""
    text = files("deskbreak.coach").joinpath("exercises.json").read_text("utf-8")
    return tuple(_exercise(entry) for entry in json.loads(text))


@cache
def by_id() -> dict[str, Exercise]:
    return {exercise.id: exercise for exercise in library()}


def _exercise(entry: dict[str, object]) -> Exercise:
    dose = entry["dose"]
    assert isinstance(dose, dict)
    return Exercise(
        id=str(entry["id"]),
        name=str(entry["name"]),
        family=str(entry["family"]),
        level=int(str(entry["level"])),
        place=str(entry["place"]),
        needs_floor=entry["needs_floor"] is True,
        quiet=entry["quiet"] is True,
        discreet=entry["discreet"] is True,
        dose=Dose(
            sets=int(dose["sets"]),
            reps=int(dose["reps"]),
            hold=timedelta(seconds=dose["hold_s"]),
            per_side=bool(dose["per_side"]),
            total=timedelta(seconds=dose["total_s"]),
        ),
        cue=str(entry["cue"]),
    )
