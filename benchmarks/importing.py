"""Import of 10,000 events, decoded and checked, against raw inserts of the same lines with the same durability."""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, in_turn
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line, lines_of
from policytracker.ledger.store import Store

EVENTS = 10_000
RUNS = 5


def figures() -> Iterator[Figure]:
    """Read models are not part of it: they are caught up afterwards."""
    lines = lines_of("made-up.jsonl", made_up(EVENTS))
    with TemporaryDirectory() as folder:
        numbers = count()
        raw, ours = in_turn(
            RUNS,
            lambda: _raw(Path(folder) / f"{next(numbers)}.sqlite", lines),
            lambda: _import(Path(folder) / f"{next(numbers)}.ledger", lines),
        )
    yield Figure(f"import of {EVENTS:,} events", ours, "executemany of the same lines", raw, 8)


def made_up(events: int, seed: int = 1) -> bytes:
    """Lines of a file that imports into an empty ledger: a registry, claims, and events about them."""
    chance = random.Random(seed)
    registry = [
        {
            "type": "authority-registered",
            "authority": "bis",
            "name": "BIS",
            "jurisdiction": "US",
            "direction": "export",
        },
        *(
            {"type": "company-registered", "company": f"firm-{n}", "name": f"Firm {n}", "jurisdiction": "CN"}
            for n in range(200)
        ),
        *(
            {
                "type": "chip-registered",
                "chip": f"chip-{n}",
                "name": f"Chip {n}",
                "vendor": "V",
                "controlled_by": ["US"],
            }
            for n in range(50)
        ),
    ]
    claims = [_claim(chance, number) for number in range(events - len(registry))]
    return "\n".join(json.dumps(event) for event in [*registry, *claims]).encode()


def _claim(chance: random.Random, number: int) -> dict[str, object]:
    report = {
        "publisher": f"Outlet {chance.randrange(40)}",
        "published": f"2025-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "title": f"A report with a title of common length, number {number}",
        "url": f"https://news.example/{number}",
        "attribution": chance.choice(["official", "on-record", "anonymous"]),
    }
    if number > 100 and chance.random() < 0.15:
        return {"type": "corroborated", "target": f"claim-{chance.randrange(0, 100)}", "report": report}
    claim = {"ref": f"claim-{number}"} if number <= 100 else {}
    return {
        "type": chance.choice(["blocked", "cleared", "prohibited", "review-opened"]),
        **claim,
        "authority": "bis",
        "companies": [f"firm-{chance.randrange(200)}"],
        "chips": [f"chip-{chance.randrange(50)}"],
        "report": report,
    }


def _raw(path: Path, lines: list[Line]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE lines (position INTEGER PRIMARY KEY, line BLOB)")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO lines (line) VALUES (?)", [(line.text,) for line in lines])
        connection.execute("COMMIT")


def _import(path: Path, lines: list[Line]) -> None:
    with Store.create(path) as store:
        append_lines(store, lines)
