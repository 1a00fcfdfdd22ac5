"""Where events stand in the ledger: what several forms say of each event beside what it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policytracker.ledger.reading import open_ledger

if TYPE_CHECKING:
    from policytracker.questions.reader import Reader


def seals(reader: Reader) -> list[str]:
    """The seal of each event as hexadecimal digits: the hash of its leaf (docs/trust.md). The first is at place 0."""
    with open_ledger(reader.ledger) as source:
        return [leaf.hex() for leaf in source.leaves()]


def ledger_urn(reader: Reader) -> str:
    """The identity of the ledger as a URN. A copy of the ledger has the same."""
    return f"urn:uuid:{reader.head.ledger}"
