"""The server asked by its own description: no status comes that is not described, and none is 500.

Schemathesis makes the requests, such as the description allows and such as it forbids, and sends them over sockets.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from starlette.testclient import TestClient

from policytracker.web.app import application
from policytracker.web.connections import LONGEST_HEAD, Limits
from policytracker.web.openapi import EXAMPLES, description
from policytracker.web.opened import Opened
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from tests.faults.counted import Count
from tests.soak import often
from tests.web.conftest import TODAY
from tests.web.ground import FILES
from tests.web.running import SECONDS, running
from tests.web.test_connections import connect

DESCRIPTION = description(PAGES, FEEDS, PICTURES)
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
OPERATIONS = {each.path: each for each in (found.ok() for found in SCHEMA.get_all_operations())}  # type: ignore[union-attr]
WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
FEED_PATHS = {feed.path for feed in FEEDS}
"""They take the longest."""
CHECKED: list[Any] = [CHECKS.get_one(name) for name in WANTED]


TOKEN = "correct-horse-battery"
HOST = b"Host: localhost\r\n"
BAD_REQUESTS = {
    "400": b"GET %s?a HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
    "405": b"POST %s HTTP/1.1\r\n" + HOST + b"\r\n",
    "408": b"GET %s HTTP/1.1\r\n",
    "413": b"GET %s HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\n",
    "414": b"GET %s?" + b"x" * 3_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "421": b"GET %s HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "431": b"GET %s HTTP/1.1\r\n" + HOST + b"X: " + b"x" * LONGEST_HEAD + b"\r\n\r\n",
    "501": b"GET %s HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n",
}
"""Requests that no description allows, by the status of the answer; each is for any path."""


@pytest.fixture(scope="module")
def port(demo: Path) -> Iterator[int]:
    with running(demo) as found:
        yield found


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
@pytest.mark.parametrize("path", OPERATIONS)
def test_no_status_comes_that_is_not_described(port: int, counted: Count, path: str, mode: GenerationMode) -> None:
    found: Counter[int] = Counter()

    @settings(
        max_examples=often(2, 10) if path in FEED_PATHS else often(5, 60),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(OPERATIONS[path].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        reply = case.call(base_url=f"http://127.0.0.1:{port}", allow_redirects=False, timeout=SECONDS)
        found[reply.status_code] += 1
        case.validate_response(reply, checks=CHECKED)

    if mode is GenerationMode.NEGATIVE and path in FILES:
        pytest.skip("no request for this address is forbidden")
    ask()

    for status, count in found.items():
        counted(f"fuzzed requests that got {status}, as described", count)
    assert found.total() and 500 not in found


@pytest.mark.parametrize(("status", "request_"), BAD_REQUESTS.items(), ids=BAD_REQUESTS)
def test_what_no_description_allows_gets_a_status_that_is_described(
    impatient: int, status: str, request_: bytes
) -> None:
    with ExitStack() as opened:
        clients = {path: opened.enter_context(closing(connect(impatient))) for path in DESCRIPTION["paths"]}
        for path, client in clients.items():
            client.sendall(request_ % path.encode())
        heads = {path: client.recv(65536).partition(b"\r\n\r\n")[0].decode() for path, client in clients.items()}

    for path, head in heads.items():
        assert head.split(" ", 2)[1] == status
        described = DESCRIPTION["paths"][path]["get"]["responses"][status]["$ref"].rpartition("/")[2]
        content = DESCRIPTION["components"]["responses"][described]["content"]
        assert re.findall("^content-type: ([a-z/]+)", head, re.MULTILINE | re.IGNORECASE)[0] in content


@pytest.fixture(scope="module")
def impatient(demo: Path) -> Iterator[int]:
    with running(demo, Limits(request=0.2)) as found:
        yield found


@pytest.mark.parametrize("path", DESCRIPTION["paths"])
def test_what_a_token_leads_to_is_described(locked: TestClient, path: str) -> None:
    described = DESCRIPTION["paths"][path]["get"]["responses"]
    for given_ in (f"?token={TOKEN}", "?token=wrong", ""):
        locked.cookies.clear()
        reply = locked.get(path.format_map(EXAMPLES) + given_)

        assert str(reply.status_code) in described and reply.status_code in (301, 303, 401)


@pytest.fixture(scope="module")
def locked(demo: Path) -> Iterator[TestClient]:
    app = application(Opened(demo, lambda: TODAY), token=TOKEN)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as found:
        yield found
