"""Checks of a ledger file that can be opened."""

from collections.abc import Iterator
from pathlib import Path

from policytracker.keeping.health.findings import Finding, note, ok, problem
from policytracker.ledger.reading import OpenLedger

DURABLE = {"journal_mode": "wal", "synchronous": 2}
"""What keeps an acknowledged event when the power goes."""
CAREFUL = {"foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}
READING = ("trusted_schema", "cell_size_check")


def settings(source: OpenLedger) -> Iterator[Finding]:
    """What SQLite's connections have of what they were told, as they say themselves."""
    from policytracker.ledger.store.sqlite import measured

    assert isinstance(source.where, Path)
    mode = _pragma(source, "journal_mode")
    if mode != "wal":
        says = f"journal_mode is {mode}, as in a backup, so nobody can ask while another records"
        yield note("settings", says, "nothing: the next command that records turns it to wal")
        return
    wanted = DURABLE | CAREFUL
    found = {"reading": {name: _pragma(source, name) for name in READING}}
    found["writing"] = measured(source.where, tuple(wanted))
    wrong = [
        (f"{name} is {value} for {who}, where {wanted[name]} is due", name in DURABLE)
        for who, values in found.items()
        for name, value in values.items()
        if value != wanted[name]
    ]
    for says, loses in wrong:
        what = ", so what was acknowledged may be lost" if loses else ""
        yield problem("settings", f"{says}{what}", "record nothing, and use a Python with another build of SQLite")
    if not wrong:
        yield ok("settings", ", ".join(f"{name} {value}" for name, value in found["writing"].items()))


def _pragma(source: OpenLedger, name: str) -> object:
    ((value,),) = source.ask(f"PRAGMA {name}")
    return value
