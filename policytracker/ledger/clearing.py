"""Redactions of which the files are not cleared yet: the ledger notes each with the removal, until that is done.

Between the two the removed text may still be in pages of the files that are free. A ledger notes nothing of redactions
that earlier versions made.
"""

from collections.abc import Mapping
from hashlib import sha256

from policytracker.ledger.tables import Tables

UNFINISHED = "unfinished-redaction:"
"""Begins the keys of these notes in the table of meta data; the id of the redacted event follows."""


def unfinished(tables: Tables) -> dict[str, str]:
    """The ids of the events whose redaction is not finished, each with what is noted of the ref that it had."""
    query = f"SELECT key, value FROM {tables.schema}.ledger_meta WHERE key LIKE ? ORDER BY key"
    return {key.removeprefix(UNFINISHED): value for key, value in tables.ask(query, (f"{UNFINISHED}%",))}


def note(tables: Tables, event_id: str, ref: str | None) -> None:
    """Note in the transaction of a removal that the files are still to be cleared."""
    query = f"INSERT INTO {tables.schema}.ledger_meta VALUES (?, ?) RETURNING 1"
    list(tables.ask(query, (UNFINISHED + event_id, _ref_mark(event_id, ref))))


def named(notes: Mapping[str, str], name: str) -> str | None:
    """The id of the event with this ref of before among those whose redaction is not finished."""
    return next((event_id for event_id, mark in notes.items() if mark == _ref_mark(event_id, name)), None)


def _ref_mark(event_id: str, ref: str | None) -> str:
    """By what a ref is known again, but not read: it was removed with the content."""
    return "" if ref is None else sha256(f"{event_id} {ref}".encode("utf-8", "surrogatepass")).hexdigest()
