"""Servers that are none: they lie, break off or say nothing sensible."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deskbreak.links.tagstruct import number, properties, text

_GET_SOURCE_INFO, _GET_SOURCE_OUTPUT_INFO_LIST = 23, 32


@contextmanager
def server_that_answers(path: Path, answer: bytes) -> Iterator[list[bytes]]:
    """Sends `answer` to the first who comes, whatever is asked, and hangs up; gives what it was told."""
    told: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            peer, _address = listening.accept()
            with peer:
                told.append(peer.recv(4096))
                peer.sendall(answer)
                peer.shutdown(socket.SHUT_WR)
                with suppress(ConnectionResetError):
                    while more := peer.recv(4096):
                        told.append(more)

        serving = threading.Thread(target=serve)
        serving.start()
        yield told
        serving.join()


@contextmanager
def server_that_is_mute(path: Path) -> Iterator[threading.Semaphore]:
    """Lets in everybody who comes and never says a word; gives how many have come since it was asked last."""
    came = threading.Semaphore(0)
    peers: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        path.parent.mkdir(parents=True, exist_ok=True)
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            # Shut down, it raises; closed, it would go on waiting.
            with suppress(OSError):
                while True:
                    peers.append(listening.accept()[0])
                    came.release()

        serving = threading.Thread(target=serve)
        serving.start()
        yield came
        listening.shutdown(socket.SHUT_RDWR)
        serving.join()
        for peer in peers:
            peer.close()


class SilentPulse:
    """A sound server with one stream from a microphone, which does not tell whether it flows.

    `interrupts`: it tells so in the midst of its first answer, which knows nothing of it.
    """

    def __init__(self, path: Path, interrupts: bool = False) -> None:
        self.corked = True
        self._interrupts = interrupts
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.bind(str(path))
        self._door.listen()
        self._serving = threading.Thread(target=self._serve)
        self._serving.start()

    def end(self) -> None:
        """Once who came has gone."""
        self._serving.join()
        self._door.close()

    def _serve(self) -> None:
        peer, _address = self._door.accept()
        with peer:
            while head := peer.recv(20):
                asked = peer.recv(int.from_bytes(head[:4], "big"), socket.MSG_WAITALL)
                _tag, command, _tag, number_of_question = struct.unpack_from(">cIcI", asked)
                answer = _framed(number(2) + number(number_of_question) + self._answer(command))
                if self._interrupts and command == _GET_SOURCE_OUTPUT_INFO_LIST:
                    self._interrupts = self.corked = False
                    answer = _framed(number(66) + number(0xFFFFFFFF) + number(0x15) + number(7)) + answer
                peer.sendall(answer)

    def _answer(self, command: int) -> bytes:
        if command == _GET_SOURCE_INFO:
            shape = b"a" + bytes(6) + b"m\0" + number(0) + b"v\0" + b"0"
            return number(1) + text("mic") * 2 + shape + number(0xFFFFFFFF)
        if command != _GET_SOURCE_OUTPUT_INFO_LIST:
            return b""
        about = number(7) + text("voice") + number(0) + number(5) + number(1) + b"a" + bytes(6) + b"m\0"
        method = (b"U" + bytes(8)) * 2 + text("copy") + text("a driver")
        named = properties({"application.name": "meeting"})
        corked = b"1" if self.corked else b"0"
        return about + method + named + corked + b"0" + b"v\0" + b"11" + b"f" + b"B\0" + b"PN"


def _framed(message: bytes) -> bytes:
    return struct.pack(">IIIII", len(message), 0xFFFFFFFF, 0, 0, 0) + message
