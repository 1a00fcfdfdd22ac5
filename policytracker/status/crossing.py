"""Claims crossed with companies and chips: cells that the same claims match in the same way share them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from policytracker.status.claims import Claim
from policytracker.status.scope import CellMatch, Match, Scopes, meet

Side = tuple[tuple[int, Match], ...]
"""The places of the claims that match a company (or a chip), each with how it does."""
Key = TypeVar("Key")


class Under:
    """The claims that match some cells, and how, in the order in which they were given. Equal only to itself."""

    def __init__(self, claims: Sequence[Claim], places: Mapping[int, CellMatch]) -> None:
        self.places = places
        """The places of the claims in that order, each with how it matches."""
        self.matched = tuple((claims[place], match) for place, match in places.items())


class Crossing:
    """Which of some claims match a cell, and how; each side of a scope is looked at once for each claim."""

    def __init__(self, scopes: Scopes, claims: Iterable[Claim]) -> None:
        self.scopes = scopes
        self.claims = tuple(claims)
        self._companies: dict[str, Side] = {}
        self._chips: dict[str, Side] = {}
        self._pairs: dict[tuple[int, int], Under] = {}
        self._unders: dict[tuple[tuple[int, CellMatch], ...], Under] = {}
        self._sides: dict[Side, Side] = {}

    def under(self, company: str, chip: str) -> Under:
        """The claims that match a registered company and chip: one object for all cells that share them."""
        companies, chips = self._companies.get(company), self._chips.get(chip)
        if companies is None:
            companies = self._companies[company] = self._side(company, self.scopes.company_side)
        if chips is None:
            chips = self._chips[chip] = self._side(chip, self.scopes.chip_side)
        # Equal sides are one object, which lives as long as this one.
        key = id(companies), id(chips)
        found = self._pairs.get(key)
        if found is None:
            found = self._pairs[key] = self._crossed(companies, chips)
        return found

    def _side(self, name: str, match: Callable[[Claim, str], Match | None]) -> Side:
        matches = ((place, match(claim, name)) for place, claim in enumerate(self.claims))
        side = tuple((place, each) for place, each in matches if each is not None)
        return self._sides.setdefault(side, side)

    def _crossed(self, companies: Side, chips: Side) -> Under:
        by_place = dict(chips)
        both = ((place, match, by_place.get(place)) for place, match in companies)
        key = tuple((place, meet(match, other)) for place, match, other in both if other is not None)
        if key not in self._unders:
            self._unders[key] = Under(self.claims, dict(key))
        return self._unders[key]
