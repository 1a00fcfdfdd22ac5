"""Keeping a ledger: what must be found before it can be lost."""
