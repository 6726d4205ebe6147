"""The kinds of values that the fields of an exercise can have, read strictly from what JSON gave; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from deskbreak.coach.exercise import CANVAS, Point

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class NotAllowed:
    kind: "Kind"
    found: object


@dataclass(frozen=True, slots=True)
class Missing:
    kind: "Kind"


@dataclass(frozen=True, slots=True)
class NoSuchField:
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSuchExercise:
    id: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Twice:
    """The id was there before."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Each of the ids leads to the next, and the last is the first."""

    ids: tuple[str, ...]


Reason = NotAllowed | Missing | NoSuchField | NoSuchExercise | Twice | Circle


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at `field`, the path of a field as `dose.reps`; empty where all of an entry is meant."""

    field: str
    reason: Reason


class Refused(ValueError):  # noqa: N818  it says what became of the value
    """Not allowed, for at least one reason."""

    def __init__(self, *flaws: Flaw) -> None:
        super().__init__(flaws)
        self.flaws = flaws


@dataclass(frozen=True, slots=True)
class Whole:
    least: int
    most: int

    def read(self, found: object) -> int:
        if isinstance(found, bool) or not isinstance(found, int) or not self.least <= found <= self.most:
            raise _not_allowed(self, found)
        return found


@dataclass(frozen=True, slots=True)
class Number:
    least: float
    most: float

    def read(self, found: object) -> float:
        # NaN is in no order.
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise _not_allowed(self, found)
        if not self.least <= found <= self.most:
            raise _not_allowed(self, found)
        return found


@dataclass(frozen=True, slots=True)
class Flag:
    def read(self, found: object) -> bool:
        if not isinstance(found, bool):
            raise _not_allowed(self, found)
        return found


@dataclass(frozen=True, slots=True)
class Text:
    """One line of it, with nothing that a terminal would take for more than a letter."""

    longest: int

    def read(self, found: object) -> str:
        if not isinstance(found, str) or not found.strip() or len(found) > self.longest:
            raise _not_allowed(self, found)
        if not found.isprintable():
            raise _not_allowed(self, found)
        return found.strip()


@dataclass(frozen=True, slots=True)
class Texts:
    longest: int
    least: int = 0
    most: int = 20

    def read(self, found: object) -> tuple[str, ...]:
        if not isinstance(found, list) or not self.least <= len(found) <= self.most:
            raise _not_allowed(self, found)
        return tuple(_within(str(n), Text(self.longest), one) for n, one in enumerate(found, 1))


@dataclass(frozen=True, slots=True)
class OneOf:
    choices: type[Enum]

    def read(self, found: object) -> Enum:
        for choice in self.choices:
            # To Python 101.0 is equal to 101.
            if type(found) is type(choice.value) and found == choice.value:
                return choice
        raise _not_allowed(self, found)


@dataclass(frozen=True, slots=True)
class Id:
    def read(self, found: object) -> str:
        if not isinstance(found, str) or len(found) > _LONGEST_ID or not _ID.fullmatch(found):
            raise _not_allowed(self, found)
        return found


@dataclass(frozen=True, slots=True)
class Joint:
    """A point of the canvas, `[x, y]`."""

    def read(self, found: object) -> Point:
        left, bottom, width, height = CANVAS
        if not isinstance(found, list) or len(found) != 2:
            raise _not_allowed(self, found)
        try:
            x, y = Number(left, left + width).read(found[0]), Number(bottom, bottom + height).read(found[1])
        except Refused as refusal:
            raise _not_allowed(self, found) from refusal
        return Point(x, y)


@dataclass(frozen=True, slots=True)
class Canvas:
    """The one canvas there is."""

    def read(self, found: object) -> None:
        if found != list(CANVAS):
            raise _not_allowed(self, found)


@dataclass(frozen=True, slots=True)
class Entries:
    most: int

    def read(self, found: object) -> list[object]:
        if not isinstance(found, list) or len(found) > self.most:
            raise _not_allowed(self, found)
        return found


@dataclass(frozen=True, slots=True)
class Field:
    kind: "Kind"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of fields; what is null counts as left out. Every flaw in it is named."""

    of: Mapping[str, Field]

    def read(self, found: object) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise _not_allowed(self, found)
        flaws = [Flaw(name, NoSuchField(name, tuple(self.of))) for name in found if name not in self.of]
        values = {}
        for name, field in self.of.items():
            if found.get(name) is None:
                if field.needed:
                    flaws.append(Flaw(name, Missing(field.kind)))
                continue
            try:
                values[name] = _within(name, field.kind, found[name])
            except Refused as refusal:
                flaws += refusal.flaws
        if flaws:
            raise Refused(*flaws)
        return values


Kind = Whole | Number | Flag | Text | Texts | OneOf | Id | Joint | Canvas | Entries | Fields


def _within(name: str, kind: Kind, found: object) -> Any:
    try:
        return kind.read(found)
    except Refused as refusal:
        raise Refused(
            *(Flaw(f"{name}.{each.field}" if each.field else name, each.reason) for each in refusal.flaws)
        ) from refusal


def _not_allowed(kind: Kind, found: object) -> Refused:
    return Refused(Flaw("", NotAllowed(kind, found)))
