"""What a check finds: that something is well, worth knowing, or wrong, and what to do."""

from typing import Literal, NamedTuple

Level = Literal["ok", "note", "problem"]


class Finding(NamedTuple):
    """One thing that a check found."""

    level: Level
    check: str
    says: str
    do: str | None = None
    """What to do about it; None where there is nothing to be done."""


def ok(check: str, says: str) -> Finding:
    """That something is as it should be."""
    return Finding("ok", check, says)


def note(check: str, says: str, do: str) -> Finding:
    """Something that can be lived with."""
    return Finding("note", check, says, do)


def problem(check: str, says: str, do: str) -> Finding:
    """Something that can lose what is recorded, or keeps the ledger from being used."""
    return Finding("problem", check, says, do)
