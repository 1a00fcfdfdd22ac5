"""A snapshot: one SQLite file with what a ledger answers at one point of the clocks, for programs that read tables."""
