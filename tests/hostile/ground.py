"""A ledger whose every text is an attack that the ledger takes: it is told, and reaches no output as it is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policytracker.questions.escaping import unseen
from tests.cli.recording import ask

UNSEEN = "\u202e\u2066\u200b\u200f\ufeff\ue000\ufe0f\u00ad\u2028\U000e0041"
"""Turns the direction of reading, takes no room, looks different everywhere, or ends a line."""
MARKUP = "<script>alert(1)</script>"
ATTACK = f"=HYPERLINK(1)'; DROP TABLE ledger_entries;-- {MARKUP} {UNSEEN}|](javascript:x)"
REPORT = {
    "publisher": ATTACK,
    "published": "2026-01-10",
    "title": ATTACK,
    "url": f"javascript:{ATTACK}",
    "cites": ATTACK,
    "language": ATTACK,
    "archived": ATTACK,
}
SCOPE = {"companies": ["acme"], "chips": ["h20"]}
EVENTS: list[dict[str, Any]] = [
    {"type": "authority-registered", "authority": "gacc", "name": ATTACK, "jurisdiction": "CN", "direction": "import"},
    {
        "type": "company-registered",
        "company": "acme",
        "name": ATTACK,
        "jurisdiction": "CN",
        "aliases": [ATTACK],
        "names": {ATTACK: ATTACK, "zh": ATTACK},
        "identifiers": {ATTACK: ATTACK},
    },
    {"type": "chip-registered", "chip": "h20", "name": ATTACK, "vendor": ATTACK, "controlled_by": []},
    {"type": "group-defined", "group": "few", "kind": "company", "name": ATTACK, "members": ["acme"]},
    {
        "type": "cleared",
        "ref": "claim",
        "authority": "gacc",
        **SCOPE,
        "conditions": {ATTACK: ATTACK},
        "instrument": ATTACK,
        "note": ATTACK,
        "report": REPORT,
    },
    {"type": "orders-reported", **SCOPE, "quantity": {"min": 1, "wording": ATTACK}, "report": REPORT},
    {"type": "corrected", "target": "claim", "note": ATTACK, "changes": {"conditions": {ATTACK: f"{ATTACK}!"}}},
    {"type": "disputed", "target": "claim", "note": ATTACK, "report": REPORT},
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The ledger file, made at the door. Ask it, and record nothing."""
    ledger = tmp_path_factory.mktemp("attacked") / "test.ledger"
    assert ask(ledger, "init").exit_code == 0
    lines = "\n".join(json.dumps(event) for event in EVENTS)
    found = ask(ledger, "--recorder", "mia \u202e", "import", "-", text=lines)
    assert found.exit_code == 0, found.output
    assert unseen(found.output) == []
    yield ledger


def nothing_unseen(text: str) -> None:
    """A reader sees every character, and none of them steers a terminal."""
    assert unseen(text) == []
