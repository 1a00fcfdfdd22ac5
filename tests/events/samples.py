"""Small valid events to bend, and a way to read them as a file would give them."""

import json
from typing import Any

from policytracker.events.catalogue import CLASSES, name_of
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of, read_line
from policytracker.events.refusals import Refused

Fields = dict[str, Any]

REPORT: Fields = {"publisher": "Reuters", "published": "2026-01-28"}
SCOPE: Fields = {"companies": ["all"], "chips": ["all"], "report": REPORT}
CLAIM: Fields = {"authority": "gacc", **SCOPE}
BLOCKED: Fields = {"type": "blocked", **CLAIM}
CLEARED: Fields = {"type": "cleared", **CLAIM}
COMPANY: Fields = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
CHIP: Fields = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]}
GROUP: Fields = {"type": "group-defined", "group": "giants", "kind": "company", "name": "G", "members": ["acme"]}
SHIPPED: Fields = {"type": "shipped", **SCOPE, "quantity": {"min": 1}}

LEAST: dict[str, Fields] = {
    "authority-registered": {"authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    "company-registered": COMPANY,
    "chip-registered": CHIP,
    "group-defined": GROUP,
    "prohibited": CLAIM,
    "blocked": CLAIM,
    "held": CLAIM,
    "licence-required": {**CLAIM, "review": "unstated"},
    "review-opened": CLAIM,
    "approved-in-principle": CLAIM,
    "licence-granted": CLAIM,
    "batch-approved": CLAIM,
    "cleared": CLAIM,
    "condition-imposed": {**CLAIM, "conditions": {"quota": "a share"}},
    "corroborated": {"target": "one", "report": REPORT},
    "disputed": {"target": "one"},
    "corrected": {"target": "one", "changes": {"note": "mended"}},
    "retracted": {"target": "one"},
    "lifted": {"target": "one", "report": REPORT},
    "suspended": {"target": "one", "report": REPORT},
    "conditions-met": {"target": "one", "conditions": ["quota"], "report": REPORT},
    "recipients-identified": {"target": "one", "companies": ["acme"]},
    "orders-reported": {**SCOPE, "quantity": {"min": 1}},
    "shipped": {**SCOPE, "quantity": {"min": 1}},
    "condition-signalled": {**SCOPE, "authority": "gacc", "conditions": {"quota": "a share"}},
    "development-reported": {"kind": "legislation", "text": "A bill was introduced.", "report": REPORT},
}
"""What each type needs, and no more."""


def least(name: str) -> Fields:
    """The shortest valid event of a type."""
    return {"type": name, **LEAST[name]}


def names() -> list[str]:
    """The stored names of all types."""
    return [name_of(kind) for kind in CLASSES]


def read(fields: Fields) -> Event:
    """The event that a line with these fields gives."""
    return read_line(json.dumps(fields).encode())


def id_from(line: str | bytes | Fields) -> str:
    """The id of what a line says."""
    text = json.dumps(line) if isinstance(line, dict) else line
    return id_of(canonical(read_line(text.encode() if isinstance(text, str) else text)))


def refusal(line: bytes | Fields) -> str:
    """The message with which a line is refused."""
    try:
        read_line(line if isinstance(line, bytes) else json.dumps(line).encode())
    except Refused as refused:
        return str(refused)
    raise AssertionError(f"taken, not refused: {line!r}")
