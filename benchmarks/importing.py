"""Import, decoded and checked, against executemany of the same rows into the same tables; and what memory it takes.

Read models are not part of it: they are caught up afterwards. With the environment variable SOAK set, 10⁶ events too.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, in_turn
from benchmarks.raw import RawLedger
from policytracker.ledger.appending import append_lines
from policytracker.ledger.line_files import LineFiles
from policytracker.ledger.store import Store

EVENTS = 10_000
RUNS = {EVENTS: 5, 100_000: 3}
SOAK = {1_000_000: 1}
BOUND = 6
SMALL, LARGE = 100_000, 400_000
"""Both fill the cache of pages, which has a bound of its own."""


def figures() -> Iterator[Figure]:
    """What an import takes, in time and in memory."""
    runs = RUNS | SOAK if os.environ.get("SOAK") else RUNS
    with TemporaryDirectory() as folder:
        for events, turns in runs.items():
            yield _time(Path(folder), events, turns)
        small, large = (_peak(Path(folder), events) for events in (SMALL, LARGE))
    yield Figure(f"memory for {LARGE:,} events", large, f"for {SMALL:,}", small, 1.1, "MB")


def _time(folder: Path, events: int, turns: int) -> Figure:
    file = folder / "made-up.jsonl"
    file.write_bytes(made_up(events))
    first = folder / "first.ledger"
    with Store.create(first) as store, LineFiles([str(file)]) as lines:
        append_lines(store, lines)
    with ExitStack() as stack:
        stores = [stack.enter_context(Store.create(folder / f"{events}-{turn}.ledger")) for turn in range(turns)]
        peers = [stack.enter_context(RawLedger(folder / f"{events}-{turn}.raw", first)) for turn in range(turns)]
        rows = peers[0].rows_of(first)
        first.unlink()
        lines = stack.enter_context(LineFiles([str(file)]))
        ours, raw = in_turn(turns, lambda: append_lines(stores.pop(), lines), lambda: peers.pop().append(*rows))
    return Figure(f"import of {events:,} events", ours, "executemany of the same rows", raw, BOUND)


def _peak(folder: Path, events: int) -> float:
    """The most memory that a process took that imported so many events, in gigabytes."""
    file, ledger = folder / f"{events}.jsonl", folder / f"{events}.ledger"
    file.write_bytes(made_up(events))
    found = subprocess.run(
        [sys.executable, "-m", __name__, str(ledger), str(file)], check=True, capture_output=True, text=True
    )
    return int(found.stdout) / 1_000_000


def _import_and_tell_peak(ledger: str, file: str) -> None:
    """Kilobytes. (What ``getrusage`` tells of a process may be what the one that started it took.)"""
    with Store.create(Path(ledger)) as store, LineFiles([file]) as lines:
        append_lines(store, lines)
    (peak,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    print(peak.split()[1])


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


if __name__ == "__main__":
    _import_and_tell_peak(*sys.argv[1:])
