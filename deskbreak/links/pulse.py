"""The one link to the sound server: asks which programs record, and hears when that changes.

It opens no sound device and hears no sound. PipeWire speaks the same protocol.
Source: PulseAudio, native protocol (pulsecore/native-common.h, tagstruct.h, protocol-native.c), version 30.
"""

import os
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.links.tagstruct import TagError, Value, number, properties, read, text

_PATIENCE = timedelta(seconds=2)
_VERSION = 30
_NONE = 0xFFFFFFFF
_COOKIE = bytes(256)
_FRAME = struct.Struct(">IIIII")
_LONGEST = 16 * 1024 * 1024
_SOURCE_OUTPUTS = 8
_OUTPUT_FIELDS = 18


class PulseError(DeskbreakError):
    """The sound server cannot be reached, refuses, or is gone."""


class PulseSilentError(PulseError):
    """It is there and does not answer."""

    def __init__(self) -> None:
        super().__init__("the sound server does not answer")


class _Command(IntEnum):
    REPLY = 2
    AUTH = 8
    SET_CLIENT_NAME = 9
    GET_SOURCE_INFO = 23
    GET_SOURCE_OUTPUT_INFO_LIST = 32
    SUBSCRIBE = 35
    SUBSCRIBE_EVENT = 66


@dataclass(frozen=True, slots=True)
class Recording:
    """One program's stream from a source; `meter`: it only shows a level; `monitor`: of what is played."""

    program: Mapping[str, str]
    corked: bool
    meter: bool
    monitor: bool


class Pulse:
    """One connection, for one thread at a time.

    Raises PulseError where there is no server at `path`, it refuses, or it does not answer within two
    seconds; later calls raise it when the server is gone.
    """

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_PATIENCE.total_seconds())
        self._tag = 0
        self._news = False
        try:
            self._socket.connect(os.fspath(path))
            self._must(_Command.AUTH, number(_VERSION) + b"x" + struct.pack(">I", len(_COOKIE)) + _COOKIE)
            self._must(_Command.SET_CLIENT_NAME, properties({"application.name": "deskbreak"}))
            self._must(_Command.SUBSCRIBE, number(_SOURCE_OUTPUTS))
        except TimeoutError as fault:
            self._socket.close()
            raise PulseSilentError from fault
        except OSError as fault:
            self._socket.close()
            raise PulseError(f"the sound server cannot be reached: {fault.strerror or fault}") from fault
        except PulseError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def recordings(self) -> tuple[Recording, ...]:
        """Every stream from a source that a program holds at this moment."""
        while True:
            self._news = False
            found = self._listed()
            # What was told meanwhile may be missing from the answer.
            if not self._news:
                return found

    def news(self) -> bool:
        """Takes what the server has sent; whether the recordings may be others now."""
        self._receive()
        return self._news

    def close(self) -> None:
        self._socket.close()

    def _listed(self) -> tuple[Recording, ...]:
        fields = self._must(_Command.GET_SOURCE_OUTPUT_INFO_LIST, b"")
        outputs = [fields[at : at + _OUTPUT_FIELDS] for at in range(0, len(fields), _OUTPUT_FIELDS)]
        if any(len(output) != _OUTPUT_FIELDS for output in outputs):
            raise PulseError("the sound server describes streams in an unknown way")
        # Who has no client is a module of the server itself: a loop, an echo canceller.
        return tuple(self._recording(output) for output in outputs if output[3] != _NONE)

    def _recording(self, output: list[Value]) -> Recording:
        name, source, method, program, corked = output[1], output[4], output[9], output[11], output[12]
        assert isinstance(source, int)
        about = self._ask(_Command.GET_SOURCE_INFO, number(source) + text(None))
        monitor = about is not None and len(about) > 8 and about[8] != _NONE
        meter = method == "peaks" or name == "Peak detect"
        return Recording(program if isinstance(program, dict) else {}, bool(corked), meter, monitor)

    def _must(self, command: _Command, body: bytes) -> list[Value]:
        answer = self._ask(command, body)
        if answer is None:
            raise PulseError(f"the sound server refuses {command.name}")
        return answer

    def _ask(self, command: _Command, body: bytes) -> list[Value] | None:
        """The reply's values; None where the server answers with an error."""
        self._tag += 1
        message = number(command) + number(self._tag) + body
        try:
            self._socket.sendall(_FRAME.pack(len(message), _NONE, 0, 0, 0) + message)
        except TimeoutError as fault:
            raise PulseSilentError from fault
        except OSError as fault:
            raise PulseError(f"the sound server is gone: {fault}") from fault
        while True:
            values = self._receive()
            if values[1:2] == [self._tag]:
                return values[2:] if values[0] == _Command.REPLY else None

    def _receive(self) -> list[Value]:
        length, channel, *_rest = _FRAME.unpack(self._take(_FRAME.size))
        if channel != _NONE or length > _LONGEST:
            raise PulseError("the sound server sends what was not asked for")
        try:
            values = read(self._take(length))
        except TagError as fault:
            raise PulseError(f"the sound server is not understood: {fault}") from fault
        self._news |= values[:1] == [_Command.SUBSCRIBE_EVENT]
        return values

    def _take(self, length: int) -> bytes:
        taken = b""
        while len(taken) < length:
            try:
                more = self._socket.recv(length - len(taken))
            except TimeoutError as fault:
                raise PulseSilentError from fault
            except OSError as fault:
                raise PulseError(f"the sound server is gone: {fault}") from fault
            if not more:
                raise PulseError("the sound server has hung up")
            taken += more
        return taken
