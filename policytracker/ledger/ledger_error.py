"""The base of all that can be wrong with a ledger; ``errors`` has the failures themselves."""


class LedgerError(Exception):
    """Something about the ledger itself, not about one event."""
