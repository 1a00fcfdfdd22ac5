"""What answers for cells on each day: the registry has valid time (semantics.md §2)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from policytracker.index.cells import Cell, Cells
from policytracker.index.layout import NEVER
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.registry import Registry

if TYPE_CHECKING:
    from policytracker.index.board import Board


class CellOverDays(NamedTuple):
    """A cell on days on which its gates, and what matches it, stay the same: from the first until before the end."""

    first: int
    """SINCE_EVER: from the beginning on."""
    end: int
    """NEVER: for good."""
    cell: Cell


class CellsByDay:
    """What answers for cells on each day, as recorded by one instant. Most ledgers have one registry for all days."""

    def __init__(self, registry: Registry, cells: Callable[[int], Cells], board: Callable[[int], Board]) -> None:
        """``cells`` and ``board`` give what answers by the registry of a day."""
        self.registry, self.cells, self.board = registry, cells, board
        self.index = cells(SINCE_EVER).index

    def cell(self, company: str, chip: str) -> list[CellOverDays]:
        """A registered company and chip over all days, in order."""
        bounds = (SINCE_EVER, *self.registry.days_of(company, chip), NEVER)
        return [
            CellOverDays(first, end, self.cells(first).cell(company, chip))
            for first, end in pairwise(bounds)
            if first < end
        ]
