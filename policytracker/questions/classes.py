"""Cells that share all their claims: what is worked out for one of them serves the others."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from policytracker.index.by_day import CellsByDay
from policytracker.index.match_tables import Members, Side, bits, chips_of, companies_of
from policytracker.status.entries import Fields
from policytracker.status.registrations import SINCE_EVER

Key = tuple[object, object]
FEW = 64
"""Members of a side that are told one by one; for more, all members are parted by it."""


class Classes:
    """Gathers some companies, and some chips, that every claim of a ledger matches alike, and that have like gates.

    That is so on all days: a company, or a chip, that a change of the registry concerns is a class of its own.
    """

    def __init__(self, by_day: CellsByDay, companies: Iterable[str], chips: Iterable[str]) -> None:
        self._registry, self._cells = by_day.registry, by_day.cells(SINCE_EVER)
        self._some_companies, self._some_chips = list(companies), list(chips)

    def of(self, company: str, chip: str) -> Key:
        """A key that is the same for cells that share all their claims."""
        if len(self._some_companies) * len(self._some_chips) == 1:
            return company, chip
        return self._companies[company], self._chips[chip]

    @cached_property
    def _companies(self) -> dict[str, object]:
        registered, members = self._cells.directory.companies, companies_of(self._cells, self._some_companies)
        homes = {name: registered[name]["jurisdiction"] for name in members.names}
        found = _classes(members, self._cells.index.company_expressions, homes)
        return found | {name: name for name in members.names if self._registry.days_of_company(name)}

    @cached_property
    def _chips(self) -> dict[str, object]:
        registered, members = self._cells.directory.chips, chips_of(self._cells, self._some_chips)
        controls = {name: _controls(registered[name]) for name in members.names}
        found = _classes(members, self._cells.index.chip_expressions, controls)
        return found | {name: name for name in members.names if self._registry.days_of_chip(name)}


def _controls(chip: Fields) -> tuple[tuple[str, ...], str | None]:
    """What the gates of a chip are made of (semantics.md §1)."""
    return tuple(sorted(set(chip["controlled_by"]))), chip.get("origin")


def _classes(members: Members, expressions: Iterable[int], traits: Mapping[str, object]) -> dict[str, object]:
    """A key for each member: the same for those that all sides match alike, and that have like traits."""
    alone: list[list[tuple[int, int]]] = [[] for _ in members.names]
    classes = [members.every]
    sides: list[Side] = [*((False, (number,)) for number in members.terms), *((True, (each,)) for each in expressions)]
    for number, side in enumerate(sides):
        for way, matched in members.ways(side).items():
            if matched.bit_count() <= FEW:
                for place in bits(matched):
                    alone[place].append((number, way))
            else:
                classes = [part for each in classes for part in (each & matched, each & ~matched) if part]
    return {
        members.names[place]: (number, traits[members.names[place]], tuple(alone[place]))
        for number, each in enumerate(classes)
        for place in bits(each)
    }
