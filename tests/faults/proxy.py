"""A proxy between a program and its server that cuts the connection at a chosen moment."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

INSERTING = b"INSERT INTO policytracker.stored_events"


class Proxy:
    """Passes everything on, but for a number of commits of transactions that insert events.

    ``before``: the commit does not reach the server. ``after``: it does, and the reply is lost.
    """

    def __init__(self, port: int, cut: str, times: int) -> None:
        self.cut, self.left, self.cuts = cut, times, 0
        self._server = ("127.0.0.1", port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        inserting = False
        with client, socket.create_connection(self._server) as server, suppress(OSError):
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for side in ready:
                    data = side.recv(1 << 16)
                    if not data:
                        return
                    inserting = inserting or INSERTING in data
                    if side is client and inserting and b"COMMIT" in data and self.left:
                        self._cut(server, data)
                        return
                    (server if side is client else client).sendall(data)

    def _cut(self, server: socket.socket, data: bytes) -> None:
        self.left -= 1
        if self.cut == "after":
            server.sendall(data)
            assert server.recv(1 << 16)
        self.cuts += 1


@contextmanager
def proxy(port: int, cut: str, times: int = 1) -> Iterator[Proxy]:
    """A proxy before a server's port."""
    made = Proxy(port, cut, times)
    try:
        yield made
    finally:
        made.close()
