"""The values of PipeWire's protocol, to and from bytes; pure.

Source: PipeWire documentation, "SPA POD" (page_spa_pod), and spa/utils/type.h for the numbers of the types.
"""

import struct
from collections.abc import Mapping

Value = int | str | bytes | list["Value"] | None

_NONE, _BOOL, _ID, _INT, _LONG, _STRING, _STRUCT = 1, 2, 3, 4, 5, 8, 14
_NUMBERS = {_BOOL: struct.Struct("=i"), _ID: struct.Struct("=I"), _INT: struct.Struct("=i")}
_NUMBERS[_LONG] = struct.Struct("=q")
_HEAD = struct.Struct("=II")
# Deeper than any message that is read here; a hostile one could go on for ever.
_DEEPEST = 8


class PodError(ValueError):
    """The bytes hold no such value."""


def number(value: int) -> bytes:
    return _pod(_INT, struct.pack("=i", value))


def text(value: str) -> bytes:
    return _pod(_STRING, value.encode() + b"\0")


def struct_of(*values: bytes) -> bytes:
    """One value that holds these, packed already."""
    return _pod(_STRUCT, b"".join(values))


def properties(values: Mapping[str, str]) -> bytes:
    pairs = (text(each) for pair in values.items() for each in pair)
    return struct_of(number(len(values)), *pairs)


def read(packed: bytes) -> list[Value]:
    """What the first value holds; what follows it is left alone. Raises PodError."""
    value, _end = _read(packed, 0, _DEEPEST)
    if not isinstance(value, list):
        raise PodError("a value that holds no others")
    return value


def read_properties(value: Value) -> dict[str, str]:
    """What `properties` packs, once it is read. Raises PodError."""
    if not isinstance(value, list) or len(value) % 2 == 0:
        raise PodError("no properties")
    pairs = zip(value[1::2], value[2::2], strict=True)
    return {key: content for key, content in pairs if isinstance(key, str) and isinstance(content, str)}


def _pod(kind: int, body: bytes) -> bytes:
    return _HEAD.pack(len(body), kind) + body + bytes(-len(body) % 8)


def _read(packed: bytes, at: int, deepest: int) -> tuple[Value, int]:
    """The value at `at`, and where the next one begins."""
    if at + _HEAD.size > len(packed):
        raise PodError(f"broken off at byte {at} of {len(packed)}")
    size, kind = _HEAD.unpack_from(packed, at)
    begin = at + _HEAD.size
    body = packed[begin : begin + size]
    if len(body) != size:
        raise PodError(f"broken off at byte {begin} of {len(packed)}")
    return _value(kind, body, deepest), begin + size + (-size % 8)


def _value(kind: int, body: bytes, deepest: int) -> Value:
    if kind in _NUMBERS:
        if len(body) != _NUMBERS[kind].size:
            raise PodError(f"a number of {len(body)} bytes")
        (value,) = _NUMBERS[kind].unpack(body)
        return int(value)
    if kind == _STRING:
        return body.partition(b"\0")[0].decode(errors="replace")
    if kind == _STRUCT:
        return _values(body, deepest - 1)
    return None if kind == _NONE else body


def _values(body: bytes, deepest: int) -> list[Value]:
    if not deepest:
        raise PodError("values in values without end")
    values: list[Value] = []
    at = 0
    while at < len(body):
        value, at = _read(body, at, deepest)
        values.append(value)
    return values
