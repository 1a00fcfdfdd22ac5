"""What a request must be before any page sees it, and what every answer carries: a small ASGI layer."""

import re
from collections.abc import Awaitable, Container, Iterable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policytracker.ledger.hosts import is_address
from policytracker.web.connections import UnderWay
from policytracker.web.refusals import Broken, Refusal, Refuse
from policytracker.web.tokens import Key

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST_ADDRESS = 2048
"""Bytes that path and query may have together."""
MOST_PARAMETERS = 32
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
BUSY = Refusal(503, "the server is busy with other requests; try again in a moment", {"retry-after": "5"})
_SEAL = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::[0-9]{1,5})?")


class Hosts:
    """The names by which a server may be called: no other name leads here, wherever it may point (DNS rebinding)."""

    def __init__(self, names: Iterable[str] = (), any_address: bool = False) -> None:
        """``names`` beside those of this machine; ``any_address``: any IP address too, as when all are listened on."""
        self.names = (LOOPBACK | {host_name(name) for name in names}) - {""}
        self.any_address = any_address

    def __contains__(self, host: str) -> bool:
        """Whether the value of a Host header, its port included, names this server."""
        name = host_name(host)
        return name in self.names or (self.any_address and is_address(name))


class Guard:
    """Lets through what pages may see: reading requests, for one of the server's names, with the token if there is
    one; and gives every answer the headers that keep a browser from being used against its reader."""

    def __init__(
        self,
        app: ASGIApp,
        refuse: Refuse,
        broken: Broken,
        hosts: Hosts,
        token: str | None = None,
        feeds: Container[str] = (),
    ) -> None:
        """``feeds`` are the paths that a reader without cookies may ask for with a token in the address."""
        self.app, self.refuse, self.broken, self.hosts = app, refuse, broken, hosts
        self._key = None if token is None else Key(token, feeds)
        self._under_way = UnderWay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            client = scope.get("client")
            has_room = self._under_way.begin(client)
            try:
                await self._http(scope, receive, self._sealing(send), has_room)
            finally:
                self._under_way.end(client)
        elif scope["type"] == "lifespan":
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: "Sealing", has_room: bool) -> None:
        try:
            answer = self._instead(scope) if has_room else self.refuse(scope["path"], BUSY)
            asked = scope if self._key is None else self._key.without_token(scope)
            await (answer or self.app)(asked, receive, send)
        except Exception as error:
            # What has begun to answer was told of by the pages themselves.
            if not send.started:
                await self.broken(scope["path"], error)(scope, receive, send)

    def _instead(self, scope: Scope) -> Response | None:
        """What is answered in place of a page; None: let the request through."""
        headers = Headers(scope=scope)
        answer: Response | Refusal | None = malformed(scope, headers, self.hosts)
        if answer is None and self._key is not None:
            answer = self._key.instead(scope, headers)
        return self.refuse(scope["path"], answer) if isinstance(answer, Refusal) else answer

    def _sealing(self, send: Send) -> "Sealing":
        return Sealing(send, private=self._key is not None)


class Sealing:
    """Sends an answer on, with the headers that all have."""

    def __init__(self, send: Send, private: bool) -> None:
        """``private``: what needs a token may be kept by nobody but its reader."""
        self.started = False
        self._send, self._private = send, private

    def __call__(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self.started = True
            own = dict(message["headers"])
            kept = own.pop(b"cache-control", b"no-store")
            kept = b"private, " + kept.removeprefix(b"public, ") if self._private else kept
            message["headers"] = [*own.items(), (b"cache-control", kept), *_SEAL]
        return self._send(message)


def malformed(scope: Scope, headers: Headers, hosts: Hosts) -> Refusal | None:
    """What is wrong with a request, whoever sends it; None: nothing."""
    if headers.get("host", "") not in hosts or len(headers.getlist("host")) > 1:
        return Refusal(421, "this server goes by another name; add the one you used with --allow-host", {})
    if scope["method"] not in ("GET", "HEAD"):
        return Refusal(405, "everything here is only to be read", {"allow": "GET, HEAD"})
    query = scope["query_string"]
    if len(scope.get("raw_path") or scope["path"].encode()) + len(query) > LONGEST_ADDRESS:
        return Refusal(414, f"the address is longer than {LONGEST_ADDRESS:,} characters; ask for less", {})
    if query.count(b"&") + query.count(b";") >= MOST_PARAMETERS:
        return Refusal(400, f"the address has more than {MOST_PARAMETERS} parameters; ask for less", {})
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        return Refusal(413, "nothing is sent to this server but addresses", {"connection": "close"})
    return None


def host_name(host: str) -> str:
    """The name in the value of a Host header, without its port; "" where it is none.

    >>> host_name("LOCALHOST:8642"), host_name("[::1]:80"), host_name("a@b")
    ('localhost', '::1', '')
    """
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]).lower().removesuffix(".") if found else ""
