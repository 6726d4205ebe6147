"""The tagged values of the sound server's protocol, to and from bytes; pure.

Source: PulseAudio, pulsecore/tagstruct.h and tagstruct.c.
"""

import struct
from collections.abc import Mapping

Value = int | str | bool | bytes | dict[str, str] | None

# Values of these tags have one length each; what is in them is not needed.
_OPAQUE = {ord("a"): 6, ord("T"): 8, ord("U"): 8, ord("R"): 8, ord("r"): 8, ord("V"): 4, ord("B"): 1}
# So many bytes for each channel of a map, a volume.
_PER_CHANNEL = {ord("m"): 1, ord("v"): 4}


class TagError(ValueError):
    """The bytes hold no such values."""


def number(value: int) -> bytes:
    return b"L" + struct.pack(">I", value)


def text(value: str | None) -> bytes:
    return b"N" if value is None else b"t" + value.encode() + b"\0"


def properties(values: Mapping[str, str]) -> bytes:
    packed = b"P"
    for key, value in values.items():
        content = value.encode() + b"\0"
        packed += text(key) + number(len(content)) + b"x" + struct.pack(">I", len(content)) + content
    return packed + b"N"


def read(packed: bytes) -> list[Value]:
    """All values in their order. Raises TagError."""
    reader = _Reader(packed)
    values = []
    try:
        while reader.at < len(packed):
            values.append(reader.value())
    except (IndexError, struct.error, ValueError) as fault:
        raise TagError(f"broken off at byte {reader.at} of {len(packed)}") from fault
    return values


class _Reader:
    def __init__(self, packed: bytes) -> None:
        self.at = 0
        self._packed = packed

    def value(self) -> Value:
        (tag,) = self._take(1)
        match chr(tag):
            case "L":
                return self._number()
            case "t":
                return self._text()
            case "N":
                return None
            case "1" | "0":
                return tag == ord("1")
            case "x":
                return self._take(self._number())
            case "P":
                return self._properties()
            case "f":
                self.value()
                return self.value()
            case _:
                return self._opaque(tag)

    def _opaque(self, tag: int) -> bytes:
        if tag in _OPAQUE:
            return self._take(_OPAQUE[tag])
        if tag in _PER_CHANNEL:
            (channels,) = self._take(1)
            return self._take(channels * _PER_CHANNEL[tag])
        raise ValueError(tag)

    def _properties(self) -> dict[str, str]:
        values = {}
        while (key := self.value()) is not None:
            self.value()
            content = self.value()
            if not isinstance(key, str) or not isinstance(content, bytes):
                raise ValueError(key)
            values[key] = content.rstrip(b"\0").decode(errors="replace")
        return values

    def _number(self) -> int:
        return int.from_bytes(self._take(4), "big")

    def _text(self) -> str:
        end = self._packed.index(b"\0", self.at)
        return self._take(end - self.at + 1)[:-1].decode(errors="replace")

    def _take(self, length: int) -> bytes:
        taken = self._packed[self.at : self.at + length]
        if len(taken) != length:
            raise IndexError(self.at)
        self.at += length
        return taken
