"""The stored form of every type, frozen in golden.jsonl: what a ledger written today holds, for ever.

Each line has an event as people write it, the topic under which it is stored, the stored bytes and the id.
When a form changes on purpose, its number in ``catalogue.FORMS`` goes up and an upcaster joins; its line here
stays, as a file of that time, and a line for the new form joins it: write its ``line`` (and ``replaces``) at
the end of the file, with the topic it will have, and run ``python -m tests.events.golden``, which fills in
what is missing and leaves the rest as it is.
"""

import json
from pathlib import Path
from typing import Any

from policytracker.events.forms import canonical, id_of, read_fields, topic

FILE = Path(__file__).parent / "golden.jsonl"

Entry = dict[str, Any]


def read() -> list[Entry]:
    """The frozen events."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def frozen(entry: Entry) -> Entry:
    """What this version would store for the entry's line."""
    event = read_fields(entry["line"])
    stored = canonical(event, entry.get("replaces"))
    replaces = {"replaces": entry["replaces"]} if "replaces" in entry else {}
    return {"topic": topic(event), "id": id_of(stored), **replaces, "state": stored.decode(), "line": entry["line"]}


def write() -> None:
    """Fill in what is missing."""
    entries = [entry if "state" in entry else frozen(entry) for entry in read()]
    FILE.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")


if __name__ == "__main__":
    write()
