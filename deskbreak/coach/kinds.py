"""The kinds of values that the fields of an exercise can have, read strictly from what JSON gave; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from deskbreak.coach.exercise import CANVAS, Point

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 40
# More of them are no slips, and naming each takes time.
_STRANGE = 5


# Plain classes, here and below: a dataclass costs 20 kB, and these are loaded as long as the program runs.


class NotAllowed:
    __slots__ = __match_args__ = ("kind", "found")

    def __init__(self, kind: "Kind", found: object) -> None:
        self.kind = kind
        self.found = found


class Missing:
    __slots__ = __match_args__ = ("kind",)

    def __init__(self, kind: "Kind") -> None:
        self.kind = kind


class NoSuchField:
    __slots__ = __match_args__ = ("name", "fields")

    def __init__(self, name: str, fields: tuple[str, ...]) -> None:
        self.name = name
        self.fields = fields


class NoSuchExercise:
    __slots__ = __match_args__ = ("id", "nearest")

    def __init__(self, id_: str, nearest: str | None) -> None:
        self.id = id_
        self.nearest = nearest


class Twice:
    """The id was there before."""

    __slots__ = ()


class Circle:
    """Each of the ids leads to the next, and the last is the first."""

    __slots__ = __match_args__ = ("ids",)

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids


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


class Whole:
    __slots__ = __match_args__ = ("least", "most")

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def read(self, found: object) -> int:
        if isinstance(found, bool) or not isinstance(found, int) or not self.least <= found <= self.most:
            raise _not_allowed(self, found)
        return found


class Number:
    __slots__ = __match_args__ = ("least", "most")

    def __init__(self, least: float, most: float) -> None:
        self.least = least
        self.most = most

    def read(self, found: object) -> float:
        # NaN is in no order.
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise _not_allowed(self, found)
        if not self.least <= found <= self.most:
            raise _not_allowed(self, found)
        return found


class Flag:
    __slots__ = ()

    def read(self, found: object) -> bool:
        if not isinstance(found, bool):
            raise _not_allowed(self, found)
        return found


class Text:
    """One line of it, with nothing that a terminal would take for more than a letter."""

    __slots__ = __match_args__ = ("longest",)

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def read(self, found: object) -> str:
        if not isinstance(found, str) or not found.strip() or len(found) > self.longest:
            raise _not_allowed(self, found)
        if not found.isprintable():
            raise _not_allowed(self, found)
        return found.strip()


class Texts:
    __slots__ = __match_args__ = ("longest", "least", "most")

    def __init__(self, longest: int, least: int = 0, most: int = 20) -> None:
        self.longest = longest
        self.least = least
        self.most = most

    def read(self, found: object) -> tuple[str, ...]:
        if not isinstance(found, list) or not self.least <= len(found) <= self.most:
            raise _not_allowed(self, found)
        return tuple(_within(str(n), Text(self.longest), one) for n, one in enumerate(found, 1))


class OneOf:
    __slots__ = __match_args__ = ("choices",)

    def __init__(self, choices: type[Enum]) -> None:
        self.choices = choices

    def read(self, found: object) -> Enum:
        for choice in self.choices:
            # To Python 101.0 is equal to 101.
            if type(found) is type(choice.value) and found == choice.value:
                return choice
        raise _not_allowed(self, found)


class Id:
    __slots__ = ()

    def read(self, found: object) -> str:
        if not isinstance(found, str) or len(found) > _LONGEST_ID or not _ID.fullmatch(found):
            raise _not_allowed(self, found)
        return found


class Joint:
    """A point of the canvas, `[x, y]`."""

    __slots__ = ()

    def read(self, found: object) -> Point:
        left, bottom, width, height = CANVAS
        if not isinstance(found, list) or len(found) != 2:
            raise _not_allowed(self, found)
        try:
            x, y = Number(left, left + width).read(found[0]), Number(bottom, bottom + height).read(found[1])
        except Refused as refusal:
            raise _not_allowed(self, found) from refusal
        return Point(x, y)


class Canvas:
    """The one canvas there is."""

    __slots__ = ()

    def read(self, found: object) -> None:
        if found != list(CANVAS):
            raise _not_allowed(self, found)


class Entries:
    __slots__ = __match_args__ = ("most",)

    def __init__(self, most: int) -> None:
        self.most = most

    def read(self, found: object) -> list[object]:
        if not isinstance(found, list) or len(found) > self.most:
            raise _not_allowed(self, found)
        return found


class Field:
    __slots__ = __match_args__ = ("kind", "needed")

    def __init__(self, kind: "Kind", needed: bool = False) -> None:
        self.kind = kind
        self.needed = needed


class Fields:
    """An object of fields; what is null counts as left out. Every flaw in it is named."""

    __slots__ = __match_args__ = ("of",)

    def __init__(self, of: Mapping[str, Field]) -> None:
        self.of = of

    def read(self, found: object) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise _not_allowed(self, found)
        strange = [name for name in found if name not in self.of][:_STRANGE]
        flaws = [Flaw(name, NoSuchField(name, tuple(self.of))) for name in strange]
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
