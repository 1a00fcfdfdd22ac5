"""What is noted of events while they are written into read models."""

from policytracker.ledger.reading import Row
from policytracker.projections.events import registry_row
from policytracker.projections.gates import Gates
from policytracker.projections.newest import publication_day
from policytracker.projections.subjects import Registrations
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields


class Noted:
    """Registrations and the newest publication day, of events taken in ledger order."""

    def __init__(self, gates: Gates) -> None:
        """``gates`` are those of the authorities as far as they are known beforehand."""
        self.gates = gates
        self.moved = False
        """Whether an authority has moved to another gate that was not known beforehand."""
        self.newest = 0
        """The newest publication day (an ordinal; 0: none) of all reports as recorded."""
        self.mends = False
        """Whether an event corrects the report of another."""
        self.registry = Registrations()

    def take(self, row: Row, fields: Fields) -> None:
        """Take note of an event."""
        day = publication_day(fields)
        if day > self.newest:
            self.newest = day
        self.mends = self.mends or (fields["type"] == "corrected" and "report" in fields["changes"])
        if fields["type"] not in REGISTRY_TYPES:
            return
        self.registry.take(registry_row(row, fields), fields)
        if fields["type"] == "authority-registered":
            self.moved = self.gates.take(row.position, fields) or self.moved
