"""A ledger is checked as it is at one moment: what others record meanwhile is no damage."""

import pytest

from policytracker.ledger.audit import Audit, ledger_damage
from policytracker.ledger.tables import Stored
from tests.ledger.ground import Ledger, cleared, company


@pytest.mark.parametrize("position", [1, 11], ids=["first", "last"])
def test_what_is_recorded_meanwhile_is_no_damage(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, position: int
) -> None:
    """While the first event is read, and again when the last was."""
    take = Audit.take

    def meanwhile(audit: Audit, row: Stored, whole: bool = True) -> None:
        if row.position == position:
            ledger.add(company("other"), cleared("later"))
        take(audit, row, whole)

    monkeypatch.setattr(Audit, "take", meanwhile)

    assert list(ledger_damage(ledger.path)) == []
    assert ledger.head().position == 13
