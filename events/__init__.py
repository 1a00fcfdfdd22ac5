"""Floor 1, the language: every fact the ledger can hold. Import name: ``policytracker.events``."""

if __name__ != "policytracker.events":
    raise ImportError("import policytracker.events, not events: the top-level name belongs to another project")
