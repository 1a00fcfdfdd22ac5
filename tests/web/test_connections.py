"""Slow and silent clients at the server: they are cut off in time, and keep nobody else out."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from policytracker.web.connections import LONGEST_HEAD, Limits, UnderWay
from policytracker.web.refusals import Refusal
from policytracker.web.safety import Guard, Hosts
from tests.faults.counted import Count
from tests.soak import often
from tests.web.running import SECONDS, get, running

HEAD = b"GET /static/mark.svg HTTP/1.1\r\nHost: localhost\r\n"
ASK = HEAD + b"\r\n"
SLOW = often(300, 900)
"""Connections of the slow client: more than a server takes of all clients together."""
QUICKLY = 5.0
"""Seconds within which another client has its page, on a busy machine."""
ELSEWHERE = "127.0.0.2"
"""Another client's address."""
SHORT = Limits(request=0.5, answer=1.0)


@pytest.fixture(scope="module")
def port(demo: Path) -> Iterator[int]:
    with running(demo) as found:
        yield found


@pytest.fixture(scope="module")
def impatient(demo: Path) -> Iterator[int]:
    """A server that gives its clients less time."""
    with running(demo, SHORT) as found:
        yield found


def connect(port: int, client: str = "127.0.0.1", **options: int) -> socket.socket:
    found = socket.socket()
    for name, value in options.items():
        found.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
    found.settimeout(SECONDS)
    found.bind((client, 0))
    found.connect(("127.0.0.1", port))
    return found


def rest(connection: socket.socket) -> bytes:
    """All that still comes before the server hangs up."""
    found = b""
    with suppress(ConnectionError):
        while part := connection.recv(65536):
            found += part
    return found


@contextmanager
def trickling(port: int, start: bytes, count: int) -> Iterator[None]:
    """Connections of which each sends a byte now and then, for ever; the client opens a new one for each that ends."""
    stop, begun = threading.Event(), threading.Event()

    def trickle() -> None:
        with ExitStack() as opened:
            held = [opened.enter_context(closing(connect(port))) for _ in range(count)]
            for each in held:
                with suppress(OSError):
                    each.sendall(start)
            begun.set()
            while not stop.wait(0.05):
                for place, each in enumerate(held):
                    try:
                        each.sendall(b"x")
                    except OSError:
                        held[place] = opened.enter_context(closing(connect(port)))

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        assert begun.wait(SECONDS)
        yield
    finally:
        stop.set()
        thread.join(SECONDS)


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET /board HTTP/1.1\r\nX-Slow: ",
        b"POST /board HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n",
    ],
)
@pytest.mark.parametrize("client", ["127.0.0.1", ELSEWHERE])
def test_slow_connections_keep_nobody_else_out(port: int, counted: Count, start: bytes, client: str) -> None:
    with trickling(port, start, SLOW):
        for _ in range(3):
            began = monotonic()
            with closing(connect(port, client)) as other:
                other.sendall(HEAD + b"Connection: close\r\n\r\n")
                assert rest(other).startswith(b"HTTP/1.1 200")
            assert monotonic() - began < QUICKLY
    counted("slow connections, beside which others were answered", SLOW)


def test_one_client_takes_no_place_from_another(port: int) -> None:
    """Somebody rests between two pages; meanwhile a client opens more connections than there is room for."""
    with closing(HTTPConnection("127.0.0.1", port, SECONDS, source_address=(ELSEWHERE, 0))) as other:
        other.request("GET", "/static/mark.svg")
        other.getresponse().read()
        kept = other.sock
        with ExitStack() as opened:
            for _ in range(SLOW):
                opened.enter_context(closing(connect(port)))
            assert get(port, "/static/mark.svg")[0] == 200
            other.request("GET", "/static/mark.svg")
            assert other.getresponse().read() and other.sock is kept


def test_the_connection_that_has_waited_longest_makes_room(demo: Path) -> None:
    with running(demo, Limits(connections=4, of_one=2)) as port, ExitStack() as opened:
        first, second, third = (opened.enter_context(closing(connect(port))) for _ in range(3))
        assert rest(first) == b""
        for each in (second, third):
            each.sendall(ASK)
            assert each.recv(65536).startswith(b"HTTP/1.1 200")


def test_whoever_has_most_connections_makes_room_for_others(demo: Path) -> None:
    with running(demo, Limits(connections=4, of_one=3)) as port, ExitStack() as opened:
        first = opened.enter_context(closing(connect(port, ELSEWHERE)))
        many = [opened.enter_context(closing(connect(port))) for _ in range(3)]
        another = opened.enter_context(closing(connect(port, "127.0.0.3")))
        assert rest(many[0]) == b""
        for each in (first, another):
            each.sendall(ASK)
            assert each.recv(65536).startswith(b"HTTP/1.1 200")


def test_a_head_that_does_not_end_is_cut_off_in_time(impatient: int) -> None:
    with closing(connect(impatient)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        reply = rest(slow)

    assert reply.startswith(b"HTTP/1.1 408 ") and reply.endswith(b"the request did not come in time; send it again\n")


def test_a_head_that_comes_byte_by_byte_is_cut_off_in_time(impatient: int) -> None:
    began = monotonic()
    with closing(connect(impatient)) as slow, suppress(OSError):
        while monotonic() - began < SECONDS:
            slow.sendall(b"x")
            sleep(0.02)

    assert monotonic() - began < 20 * SHORT.request


@pytest.mark.parametrize("sent", [b"", ASK])
def test_a_connection_that_sends_nothing_is_closed_without_a_word(impatient: int, sent: bytes) -> None:
    with closing(connect(impatient)) as idle:
        idle.sendall(sent)
        assert rest(idle).count(b"HTTP/1.1 ") == bool(sent)


@pytest.mark.parametrize("method", [b"GET", b"POST"])
def test_a_body_is_not_waited_for(impatient: int, method: bytes) -> None:
    """Its sender is answered before it comes, and cut off while it comes byte by byte."""
    began, reply = monotonic(), b""
    with closing(connect(impatient)) as slow, suppress(OSError):
        slow.sendall(method + b" /board HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
        reply = slow.recv(65536)
        while monotonic() - began < SECONDS:
            slow.sendall(b"x")
            sleep(0.02)

    assert reply.startswith(b"HTTP/1.1 413 " if method == b"GET" else b"HTTP/1.1 405 ")
    assert monotonic() - began < 20 * SHORT.request


def test_an_answer_that_is_not_read_is_cut_off_in_time(impatient: int) -> None:
    """Hundreds of answers are asked for at once, and none of them is read."""
    began = monotonic()
    with closing(connect(impatient, SO_RCVBUF=4096)) as slow:
        with suppress(OSError):
            for _ in range(2_000):
                slow.settimeout(1)
                slow.sendall(HEAD.replace(b"mark.svg", b"explorer.js") + b"\r\n")
        slow.settimeout(SECONDS)
        sleep(SHORT.answer)
        with pytest.raises(OSError):
            while monotonic() - began < SECONDS:
                slow.sendall(b"x" * 65536)

    assert monotonic() - began < SECONDS / 2


def test_a_patient_reader_gets_a_long_answer_whole(port: int) -> None:
    with closing(connect(port, SO_RCVBUF=4096)) as slow:
        slow.sendall(b"GET /board.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        sleep(1)
        head, _, body = rest(slow).partition(b"\r\n\r\n")

    assert f"content-length: {len(body)}".encode() in head


def long_head(size: int) -> bytes:
    """A head of so many bytes."""
    start = HEAD + b"Connection: close\r\nX-Long: "
    return start + b"x" * (size - len(start) - 4) + b"\r\n\r\n"


@pytest.mark.parametrize(("size", "status"), [(LONGEST_HEAD, b"200"), (LONGEST_HEAD + 1, b"431"), (200_000, b"431")])
@pytest.mark.parametrize("piece", [1_000_000, 4096])
@pytest.mark.parametrize("before", [b"", ASK])
def test_a_head_over_16_kib_is_refused_in_one_piece_or_many(
    port: int, size: int, status: bytes, piece: int, before: bytes
) -> None:
    whole = before + long_head(size)
    with closing(connect(port)) as client:
        with suppress(ConnectionError):
            for start in range(0, len(whole), piece):
                client.sendall(whole[start : start + piece])
                sleep(0.001)
        last = rest(client).rpartition(b"HTTP/1.1 ")[2]

    assert last.startswith(status)


def test_requests_that_come_together_are_all_answered(port: int) -> None:
    with closing(connect(port)) as client:
        client.sendall(ASK * 20 + HEAD + b"Connection: close\r\n\r\n")
        assert rest(client).count(b"HTTP/1.1 200") == 21


def test_too_many_requests_at_once_are_told_to_come_back() -> None:
    """One client has as many pages under way as it may; its next request and no other client's is refused."""
    release = asyncio.Event()

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await release.wait()
        await Response("made")(scope, receive, send)

    def refuse(path: str, refusal: Refusal) -> Response:
        return Response(refusal.message, refusal.status, refusal.headers)

    async def ask(guard: Guard, client: str) -> Message:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "query_string": b"",
            "headers": [(b"host", b"localhost")],
        }
        await guard({**scope, "client": (client, 5000)}, receive, send)
        return sent[0]

    async def play() -> list[Message]:
        guard = Guard(page, refuse, lambda path, error: Response("", 500), Hosts())
        guard._under_way = UnderWay(most=3, most_of_one=2)
        under_way = [asyncio.create_task(ask(guard, "192.0.2.1")) for _ in range(2)]
        await asyncio.sleep(0)
        refused = [await ask(guard, "192.0.2.1")]
        under_way.append(asyncio.create_task(ask(guard, "192.0.2.2")))
        await asyncio.sleep(0)
        refused.append(await ask(guard, "192.0.2.3"))
        release.set()
        return [*refused, *[await each for each in under_way], await ask(guard, "192.0.2.1")]

    found: list[list[Message]] = []
    thread = threading.Thread(target=lambda: found.append(asyncio.run(play())))
    thread.start()
    thread.join(SECONDS)

    assert [each["status"] for each in found[0]] == [503, 503, 200, 200, 200, 200]
    assert all(dict(each["headers"])[b"retry-after"] == b"5" for each in found[0][:2])
