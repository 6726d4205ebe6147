"""The bytes of one D-Bus connection: the only module that knows jeepney, and decides nothing."""

import array
import itertools
import os
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.bus import get_connectable_addresses
from jeepney.fds import FileDescriptor, fds_buf_size
from jeepney.io.blocking import prep_socket

from deskbreak.errors import DeskbreakError
from deskbreak.words import _

DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected"
NO_REPLY = "org.freedesktop.DBus.Error.NoReply"
FAILED = "org.freedesktop.DBus.Error.Failed"

_LOG_IN_S = 1.0
# A bus that takes no more bytes for so long is lost: a full socket must not stop whoever is sending.
_SEND_WITHIN_S = 1
_CHUNK = 16384


class BusError(DeskbreakError):
    """A bus that cannot be used or a call that failed; `name` is the D-Bus error name, "" where none is."""

    def __init__(self, why: str, name: str = "") -> None:
        super().__init__(why)
        self.name = name


class Kind(Enum):
    """D-Bus specification, section "Message Format"."""

    CALL = 1
    ANSWER = 2
    ERROR = 3
    SIGNAL = 4


@dataclass(frozen=True, slots=True)
class Incoming:
    """One received message; `error` is the error's name, `raw` what it is answered with."""

    kind: Kind
    sender: str
    path: str
    interface: str
    member: str
    error: str
    reply_to: int
    wants_reply: bool
    body: tuple[object, ...]
    raw: Message


def session_address() -> str:
    """The address of this login's bus; raises BusError where there is none.

    Source: D-Bus specification, section "Well-known Message Bus Instances"; systemd's
    $XDG_RUNTIME_DIR/bus is used where the variable is unset or empty.
    """
    if address := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        path = Path(runtime, "bus")
        if path.is_socket():
            return f"unix:path={path}"
    raise BusError(
        _("no session bus (DBUS_SESSION_BUS_ADDRESS is not set): start deskbreak inside a desktop session")
    )


def system_address() -> str:
    """The address of the machine's bus (it may not be running)."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/run/dbus/system_bus_socket"


class Wire:
    """One authenticated socket to a message bus; any thread may send, one thread may receive.

    `fds` allows file descriptors to be passed; they arrive as jeepney's `FileDescriptor`, which whoever
    takes the message has to close or convert. Raises BusError.
    """

    def __init__(self, address: str, fds: bool) -> None:
        self.socket = _connect(address, fds)
        self._fds = fds
        self._parser = Parser()
        self._serials = itertools.count(1)
        self._sending = threading.Lock()

    def serial(self) -> int:
        """A number for the next message of ours, never the same twice."""
        return next(self._serials)

    def call(
        self,
        serial: int,
        name: str,
        path: str,
        interface: str,
        member: str,
        signature: str,
        body: tuple[object, ...],
    ) -> None:
        to = DBusAddress(path, bus_name=name, interface=interface)
        self._send(serial, new_method_call(to, member, signature or None, body))

    def emit(self, path: str, interface: str, member: str, signature: str, body: tuple[object, ...]) -> None:
        by = DBusAddress(path, interface=interface)
        self._send(self.serial(), new_signal(by, member, signature or None, body))

    def answer(self, call: Incoming, signature: str, body: tuple[object, ...]) -> None:
        self._send(self.serial(), new_method_return(call.raw, signature or None, body))

    def refuse(self, call: Incoming, error: str, why: str) -> None:
        self._send(self.serial(), new_error(call.raw, error, "s", (why,)))

    def receive(self) -> Iterator[Incoming]:
        """What has arrived whole by now; waits for nothing once the socket is readable.

        Raises OSError when the bus is gone, ValueError when it sent nonsense.
        """
        size = self._parser.bytes_desired() if self._fds else _CHUNK
        room = fds_buf_size() if self._fds else 0
        # A program that we start must not inherit what was passed to us.
        got, ancillary, _flags, _by = self.socket.recvmsg(size, room, socket.MSG_CMSG_CLOEXEC)
        if not got:
            raise ConnectionResetError(_("the bus closed the connection"))
        self._parser.add_data(got, FileDescriptor.from_ancdata(ancillary))
        while (message := self._parser.get_next_message()) is not None:
            yield _incoming(message)

    def hang_up(self) -> None:
        """Ends the connection; the receiver sees its end. May be called again."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def _send(self, serial: int, message: Message) -> None:
        passed = array.array("i") if self._fds else None
        packed = message.serialise(serial=serial, fds=passed)
        beside = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, passed)] if passed else []
        try:
            with self._sending:
                sent = self.socket.sendmsg([packed], beside)
                if sent < len(packed):
                    self.socket.sendall(packed[sent:])
        except OSError as fault:
            # Half a message may be on its way: nothing sensible can follow it.
            self.hang_up()
            raise BusError(
                _("the connection to the bus is lost ({why})").format(why=fault), DISCONNECTED
            ) from fault


def _connect(address: str, fds: bool) -> socket.socket:
    why: Exception | None = None
    try:
        for place in get_connectable_addresses(address):
            try:
                joined: socket.socket = prep_socket(place, fds, timeout=_LOG_IN_S)
            except (OSError, ValueError) as fault:
                why = fault
                continue
            joined.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _SEND_WITHIN_S, 0))
            return joined
    except (ValueError, RuntimeError) as fault:
        why = fault
    raise BusError(_("cannot reach the bus at {address}: {why}").format(address=address, why=why)) from why


def _incoming(message: Message) -> Incoming:
    fields = message.header.fields
    return Incoming(
        kind=Kind(message.header.message_type.value),
        sender=fields.get(HeaderFields.sender, ""),
        path=fields.get(HeaderFields.path, ""),
        interface=fields.get(HeaderFields.interface, ""),
        member=fields.get(HeaderFields.member, ""),
        error=fields.get(HeaderFields.error_name, ""),
        reply_to=fields.get(HeaderFields.reply_serial, 0),
        wants_reply=message.header.message_type is MessageType.method_call
        and not message.header.flags & MessageFlag.no_reply_expected,
        body=message.body,
        raw=message,
    )
