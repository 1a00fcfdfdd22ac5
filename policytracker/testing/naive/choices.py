"""Every choice of the claims that hold only possibly, and what it gives (semantics.md §6 rule 3, §7, §8)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policytracker.testing.naive.prevailing import CONDITION, Holding, prevailing
from policytracker.testing.naive.statuses import ANY_STATUS, RANK, Possible, minima

MOST_POSSIBLE = 14
Bound = tuple[str, str, str]
"""A claim's id, the key of one of its conditions, and its wording."""


class TooManyWorlds(Exception):
    """A gate of a cell has more claims that hold possibly, and matter, than can be tried."""

    def __init__(self, claims: int) -> None:
        """``claims``: how many there are."""
        super().__init__(
            f"{claims} claims at one gate may hold or not: that is 2^{claims} worlds, and the naive reading tries at "
            f"most 2^{MOST_POSSIBLE}; ask it about fewer events"
        )


@dataclass(frozen=True)
class World:
    """§7: one choice of the claims that hold only possibly."""

    held: tuple[Holding, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The claims that hold in it."""
        return frozenset(claim.id for claim in self.held)

    @cached_property
    def stands(self) -> tuple[Holding, ...]:
        """§6: the claims that stand."""
        return tuple(prevailing(self.held))

    @cached_property
    def possible(self) -> Possible:
        """§6: the gate's status, capped; where neither a restriction nor a permission is left, any is possible."""
        return self.capped(frozenset(claim.rank for claim in self.stands) or ANY_STATUS)

    def capped(self, possible: Possible) -> Possible:
        """§6, rule 3: at most conditional, while a condition is imposed of which something binds."""
        caps = any(claim.kind == CONDITION and claim.conditions for claim in self.held)
        return frozenset(min(rank, RANK["conditional"]) for rank in possible) if caps else possible

    @cached_property
    def bound(self) -> frozenset[Bound]:
        """§8: the conditions that bind in this world."""
        binding = [*self.stands, *(claim for claim in self.held if claim.kind == CONDITION), *self.rules]
        return frozenset((claim.id, key, wording) for claim in binding for key, wording in claim.conditions.items())

    @property
    def rules(self) -> list[Holding]:
        """§8: where a licence stands, the duties that would stand if every licence of this world were left out."""
        if all(claim.type != "licence-granted" for claim in self.stands):
            return []
        without = [claim for claim in self.held if claim.type != "licence-granted"]
        return [claim for claim in prevailing(without) if claim.type == "licence-required"]


@dataclass(frozen=True)
class Gate:
    """§7: a gate of the cell, in every possible world."""

    name: str
    held: tuple[Holding, ...]
    worlds: tuple[World, ...]

    @property
    def open(self) -> list[Holding]:
        """§7: the claims that hold only possibly."""
        return [claim for claim in self.held if not claim.certain]

    @cached_property
    def possible(self) -> Possible:
        """§7: all statuses that some choice gives."""
        return union(self.worlds)

    @property
    def stands(self) -> list[Holding]:
        """§6: the claims that stand in at least one possible world, in their order."""
        standing = {claim.id: claim for world in self.worlds for claim in world.stands}
        return sorted(standing.values(), key=lambda claim: claim.order)

    @property
    def silent(self) -> bool:
        """§7: no restriction and no permission holds, even possibly."""
        return all(claim.kind == CONDITION for claim in self.held)

    @property
    def if_open(self) -> Possible:
        """§7: cleared, or conditional where a condition caps it; both, where the condition holds only possibly."""
        return frozenset().union(*(world.capped(frozenset([RANK["cleared"]])) for world in self.worlds))

    @property
    def conditions(self) -> dict[Bound, str]:
        """§8: those that bind certainly (in every world) or possibly (in some)."""
        everywhere = frozenset.intersection(*(world.bound for world in self.worlds))
        somewhere = frozenset.union(*(world.bound for world in self.worlds))
        return {each: "certainly" if each in everywhere else "possibly" for each in sorted(somewhere)}


def gate(name: str, held: Iterable[Holding]) -> Gate:
    """§7: a gate at which these claims hold."""
    ordered = tuple(sorted(held, key=lambda claim: claim.order))
    return Gate(name, ordered, tuple(worlds(ordered)))


def worlds(held: Sequence[Holding]) -> Iterator[World]:
    """§7: each claim that holds only possibly may hold or not, independently of the others. Raises TooManyWorlds."""
    doubtful = [claim for claim in held if not claim.certain]
    if len(doubtful) > MOST_POSSIBLE:
        raise TooManyWorlds(len(doubtful))
    for choice in itertools.product((True, False), repeat=len(doubtful)):
        missing = {claim.id for claim, holds in zip(doubtful, choice, strict=True) if not holds}
        yield World(tuple(claim for claim in held if claim.id not in missing))


def union(found: Iterable[World]) -> Possible:
    """§7: all statuses that some of these worlds gives."""
    return frozenset(itertools.chain.from_iterable(world.possible for world in found))


def would_settle(gates: Sequence[Gate]) -> set[str]:
    """§7: those of which knowing that they hold, or that they do not, leaves fewer statuses of the cell."""
    before = len(minima(each.possible for each in gates))
    return {
        claim.id
        for each in gates
        for claim in each.open
        for holds in (True, False)
        if len(minima(supposing(other, claim.id, holds) for other in gates)) < before
    }


def supposing(place: Gate, claim: str, holds: bool) -> Possible:
    """§7: the gate's possible statuses, given that one of its claims holds or does not."""
    if all(claim != other.id for other in place.open):
        return place.possible
    return union(world for world in place.worlds if (claim in world.ids) == holds)
