"""The base of all that can be wrong with a ledger; ``errors`` has the failures themselves."""


class LedgerError(Exception):
    """Something about the ledger itself, not about one event."""


class LedgerWarning(UserWarning):
    """Something about a ledger that everybody who asks it should know."""


class ForeignRowsWarning(LedgerWarning):
    """A ledger on a server that ends in rows which this program has not written: it answers up to them."""


class OldLedgerWarning(LedgerWarning):
    """A ledger of an earlier layout was opened for reading: it answers, and takes no event."""

    def __init__(self, layout: int) -> None:
        super().__init__(
            f"an earlier version made this ledger (layout {layout}), so it answers and takes no events; "
            "run `policytracker upgrade`, which makes a backup first"
        )
