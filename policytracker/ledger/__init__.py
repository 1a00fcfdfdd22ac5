"""The append-only ledger: what was recorded, in which order, when and by whom."""
