"""The agreement net: every door of a ledger is asked at many points, and held to the naive reading."""
