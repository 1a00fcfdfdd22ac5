"""A registry and a few events to say something about, and a ledger to say it in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from policytracker.events.forms import stored_fields
from policytracker.ledger.appending import Outcome, append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import Head, Row, open_ledger
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where

Fields = dict[str, Any]

NOON = 1_800_014_400_000_000
"""2027-01-15T12:00Z, when everything here is recorded unless a test says otherwise."""

REPORT: Fields = {"publisher": "Reuters", "published": "2026-01-28"}
SCOPE: Fields = {"companies": ["acme"], "chips": ["h20"], "report": REPORT}
CLAIM: Fields = {"authority": "gacc", **SCOPE}
QUOTA: Fields = {"conditions": {"quota": "buy a share of domestic chips"}}


def company(subject: str, /, **more: Any) -> Fields:
    return {"type": "company-registered", "company": subject, "name": subject, "jurisdiction": "CN", **more}


def chip(subject: str, /, **more: Any) -> Fields:
    return {"type": "chip-registered", "chip": subject, "name": subject, "vendor": "V", "controlled_by": ["US"], **more}


def group(subject: str, kind: str, /, *members: str, **more: Any) -> Fields:
    return {"type": "group-defined", "group": subject, "kind": kind, "name": subject, "members": list(members), **more}


GACC: Fields = {
    "type": "authority-registered",
    "authority": "gacc",
    "name": "Customs",
    "jurisdiction": "CN",
    "direction": "import",
}
REGISTRY = [
    GACC,
    company("acme"),
    company("bolt", parent="acme"),
    company("coda", parent="bolt"),
    company("dyno"),
    chip("h20"),
    chip("h200"),
    group("giants", "company", "acme", "bolt", "coda"),
    group("hopper", "chip", "h20", "h200"),
]


def cleared(ref: str = "clear", **more: Any) -> Fields:
    return {"type": "cleared", "ref": ref, **CLAIM, **QUOTA, **more}


def batch(ref: str = "batch", **more: Any) -> Fields:
    """Two companies out of the giants, one of them named."""
    cohort = {"count": 2, "of": ["giants"], "named": ["acme"]}
    return {"type": "batch-approved", "ref": ref, **CLAIM, "companies": cohort, **more}


def about(kind: str, target: str, /, **more: Any) -> Fields:
    return {"type": kind, "target": target, **more}


def changed(about_whom: str, own_ref: str | None = None, /, **changes: Any) -> Fields:
    """A correction without a report."""
    return about("corrected", about_whom, changes=changes) | ({"ref": own_ref} if own_ref else {})


def ref_taken(ref: str, /, **changes: Any) -> str:
    """Why a ref is refused that another event of the same type has, with the way to mend that one."""
    mended = json.dumps({"type": "corrected", "target": ref, "changes": changes})
    return (
        f"ref: '{ref}' is taken by another event; to mend that event, record {mended}; "
        "if this is another event, choose another ref, or leave it out"
    )


def line_of(event: Fields | bytes) -> bytes:
    return event if isinstance(event, bytes) else json.dumps(event).encode()


def lines_from(events: Sequence[Fields | bytes], source: str = "file.jsonl") -> list[Line]:
    return [Line(source, number, line_of(event)) for number, event in enumerate(events, start=1)]


@dataclass
class Ledger:
    """A ledger, written and read as the project does it, at a time that the test sets."""

    path: Where
    store: Store
    clock: int = NOON

    @property
    def file(self) -> Path:
        """The ledger's file, in tests about files."""
        assert isinstance(self.path, Path)
        return self.path

    def add(self, *events: Fields | bytes) -> Outcome:
        """Import these lines."""
        return append_lines(self.store, lines_from(events), lambda: self.clock, "tester", keep=len(events))

    def refusals(self, *events: Fields | bytes) -> dict[int, str]:
        """Why which of these lines are refused; and nothing is added."""
        before = self.head()
        with pytest.raises(RefusedLines) as caught:
            self.add(*events)
        assert self.head() == before
        return {line.line: line.why for line in caught.value.lines}

    def refusal(self, *events: Fields | bytes) -> str:
        """Why the last of these lines, and no other, is refused."""
        found = self.refusals(*events)
        assert list(found) == [len(events)], found
        return found[len(events)]

    def rows(self) -> list[Row]:
        with open_ledger(self.path) as opened:
            return list(opened.rows())

    def fields(self) -> list[Fields]:
        return [stored_fields(row.topic, row.state) for row in self.rows()]

    def head(self) -> Head:
        with open_ledger(self.path) as opened:
            return opened.head()

    def id(self, ref: str) -> str:
        return next(row.id for row in self.rows() if row.ref == ref)
