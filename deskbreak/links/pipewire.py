"""The one link to PipeWire: hears which objects there are and what they call themselves; it takes no stream.

Source: PipeWire documentation, "Native Protocol" (page_native_protocol), version 3 of core and registry.
"""

import os
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from select import select

from deskbreak.errors import DeskbreakError
from deskbreak.links.pod import PodError, Value, number, properties, read, read_properties, struct_of

_PATIENCE = timedelta(seconds=2)
_VERSION = 3
_CORE, _CLIENT, _REGISTRY = 0, 1, 2
_HELLO, _SYNC, _PONG, _GET_REGISTRY = 1, 2, 3, 5
_UPDATE_PROPERTIES = 2
_FRAME = struct.Struct("=IIII")


class _Said(Enum):
    """What is listened to: the object that speaks, and which of its events it is."""

    DONE = (_CORE, 1)
    PING = (_CORE, 2)
    ERROR = (_CORE, 3)
    GLOBAL = (_REGISTRY, 0)
    GLOBAL_REMOVE = (_REGISTRY, 1)


_SAID = {said.value: said for said in _Said}


class PipeWireError(DeskbreakError):
    """PipeWire cannot be reached, refuses, or is gone."""


class PipeWireSilentError(PipeWireError):
    """It is there and does not answer."""

    def __init__(self) -> None:
        super().__init__("PipeWire does not answer")


@dataclass(frozen=True, slots=True)
class Object:
    """Something on the server: its `kind` (`Node`, `Link`, `Client`, ...) and what it says of itself."""

    kind: str
    properties: Mapping[str, str]


class PipeWire:
    """One connection, for one thread.

    `objects` are those on the server by number. Raises PipeWireError where there is no server at `path`, it
    refuses, or it does not answer within two seconds; later calls raise it when the server is gone.
    """

    def __init__(self, path: Path) -> None:
        self.objects: dict[int, Object] = {}
        self._sent = 0
        self._received = b""
        self._settled = False
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_PATIENCE.total_seconds())
        try:
            self._socket.connect(os.fspath(path))
            self._send(
                self._request(_CORE, _HELLO, number(_VERSION)),
                self._request(_CLIENT, _UPDATE_PROPERTIES, properties({"application.name": "deskbreak"})),
                self._request(_CORE, _GET_REGISTRY, number(_VERSION), number(_REGISTRY)),
                self._request(_CORE, _SYNC, number(_CORE), number(1)),
            )
            while not self._settled:
                self._receive()
        except TimeoutError as fault:
            self._socket.close()
            raise PipeWireSilentError from fault
        except OSError as fault:
            self._socket.close()
            raise PipeWireError(f"PipeWire cannot be reached: {fault.strerror or fault}") from fault
        except PipeWireError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def hear(self) -> None:
        """Takes what the server has sent; `objects` are what they are after it."""
        while select([self._socket], [], [], 0)[0]:
            self._receive()

    def close(self) -> None:
        self._socket.close()

    def _request(self, target: int, opcode: int, *values: bytes) -> bytes:
        body = struct_of(*values)
        head = _FRAME.pack(target, opcode << 24 | len(body), self._sent, 0)
        self._sent += 1
        return head + body

    def _send(self, *requests: bytes) -> None:
        try:
            self._socket.sendall(b"".join(requests))
        except TimeoutError as fault:
            raise PipeWireSilentError from fault
        except OSError as fault:
            raise PipeWireError(f"PipeWire is gone: {fault}") from fault

    def _receive(self) -> None:
        """Waits for more, and attends to every whole message in it."""
        try:
            more = self._socket.recv(65536)
        except TimeoutError as fault:
            raise PipeWireSilentError from fault
        except OSError as fault:
            raise PipeWireError(f"PipeWire is gone: {fault}") from fault
        if not more:
            raise PipeWireError("PipeWire has hung up")
        self._received += more
        while len(self._received) >= _FRAME.size:
            target, word, _sequence, _descriptors = _FRAME.unpack_from(self._received)
            end = _FRAME.size + (word & 0xFFFFFF)
            if len(self._received) < end:
                return
            body, self._received = self._received[_FRAME.size : end], self._received[end:]
            said = _SAID.get((target, word >> 24))
            if said is not None:
                try:
                    self._attend(said, read(body))
                except PodError as fault:
                    raise PipeWireError(f"PipeWire is not understood: {fault}") from fault

    def _attend(self, said: _Said, values: list[Value]) -> None:
        match said, values:
            case _Said.PING, [int(what), int(sequence)]:
                self._send(self._request(_CORE, _PONG, number(what), number(sequence)))
            case _Said.DONE, _:
                self._settled = True
            case _Said.ERROR, [*_, why]:
                raise PipeWireError(f"PipeWire refuses: {why!r}")
            case _Said.GLOBAL, [int(named), _, str(kind), _, about]:
                self.objects[named] = Object(kind.rpartition(":")[2], read_properties(about))
            case _Said.GLOBAL_REMOVE, [int(named)]:
                self.objects.pop(named, None)
            case _:
                raise PodError(f"{said.name} of {len(values)} values")
