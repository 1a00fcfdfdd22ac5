"""A server on this machine that makes heavy pages, and answers everybody else meanwhile."""

import asyncio
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from policytracker.ledger.errors import LedgerError
from policytracker.questions.matrix import Matrix
from policytracker.web.opened import Opened
from policytracker.web.page import Question
from policytracker.web.pages import board
from policytracker.web.workers import MOST_WAITING, WHOLE_WORKERS, Busy, Lane
from tests.demo import ask
from tests.web.conftest import TODAY
from tests.web.running import SECONDS, get, running

HEAVY = "/board.json?at=2026-01-28"
CELL = "/cell/tencent/h200?at=2026-01-28"
STYLE = "/static/style.css"


def heavy(number: int) -> str:
    """An address of the same board, which no other number gives: equal ones are made once for all who ask."""
    return f"{HEAVY}&each={number}"


class Gate:
    """Keeps every board from being made until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened, self.begun = threading.Event(), threading.Semaphore(0)
        self.count = 0
        made = board._matrix

        def slow(question: Question, asked: Any) -> Matrix:
            self.count += 1
            self.begun.release()
            assert self.opened.wait(SECONDS)
            return made(question, asked)

        monkeypatch.setattr(board, "_matrix", slow)

    def await_begun(self, count: int) -> None:
        for _ in range(count):
            assert self.begun.acquire(timeout=SECONDS)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    found = Gate(monkeypatch)
    yield found
    found.opened.set()


def test_others_are_answered_while_heavy_pages_are_made(demo: Path, gate: Gate) -> None:
    """Three boards more than there are threads for them: two are made, three wait, and nobody else does."""
    with running(demo) as port, ThreadPoolExecutor() as readers:
        tag = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        boards = [readers.submit(get, port, heavy(n)) for n in range(WHOLE_WORKERS + 3)]
        gate.await_begun(WHOLE_WORKERS)
        found = [get(port, path)[0] for path in (STYLE, CELL, "/log", "/openapi.json", "/company/tencent")]
        waiting = [each.done() for each in boards]
        gate.opened.set()
        made = [each.result(SECONDS) for each in boards]
        tag.close()

    assert found == [200] * 5
    assert waiting == [False] * len(boards)
    assert {status for status, _ in made} == {200} and len({body for _, body in made}) == 1


def test_an_unchanged_page_waits_for_no_heavy_one(demo: Path, gate: Gate) -> None:
    with running(demo) as port, ThreadPoolExecutor() as readers:
        gate.opened.set()
        with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
            connection.request("GET", HEAVY)
            reply = connection.getresponse()
            tag = reply.getheader("etag") or ""
            reply.read()
        gate.begun.acquire(timeout=SECONDS)
        gate.opened.clear()
        boards = [readers.submit(get, port, f"{HEAVY}&each={n}") for n in range(WHOLE_WORKERS)]
        gate.await_begun(WHOLE_WORKERS)
        status, _ = get(port, HEAVY, **{"if-none-match": tag})
        gate.opened.set()
        assert [each.result(SECONDS)[0] for each in boards] == [200] * WHOLE_WORKERS

    assert status == 304


def test_a_page_made_before_waits_for_no_thread(demo: Path, gate: Gate) -> None:
    """Every thread for such pages is busy, and others wait; whoever asks for one that was made gets it at once."""
    with running(demo) as port, ThreadPoolExecutor() as readers:
        gate.opened.set()
        first = get(port, HEAVY)
        gate.begun.acquire(timeout=SECONDS)
        gate.opened.clear()
        boards = [readers.submit(get, port, f"{HEAVY}&each={n}") for n in range(WHOLE_WORKERS + 2)]
        gate.await_begun(WHOLE_WORKERS)
        again = get(port, HEAVY)
        gate.opened.set()
        assert [each.result(SECONDS)[0] for each in boards] == [200] * len(boards)

    assert again == first and first[0] == 200


def test_a_page_made_before_is_not_shown_once_the_ledger_has_grown(demo: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "grows.ledger"
    shutil.copy(demo, ledger)
    with running(ledger) as port:
        before = [get(port, "/log.json") for _ in range(2)]
        given = ("--company", "delta", "--name", "Delta Cloud", "--jurisdiction", "CN")
        assert ask(ledger, "record", "company-registered", *given).exit_code == 0
        after = get(port, "/log.json")

    assert before[0] == before[1]
    assert b"Delta Cloud" in after[1] and after != before[1]


def test_the_event_loop_waits_for_nobody_who_keeps_the_file(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer would wait for an hour."""
    ledger = tmp_path / "kept.ledger"
    shutil.copy(demo, ledger)
    monkeypatch.setenv("POLICYTRACKER_LOCK_SECONDS", "3600")
    opened = Opened(ledger, lambda: TODAY).at_once()
    assert opened is not None
    with closing(sqlite3.connect(ledger, isolation_level=None)) as keeper:
        keeper.execute("PRAGMA locking_mode = EXCLUSIVE")
        keeper.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerError, match="locked"):
            opened.head()
    opened.close()


def test_readers_who_go_away_leave_nothing_to_be_made(demo: Path, gate: Gate) -> None:
    """Ten more readers wait, and hang up: their boards are never made, and the next reader gets an answer."""
    with running(demo) as port, ThreadPoolExecutor() as readers:
        boards = [readers.submit(get, port, heavy(n)) for n in range(WHOLE_WORKERS)]
        gate.await_begun(WHOLE_WORKERS)
        gone = [socket.create_connection(("127.0.0.1", port)) for _ in range(10)]
        for n, each in enumerate(gone):
            each.sendall(f"GET {heavy(WHOLE_WORKERS + n)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert get(port, STYLE)[0] == 200
        for each in gone:
            each.close()
        assert get(port, STYLE)[0] == 200
        gate.opened.set()
        assert [each.result(SECONDS)[0] for each in boards] == [200] * WHOLE_WORKERS
        assert get(port, heavy(MOST_WAITING))[0] == 200

    assert gate.count == WHOLE_WORKERS + 1


def test_too_many_waiting_readers_are_told_to_come_back(demo: Path, gate: Gate) -> None:
    with running(demo) as port, ThreadPoolExecutor(WHOLE_WORKERS + MOST_WAITING + 1) as readers:
        boards = [readers.submit(get, port, heavy(n)) for n in range(WHOLE_WORKERS + MOST_WAITING + 1)]
        gate.await_begun(WHOLE_WORKERS)
        refused = next(each.result() for each in iter_done(boards))
        gate.opened.set()
        found = sorted(each.result(SECONDS)[0] for each in boards)

    assert refused == (503, b'{"error": "the server is busy with other pages; try again in a moment"}')
    assert found == [200] * (WHOLE_WORKERS + MOST_WAITING) + [503]


def iter_done(futures: list[Any]) -> Iterator[Any]:
    from concurrent.futures import as_completed

    yield from as_completed(futures, SECONDS)


async def wanted() -> bool:
    return True


def in_lane(demo: Path, play: Callable[[Lane], Any]) -> Any:
    async def played() -> Any:
        lane = Lane(Opened(demo, lambda: TODAY), "test", 1, most_waiting=1)
        try:
            return await play(lane)
        finally:
            lane.close()

    # Playwright may have left an event loop running in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, played()).result()


def test_who_gives_up_waiting_leaves_the_place_to_others(demo: Path) -> None:
    async def play(lane: Lane) -> list[Any]:
        is_open = threading.Event()
        first = asyncio.create_task(lane.run(lambda _: is_open.wait(SECONDS), wanted))
        await asyncio.sleep(0)
        second = asyncio.create_task(lane.run(lambda _: "second", wanted))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await lane.run(lambda _: "third", wanted)
        second.cancel()
        await asyncio.sleep(0)
        fourth = asyncio.create_task(lane.run(lambda _: "fourth", wanted))
        await asyncio.sleep(0)
        first.cancel()
        is_open.set()
        return [await fourth, await lane.run(lambda _: "fifth", wanted)]

    assert in_lane(demo, play) == ["fourth", "fifth"]


def test_a_failure_frees_the_thread(demo: Path) -> None:
    def fail(_: Opened) -> None:
        raise ValueError("broken")

    async def play(lane: Lane) -> str | None:
        for _ in range(3):
            with pytest.raises(ValueError, match="broken"):
                await lane.run(fail, wanted)
        return await lane.run(lambda _: "made", wanted)

    assert in_lane(demo, play) == "made"
