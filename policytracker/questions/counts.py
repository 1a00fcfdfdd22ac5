"""How much a ledger holds, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policytracker.events.dates import iso
from policytracker.questions.interchange import ABOUT_TYPES
from policytracker.questions.reader import Reader
from policytracker.status.claims import CLAIM_TYPES

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import LedgerCounts


def counts(reader: Reader) -> LedgerCounts:
    """How many companies, chips, claims and other events there are, and the newest publication day."""
    by_type = dict(reader.connection.execute("SELECT type, count(*) FROM entries GROUP BY type").fetchall())
    newest = reader.newest_report
    return {
        "companies": len(reader.directory.companies),
        "chips": len(reader.directory.chips),
        "claims": sum(n for name, n in by_type.items() if name in CLAIM_TYPES),
        "about_claims": sum(n for name, n in by_type.items() if name in ABOUT_TYPES),
        "newest_report": None if newest is None else iso(newest),
    }
