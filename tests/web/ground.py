"""Made-up ledgers in a browser without a screen, one of them hostile."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from starlette.testclient import TestClient

from policytracker.ledger.where import Where
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.questions.recorded import CLOCK, TODAY, recorded

HOSTILE = '<script>alert("x")</script>' + "\u202e" + "W" * 300
"""Markup, a character that turns the reading direction, and a word that no line holds."""
FILES = {
    "/",
    "/openapi.json",
    "/static/{name}",
    "/docs/{name}",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/favicon.ico",
}
"""Addresses that are no page and no feed, and have no parameter that could be wrong."""
SCOPE = {"companies": ["acme"], "chips": ["h20"]}
REPORT = {"publisher": "Reuters", "published": "2026-01-10", "attribution": "official"}


class Served(NamedTuple):
    """The pages of a ledger, and its events in their order."""

    client: TestClient
    ids: list[str]


def registry(name: str = "Acme") -> list[dict[str, Any]]:
    """A gate, a company and a chip, all of one name."""
    return [
        {
            "type": "authority-registered",
            "authority": "gacc",
            "name": name,
            "jurisdiction": "CN",
            "direction": "import",
        },
        {"type": "company-registered", "company": "acme", "name": name, "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h20", "name": name, "vendor": name, "controlled_by": []},
    ]


def opened_of(ledger: Where, today: int = TODAY, now: int = CLOCK + 60_000_000) -> Opened:
    """A made-up ledger, a minute after its first event was recorded."""
    return Opened(ledger, lambda: today, now=lambda: now)


@contextmanager
def served(events: Sequence[dict[str, Any]]) -> Iterator[Served]:
    """The pages of a ledger that holds these events."""
    with recorded(events) as reader:
        ids = [name for (name,) in reader.connection.execute("SELECT id FROM entries ORDER BY position")]
        with TestClient(application(opened_of(reader.ledger)), base_url="http://127.0.0.1") as client:
            yield Served(client, ids)


@contextmanager
def hostile() -> Iterator[Served]:
    """A ledger whose every text is an attack."""
    report = {**REPORT, "publisher": HOSTILE, "title": HOSTILE, "url": "javascript:alert(1)"}
    about = {"target": "claim", "note": HOSTILE, "report": report}
    events = [
        {
            "type": "cleared",
            "ref": "claim",
            "authority": "gacc",
            **SCOPE,
            "conditions": {"a-key": HOSTILE},
            "report": report,
        },
        {"type": "orders-reported", **SCOPE, "quantity": {"min": 1, "wording": HOSTILE}, "report": report},
        {"type": "corrected", **about, "changes": {"conditions": {"a-key": HOSTILE + "!"}}},
    ]
    with served([*registry(HOSTILE), *events]) as found:
        yield found
