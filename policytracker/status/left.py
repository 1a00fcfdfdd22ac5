"""What is left of approvals, given what was shipped (semantics.md §8). Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from policytracker.status.matched_scope import MatchedScope
from policytracker.status.quantities import NOTHING, SHIPPED, Amount, Figure, Per, Sum, SumKey, replaced, sum_of, sums

NOBODY = ""
"""Stands for a company of a scope that has no cells."""


class Taken:
    """What was shipped of the unit of approvals of one scope, under scopes within it, from each day on."""

    def __init__(self, key: SumKey, figures: Iterable[Figure]) -> None:
        """``key``: that of the approvals; ``figures``: those of its unit under such scopes that no total replaces.

        The least of a shipment is 0 where none is known. So it is where an approval is for each company of its scope,
        and the shipment did not reach them all: it takes nothing from the others.
        """
        ordered = sorted(figures, key=lambda figure: figure.date.last)
        self._days = [figure.date.last for figure in ordered]
        self._sums = [NOTHING]
        for figure in reversed(ordered):
            self._sums.append(self._sums[-1].plus(sum_of([_at_least(figure, key)])))

    def since(self, day: int) -> Amount:
        """What was shipped on dates whose last day is not before a day."""
        return self._sums[len(self._days) - bisect_left(self._days, day)]


class Shipments:
    """The figures of what was shipped, found by the scopes within which they lie."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        """``figures``: all figures; those of what was shipped that no total replaces are taken."""
        self._sums = [each for each in sums(figures) if each.key.type == SHIPPED]
        self._by_company: dict[str, list[Sum]] = {}
        for each in self._sums:
            self._by_company.setdefault(_one_of(each.key.cells), []).append(each)
        self._within: dict[tuple[str, Per | None, MatchedScope], Taken] = {}

    def within(self, key: SumKey) -> Taken:
        """What was shipped of the unit of an approval, under scopes within its own."""
        asked = key.unit, key.per, key.cells
        if asked not in self._within:
            within = (
                figure
                for each in self._candidates(key.cells)
                if (each.key.unit, each.key.per) == asked[:2] and each.key.cells.is_within(key.cells)
                for figure in each.figures
            )
            self._within[asked] = Taken(key, within)
        return self._within[asked]

    def _candidates(self, cells: MatchedScope) -> Iterable[Sum]:
        """The sums that may lie within a scope: a scope lies within another only if a company of it does."""
        if len(cells.companies) >= len(self._by_company):
            return self._sums
        return (each for company in (*cells.companies, NOBODY) for each in self._by_company.get(company, ()))


def counting(figures: Sequence[Figure]) -> list[Figure]:
    """Figures of shipments without those that a total among them replaces."""
    gone = replaced(figures)
    return [figure for figure in figures if figure.event not in gone]


def left_of(approval: Figure, taken: Taken) -> Amount:
    """What is left of an approval: its range less what was shipped of its unit, under scopes within its own.

    A shipment counts when the last day of its date is not before the first day of the approval's.
    """
    return approval.amount.less(taken.since(approval.date.first))


def _at_least(shipment: Figure, approval: SumKey) -> Figure:
    """A shipment as it counts for an approval: what is not known to be taken from each of its companies is 0."""
    reaches = approval.per is None or approval.cells.companies <= shipment.key.cells.companies
    if reaches and shipment.amount.least is not None:
        return shipment
    return shipment._replace(amount=Amount(0, shipment.amount.most))


def _one_of(cells: MatchedScope) -> str:
    return min(cells.companies, default=NOBODY)
