"""Whether what was redacted is gone from the ledger's own files (docs/trust.md)."""

from collections.abc import Iterator

from policytracker.keeping.health.findings import Finding, ok, problem
from policytracker.ledger.clearing import unfinished
from policytracker.ledger.reading import OpenLedger

SHORT_ID = 12


def redactions(source: OpenLedger, now: int) -> Iterator[Finding]:
    """Whether a redaction was interrupted before the files were cleared."""
    left = unfinished(source)
    for event_id in left:
        yield problem("redactions", left_in_the_files(event_id), clear_them(event_id))
    if not left:
        yield ok("redactions", "none is unfinished")


def left_in_the_files(event_id: str) -> str:
    """What an interrupted redaction has left."""
    return f"the redaction of event {event_id[:SHORT_ID]} was interrupted, so its text may still be in the files"


def clear_them(event_id: str) -> str:
    """What to do about it."""
    return f"run `policytracker redact {event_id[:SHORT_ID]} --reason TEXT` again, which clears them"
