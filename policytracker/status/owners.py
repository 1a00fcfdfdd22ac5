"""Who owns half or more of a company, alone or through others (semantics.md §4, ``owned:``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from policytracker.status.entries import Fields

if TYPE_CHECKING:
    from decimal import Decimal

ALL_OF_IT = 100
HALF = 50
"""Percent."""


def shares_of(company: Fields) -> dict[str, int | Decimal]:
    """The owners of a company, each with its percent; its parent holds what the others leave, unless it is among them.

    >>> shares_of({"parent": "acme", "owners": [{"company": "bolt", "share": 30}]})
    {'bolt': 30, 'acme': 70}
    """
    found = {owner["company"]: _exact(owner["share"]) for owner in company.get("owners") or ()}
    parent = company.get("parent")
    if parent is not None and parent not in found:
        left = ALL_OF_IT - sum(found.values())
        if left > 0:
            found[parent] = left
    return found


def _exact(share: Any) -> int | Decimal:
    """A share as it is written: 16.7 and 33.3 are half."""
    if isinstance(share, int):
        return share
    # Imported here: few ledgers have shares that are no whole numbers, and a question starts sooner without it.
    from decimal import Decimal

    return Decimal(str(share))


class Owners:
    """The companies, and the groups of companies, that own half or more of each company of a registry.

    A company belongs to an owner where owners that belong to the same owner hold half of it together. That is the least
    such answer: companies that hold each other belong to nobody by that alone.
    """

    def __init__(self, companies: Mapping[str, Fields], groups_of: Callable[[str], list[str]]) -> None:
        """``groups_of`` gives the groups of which a company is a member."""
        self._companies, self._groups_of = companies, groups_of
        self._shares: dict[str, dict[str, int | Decimal]] = {}
        self._found: dict[str, set[str]] = {}

    def of(self, company: str) -> set[str]:
        """The ids for which ``owned:`` matches a registered company, its own and its groups' included."""
        if company not in self._found:
            self._settle(self._upwards(company))
        return self._found[company]

    def _upwards(self, company: str) -> list[str]:
        """A company and all that own some of it, directly or through others: those above go first, but for rings.

        Those that are settled are left out, with all above them.
        """
        order: list[str] = []
        met = {company}
        path = [(company, self._owners_of(company))]
        while path:
            below, above = path[-1]
            owner = next(above, None)
            if owner is None:
                order.append(below)
                path.pop()
            elif owner not in met and owner not in self._found:
                met.add(owner)
                path.append((owner, self._owners_of(owner)))
        return order

    def _owners_of(self, company: str) -> Iterator[str]:
        if company not in self._shares:
            shares = shares_of(self._companies[company])
            self._shares[company] = {owner: share for owner, share in shares.items() if owner in self._companies}
        return iter(self._shares[company])

    def _settle(self, companies: list[str]) -> None:
        """Find the least answer: begin with every company in its own hands, and add what follows until nothing does."""
        found = self._found
        for company in companies:
            found[company] = {company, *self._groups_of(company)}
        is_growing = True
        while is_growing:
            is_growing = False
            for company in companies:
                more = self._holding(company) - found[company]
                if more:
                    found[company] |= more
                    is_growing = True

    def _holding(self, company: str) -> set[str]:
        totals: dict[str, int | Decimal] = {}
        for owner, share in self._shares[company].items():
            for holder in self._found[owner]:
                totals[holder] = totals.get(holder, 0) + share
        return {holder for holder, total in totals.items() if total >= HALF}
