"""The one Wayland link: connects, lists what the compositor offers, carries messages; it decides nothing.

Source: The Wayland Protocol, chapter 4 "Wayland Protocol and Model of Operation", section "Wire Format".
"""

import select
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from deskbreak.errors import DeskbreakError

_DISPLAY, _REGISTRY = 1, 2
_SYNC, _GET_REGISTRY, _BIND = 0, 1, 0
_ERROR = 0
_GLOBAL, _GLOBAL_REMOVE = 0, 1
_PATIENCE = timedelta(seconds=2)
_HEAD = 8


class WaylandError(DeskbreakError):
    """The compositor cannot be reached, refuses, or is gone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something global that the compositor offers: its number and the newest version it knows."""

    name: int
    version: int


@dataclass(frozen=True, slots=True)
class Message:
    """One event: the object that sent it, which of its events it is, the arguments as bytes."""

    sender: int
    opcode: int
    body: bytes


def in_session(env: Mapping[str, str]) -> bool:
    """Whether this is a Wayland session, even where nobody handed on what its compositor is called.

    A terminal multiplexer or a service may know `DISPLAY` only, which is the X server inside the session.
    Source: pam_systemd(8), XDG_SESSION_TYPE.
    """
    return bool(env.get("WAYLAND_DISPLAY")) or env.get("XDG_SESSION_TYPE") == "wayland"


def socket_path(env: Mapping[str, str]) -> Path:
    """Where the compositor of this session listens (wl_display_connect(3)).

    Raises WaylandError where `WAYLAND_DISPLAY` or, for a relative one, `XDG_RUNTIME_DIR` is not set.
    """
    display = env.get("WAYLAND_DISPLAY", "")
    if not display:
        raise WaylandError("WAYLAND_DISPLAY is not set")
    runtime = env.get("XDG_RUNTIME_DIR", "")
    if not display.startswith("/") and not runtime:
        raise WaylandError("XDG_RUNTIME_DIR is not set")
    return Path(runtime) / display


class Wayland:
    """One connection to the compositor, for one thread.

    `offers` is what it had when the connection was made, by interface. Raises WaylandError when there is
    no compositor or it does not answer within two seconds; later calls raise it when it is gone, reports
    an error of ours, takes an offer back that was bound, or sends what cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.offers: dict[str, Offer] = {}
        self._bound: set[int] = set()
        self._received = b""
        self._last_id = _REGISTRY
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_PATIENCE.total_seconds())
        try:
            self._set_up(path)
        except BaseException:
            self._socket.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def bind(self, interface: str, version: int = 1) -> int:
        """A new object for what is offered as `interface`; `version` must not be above the offered one."""
        offer = self.offers[interface]
        self._bound.add(offer.name)
        new = self.new_id()
        raw = interface.encode("ascii") + b"\0"
        body = struct.pack("=II", offer.name, len(raw)) + raw + bytes(-len(raw) % 4)
        self.request(_REGISTRY, _BIND, body + struct.pack("=II", version, new))
        return new

    def new_id(self) -> int:
        """A name for a new object; they have to be used in the order in which they are given."""
        self._last_id += 1
        return self._last_id

    def request(self, target: int, opcode: int, body: bytes = b"") -> None:
        """Send a request; `body` is its arguments, padded to whole words."""
        try:
            self._socket.sendall(struct.pack("=II", target, (_HEAD + len(body)) << 16 | opcode) + body)
        except OSError as fault:
            # Why it hung up may still be waiting to be read.
            self.receive()
            raise WaylandError(f"the Wayland compositor is gone: {fault}") from fault

    def receive(self) -> tuple[Message, ...]:
        """The events that have come by now."""
        while select.select([self._socket], [], [], 0)[0]:
            self._receive_more()
        return self._cut()

    def settle(self) -> tuple[Message, ...]:
        """Wait until the compositor has attended to all that was asked; returns the events until then."""
        settled = self.new_id()
        self.request(_DISPLAY, _SYNC, struct.pack("=I", settled))
        found: tuple[Message, ...] = ()
        while not any(each.sender == settled for each in found):
            if not select.select([self._socket], [], [], _PATIENCE.total_seconds())[0]:
                raise WaylandError("the Wayland compositor does not answer")
            self._receive_more()
            found += self._cut()
        return found

    def close(self) -> None:
        self._socket.close()

    def _set_up(self, path: Path) -> None:
        try:
            self._socket.connect(str(path))
        except OSError as fault:
            raise WaylandError(f"no Wayland compositor at {path}: {fault}") from fault
        self.request(_DISPLAY, _GET_REGISTRY, struct.pack("=I", _REGISTRY))
        self.settle()

    def _receive_more(self) -> None:
        try:
            more = self._socket.recv(4096)
        except OSError as fault:
            self._cut()
            raise WaylandError(f"the Wayland compositor is gone: {fault}") from fault
        if not more:
            # Its last words may be why.
            self._cut()
            raise WaylandError("the Wayland compositor is gone")
        self._received += more

    def _cut(self) -> tuple[Message, ...]:
        """The whole messages among what was received; what is the link's own business is attended to."""
        found: list[Message] = []
        while len(self._received) >= _HEAD:
            sender, word = struct.unpack_from("=II", self._received)
            size = word >> 16
            if size < _HEAD or size % 4:
                raise WaylandError("the Wayland compositor sends what cannot be read")
            if len(self._received) < size:
                break
            message = Message(sender, word & 0xFFFF, self._received[_HEAD:size])
            self._received = self._received[size:]
            try:
                self._attend(message)
            except struct.error as fault:
                raise WaylandError("the Wayland compositor sends what cannot be read") from fault
            found.append(message)
        return tuple(found)

    def _attend(self, message: Message) -> None:
        body = message.body
        if (message.sender, message.opcode) == (_DISPLAY, _ERROR):
            target, code = struct.unpack_from("=II", body)
            why = _text(body, 8)
            raise WaylandError(f"the Wayland compositor refuses: {why} (object {target}, code {code})")
        if (message.sender, message.opcode) == (_REGISTRY, _GLOBAL):
            (name,) = struct.unpack_from("=I", body)
            (version,) = struct.unpack("=I", body[-4:])
            self.offers.setdefault(_text(body, 4), Offer(name, version))
        if (message.sender, message.opcode) == (_REGISTRY, _GLOBAL_REMOVE):
            (name,) = struct.unpack_from("=I", body)
            if name in self._bound:
                raise WaylandError("the Wayland compositor takes back what it offered")


def _text(body: bytes, at: int) -> str:
    (length,) = struct.unpack_from("=I", body, at)
    return body[at + 4 : at + 3 + length].decode("utf-8", "replace")
