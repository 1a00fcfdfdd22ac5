"""Which companies and which chips the sides of the rows match, and how, by one registry (semantics.md §4)."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import POSSIBLE, chip_bits, company_bits
from policytracker.columns.rows import EXTENT, Ints, Rows
from policytracker.status.directory import Directory
from policytracker.status.extents import Extent, extent
from policytracker.status.scope import Match, Scopes

COMPANY_NAME, CHIP_NAME = 3, 2
"""The levels of names."""


class Matched(NamedTuple):
    """Whom a side matches, by their places in the registry, and what that adds to a claim's kind (``kinds``)."""

    members: Ints
    bits: Ints
    named: bool
    """Whether the side is a name: no other name matches the same."""

    @property
    def certain(self) -> bool:
        """Whether it matches all of them certainly."""
        return not (self.bits & POSSIBLE).any()


class Sides:
    """Sides of one kind, companies or chips, looked up as they are asked for."""

    def __init__(
        self,
        kind: str,
        rows: Rows,
        members: Iterable[str],
        selectors: Callable[[str], Mapping[str, int]],
        match: Callable[[Any, str], Match | None],
        bits: Callable[[int, bool], int],
    ) -> None:
        self.kind, self.rows, self.members = kind, rows, tuple(members)
        self._selectors, self._match, self._bits = selectors, match, bits
        self._found: dict[int, Matched] = {}
        self._overlaps: dict[frozenset[int], bool] = {}

    def __getitem__(self, side: int) -> Matched:
        """Whom a side of the rows matches; ``side`` as in their keys."""
        if side not in self._found:
            self._found[side] = self._by_extent(side ^ EXTENT) if side & EXTENT else self._by_selector(side)
        return self._found[side]

    def names(self, sides: Ints) -> NDArray[np.bool_]:
        """Which sides are names."""
        return self._each(sides, lambda side: not side & EXTENT and self[side].named)

    def sure(self, sides: Ints) -> NDArray[np.bool_]:
        """Which sides match whatever they match certainly."""
        return self._each(sides, lambda side: not side & EXTENT or self[side].certain)

    def overlap(self, sides: frozenset[int]) -> bool:
        """Whether two of these match the same."""
        if sides not in self._overlaps:
            members = np.concatenate([self[side].members for side in sides])
            self._overlaps[sides] = len(np.unique(members)) < len(members)
        return self._overlaps[sides]

    def _each(self, sides: Ints, of: Callable[[int], bool]) -> NDArray[np.bool_]:
        each, inverse = np.unique(sides, return_inverse=True)
        found: NDArray[np.bool_] = np.array([of(side) for side in each.tolist()], np.bool_)[inverse]
        return found

    def by_selector(self) -> Iterator[Ints]:
        """For each selector of the rows whom it matches."""
        for kind, number in self.rows.selectors:
            if kind == self.kind:
                yield self[number].members

    @cached_property
    def _by_text(self) -> dict[str, list[tuple[int, Match]]]:
        found: dict[str, list[tuple[int, Match]]] = {}
        for place, name in enumerate(self.members):
            for text, level in self._selectors(name).items():
                found.setdefault(text, []).append((place, Match(True, level)))
        return found

    def _by_selector(self, number: int) -> Matched:
        text = self.rows.selectors[self.kind, number]
        found = self._by_text.get(text, [])
        highest = COMPANY_NAME if self.kind == "company" else CHIP_NAME
        return self._matched(found, all(match.level == highest for _, match in found))

    def _by_extent(self, number: int) -> Matched:
        """Those alike in all that an extent may ask get one answer: the rule is asked for one of them."""
        told = extent(self.rows.extents[number])
        found: dict[Hashable, Match | None] = {}
        matches = []
        for place, trait in self._traits(told):
            if trait not in found:
                found[trait] = self._match(told, self.members[place])
            match = found[trait]
            if match is not None:
                matches.append((place, match))
        return self._matched(matches, False)

    def _traits(self, told: Extent) -> Iterator[tuple[int, Hashable]]:
        """Those whom an extent may match, each with what it may ask of them; of a chip, anything."""
        if self.kind == "chip":
            yield from ((place, place) for place in range(len(self.members)))
            return
        companies = told.fields["companies"]
        is_cohort = isinstance(companies, Mapping)
        level = self._levels([*companies["of"], *told.named] if is_cohort else companies)
        excepted = self._levels(told.fields.get("except_companies") or ())
        named = {*told.named, *told.excluded}
        for place, each in level.items():
            name = self.members[place]
            yield place, (name if name in named else "", 0 if is_cohort else each, place in excepted)

    def _levels(self, selectors: Iterable[str]) -> dict[int, int]:
        """Those whom some selectors match, each with the highest level."""
        found: dict[int, int] = {}
        for text in selectors:
            for place, match in self._by_text.get(text, ()):
                found[place] = max(found.get(place, 0), match.level)
        return found

    def _matched(self, found: list[tuple[int, Match]], named: bool) -> Matched:
        found.sort()
        members = np.array([place for place, _ in found], np.int64)
        bits = np.array([self._bits(match.level, match.certain) for _, match in found], np.int64)
        return Matched(members, bits, named)


def company_sides(rows: Rows, directory: Directory) -> Sides:
    """The companies' sides, by a registry; members in the order of their ids."""
    match = Scopes(directory).company_side
    return Sides("company", rows, sorted(directory.companies), directory.company_selectors, match, company_bits)


def chip_sides(rows: Rows, directory: Directory) -> Sides:
    """The chips' sides, by a registry; members in the order of their ids."""
    match = Scopes(directory).chip_side
    return Sides("chip", rows, sorted(directory.chips), directory.chip_selectors, match, chip_bits)
