"""Tiny ledgers by hand, to hold the naive reading itself to the tables of semantics.md."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from policytracker.testing import naive
from policytracker.testing.naive import Entry, Standing

REGISTRY: tuple[Entry, ...] = (
    {"type": "authority-registered", "authority": "bis", "name": "BIS", "jurisdiction": "US", "direction": "export"},
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
    {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": ["US"]},
    {
        "type": "group-defined",
        "group": "giants",
        "kind": "company",
        "name": "Giants",
        "members": ["acme", "bolt"],
        "complete": True,
    },
)
SHANGHAI = {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN"} | {
    "direction": "import",
    "timezone": "Asia/Shanghai",
}


def report(published: str = "2026-01-10", grade: str = "A1", publisher: str = "FT", **more: str) -> Entry:
    """A report; sound unless its grade says otherwise."""
    return {"publisher": publisher, "published": published, "grade": grade, **more}


def claim(kind: str, ref: str, said: Entry | None = None, **fields: Any) -> Entry:
    """A claim of Chinese customs about every company and chip, unless its fields say otherwise."""
    scope = {"authority": "gacc", "companies": ["all"], "chips": ["all"]}
    return {"type": kind, "ref": ref, **scope, "report": said or report(), **fields}


def about(kind: str, target: str, ref: str, said: Entry | None = None, **fields: Any) -> Entry:
    """An event about another, with a report where one is given."""
    return {"type": kind, "ref": ref, "target": target, **({"report": said} if said else {}), **fields}


def entries(*events: Entry, registry: Sequence[Entry] = REGISTRY) -> list[Entry]:
    """A ledger as the naive reading takes it; an event's id is its ref."""
    every = [*registry, *events]
    return [event | {"id": event.get("ref", f"r{place}"), "recorded": place} for place, event in enumerate(every)]


def judged(*events: Entry, known: str | None = None) -> dict[str, Standing]:
    """The events as known at a moment, by ref."""
    return naive.standings(entries(*events), known)


def answer(
    *events: Entry,
    at: str = "2026-02-01",
    known: str | None = None,
    chip: str = "h20",
    company: str = "acme",
    registry: Sequence[Entry] = REGISTRY,
) -> dict[str, Any]:
    """The answer for a cell; H20 has the gate CN/import alone."""
    return naive.answer(entries(*events, registry=registry), company, chip, at=at, known=known, recorded=None)


def possible(*events: Entry, **asked: Any) -> list[str]:
    """The possible statuses of a cell."""
    found: list[str] = answer(*events, **asked)["possible"]
    return found


def scope(event: Entry, company: str = "acme", chip: str = "h20", *later: Entry, at: str = "2026-02-01") -> str:
    """How a claim matches a cell: `certainly 3 2`, `possibly 3 0`, `not`."""
    ledger = entries(event, *later)
    names = naive.registry(ledger, date.fromisoformat(at))
    found = naive.scope(naive.standings(ledger, None)[event["ref"]], company, chip, names)
    if found is None:
        return "not"
    return f"{'certainly' if found.certain else 'possibly'} {found.company_level} {found.chip_level}"
