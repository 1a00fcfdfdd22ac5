"""Small ledgers of inputs that once went wrong, at every door: the command line, pages, and files of programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.cli.recording import ask, say

Event = dict[str, Any]
INPUTS = Path(__file__).with_name("inputs")
BASE = "base"
"""Three companies, two chips, and authorities of the US and China that have cleared everything since 2020."""
BLOCK = ("record", "blocked", "--authority", "gacc", "--company", "alpha", "--chip", "x20", "--publisher", "X")
"""Words that record a block of one cell of the base; the day of its report, and what else is said, come after them."""
TODAY = span("2026-11-29").first
"""The day on which pages are asked for."""


def input_file(name: str) -> Path:
    """The lines of a case."""
    return INPUTS / f"{name}.jsonl"


def events_of(name: str) -> list[Event]:
    """The events of a case."""
    return [json.loads(line) for line in input_file(name).read_text(encoding="utf-8").splitlines()]


def block(published: str, **more: Any) -> Event:
    """The same block as a line."""
    report = {"publisher": "X", "published": published}
    return {
        "type": "blocked",
        "authority": "gacc",
        "companies": ["alpha"],
        "chips": ["x20"],
        "report": report,
        **more,
    }


def ledger_of(folder: Path, *names: str) -> Path:
    """A new ledger into which some inputs are imported, one after the other."""
    ledger = folder / "case.ledger"
    say(ledger, "init")
    for name in names:
        say(ledger, "import", str(input_file(name)))
    return ledger


def written(folder: Path, *events: Event) -> str:
    """The name of a file that holds these events."""
    file = folder / "events.jsonl"
    file.write_text("".join(f"{json.dumps(event, ensure_ascii=False)}\n" for event in events), encoding="utf-8")
    return str(file)


def add(ledger: Path, *events: Event) -> None:
    """Import events into a ledger."""
    say(ledger, "import", written(ledger.parent, *events))


def rows(ledger: Path, *arguments: str) -> list[Event]:
    """The answer of a command with --json."""
    answer: list[Event] = json.loads(say(ledger, *arguments, "--json"))
    return answer


def everything_said(ledger: Path, *arguments: str) -> str:
    """All that a command prints, errors and notes included."""
    return ask(ledger, *arguments).output


@contextmanager
def pages(ledger: Path) -> Iterator[TestClient]:
    """The pages of a ledger."""
    with TestClient(application(Opened(ledger, lambda: TODAY)), base_url="http://127.0.0.1") as client:
        yield client


def page(ledger: Path, address: str) -> str:
    """One page of a ledger."""
    with pages(ledger) as client:
        found = client.get(address)
        assert found.status_code == 200, found.text
        return found.text
