"""A compositor with version 2 of ext-idle-notify-v1, newer than Debian 12 has; its pauses are made by hand.

Source: Wayland protocol ext-idle-notify-v1: opcode 1 asks for pauses that inhibitors keep back, 2 for all.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

_DISPLAY, _REGISTRY = 1, 2
_OFFERS = (("wl_seat", 7), ("ext_idle_notifier_v1", 2))
_IDLED, _RESUMED = 0, 1


class Compositor:
    """Listens at `path` for one client; `kept_back` and `all` are the notifications that it asked for."""

    def __init__(self, path: Path) -> None:
        self.kept_back: list[int] = []
        self.all: list[int] = []
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.bind(str(path))
        self._door.listen()
        self._client: socket.socket | None = None
        self._notifier = 0
        threading.Thread(target=self._serve, daemon=True).start()

    @classmethod
    @contextmanager
    def at(cls, path: Path) -> Iterator[Self]:
        compositor = cls(path)
        yield compositor
        compositor._door.shutdown(socket.SHUT_RDWR)
        compositor._door.close()

    def is_quiet(self, inhibited: bool) -> None:
        """Nobody has moved for as long as was asked about."""
        if not inhibited:
            self._tell(self.kept_back, _IDLED)
        self._tell(self.all, _IDLED)

    def is_not_inhibited_any_more(self) -> None:
        """The screen may go dark, and nobody has moved since."""
        self._tell(self.kept_back, _IDLED)

    def is_moved(self, inhibited: bool) -> None:
        """Somebody moves after a quiet."""
        if not inhibited:
            self._tell(self.kept_back, _RESUMED)
        self._tell(self.all, _RESUMED)

    def _tell(self, notifications: list[int], what: int) -> None:
        for each in notifications:
            self._send(each, what)

    def _send(self, sender: int, opcode: int, body: bytes = b"") -> None:
        assert self._client is not None
        self._client.sendall(struct.pack("=II", sender, (8 + len(body)) << 16 | opcode) + body)

    def _serve(self) -> None:
        self._client, _address = self._door.accept()
        threading.Thread(target=self._refuse, daemon=True).start()
        received = b""
        while more := self._client.recv(4096):
            received += more
            while len(received) >= 8:
                target, word = struct.unpack_from("=II", received)
                if len(received) < word >> 16:
                    break
                self._obey(target, word & 0xFFFF, received[8 : word >> 16])
                received = received[word >> 16 :]
        self._client.close()

    def _refuse(self) -> None:
        """Who looks at windows finds none here."""
        with suppress(OSError):
            while True:
                self._door.accept()[0].close()

    def _obey(self, target: int, opcode: int, body: bytes) -> None:
        if target == _DISPLAY and opcode == 1:
            for number, (name, version) in enumerate(_OFFERS, 1):
                raw = name.encode() + b"\0"
                text = struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4)
                self._send(_REGISTRY, 0, struct.pack("=I", number) + text + struct.pack("=I", version))
        elif target == _DISPLAY:
            self._send(struct.unpack("=I", body)[0], 0, bytes(4))
        elif target == _REGISTRY and b"ext_idle" in body:
            self._notifier = struct.unpack("=I", body[-4:])[0]
        elif target == self._notifier and opcode in (1, 2):
            kind = self.kept_back if opcode == 1 else self.all
            kind.append(struct.unpack_from("=I", body)[0])
