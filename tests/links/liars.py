"""Servers that are none: they lie, break off or say nothing sensible."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


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
