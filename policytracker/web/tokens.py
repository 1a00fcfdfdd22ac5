"""The token of a server, and what stands for it: a cookie in browsers, a weaker token in the addresses of feeds."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Container
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from policytracker.web.refusals import Refusal

SHORTEST_TOKEN = 16
COOKIE = "policytracker"
NAME = "token"
"""The parameter of an address that has a token."""
NEEDS_TOKEN = Refusal(
    401,
    "this server answers to those who have its token: open its address with ?token=… once, "
    "or send the header Authorization: Bearer …",
    {"www-authenticate": 'Bearer realm="policytracker"'},
)


class Key:
    """A token, the cookie that stands for it, and the token of the feeds; none of the three gives another away, nor
    can it be told from how long a comparison takes."""

    def __init__(self, token: str, feeds: Container[str]) -> None:
        """``feeds`` are the paths that open to the token of the feeds in the address."""
        self._token, self._feeds = token.encode(), feeds
        # The cookie goes to every server on the machine, whatever its port: it must not be the token.
        self._cookie = hmac.digest(self._token, b"policytracker cookie", "sha256").hex()
        # An address is kept by feed readers and copied by people: what stands in it opens nothing else.
        self._feed_token = urlsafe_b64encode(hmac.digest(self._token, b"policytracker feeds", "sha256")).decode()[:43]

    def instead(self, scope: Scope, headers: Headers) -> Response | Refusal | None:
        """What is answered in place of a page; None: whoever asks may read it."""
        given = dict(_query(scope)).get(NAME)
        if given is None:
            return None if self._opens(headers) else NEEDS_TOKEN
        if scope["path"] in self._feeds:
            if _same(given, self._feed_token.encode()):
                return None
            return self._feed_address(scope) if _same(given, self._token) else NEEDS_TOKEN
        return self._welcome(scope, headers) if _same(given, self._token) else NEEDS_TOKEN

    def without_token(self, scope: Scope) -> Scope:
        """The request for a feed, without the token in its address: so it stands in no answer and no message."""
        if scope["path"] not in self._feeds or NAME not in dict(_query(scope)):
            return scope
        return {**scope, "query_string": urlencode(_left(scope)).encode()}

    def _opens(self, headers: Headers) -> bool:
        """Whether a request has the token, or its cookie."""
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return _same(token.strip(), self._token)
        cookies = (each.strip().partition("=") for each in headers.get("cookie", "").split(";"))
        return any(name == COOKIE and _same(value, self._cookie.encode()) for name, _, value in cookies)

    def _welcome(self, scope: Scope, headers: Headers) -> Response:
        """Give the cookie, and lead to the same address without the token."""
        secure = "; Secure" if headers.get("x-forwarded-proto") == "https" else ""
        cookie = f"{COOKIE}={self._cookie}; Path=/; HttpOnly; SameSite=Strict{secure}"
        location = _address(scope, _left(scope))
        return Response(status_code=303, headers={"location": location, "set-cookie": cookie})

    def _feed_address(self, scope: Scope) -> Response:
        """Lead to the address of the feed for readers without cookies. For good: they keep that one then."""
        location = _address(scope, [*_left(scope), (NAME, self._feed_token)])
        return Response(status_code=301, headers={"location": location})


def _same(given: str, wanted: bytes) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted)


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _left(scope: Scope) -> list[tuple[str, str]]:
    """What stands behind the question mark besides the token."""
    return [(name, value) for name, value in _query(scope) if name != NAME]


def _address(scope: Scope, query: list[tuple[str, str]]) -> str:
    # One slash at the beginning: two would lead to another server.
    path = "/" + quote(scope["path"].lstrip("/"))
    return f"{path}?{urlencode(query)}" if query else path
