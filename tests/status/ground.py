"""A registry of one company and one chip, and claims about them as plain events."""

from typing import Any

from policytracker.events.dates import moment
from policytracker.status.view import View
from policytracker.testing import naive, strategies
from tests.test_core_is_the_contract import entries_of, view_of

Event = dict[str, Any]

REGISTRY: list[Event] = [
    strategies.authority("bis", "US", "export"),
    strategies.authority("gacc", "CN", "import"),
    {"type": "company-registered", "company": "tencent", "name": "Tencent", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": ["US"]},
]


def claim(kind: str, ref: str, effective: str, **more: Any) -> Event:
    """A claim for everyone, official, published in 2025."""
    event = {"type": kind, "ref": ref, "authority": "gacc", "companies": ["all"], "chips": ["all"]}
    return event | {"effective": effective, "report": report("2025-01-01")} | more


def about(kind: str, target: str, published: str = "2025-01-01", **more: Any) -> Event:
    """An official event about another."""
    return {"type": kind, "ref": f"{target}-{kind}", "target": target, "report": report(published), **more}


def report(published: str) -> Event:
    return {"publisher": "Customs", "published": published, "attribution": "official"}


def seen(*events: Event, known: str | None = None) -> View:
    """The events behind a registry of one company and one chip, under their refs as ids."""
    ledger = [*REGISTRY, claim("cleared", "us", "2025-01-01", authority="bis"), *events]
    names = [event.get("ref", f"registry-{place}") for place, event in enumerate(ledger)]
    moment_known = None if known is None else moment(known)
    return view_of(entries_of(naive.resolve(ledger, ids=names)), known=moment_known)
