"""Reads the settings file: any file gives settings, and every fault in it is named with its line."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from deskbreak.settings.handwritten import Useless, text_of
from deskbreak.settings.kinds import Refused
from deskbreak.settings.registry import BY_NAME, KEYS
from deskbreak.settings.values import Settings
from deskbreak.words import _

_SHOWN = 40
# A number that Python refuses to read at all would cost the whole file instead of its own key.
_ENDLESS_NUMBER = re.compile(r"[0-9][0-9_]{999,}")
_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that is not used: the key's default is. `key` None: the whole file is not."""

    file: Path
    line: int | None
    key: str | None
    message: str

    def __str__(self) -> str:
        where = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return ": ".join([where, *([self.key] if self.key else []), self.message])


def load(path: Path) -> tuple[Settings, tuple[Fault, ...]]:
    """The settings of the file, each wrong one at its default, and what is wrong with them.

    No file is no fault. The file is never written to, nor waited for.
    """
    try:
        text = text_of(path)
        if text is None:
            return Settings(), ()
        table = _table(text)
    except Useless as useless:
        message = _("{reason}; all settings are at their defaults").format(reason=useless.message)
        return Settings(), (Fault(path, useless.line, None, message),)
    values: dict[str, Any] = {}
    faults = []
    for name, found in table.items():
        if name not in BY_NAME:
            faults.append(Fault(path, _line_of(text, name), _shown_key(name), _unknown(name, found)))
            continue
        try:
            values[name] = BY_NAME[name].kind.read(found)
        except Refused as refusal:
            key = f"{name}.{_shown_key(refusal.inner)}" if refusal.inner else name
            faults.append(Fault(path, _line_of(text, name, refusal.inner), key, _refused(name, refusal)))
    return replace(Settings(), **values), tuple(sorted(faults, key=lambda fault: fault.line or 0))


def _table(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_ENDLESS_NUMBER.sub("9" * 300, text))
    except RecursionError as error:
        raise Useless(_("its brackets are nested too deeply")) from error
    except ValueError as error:
        what = str(error)
        where = _LINE.search(what)
        line = int(where[1]) if where and where[1] else None
        if where and not where[1]:
            line = text.rstrip().count("\n") + 1
        reason = _LINE.sub("", what)[:100]
        raise Useless(
            _("it is not valid TOML ({reason})").format(reason=ascii(reason)[1:-1]), line
        ) from error


def _refused(name: str, refusal: Refused) -> str:
    kind = BY_NAME[name].kind
    why = f" ({refusal.why})" if refusal.why else ""
    return _("must be {allowed}, not {found}{why}; its default {default} is used").format(
        allowed=kind.allowed,
        found=_shown(refusal.found),
        why=why,
        default=kind.written(getattr(Settings(), name)),
    )


def _unknown(name: str, found: object) -> str:
    if isinstance(found, dict) and (inside := [key for key in found if key in BY_NAME]):
        return _("there is no such section; {key} belongs at the top of the file").format(key=inside[0])
    names = [key.name for key in KEYS]
    close = difflib.get_close_matches(name[:_SHOWN].lower().replace("-", "_"), names, n=1)
    if close:
        return _("there is no such key; the nearest is {key}").format(key=close[0])
    return _("there is no such key; `deskbreak config show` lists them all")


def _shown(found: object) -> str:
    """The value on one line, and not all of a long one."""
    match found:
        case bool():
            return "true" if found else "false"
        case dict():
            return _("a table")
        case list():
            return _("a list")
        case int() if abs(found) >= 10**_SHOWN:
            return _("a number of very many digits")
        case str():
            return ascii(found[:_SHOWN]) if len(found) <= _SHOWN else ascii(found[:_SHOWN]) + "..."
        case _:
            return str(found)[:_SHOWN]


def _shown_key(name: str) -> str:
    shown = name[:_SHOWN]
    return shown if shown.isprintable() and shown else ascii(shown)


def _line_of(text: str, name: str, inner: str = "") -> int | None:
    """The line where the key stands; that of the key below it, if one is named. TOML's parser tells none."""
    lines = text.split("\n")
    outer = next(_standing(lines, name), None)
    if outer is None or not inner:
        return outer
    return next((line for line in _standing(lines, inner) if line >= outer), outer)


def _standing(lines: list[str], name: str) -> Iterator[int]:
    bare = re.escape(name)
    key = rf"(?:{bare}|\"{bare}\"|'{bare}')"
    # At the start of a line, alone or dotted or as a section, or within an inline table.
    wanted = re.compile(rf"(?:^|[{{,.\[])\s*{key}\s*[=.\]]")
    return (number for number, line in enumerate(lines, 1) if wanted.search(line))
