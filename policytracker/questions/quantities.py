"""What was ordered, licensed, approved and shipped, as ranges, chip by chip (semantics.md §8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from policytracker.questions import names
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.telling import short_source
from policytracker.questions.values import companies_in_words, range_in_words
from policytracker.status.claims import Claim, claim_from
from policytracker.status.instead import giving, other_values
from policytracker.status.knowledge import Standing
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.quantities import QUANTIFIED, Figure, Sum, basis_of, figure_of, replaced, sums, unit_of
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.quantity_answers import OtherQuantity, QuantityFigure, QuantityRange

Kind = Literal["ordered", "licensed", "approved", "shipped"]
KINDS: dict[str, Kind] = {
    "orders-reported": "ordered",
    "licence-granted": "licensed",
    "batch-approved": "approved",
    "shipped": "shipped",
}
"""What is said of the chips that each type counts, in the order in which a batch comes about."""


def quantities(
    reader: Reader, clocks: Clocks, chip: str | None = None, company: str | None = None
) -> list[QuantityRange]:
    """One object for each chip and sum of figures, by chip, then kind.

    Only figures of one type, gate and unit for the same cells are summed; scopes that overlap are listed side by side,
    never added. What was approved was approved: a batch counts also when the claim has ended or another overrides it.
    Given a chip or a company, only what is counted for it, certainly or possibly. Raises UnknownName or AmbiguousName.
    """
    view = reader.view_of(QUANTIFIED, clocks)
    wanted = None if chip is None else names.chip(view.directory, chip)
    whose = None if company is None else names.company(view.directory, company)
    return [row for row, _ in _ranges(view, clocks.at, wanted, whose)]


def ranges_and_companies(reader: Reader, clocks: Clocks) -> list[tuple[QuantityRange, frozenset[str]]]:
    """All of them, each with the ids of the companies for which it is counted, certainly or possibly."""
    return _ranges(reader.view_of(QUANTIFIED, clocks), clocks.at, None, None)


def _ranges(view: View, day: int, chip: str | None, company: str | None) -> list[tuple[QuantityRange, frozenset[str]]]:
    found = Quantities(view, day)
    rows: list[tuple[QuantityRange, frozenset[str]]] = []
    for each in found.sums():
        companies = frozenset(found.matched.companies(found.claim(each.figures[-1])))
        if company is None or company in companies:
            rows.extend((row, companies) for row in found.rows(each, chip))
    order = list(KINDS.values())
    return sorted(rows, key=lambda each: (each[0]["chip"], order.index(each[0]["kind"])))


class Quantities:
    """The figures of a view on a day (an ordinal)."""

    def __init__(self, view: View, day: int, matched: MatchedCells | None = None) -> None:
        """``matched``: what scopes match with the registry of the view, where that is known already."""
        self.view, self.day = view, day
        self.matched = matched or MatchedCells(view.directory)
        self._scopes = Scopes(view.directory)

    def figure(self, event: Standing) -> Figure | None:
        """The figure of an event; None where it has none, counts not at all or has not begun."""
        return figure_of(event, self.view.directory, self._cells, self.day)

    @cached_property
    def figures(self) -> list[Figure]:
        """All figures, in ledger order, those included that a total replaces."""
        found = (self.figure(event) for event in self.view.standings.values())
        return sorted(filter(None, found), key=lambda figure: figure.position)

    @cached_property
    def replaced(self) -> Mapping[str, Figure]:
        """The ids of the events whose figures a total replaces, each with that total."""
        return replaced(self.figures)

    def sums(self) -> list[Sum]:
        """The figures that no total replaces, summed."""
        return sums(self.figures)

    @cached_property
    def _replaces(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for old, total in self.replaced.items():
            found.setdefault(total.event, []).append(old)
        return found

    def _cells(self, claim: Claim) -> MatchedScope:
        return MatchedScope(self.matched.companies(claim), self.matched.chips(claim))

    def claim(self, figure: Figure) -> Claim:
        """The event of a figure with its scope, as the core takes it."""
        gate = figure.key.gate
        return claim_from(self.view.standings[figure.event], UTC if gate is None else self.view.directory.zone(gate))

    def rows(self, found: Sum, wanted: str | None = None) -> Iterator[QuantityRange]:
        """The same range under every chip of the scope, which it counts together; under one chip alone where given."""
        claims = [self.claim(figure) for figure in found.figures]
        chips = sorted(self.matched.chips(claims[-1]))
        if wanted is not None and wanted not in chips:
            return
        figures = [self._figure(figure) for figure in sorted(found.figures, key=lambda each: each.said)]
        sure = all(figure.certain for figure in found.figures)
        for chip in chips if wanted is None else [wanted]:
            matches = [self._scopes.chip_side(claim, chip) for claim in claims]
            yield {
                "chip": chip,
                "kind": KINDS[found.key.type],
                "gate": None if found.key.gate is None else str(found.key.gate),
                "companies": whom(claims[-1]),
                "together_with": [other for other in chips if other != chip],
                "min": found.amount.least,
                "max": found.amount.most,
                "unit": found.key.unit,
                "per": found.key.per,
                "wording": figures[0]["wording"] if len(figures) == 1 else None,
                "certain": sure and all(match is not None and match.certain for match in matches),
                "events": [figure["event"] for figure in figures],
                "sources": list(dict.fromkeys(source for figure in figures for source in _sources(figure))),
                "figures": figures,
            }

    def _figure(self, figure: Figure) -> QuantityFigure:
        event = self.view.standings[figure.event]
        return {
            "event": figure.event,
            "ref": event.fields.get("ref"),
            "min": figure.amount.least,
            "max": figure.amount.most,
            "wording": event.fields["quantity"].get("wording"),
            "basis": basis_of(event),
            "counts": "certainly" if figure.certain else "possibly",
            "replaces": self._replaces.get(figure.event, []),
            "sources": list(map(short_source, giving(event, "quantity"))),
            "instead": list(_instead(event)),
            "disputed_by": list(disputed_by(event)),
        }


def whom(claim: Claim) -> str:
    """For whom, in words."""
    but = companies_in_words(claim.fields.get("except_companies") or ())
    words = companies_in_words(claim.fields["companies"], claim.named, claim.excluded)
    return f"{words} (except {but})" if but else words


def disputed_by(event: Standing) -> Iterator[str]:
    """The known reports that say that an event is not so, each on one line."""
    for about in event.about:
        if about.type == "disputed":
            yield from map(short_source, about.reports)


def _instead(event: Standing) -> Iterator[OtherQuantity]:
    for other in other_values(event, "quantity"):
        yield {
            "min": other.value.get("min"),
            "max": other.value.get("max"),
            "unit": unit_of(other.value),
            "per": other.value.get("per"),
            "wording": other.value.get("wording"),
            "sources": list(map(short_source, other.reports)),
        }


def _sources(figure: QuantityFigure) -> Iterator[str]:
    """All reports on a figure, with what they do where they do not give it."""
    yield from figure["sources"]
    for other in figure["instead"]:
        yield from (f"instead {range_in_words(other)}: {source}" for source in other["sources"])
    yield from (f"disputed: {source}" for source in figure["disputed_by"])
