"""The quantities of cells at two points of the clocks, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policytracker.questions.amount_changes import changed
from policytracker.questions.quantities import ranges_and_companies

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import AmountAt
    from policytracker.questions.quantity_answers import QuantityRange
    from policytracker.questions.reader import Clocks, Reader

Pair = tuple["QuantityRange | None", "QuantityRange | None"]
Companies = frozenset[str]


class CountedBetween:
    """The ranges of all companies and chips at two points; for a cell, those that differ."""

    def __init__(self, reader: Reader, start: Clocks, end: Clocks) -> None:
        self._ends = [ranges_and_companies(reader, clocks) for clocks in (start, end)]
        self._by_chip: list[dict[str, list[tuple[QuantityRange, Companies]]]] = []
        for ranges in self._ends:
            found: dict[str, list[tuple[QuantityRange, Companies]]] = {}
            for each in ranges:
                found.setdefault(each[0]["chip"], []).append(each)
            self._by_chip.append(found)
        self._pairs: dict[tuple[tuple[int, ...], ...], list[Pair]] = {}

    def of_cell(self, company: str, chip: str) -> list[Pair]:
        """The ranges that differ for a company and a chip, each beside that of the same figures at the other point."""
        was, now = ([row for row, companies in found.get(chip, ()) if company in companies] for found in self._by_chip)
        # Rows are held here, so no other object can get the number of one. Cells share most of their ranges.
        key = tuple(tuple(map(id, rows)) for rows in (was, now))
        if key not in self._pairs:
            self._pairs[key] = list(changed(was, now))
        return self._pairs[key]

    def shipped_within(self, approval: str) -> Iterator[Pair]:
        """The ranges of what was shipped that differ, of companies and chips that an approval is for."""
        companies, chips = self._reach(approval)
        was, now = (
            [row for row, whose in ranges if row["kind"] == "shipped" and whose <= companies and _chips(row) <= chips]
            for ranges in self._ends
        )
        yield from changed(was, now)

    def _reach(self, event: str) -> tuple[Companies, frozenset[str]]:
        """Whose and of what a figure is, at either point."""
        companies, chips = frozenset[str](), frozenset[str]()
        for row, whose in (each for ranges in self._ends for each in ranges):
            if event in row["events"] or any(event in figure["replaces"] for figure in row["figures"]):
                companies, chips = companies | whose, chips | _chips(row)
        return companies, chips


def amount_at(row: QuantityRange | None) -> AmountAt | None:
    """A range as a difference tells it."""
    if row is None:
        return None
    return {
        "gate": row["gate"],
        "companies": row["companies"],
        "together_with": row["together_with"],
        "min": row["min"],
        "max": row["max"],
        "unit": row["unit"],
        "per": row["per"],
        "certain": row["certain"],
        "events": row["events"],
    }


def newly_replaced(was: QuantityRange | None, now: QuantityRange | None) -> list[str]:
    """The ids of the events whose figures a total replaces at the second point, and did not at the first."""
    old, new = (_replaced(row) for row in (was, now))
    return [event for event in new if event not in old]


def _replaced(row: QuantityRange | None) -> Sequence[str]:
    return [] if row is None else [event for figure in row["figures"] for event in figure["replaces"]]


def _chips(row: QuantityRange) -> frozenset[str]:
    return frozenset((row["chip"], *row["together_with"]))
