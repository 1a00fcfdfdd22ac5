"""Small made-up ledgers at the door: two companies, two chips, two authorities, and what was reported of them."""

import json
from pathlib import Path
from typing import Any

from tests.cli.recording import say
from tests.questions.test_quantities import REGISTRY

Event = dict[str, Any]


def made_up(folder: Path, *events: Event) -> Path:
    """A ledger that holds the registry and these events."""
    ledger, lines = folder / "made-up.ledger", folder / "events.jsonl"
    lines.write_text("\n".join(json.dumps(event) for event in (*REGISTRY, *events)), encoding="utf-8")
    say(ledger, "init")
    say(ledger, "import", str(lines))
    return ledger
