"""The board over HTTP, against a Starlette page that renders a table of the same size from a constant."""

import random
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure, in_turn
from policytracker.events.dates import iso, span

PROGRAM = str(Path(sys.executable).with_name("policytracker"))
CONSTANT = (sys.executable, "-m", "benchmarks.constant")
STORY = "/board?at=2026-01-28&known=2026-01-28T12:00Z"
HOME = STORY.replace("board", "home")
FIRST, LAST = span("2022-08").first, span("2026-03").last
PAGES = 60
RUNS = 15
FRESH = 5
"""Servers started anew."""
PEER = "the same table from a constant"
TEXT = "a constant of the same size"


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
    pages, each = boards(""), boards("&each=1")
    constant, constant_each = ([_like(board.get(path)) for path in paths] for paths in (pages, each))
    table = partial(peer.all, constant)
    yield _figure("board at random dates", RUNS, partial(board.all, pages), table, 2)
    of_each = partial(peer.all, constant_each)
    yield _figure("board at random dates, each cell by itself", RUNS, partial(board.all, each), of_each, 2)
    unchanged = partial(board.all, [STORY] * PAGES, board.tag(STORY))
    yield _figure("board, unchanged (304)", RUNS, unchanged, table, 1)
    again, text = partial(board.all, [HOME] * PAGES), partial(peer.all, [f"/{len(board.get(HOME))}"] * PAGES)
    yield _figure("home page, asked again", RUNS, again, text, 2, TEXT)
    # What nothing is worked out for yet costs more; this bound only keeps it from growing.
    with served(command) as fresh:
        fresh.get(STORY)
        yield _figure("board, dates never asked for", 1, partial(fresh.all, pages), table, 50)


def _figure(
    name: str, runs: int, ours: Callable[[], None], peers: Callable[[], None], bound: float, against: str = PEER
) -> Figure:
    one, other = in_turn(runs, ours, peers)
    return Figure(name, one / PAGES, against, other / PAGES, bound)


def boards(more: str) -> list[str]:
    """Addresses of boards at random dates."""
    chance = random.Random(1)
    dates = ([iso(chance.randrange(FIRST, LAST)) for _ in range(2)] for _ in range(PAGES))
    return [f"/board?at={at}&known={known}{more}" for at, known in dates]


def _like(page: str) -> str:
    """The peer's page with a table of the same size: rows, cells, and links in its heads."""
    table = page.partition("<table")[2].partition("</table>")[0]
    rows, cells = table.count('<th scope="row">'), table.count('<td class="status')
    return f"/{rows}/{cells // rows}/{table.count('<a ') - cells}"


def _first_page() -> float:
    """Seconds from starting the process to the last byte of the page that its address leads to."""
    start = perf_counter()
    with served((PROGRAM, "serve", "--demo", "--port", "0")) as board:
        board.get(STORY)
        return perf_counter() - start


class Client:
    """Asks with as little work as can be."""

    def __init__(self, port: int, process: int) -> None:
        """``process``: the number of the server's process."""
        self._port, self.process = port, process

    def get(self, path: str) -> str:
        """A page."""
        with self._connected() as connection:
            head, body = self._ask(connection, path)
        assert head.startswith(b"HTTP/1.1 200"), _first_line(head)
        return body.decode()

    def tag(self, path: str) -> str:
        """The ETag of a page."""
        with self._connected() as connection:
            head, _ = self._ask(connection, path)
        return head.decode().split("\r\netag: ")[1].split("\r\n")[0]

    def all(self, paths: Sequence[str], tag: str | None = None) -> None:
        """Ask for one after another over one connection; with a tag, none has changed."""
        status = b"HTTP/1.1 304" if tag else b"HTTP/1.1 200"
        with self._connected() as connection:
            for path in paths:
                head, _ = self._ask(connection, path, f"If-None-Match: {tag}\r\n" if tag else "")
                assert head.startswith(status), _first_line(head)

    def _connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._port), timeout=60)

    def _ask(self, connection: socket.socket, path: str, more: str = "") -> tuple[bytes, bytes]:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{more}\r\n".encode())
        found = b""
        while b"\r\n\r\n" not in found:
            found += _more(connection)
        head, _, body = found.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        while length and len(body) < int(length[1]):
            body += _more(connection)
        return head, body


def _first_line(head: bytes) -> str:
    return head.partition(b"\r\n")[0].decode()


def _more(connection: socket.socket) -> bytes:
    found = connection.recv(1 << 20)
    assert found, "the server hung up"
    return found


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[Client]:
    """A server of its own process, which prints its address; ``environment`` is that of this process if not given."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        try:
            yield Client(port, process.pid)
        finally:
            process.terminate()
