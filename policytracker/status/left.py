"""What is left of approvals, given what was shipped (semantics.md §8). Pure."""

from collections.abc import Iterable

from policytracker.status.quantities import (
    SHIPPED,
    Amount,
    Figure,
    MatchedScope,
    Per,
    Sum,
    SumKey,
    sum_of,
    sums,
)

NOBODY = ""
"""Stands for a company of a scope that has no cells."""


class Shipments:
    """The figures of what was shipped, found by the scopes within which they lie."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        """``figures``: all figures; those of what was shipped that no total replaces are taken."""
        self._sums = [each for each in sums(figures) if each.key.type == SHIPPED]
        self._by_company: dict[str, list[Sum]] = {}
        for each in self._sums:
            self._by_company.setdefault(_one_of(each.key.cells), []).append(each)
        self._within: dict[tuple[str, Per | None, MatchedScope], tuple[Figure, ...]] = {}

    def within(self, key: SumKey) -> tuple[Figure, ...]:
        """The figures of the unit of an approval whose scopes lie within its own."""
        asked = key.unit, key.per, key.cells
        if asked not in self._within:
            self._within[asked] = tuple(
                figure
                for each in self._candidates(key.cells)
                if (each.key.unit, each.key.per) == asked[:2] and each.key.cells.is_within(key.cells)
                for figure in each.figures
            )
        return self._within[asked]

    def _candidates(self, cells: MatchedScope) -> Iterable[Sum]:
        """The sums that may lie within a scope: a scope lies within another only if a company of it does."""
        if len(cells.companies) >= len(self._by_company):
            return self._sums
        return (each for company in (*cells.companies, NOBODY) for each in self._by_company.get(company, ()))


def left_of(approval: Figure, shipments: Shipments) -> Amount:
    """What is left of an approval: its range less what was shipped of its unit, under scopes within its own.

    A shipment counts when the last day of its date is not before the first day of the approval's. Its least is 0 where
    none is known. So it is where an approval is for each company of its scope, and the shipment did not reach them all:
    it takes nothing from the others.
    """
    begun = (figure for figure in shipments.within(approval.key) if figure.date.last >= approval.date.first)
    return approval.amount.less(sum_of(_at_least(figure, approval) for figure in begun))


def _at_least(shipment: Figure, approval: Figure) -> Figure:
    """A shipment as it counts for an approval: what is not known to be taken from each of its companies is 0."""
    reaches = approval.key.per is None or approval.key.cells.companies <= shipment.key.cells.companies
    if reaches and shipment.amount.least is not None:
        return shipment
    return shipment._replace(amount=Amount(0, shipment.amount.most))


def _one_of(cells: MatchedScope) -> str:
    return min(cells.companies, default=NOBODY)
