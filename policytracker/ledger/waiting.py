"""How long to wait while somebody else records."""

import os

from policytracker.ledger.errors import LedgerError

LOCK_SECONDS = 30
"""Unless POLICYTRACKER_LOCK_SECONDS says otherwise."""

WAIT_LONGER = "somebody else is recording; try again, or wait longer with POLICYTRACKER_LOCK_SECONDS"


def lock_seconds() -> int:
    """How long to wait while somebody else records. Raises LedgerError."""
    given = os.environ.get("POLICYTRACKER_LOCK_SECONDS") or str(LOCK_SECONDS)
    if not (given.isascii() and given.isdecimal() and 0 < int(given) <= 86_400):
        raise LedgerError(f"POLICYTRACKER_LOCK_SECONDS is {given!r}; give whole seconds, from 1 to 86400")
    return int(given)
