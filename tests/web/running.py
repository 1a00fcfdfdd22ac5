"""A server in this process, for tests that talk to it over sockets of their own."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from policytracker.web import serving
from policytracker.web.app import application
from policytracker.web.connections import Limits
from policytracker.web.opened import Opened
from tests.web.conftest import TODAY

SECONDS = 60


@contextmanager
def running(ledger: Path, limits: Limits | None = None) -> Iterator[int]:
    """The port of the server."""
    listening = serving.listen("127.0.0.1", 0)
    is_ready = threading.Event()
    server = serving.server(application(Opened(ledger, lambda: TODAY)), is_ready.set, limits)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        assert is_ready.wait(SECONDS)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(SECONDS)


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    """The status and the body of an answer."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        return reply.status, reply.read()
