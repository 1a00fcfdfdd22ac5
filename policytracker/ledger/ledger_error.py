"""The base of all that can be wrong with a ledger; ``errors`` has the failures themselves."""


class LedgerError(Exception):
    """Something about the ledger itself, not about one event."""


class OldLedgerWarning(UserWarning):
    """A ledger of an earlier layout was opened for reading: it answers, and takes no event."""

    def __init__(self, layout: int) -> None:
        super().__init__(
            f"an earlier version made this ledger (layout {layout}), so it answers and takes no events; "
            "run `policytracker upgrade`, which makes a backup first"
        )
