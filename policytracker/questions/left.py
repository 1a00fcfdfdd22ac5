"""What is left of approvals with a quantity (semantics.md §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policytracker.projections.shipments import Stored, shipped
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.within import ScopeOnDay, Sides, Within
from policytracker.status.claims import Claim
from policytracker.status.knowledge import stand
from policytracker.status.left import Taken, counting, left_of
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.quantities import Figure, Per, figure_of
from policytracker.status.terms import chips_text, companies_text

if TYPE_CHECKING:
    from policytracker.questions.answers import LeftOfApproval


class Left:
    """What is left of approvals at one point of the clocks. What was shipped of a unit is read once."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._clocks, self._point = reader, clocks, reader.point(clocks)
        self._sides = Sides(reader.matched_cells(self._point.seen, clocks.at))
        self._shipped: dict[tuple[str, Per | None], list[Stored]] = {}
        self._within: dict[tuple[str, ...], Taken] = {}
        self._found: dict[str, LeftOfApproval] = {}

    def of(self, claim_id: str) -> LeftOfApproval:
        """What is left of a claim that has a quantity and has begun by the day, at least possibly."""
        if claim_id not in self._found:
            self._found[claim_id] = self._left_of(claim_id)
        return self._found[claim_id]

    def _left_of(self, claim_id: str) -> LeftOfApproval:
        thread = self._reader.thread_of(claim_id)
        seen = tuple(entry for entry in thread if entry.position <= self._point.seen)
        approval = figure_of(
            stand(seen, self._clocks.known)[claim_id], self._sides.matched.directory, self._cells, self._clocks.at
        )
        if approval is None:
            raise ValueError(f"{claim_id} has no quantity that counts on this day")
        left = left_of(approval, self._shipped_within(approval))
        return {
            "claim": claim_id,
            "min": left.least,
            "max": left.most,
            "unit": approval.key.unit,
            "used_up": left.is_used_up,
        }

    def _cells(self, claim: Claim) -> MatchedScope:
        companies = companies_text(claim.fields, claim.named, claim.excluded)
        return ScopeOnDay(self._sides, companies, chips_text(claim.fields))

    def _shipped_within(self, approval: Figure) -> Taken:
        """What was shipped of the unit of an approval, under scopes within its own."""
        unit, per, cells = approval.key.unit, approval.key.per, approval.key.cells
        assert isinstance(cells, ScopeOnDay)
        key = unit, per or "", *cells.texts
        if key not in self._within:
            is_within = Within(cells, self._sides)
            found = [each for each in self._all_of(unit, per) if is_within(each.told.companies, each.told.chips)]
            self._within[key] = Taken(approval.key, counting([self._figure(each) for each in found]))
        return self._within[key]

    def _all_of(self, unit: str, per: Per | None) -> list[Stored]:
        if (unit, per) not in self._shipped:
            self._shipped[unit, per] = list(shipped(self._reader.connection, self._point, unit, per))
        return self._shipped[unit, per]

    def _figure(self, stored: Stored) -> Figure:
        position, told = stored
        cells = ScopeOnDay(self._sides, told.companies, told.chips)
        return told.figure(str(position), position, cells, self._point.day)
