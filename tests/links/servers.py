"""An X server that lacks an extension: the real one, with the name struck out of every question."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

SOCKETS = Path("/tmp/.X11-unix")


@contextmanager
def server_without(extension: bytes, display: str) -> Iterator[str]:
    """The display of a server that passes all on to `display`, except questions after this extension."""
    number = 40000 + int(display.removeprefix(":"))
    path = SOCKETS / f"X{number}"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        porter = threading.Thread(target=_serve, args=(door, extension, SOCKETS / f"X{display[1:]}"))
        porter.start()
        try:
            yield f":{number}"
        finally:
            door.shutdown(socket.SHUT_RDWR)
            porter.join()
            path.unlink()


def _serve(door: socket.socket, extension: bytes, real: Path) -> None:
    peers: dict[socket.socket, socket.socket] = {}
    clients: set[socket.socket] = set()
    with ExitStack() as opened, selectors.DefaultSelector() as selector:
        selector.register(door, selectors.EVENT_READ)
        while True:
            for key, _events in selector.select():
                if key.fileobj is door:
                    try:
                        client = opened.enter_context(closing(door.accept()[0]))
                    except OSError:
                        return
                    server = opened.enter_context(closing(socket.socket(socket.AF_UNIX)))
                    try:
                        server.connect(str(real))
                    except OSError:
                        client.close()
                        continue
                    peers |= {client: server, server: client}
                    clients.add(client)
                    selector.register(client, selectors.EVENT_READ)
                    selector.register(server, selectors.EVENT_READ)
                    continue
                side = key.fileobj
                assert isinstance(side, socket.socket)
                said = b""
                with suppress(OSError):
                    said = side.recv(65536)
                    peers[side].sendall(
                        said.replace(extension, extension.lower()) if side in clients else said
                    )
                if not said:
                    for end in (side, peers[side]):
                        selector.unregister(end)
                        end.close()
