"""Connections of the server: how many there may be, how long a client may take, and how long a head may be.

No client keeps others out: a table that is full closes the connection that has waited longest for its client.
"""

import asyncio
from collections import Counter
from functools import lru_cache
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from typing import Any, NamedTuple

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

LONGEST_HEAD = 16 * 1024
"""Bytes that the head of a request may have."""
LOOK_EVERY = 0.5
"""Seconds between two looks at who has taken too long."""
LINGER = 2.0
"""Seconds for which a refused client may go on sending, so that it reads why: to hang up at once would lose that."""
NO_HTTP = "what was sent is no HTTP request"
LONG_HEAD = f"the head of the request is longer than {LONGEST_HEAD:,} bytes; send fewer or shorter headers"
LATE = "the request did not come in time; send it again"


class Limits(NamedTuple):
    """What clients may use up."""

    connections: int = 256
    """Connections in all."""
    of_one: int = 128
    """Connections of one client."""
    request: float = 10.0
    """Seconds until a request has come whole, from the connection's beginning or the end of the last answer on."""
    answer: float = 60.0
    """Seconds that a client may take to read an answer."""


class Table:
    """All connections of a server."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._open: dict[Connection, None] = {}
        self._looking: asyncio.TimerHandle | None = None

    def admit(self, connection: "Connection") -> None:
        """Make room for a connection, and let it in."""
        mine = [each for each in self._open if each.origin == connection.origin]
        if len(mine) >= self.limits.of_one:
            self._close_one(mine)
        elif len(self._open) >= self.limits.connections:
            ((most, _),) = Counter(each.origin for each in self._open).most_common(1)
            self._close_one([each for each in self._open if each.origin == most])
        self._open[connection] = None
        if self._looking is None:
            self._looking = connection.loop.call_later(LOOK_EVERY, self._look, connection.loop)

    def let_go(self, connection: "Connection") -> None:
        """A connection has ended, or is about to."""
        self._open.pop(connection, None)

    def _close_one(self, among: list["Connection"]) -> None:
        """Close the connection that has waited longest for its client; where all are being answered, none."""
        waiting = [each for each in among if each.is_waiting]
        if waiting:
            min(waiting, key=lambda each: each.since).cut()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        for each in list(self._open):
            each.look(loop.time(), self.limits)
        self._looking = loop.call_later(LOOK_EVERY, self._look, loop) if self._open else None


class Connection(H11Protocol):
    """One connection; the table closes it where its client takes too long."""

    def __init__(
        self,
        table: Table,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn: Heads = Heads(h11.SERVER, LONGEST_HEAD)
        self.table = table
        self.origin = ""
        """Who is at the other end."""
        self.since = self.loop.time()
        """Since when it waits for a request."""
        self._answered_since: float | None = None
        self._is_refused = False

    @property
    def is_waiting(self) -> bool:
        """Whether no request is being answered."""
        # uvicorn has no cycle before the first request, though its type says otherwise.
        return bool(getattr(self.cycle, "response_complete", True))

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.origin = origin(self.client)
        self.table.admit(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.table.let_go(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_refused:
            super().data_received(data)

    def on_response_complete(self) -> None:
        self.since, self._answered_since = self.loop.time(), None
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what h11 does not take for a request."""
        self._refuse(self.conn.status, LONG_HEAD if self.conn.status == HTTPStatus(431) else NO_HTTP)

    def look(self, now: float, limits: Limits) -> None:
        """Close the connection where its client has taken too long."""
        is_read = not self.transport.get_write_buffer_size()
        if not is_read or not (self.is_waiting or not self.cycle.response_started):
            self._answered_since = now if self._answered_since is None else self._answered_since
            if now - self._answered_since > limits.answer:
                self.cut()
        elif self.is_waiting and now - self.since > (LINGER if self._is_refused else limits.request):
            if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0] and not self._is_refused:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT, LATE)
            else:
                self.cut()

    def cut(self) -> None:
        """Close the connection, whatever its client has still to send or to read."""
        self.table.let_go(self)
        self.transport.abort()

    def _refuse(self, status: int, says: str) -> None:
        """Say why no request of this connection is answered any more, and hang up."""
        if self.transport.is_closing():
            return
        if not self.is_waiting:
            self.cut()
            return
        self._unset_keepalive_if_required()
        self._is_refused, self.since = True, self.loop.time()
        self.transport.write(refusal(status, says))
        self.transport.write_eof()


class Heads(h11.Connection):
    """Counts the bytes of heads: h11 itself counts only those of a head that has not come whole."""

    status: int = HTTPStatus.BAD_REQUEST
    """The status of the answer to what was no request."""

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """The next part of a request. Raises RemoteProtocolError."""
        before = len(self.trailing_data[0]) if self.their_state is h11.IDLE else 0
        try:
            event = super().next_event()
            if type(event) is h11.Request and before - len(self.trailing_data[0]) > LONGEST_HEAD:
                raise h11.RemoteProtocolError(LONG_HEAD, HTTPStatus(431))
        except h11.RemoteProtocolError as error:
            self.status = error.error_status_hint
            raise
        return event


def refusal(status: int, says: str) -> bytes:
    """An answer that ends a connection."""
    body = f"{says}\n".encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "content-type: text/plain; charset=utf-8",
        f"content-length: {len(body)}",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def origin(client: tuple[str, int] | None) -> str:
    """Who a client is, as far as limits go: its address; of IPv6, where one client has very many, their network.

    >>> origin(("192.0.2.1", 5000)), origin(("2001:db8::1", 5000)), origin(None)
    ('192.0.2.1', '2001:db8::', '')
    """
    return "" if client is None else _network(client[0])


@lru_cache(maxsize=1024)
def _network(host: str) -> str:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


class UnderWay:
    """Requests that are being answered: fewer than there may be connections, so that a new one finds room."""

    def __init__(self, most: int = 192, most_of_one: int = 96) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._of: Counter[str] = Counter()

    def begin(self, client: tuple[str, int] | None) -> bool:
        """Count a request; False: there are too many already. ``end`` has to follow either way."""
        who = origin(client)
        self._of[who] += 1
        return self._of.total() <= self._most and self._of[who] <= self._most_of_one

    def end(self, client: tuple[str, int] | None) -> None:
        """A request has been answered."""
        who = origin(client)
        self._of[who] -= 1
        if not self._of[who]:
            del self._of[who]
