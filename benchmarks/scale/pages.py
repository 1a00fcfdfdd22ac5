"""Pages of a real server on loopback: the first board, pages of cells, and a stylesheet while such a page is made."""

import re
import sys
from collections.abc import Sequence
from statistics import median
from threading import Thread
from time import perf_counter, sleep
from typing import Any

from benchmarks.before import Side
from benchmarks.scale.asked import Question
from benchmarks.scale.bounded import Unfinished
from benchmarks.serving import Client, served
from policytracker.events.dates import iso, moment_text

START = "from policytracker.cli.main import main; main()"


def pages(side: Side, questions: Sequence[Question]) -> dict[str, Any]:
    """Seconds, not of CPU, of each; half of the questions are asked while nothing else is. Raises Unfinished."""
    command = [sys.executable, "-P", "-c", START, "--ledger", str(side.ledger), "serve", "--port", "0"]
    half = len(questions) // 2
    try:
        with served(command, side.environment) as client:
            board: list[str] = []
            first = _taken(lambda: board.append(client.get("/board")))
            style = _stylesheet(board[0])
            cell = median(_page(client, each) for each in questions[:half])
            meanwhile = median(_meanwhile(client, each, style, cell / 4) for each in questions[half:])
    except (OSError, AssertionError) as error:
        raise Unfinished(f"{type(error).__name__}: {error}") from None
    return {"board": first, "cell page": cell, "stylesheet": meanwhile}


def _taken(action: Any) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def _stylesheet(page: str) -> str:
    found = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert found, "the board names no stylesheet"
    return found[1]


def _page(client: Client, question: Question) -> float:
    return _taken(lambda: client.get(_address(question)))


def _meanwhile(client: Client, question: Question, style: str, after: float) -> float:
    """The stylesheet, asked for a while after a page that was never asked for."""
    asking = Thread(target=client.get, args=(_address(question),))
    asking.start()
    sleep(after)
    try:
        return _taken(lambda: client.get(style))
    finally:
        asking.join()


def _address(question: Question) -> str:
    dates = f"at={iso(question.at)}&known={moment_text(question.known)}"
    return f"/cell/firm-{question.company}/chip-{question.chip}?{dates}"
