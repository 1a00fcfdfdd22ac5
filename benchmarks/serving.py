"""The board over HTTP, against a Starlette page that renders a table of the same size from a constant."""

import random
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure, in_turn
from policytracker.events.dates import iso, span

PROGRAM = str(Path(sys.executable).with_name("policytracker"))
CONSTANT = (sys.executable, "-m", "benchmarks.constant")
STORY = "/board?at=2026-01-28&known=2026-01-28T12:00Z"
FIRST, LAST = span("2022-08").first, span("2026-03").last
PAGES = 60
RUNS = 15
FRESH = 5
"""Servers started anew."""
PEER = "the same table from a constant"
CELL, ROW = re.compile(r'<td class="status'), re.compile(r'<tr><th scope="row"')


def figures() -> Iterator[Figure]:
    """Seconds a page: twice those of the peer are half its requests per second."""
    with TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "demo.ledger")
        subprocess.run((PROGRAM, "--ledger", ledger, "init", "--demo"), check=True, stdout=subprocess.DEVNULL)
        command = (PROGRAM, "--ledger", ledger, "serve", "--port", "0")
        with served(command) as board, served(CONSTANT) as peer:
            yield from _figures(command, board, peer)
    yield Figure("first page of serve --demo", median(_first_page() for _ in range(FRESH)), "one second", 1, 1)


def _figures(command: Sequence[str], board: "Client", peer: "Client") -> Iterator[Figure]:
    gathered, each = boards(""), boards("&each=1")
    constant, constant_each = ([_like(board.get(path)) for path in pages] for pages in (gathered, each))
    peers = lambda: peer.all(constant)  # noqa: E731
    yield _figure("board at random dates", in_turn(RUNS, lambda: board.all(gathered), peers), 2)
    yield _figure(
        "board at random dates, each cell by itself",
        in_turn(RUNS, lambda: board.all(each), lambda: peer.all(constant_each)),
        2,
    )
    first = []
    for _ in range(FRESH):
        with served(command) as fresh:
            fresh.get(STORY)
            first.append(in_turn(1, lambda fresh=fresh: fresh.all(gathered), peers))
    yield _figure("board at random dates, asked for the first time", [median(times) for times in zip(*first)], 2)
    tag = board.tag(STORY)
    yield _figure("board, unchanged (304)", in_turn(RUNS, lambda: board.all([STORY] * PAGES, tag), peers), 1)


def _figure(name: str, seconds: Sequence[float], bound: float) -> Figure:
    ours, peers = seconds
    return Figure(name, ours / PAGES, PEER, peers / PAGES, bound)


def boards(more: str) -> list[str]:
    """Addresses of boards at random dates."""
    chance = random.Random(1)
    dates = ([iso(chance.randrange(FIRST, LAST)) for _ in range(2)] for _ in range(PAGES))
    return [f"/board?at={at}&known={known}{more}" for at, known in dates]


def _like(page: str) -> str:
    """The peer's page with a table of the same size."""
    rows = len(ROW.findall(page))
    return f"/{rows}/{len(CELL.findall(page)) // rows}"


def _first_page() -> float:
    """Seconds from starting the process to the last byte of the page that its address leads to."""
    start = perf_counter()
    with served((PROGRAM, "serve", "--demo", "--port", "0")) as board:
        board.get(STORY)
        return perf_counter() - start


class Client:
    """One connection that is kept, and as little work as can be."""

    def __init__(self, port: int) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = f"127.0.0.1:{port}"

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *exc: object) -> None:
        self._connection.close()

    def get(self, path: str) -> str:
        """A page."""
        head, body = self._ask(path)
        assert head.startswith(b"HTTP/1.1 200"), head
        return body.decode()

    def tag(self, path: str) -> str:
        """The ETag of a page."""
        head, _ = self._ask(path)
        return head.decode().split("\r\netag: ")[1].split("\r\n")[0]

    def all(self, paths: Sequence[str], tag: str | None = None) -> None:
        """Ask for one after another; with a tag, none has changed."""
        status = b"HTTP/1.1 304" if tag else b"HTTP/1.1 200"
        for path in paths:
            head, _ = self._ask(path, f"If-None-Match: {tag}\r\n" if tag else "")
            assert head.startswith(status), head

    def _ask(self, path: str, more: str = "") -> tuple[bytes, bytes]:
        self._connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n{more}\r\n".encode())
        found = b""
        while b"\r\n\r\n" not in found:
            found += self._connection.recv(1 << 20)
        head, _, body = found.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        while length and len(body) < int(length[1]):
            body += self._connection.recv(1 << 20)
        return head, body


@contextmanager
def served(command: Sequence[str]) -> Iterator[Client]:
    """A connection to a server of its own process, which prints its address."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        try:
            with Client(port) as client:
                yield client
        finally:
            process.terminate()
