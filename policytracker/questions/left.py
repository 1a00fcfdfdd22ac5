"""What is left of approvals with a quantity (semantics.md §8)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policytracker.questions.quantities import Quantities
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.knowledge import stand
from policytracker.status.left import Shipments, left_of
from policytracker.status.quantities import SHIPPED

if TYPE_CHECKING:
    from policytracker.questions.answers import LeftOfApproval


class Left:
    """What is left of approvals at one point of the clocks. What was shipped is read once."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._clocks = reader, clocks
        self._found: dict[str, LeftOfApproval] = {}

    def of(self, claim_id: str) -> LeftOfApproval:
        """What is left of a claim that has a quantity and has begun by the day, at least possibly."""
        if claim_id not in self._found:
            self._found[claim_id] = self._left_of(claim_id)
        return self._found[claim_id]

    def _left_of(self, claim_id: str) -> LeftOfApproval:
        recorded = self._clocks.recorded
        thread = self._reader.thread_of(claim_id)
        seen = tuple(entry for entry in thread if recorded is None or entry.recorded <= recorded)
        approval = self._quantities.figure(stand(seen, self._clocks.known)[claim_id])
        if approval is None:
            raise ValueError(f"{claim_id} has no quantity that counts on this day")
        left = left_of(approval, self._shipped)
        return {
            "claim": claim_id,
            "min": left.least,
            "max": left.most,
            "unit": approval.key.unit,
            "used_up": left.is_used_up,
        }

    @cached_property
    def _quantities(self) -> Quantities:
        matched = self._reader.matched_cells(self._reader.point(self._clocks).seen, self._clocks.at)
        return Quantities(self._reader.view_of((SHIPPED,), self._clocks), self._clocks.at, matched)

    @cached_property
    def _shipped(self) -> Shipments:
        return Shipments(self._quantities.figures)
