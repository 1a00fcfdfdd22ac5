"""The figures of quantities, one by one, with what other reports give instead of them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from policytracker.questions.quantity_answers import OtherQuantity, QuantityFigure, QuantityRange
from policytracker.questions.telling import range_in_words
from policytracker.questions.values import CHIPS
from policytracker.web.words import dated

KINDS: Mapping[str, str] = {"ordered": "Ordered", "licensed": "Licensed", "approved": "Approved", "shipped": "Shipped"}
"""What happened to so many, in the order in which a batch comes about."""


class Told(NamedTuple):
    """A range to be drawn, with on whose word it is."""

    row: QuantityRange
    figure: QuantityFigure
    other: OtherQuantity | None
    """What another report gives instead."""

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """The least and the most; None: open."""
        found = self.other or self.figure
        return found["min"], found["max"]

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.other["unit"] if self.other else self.row["unit"]

    @property
    def amount(self) -> str:
        """The range in words."""
        return range_in_words(self.other or {**self.row, "min": self.figure["min"], "max": self.figure["max"]})

    @property
    def source(self) -> str:
        """The reports that give it, the first one by name."""
        first, *more = (self.other or self.figure)["sources"] or ["no report"]
        return dated(first) + (f" and {len(more)} more" if more else "")


def told(rows: Iterable[QuantityRange]) -> list[Told]:
    """Each figure of some ranges once, with what other reports give instead; as ``quantities`` orders them."""
    found: dict[tuple[str, int], Told] = {}
    for row in rows:
        for figure in row["figures"]:
            for place, other in enumerate([None, *figure["instead"]]):
                found.setdefault((figure["event"], place), Told(row, figure, other))
    order = list(KINDS)
    return sorted(
        found.values(),
        key=lambda each: (each.unit != CHIPS, each.unit, order.index(each.row["kind"]), each.row["gate"] or ""),
    )
