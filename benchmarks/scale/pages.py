"""Pages of a real server on loopback: the first board, pages of cells, and small pages while such a page is made."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from threading import Thread
from time import perf_counter
from typing import Any

from benchmarks.before import Side
from benchmarks.processes import used
from benchmarks.scale.asked import Question
from benchmarks.scale.bounded import Unfinished
from benchmarks.serving import Client, served
from policytracker.events.dates import iso, moment_text
from policytracker.ledger import clock

START = "from policytracker.cli.main import main; main()"
SMALL = "/log"
"""A page that tells the last events."""
IDLE = 30
MINUTE = len("2026-01-28T12:00")


def pages(side: Side, questions: Sequence[Question], seconds: float) -> dict[str, Any]:
    """Seconds that are waited for, and gigabytes at the most. Raises Unfinished, also when all take too long together.

    Half of the questions are asked while nothing else is. While the pages of the other half are made, in turn a cell
    and a board, a stylesheet and a small page are asked for again and again.
    """
    half, end = len(questions) // 2, perf_counter() + seconds
    with opened(side) as client:
        board: list[str] = []
        first = taken(lambda: board.append(client.get("/board")))
        cells = [_page(client, _cell(each)) for each in _until(end, questions[:half])]
        told = {"first board": first, "cell": median(cells), "slowest cell": max(cells)}
        # Before the others: of version 0.1 these took hundreds of megabytes.
        told["peak"] = used(client.process).peak
        for name, path, others in (
            ("stylesheet", _stylesheet(board[0]), questions[half::2]),
            ("small page", SMALL, questions[half + 1 :: 2]),
        ):
            told |= _small(client, name, path, _until(end, others))
    return told


@contextmanager
def opened(side: Side) -> Iterator[Client]:
    """A server of a version, with the ledger of its side. Raises Unfinished."""
    command = [sys.executable, "-P", "-c", START, "--ledger", str(side.ledger), "serve", "--port", "0"]
    try:
        with served(command, side.environment) as client:
            yield client
    except (OSError, AssertionError, ValueError) as error:
        raise Unfinished(f"{type(error).__name__}: {error}") from None


def _until(end: float, questions: Iterable[Question]) -> Iterator[Question]:
    """The questions, while there is time. Raises Unfinished."""
    for question in questions:
        if perf_counter() > end:
            raise Unfinished("too long for all pages together")
        yield question


def taken(action: Callable[[], object]) -> float:
    """Seconds that are waited for."""
    start = perf_counter()
    action()
    return perf_counter() - start


def _stylesheet(page: str) -> str:
    found = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert found, "the board names no stylesheet"
    return found[1]


def _small(client: Client, name: str, path: str, others: Iterable[Question]) -> dict[str, float]:
    """A page while nothing else is asked, and while large pages are made that were never asked for."""
    client.get(path)
    idle = median(_page(client, path) for _ in range(IDLE))
    busy = [each for asked in _large(others) for each in _meanwhile(client, asked, path)]
    return {name: median(busy), f"idle {name}": idle}


def _page(client: Client, path: str) -> float:
    return taken(lambda: client.get(path))


def _meanwhile(client: Client, large: str, path: str) -> Iterator[float]:
    """How long a page takes, again and again, while a large one that was never asked for is made; at least once."""
    asking = Thread(target=client.get, args=(large,))
    asking.start()
    try:
        yield _page(client, path)
        while asking.is_alive():
            yield _page(client, path)
    finally:
        asking.join()


def _large(questions: Iterable[Question]) -> Iterator[str]:
    for number, question in enumerate(questions):
        yield _cell(question) if number % 2 else f"/board?{_dates(question)}"


def _cell(question: Question) -> str:
    return f"/cell/firm-{question.company}/chip-{question.chip}?{_dates(question)}"


def _dates(question: Question) -> str:
    # Pages take a minute; instants of questions are noon.
    minute = clock.text(question.recorded)[:MINUTE]
    return f"at={iso(question.at)}&known={moment_text(question.known)}&recorded={minute}Z"
