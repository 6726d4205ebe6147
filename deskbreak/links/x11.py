"""The one X11 link: connects, authenticates and exchanges requests and replies; it decides nothing.

Source: X Window System Protocol, X Version 11, appendix B "Protocol Encoding".
"""

import select
import socket
import struct
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from deskbreak.errors import DeskbreakError

_COOKIE = b"MIT-MAGIC-COOKIE-1"
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65535
_PATIENCE = timedelta(seconds=2)
_QUERY_EXTENSION = 98


class X11Error(DeskbreakError):
    """The X server cannot be reached, refuses, or is gone."""


@dataclass(frozen=True, slots=True)
class Extension:
    opcode: int
    first_event: int


def display_number(display: str) -> int:
    """The number in `DISPLAY` (X(7), "Display Names"): `:N`, `:N.S`, `unix:N`.

    Raises X11Error where it is empty, malformed, or names a display that only a network reaches.
    """
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not (number.isascii() and number.isdigit()) or len(number) > 5:
        raise X11Error(f"DISPLAY={display!r} names no display: it should look like :0")
    if host not in ("", "unix"):
        raise X11Error(f"DISPLAY={display!r} is reached over a network, which deskbreak never uses")
    return int(number)


def display_socket(number: int) -> Path:
    """Where the server of this display listens (X(7))."""
    return Path(f"/tmp/.X11-unix/X{number}")


def cookie_for(authority: Path, number: int) -> bytes:
    """The cookie for a local display in an Xauthority file (Xau(3)), or nothing: the server may need none."""
    try:
        content = authority.read_bytes()
    except OSError:
        return b""
    host = socket.gethostname().encode()
    best, best_rank = b"", 0
    at = 0
    while at + 2 <= len(content):
        (family,) = struct.unpack_from(">H", content, at)
        at += 2
        fields = []
        for _field in range(4):
            if at + 2 > len(content):
                return best
            (length,) = struct.unpack_from(">H", content, at)
            fields.append(content[at + 2 : at + 2 + length])
            at += 2 + length
        address, display, name, secret = fields
        if name == _COOKIE and display in (b"", str(number).encode()):
            # A machine that was renamed since the login has its old name in the file: better than none.
            rank = 2 if family == _FAMILY_WILD or address == host else int(family == _FAMILY_LOCAL)
            if rank > best_rank:
                best, best_rank = secret, rank
    return best


class X11:
    """One connection to the X server, for one thread at a time.

    `keeps` is the code of the one kind of event that `receive` gives; others are dropped.
    Raises X11Error when there is no server, it refuses, or it does not answer within two seconds; later
    calls raise it when the server is gone. Replies come as bytes, their first 32 included.
    """

    def __init__(self, display: str, authority: Path) -> None:
        number = display_number(display)
        self._socket = _reach(number, display)
        self.keeps: int | None = None
        self._kept: deque[bytes] = deque()
        self._received = b""
        self._sent = 0
        try:
            self._set_up(cookie_for(authority, number), display)
        except BaseException:
            self._socket.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def new_id(self) -> int:
        """A name for something new on the server."""
        self._last_id += 1
        return self._id_base | self._last_id

    def send(self, request: bytes) -> int:
        """Send a whole request; returns the sequence number that its reply will have."""
        try:
            self._socket.sendall(request)
        except OSError as fault:
            raise X11Error(f"the X server is gone: {fault}") from fault
        self._sent = (self._sent + 1) & 0xFFFF
        return self._sent

    def ask(self, request: bytes, patience: timedelta = _PATIENCE) -> bytes | None:
        """The reply, or None where the server answers with an error."""
        reply = self.reply(self.send(request), patience)
        if reply is None:
            raise X11Error("the X server does not answer")
        return reply if reply[0] == 1 else None

    def reply(self, sequence: int, patience: timedelta) -> bytes | None:
        """The reply or error with this sequence number, None where it has not come in time."""
        while (packet := self._next(patience)) is not None:
            if packet[0] in (0, 1) and struct.unpack_from("<H", packet, 2)[0] == sequence:
                return packet
        return None

    def receive(self) -> bytes | None:
        """The next event that is kept, None where none has come by now."""
        while not self._kept:
            if self._next(timedelta(0)) is None:
                return None
        return self._kept.popleft()

    def extension(self, name: str) -> Extension | None:
        """Where an extension is on this server, None where it has none of that name."""
        raw = name.encode("ascii")
        padded = raw + bytes(-len(raw) % 4)
        head = struct.pack("<BxHHxx", _QUERY_EXTENSION, 2 + len(padded) // 4, len(raw))
        reply = self.ask(head + padded)
        if reply is None or not reply[8]:
            return None
        return Extension(opcode=reply[9], first_event=reply[10])

    def close(self) -> None:
        self._socket.close()

    def _next(self, patience: timedelta) -> bytes | None:
        """The next packet: an error (first byte 0), a reply (1) or an event; None: none came in time."""
        while (packet := self._cut()) is None:
            if not select.select([self._socket], [], [], patience.total_seconds())[0]:
                return None
            self._receive_more()
        if packet[0] & 0x7F == self.keeps:
            self._kept.append(packet)
        return packet

    def _set_up(self, cookie: bytes, display: str) -> None:
        name = _COOKIE if cookie else b""
        hello = struct.pack("<cxHHHHxx", b"l", 11, 0, len(name), len(cookie))
        self._socket.sendall(hello + name + bytes(-len(name) % 4) + cookie + bytes(-len(cookie) % 4))
        head = self._exactly(8)
        (length,) = struct.unpack_from("<H", head, 6)
        rest = self._exactly(4 * length)
        if head[0] != 1:
            reason = rest[: head[1]].decode("latin-1").strip()
            raise X11Error(f"the X server at DISPLAY={display} refuses: {reason or 'no reason given'}")
        self._id_base = int(struct.unpack_from("<I", rest, 4)[0])
        self._last_id = 0
        vendor, _longest, _screens, formats = struct.unpack_from("<HHBB", rest, 16)
        at_screen = 32 + vendor + (-vendor % 4) + 8 * formats
        (self.root,) = struct.unpack_from("<I", rest, at_screen)
        """The root window of the first screen."""

    def _exactly(self, count: int) -> bytes:
        while len(self._received) < count:
            if not select.select([self._socket], [], [], _PATIENCE.total_seconds())[0]:
                raise X11Error("the X server does not answer")
            self._receive_more()
        taken, self._received = self._received[:count], self._received[count:]
        return taken

    def _cut(self) -> bytes | None:
        if len(self._received) < 32:
            return None
        # Only replies and generic events (35) are longer than 32 bytes.
        longer = 4 * struct.unpack_from("<I", self._received, 4)[0] if self._received[0] in (1, 35) else 0
        return self._exactly(32 + longer) if len(self._received) >= 32 + longer else None

    def _receive_more(self) -> None:
        try:
            more = self._socket.recv(4096)
        except OSError as fault:
            raise X11Error(f"the X server is gone: {fault}") from fault
        if not more:
            raise X11Error("the X server is gone")
        self._received += more


def _reach(number: int, display: str) -> socket.socket:
    path = str(display_socket(number))
    fault: OSError | None = None
    # Linux servers listen on both; where /tmp is private to a sandbox only the abstract one is in reach.
    for address in (path, "\0" + path):
        reached = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        reached.settimeout(_PATIENCE.total_seconds())
        try:
            reached.connect(address)
        except OSError as refused:
            reached.close()
            fault = fault or refused
        else:
            return reached
    raise X11Error(f"no X server at DISPLAY={display}: {fault}")
