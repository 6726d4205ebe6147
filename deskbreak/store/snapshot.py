"""Frozen dataclasses to JSON and back, by their type hints alone; it knows no particular state.

A duration is an integer of microseconds, a moment ISO 8601 in UTC, an enum its value, a tuple or
frozenset a list, a zone its name (or its fixed offset in microseconds), a dataclass an object with all
of its fields. A value of a union of several types is `{"TypeName": ...}`.
"""

import json
import math
import types
from collections.abc import Callable, Hashable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from deskbreak.clock import zone_named
from deskbreak.store.errors import StoreError
from deskbreak.words import _

T = TypeVar("T")

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Codec:
    encode: Callable[[Any], object]
    decode: Callable[[object], Any]


def dump(value: object) -> str:
    """`value`, a dataclass, as one line of ASCII JSON."""
    hint: Any = type(value)
    return json.dumps(_codec(hint).encode(value), allow_nan=False, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The `kind` that `dump` made `text` of.

    A field that `text` lacks has its default and one that the `kind` lacks is left out, so that a newer
    program understands an older one. Anything else that does not fit the hints to the letter raises
    `StoreError`.
    """
    hint: Any = kind
    try:
        parsed = json.loads(text, parse_constant=_refuse, object_pairs_hook=_object)
        value: T = _codec(hint).decode(parsed)
    except (ValueError, OverflowError, RecursionError) as error:
        raise StoreError(
            _("the saved state cannot be understood ({detail})").format(detail=str(error)[:200])
        ) from error
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _exactly(kind: type[T]) -> Callable[[object], T]:
    def decode(found: object) -> T:
        # Not isinstance: True is an int for Python and no number for anybody else.
        if type(found) is not kind:
            raise ValueError(f"{kind.__name__} expected, found {str(found)[:40]!r}")
        return found

    return decode


_text = _exactly(str)
_whole = _exactly(int)


def _number(found: object) -> float:
    number = _exactly(float)(found)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number


def _moment_out(moment: datetime) -> object:
    if moment.tzinfo is None:
        raise TypeError(f"{moment} is no moment without its offset from UTC")
    return moment.astimezone(UTC).isoformat()


def _moment_in(found: object) -> datetime:
    moment = datetime.fromisoformat(_text(found))
    if moment.tzinfo is None:
        raise ValueError(f"{found} lacks its offset from UTC")
    return moment.astimezone(UTC)


def _zone_out(zone: tzinfo) -> object:
    if isinstance(zone, timezone):
        return zone.utcoffset(None) // _MICROSECOND
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    raise TypeError(f"{zone!r} has no name to be saved by")


def _zone_in(found: object) -> tzinfo:
    if isinstance(found, str):
        # A zone that this machine no longer knows must not cost the whole state.
        return zone_named(found) or UTC
    return timezone(timedelta(microseconds=_whole(found)))


def _as_it_is(value: object) -> object:
    return value


_PLAIN: dict[object, _Codec] = {
    bool: _Codec(_as_it_is, _exactly(bool)),
    int: _Codec(_as_it_is, _whole),
    float: _Codec(_as_it_is, _number),
    str: _Codec(_as_it_is, _text),
    type(None): _Codec(_as_it_is, _exactly(type(None))),
    timedelta: _Codec(lambda v: v // _MICROSECOND, lambda f: timedelta(microseconds=_whole(f))),
    datetime: _Codec(_moment_out, _moment_in),
    date: _Codec(lambda v: v.isoformat(), lambda f: date.fromisoformat(_text(f))),
    time: _Codec(lambda v: v.isoformat(), lambda f: time.fromisoformat(_text(f))),
    tzinfo: _Codec(_zone_out, _zone_in),
}


@cache
def _codec(hint: Hashable) -> _Codec:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin is frozenset:
        return _frozenset(_codec(arguments[0]))
    raise TypeError(f"no way to save {hint!r}")


def _enum(kind: type[Enum]) -> _Codec:
    members = {(type(member.value), member.value): member for member in kind}

    def decode(found: object) -> Enum:
        key = (type(found), found)
        if isinstance(found, dict | list) or key not in members:
            raise ValueError(f"{str(found)[:40]!r} is no {kind.__name__}")
        return members[key]

    return _Codec(lambda member: member.value, decode)


def _dataclass(kind: type[Any]) -> _Codec:
    # A state may hold an earlier state: the fields are looked at when first needed, not here.
    @cache
    def inner() -> dict[str, _Codec]:
        hints = get_type_hints(kind)
        return {field.name: _codec(hints[field.name]) for field in fields(kind)}

    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def encode(value: object) -> object:
        return {name: codec.encode(getattr(value, name)) for name, codec in inner().items()}

    def decode(found: object) -> object:
        entries = _exactly(dict)(found)
        if missing := required - entries.keys():
            raise ValueError(f"{kind.__name__} lacks its {sorted(missing)[0]}")
        known = entries.keys() & inner().keys()
        return kind(**{name: inner()[name].decode(entries[name]) for name in known})

    return _Codec(encode, decode)


def _union(hints: tuple[Any, ...]) -> _Codec:
    named = {(get_origin(hint) or hint).__name__: _codec(hint) for hint in hints if hint is not type(None)}
    optional = type(None) in hints
    if len(named) + optional != len(hints):
        raise TypeError(f"two types of one name in {hints!r}")
    alone = next(iter(named.values())) if len(named) == 1 else None

    def encode(value: object) -> object:
        if value is None:
            return None
        if alone:
            return alone.encode(value)
        name = type(value).__name__
        return {name: named[name].encode(value)}

    def decode(found: object) -> object:
        if found is None and optional:
            return None
        if alone:
            return alone.decode(found)
        match found:
            case dict() if len(found) == 1 and (name := next(iter(found))) in named:
                return named[name].decode(found[name])
        raise ValueError(f"{str(found)[:40]!r} is none of {', '.join(named)}")

    return _Codec(encode, decode)


def _tuple(hints: tuple[Any, ...]) -> _Codec:
    if len(hints) == 2 and hints[1] is ...:
        every = _codec(hints[0])
        return _Codec(
            lambda value: [every.encode(entry) for entry in value],
            lambda found: tuple(every.decode(entry) for entry in _exactly(list)(found)),
        )
    each = tuple(_codec(hint) for hint in hints)

    def decode(found: object) -> tuple[Any, ...]:
        entries = _exactly(list)(found)
        if len(entries) != len(each):
            raise ValueError(f"{len(each)} entries expected, found {len(entries)}")
        return tuple(codec.decode(entry) for codec, entry in zip(each, entries, strict=True))

    return _Codec(lambda v: [codec.encode(entry) for codec, entry in zip(each, v, strict=True)], decode)


def _frozenset(every: _Codec) -> _Codec:
    def decode(found: object) -> frozenset[Any]:
        entries = [every.decode(entry) for entry in _exactly(list)(found)]
        if len(set(entries)) != len(entries):
            raise ValueError("an entry stands twice in a set")
        return frozenset(entries)

    # Sorted, so that the same state is the same text.
    return _Codec(lambda value: sorted((every.encode(entry) for entry in value), key=repr), decode)
