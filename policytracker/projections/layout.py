"""The read models: a disposable SQLite file beside the ledger, made from its events and from nothing else."""

from pathlib import Path

LAYOUT = "1"
"""Raised when a table changes; read models of another layout are rebuilt."""

ENTRIES = {
    "position": int,
    "id": str,
    "recorded": int,
    "recorder": str,
    "type": str,
    "thread": str,
    "target": str,
    "ref": str,
    "body": str,
    "text": str,
}
"""Every event, as the ledger orders it: ``body`` is the interchange form, ``text`` what search looks through."""

SCOPES = {"company": str, "chip": str, "authority": str, "thread": str}
"""Which selectors the claim of a thread has ever named: what a cell's question has to look at."""

REGISTRY = {"space": str, "id": str, "position": int, "name": str, "body": str}
"""The newest registration of each subject."""

IMPORT_STATUS = {
    "company": str,
    "chip": str,
    "at": str,
    "status": str,
    "low": str,
    "high": str,
    "possible": str,
    "held_by": str,
}
"""The current answer for each company and chip, for other programs to read; it holds for the day ``at``."""

META = {"key": str, "value": str}

WHERE = "{where}"
"""Stands in ``SCOPES`` for any ``where``: it may match every chip."""


def place(ledger: Path) -> Path:
    """Where the read models of a ledger lie."""
    return ledger.with_name(ledger.name + ".views")
