"""The ledger: what may happen in it, and what it keeps."""
