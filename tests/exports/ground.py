"""Ledgers to export: made-up events with corrections, retractions and redactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policytracker.ledger.appending import append_lines
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.redacting import redact
from policytracker.ledger.store import Store
from policytracker.questions.reader import Reader
from tests.ledger.ground import lines_from

LATE = 4_102_444_800_000_000
"""The year 2100, when all is recorded: no report is from the future."""
TODAY = 739_667
"""2026-02-21."""
OFFICIAL: dict[str, Any] = {"publisher": "Example Gazette", "published": "2026-01-05", "attribution": "official"}
RUMOUR: dict[str, Any] = {
    "publisher": "Example Daily",
    "published": "2026-01-08",
    "grade": "D4",
    "cites": "Example Agency",
}
GACC: dict[str, Any] = {
    "type": "authority-registered",
    "authority": "gacc",
    "name": "Customs",
    "jurisdiction": "CN",
    "direction": "import",
}
ACME: dict[str, Any] = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
BOLT: dict[str, Any] = {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "US"}
H20: dict[str, Any] = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": []}
REGISTRY: list[dict[str, Any]] = [GACC, ACME, BOLT, H20]


def claim(kind: str, ref: str, **more: Any) -> dict[str, Any]:
    """A claim of customs about one company and one chip, on an official word."""
    fields = {"type": kind, "ref": ref, "authority": "gacc", "companies": ["acme"], "chips": ["h20"]}
    return {**fields, "report": OFFICIAL, **more}


@contextmanager
def recorded(events: Sequence[dict[str, Any]], redacted: Sequence[str] = ()) -> Iterator[Reader]:
    """The reader of a ledger with these events, of which some are then redacted, by their refs."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ledger"
        with Store.create(path) as store:
            append_lines(store, lines_from(events), lambda: LATE, "Mia")
            with open_ledger(path) as source:
                ids = [source.event_id(ref) for ref in redacted]
            for event_id in ids:
                redact(store, event_id, "the law", lambda: LATE)
        with Reader(path, TODAY) as reader:
            yield reader
