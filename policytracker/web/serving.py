"""From an application to a server: its socket, its limits, and its few words to the operator."""

import errno
import logging
import re
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import cast

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import Server

from policytracker.questions.escaping import one_line
from policytracker.web.connections import Connection, Limits, Table
from policytracker.web.workers import SWITCH_INTERVAL

PATIENCE = 5
"""Seconds that a connection may rest between two requests."""
GRACE = 2
"""Seconds that answers under way are given when the server ends."""
ACCEPTED_AT_ONCE = 16
"""New connections that the event loop takes before it reads again. A client that opens very many at once would push out
others of its address before their requests are read."""
QUEUE = 2048
"""New connections that the system keeps until then."""


class CannotListen(Exception):
    """No server can be opened at a host and port."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        ways_out = {
            errno.EADDRINUSE: f"port {port} is taken; name another with --port, or --port 0 for a free one",
            errno.EACCES: f"port {port} is kept for the system; name one above 1023 with --port",
        }
        said = f"{host} is no address of this machine ({error.strerror}); name another with --host"
        super().__init__(ways_out.get(error.errno or 0, said))


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to a host and port; 0: a free one. Raises CannotListen."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(place)
        except OSError:
            found.close()
            raise
    except OSError as error:
        raise CannotListen(host, port, error) from error
    return found


def address(host: str, listening: socket.socket) -> str:
    """What a browser on this machine opens."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"http://{f'[{name}]' if ':' in name else name}:{listening.getsockname()[1]}/"


def serve(application: ASGIApp, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until SIGINT or SIGTERM comes, which is raised again; ``ready`` is called once connections are taken."""
    # Threads that make pages must not keep the event loop waiting for its turn.
    sys.setswitchinterval(SWITCH_INTERVAL)
    told = logging.StreamHandler()
    told.setFormatter(OneLine())
    # Whoever asks for a WebSocket gets the page; how to install one is no news.
    told.addFilter(lambda record: not re.search("upgrade|WebSocket", record.getMessage()))
    logging.getLogger().addHandler(told)
    server(application, ready).run([listening])


def server(application: ASGIApp, ready: Callable[[], None], limits: Limits | None = None) -> "Telling":
    """The server, which does not run yet; ``ready`` is called once it takes connections."""
    config = Config(
        application,
        loop="asyncio",
        # uvicorn calls it as it would call the class.
        http=cast("type[Connection]", partial(Connection, Table(limits or Limits()))),
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=PATIENCE,
        timeout_graceful_shutdown=GRACE,
        backlog=ACCEPTED_AT_ONCE,
    )
    return Telling(config, ready)


class Telling(Server):
    """Says when it takes connections."""

    def __init__(self, config: Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for each in sockets or ():
            # asyncio has one number for what it takes at once and what the system keeps.
            each.listen(QUEUE)
        self._ready()


class OneLine(logging.Formatter):
    """What goes wrong in the server itself, in a line and without a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        cause = f" {type(error).__name__}: {error}" if error else ""
        return one_line(f"policytracker: {record.getMessage()}{cause}")
