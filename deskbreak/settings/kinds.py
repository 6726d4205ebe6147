"""The kinds of values a key can have: what is allowed, how it is read from TOML and written as it."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any, Protocol

from deskbreak.errors import DeskbreakError
from deskbreak.words import _, durations

_MINUTE = timedelta(minutes=1)


class Kind(Protocol):
    @property
    def allowed(self) -> str:
        """What may stand here, to follow "must be"."""

    def read(self, found: object) -> Any:
        """The value that TOML's `found` means; raises `Refused` for what is not allowed."""

    def written(self, value: Any) -> str:
        """The value as TOML."""


class Refused(ValueError):  # noqa: N818  it says what became of the value
    """Not allowed. `inner` is the key below the setting's own where it stands, if any."""

    def __init__(self, found: object, why: str = "", inner: str = "") -> None:
        super().__init__(found, why)
        self.found = found
        self.why = why
        self.inner = inner


def duration(text: str) -> timedelta:
    """The duration that a person wrote: `10` (minutes), `10m`, `90s`, `1h20m`.

    Raises `DeskbreakError`, which says how one is written.
    """
    try:
        return durations.parse(text)
    except ValueError as error:
        raise DeskbreakError(str(error)) from error


def brief(length: timedelta) -> str:
    """The duration as a person would write it: `90s` is `1m30s`, two hours are `2h`."""
    minutes, rest = divmod(length, _MINUTE)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest.total_seconds():.6f}".rstrip("0").rstrip(".")
    parts = [(hours, f"{hours}h"), (minutes, f"{minutes}m"), (rest, f"{seconds}s")]
    return "".join(part for amount, part in parts if amount) or "0s"


def quoted(text: str) -> str:
    """The text as a TOML basic string (TOML 1.0, "String")."""
    # JSON escapes all that TOML wants escaped, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(written: Iterable[str]) -> str:
    return f"[{', '.join(written)}]"


@dataclass(frozen=True, slots=True)
class Duration:
    least: timedelta
    most: timedelta
    sensible: tuple[timedelta, timedelta] | None = None

    @property
    def allowed(self) -> str:
        return _('a duration from {least} to {most}, such as "20m", "90s", "1h20m" or 20 (minutes)').format(
            least=brief(self.least), most=brief(self.most)
        )

    def read(self, found: object) -> timedelta:
        length = self._length(found)
        if not self.least <= length <= self.most:
            raise Refused(found, _("too short") if length < self.least else _("too long"))
        return length

    def _length(self, found: object) -> timedelta:
        if isinstance(found, str):
            try:
                return durations.parse(found)
            except ValueError as error:
                raise Refused(found) from error
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise Refused(found)
        if isinstance(found, float) and math.isnan(found):
            raise Refused(found)
        # Compared as they are: what lies far outside no timedelta could hold.
        if found * 60 > 2 * self.most.total_seconds():
            raise Refused(found, _("too long"))
        return max(found, 0) * _MINUTE

    def written(self, value: timedelta) -> str:
        return quoted(brief(value))


@dataclass(frozen=True, slots=True)
class Flag:
    @property
    def allowed(self) -> str:
        return _("true or false")

    def read(self, found: object) -> bool:
        if not isinstance(found, bool):
            raise Refused(found)
        return found

    def written(self, value: bool) -> str:
        return "true" if value else "false"


@dataclass(frozen=True, slots=True)
class OneOf:
    choices: type[Enum]

    @property
    def allowed(self) -> str:
        return _("one of {choices}").format(choices=", ".join(quoted(one.value) for one in self.choices))

    def read(self, found: object) -> Enum:
        for choice in self.choices:
            if isinstance(found, str) and choice.value == found:
                return choice
        raise Refused(found)

    def written(self, value: Enum) -> str:
        return quoted(value.value)


@dataclass(frozen=True, slots=True)
class AnyOf:
    choices: tuple[Enum, ...]

    @property
    def allowed(self) -> str:
        return _("a list of any of {choices}").format(
            choices=", ".join(quoted(one.value) for one in self.choices)
        )

    def read(self, found: object) -> frozenset[Enum]:
        named = {choice.value: choice for choice in self.choices}
        chosen = set()
        for one in entries(found):
            if not isinstance(one, str) or one not in named:
                raise Refused(one)
            chosen.add(named[one])
        return frozenset(chosen)

    def written(self, value: frozenset[Enum]) -> str:
        return listed(quoted(choice.value) for choice in self.choices if choice in value)


@dataclass(frozen=True, slots=True)
class Names:
    @property
    def allowed(self) -> str:
        return _('a list of program names, such as ["obs", "pavucontrol"]')

    def read(self, found: object) -> tuple[str, ...]:
        return tuple(plain(one) for one in entries(found))

    def written(self, value: tuple[str, ...]) -> str:
        return listed(map(quoted, value))


_LANGUAGE = re.compile(r"auto|[a-z]{2,3}(_[A-Z]{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Language:
    @property
    def allowed(self) -> str:
        return _('"auto" or the code of a language, such as "de" or "pt_BR"')

    def read(self, found: object) -> str:
        if not isinstance(found, str) or not _LANGUAGE.fullmatch(found):
            raise Refused(found)
        return found

    def written(self, value: str) -> str:
        return quoted(value)


_EVENT = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hooks:
    @property
    def allowed(self) -> str:
        return _('a table of events with a program each, such as { reminder = ["notify-phone", "--loud"] }')

    def read(self, found: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(found, dict):
            raise Refused(found)
        return tuple((self._event(event), self._program(event, line)) for event, line in found.items())

    def _event(self, event: str) -> str:
        if not _EVENT.fullmatch(event):
            raise Refused(event, _("no name of an event"), inner=event)
        return event

    def _program(self, event: str, line: object) -> tuple[str, ...]:
        try:
            arguments = tuple(plain(one) for one in entries(line))
        except Refused as refusal:
            raise Refused(refusal.found, refusal.why, inner=event) from refusal
        if not arguments or not arguments[0]:
            raise Refused(line, _("no program is named"), inner=event)
        return arguments

    def written(self, value: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
        return tabled((event, listed(map(quoted, line))) for event, line in value)


def tabled(pairs: Iterable[tuple[str, str]]) -> str:
    inner = ", ".join(f"{name} = {written}" for name, written in pairs)
    return f"{{ {inner} }}" if inner else "{}"


def entries(found: object) -> list[object]:
    if not isinstance(found, list):
        raise Refused(found)
    return found


def plain(found: object) -> str:
    """A text that can be the argument of a program."""
    if not isinstance(found, str) or "\0" in found:
        raise Refused(found)
    return found
