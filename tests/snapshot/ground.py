"""A ledger of one cell, and how a snapshot is read."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.recording import say
from tests.once import once


def select(path: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of one cell, with an order, and a name that turns the direction."""
    return once(tmp_path_factory, "snapshot-of-few", _make_small) / "small.ledger"


def _make_small(folder: Path) -> None:
    ledger = folder / "small.ledger"
    say(ledger, "init")
    order = {
        "type": "orders-reported",
        "companies": ["acme"],
        "chips": ["x1"],
        "quantity": {"min": 100, "max": 200},
    }
    report = {"publisher": "Example Times", "published": "2026-01-05", "attribution": "official"}
    events = [
        {"type": "company-registered", "company": "acme", "name": "Acme \u202e Co", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "x1", "name": "X1", "vendor": "Vendor", "controlled_by": ["US"]},
        {**order, "report": report},
    ]
    lines = folder / "small.jsonl"
    lines.write_text("\n".join(map(json.dumps, events)), encoding="utf-8")
    say(ledger, "import", str(lines))
