"""The naive possible worlds of the claims at a gate, kept for claims that are alike: many ledgers share them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from policytracker.testing import naive
from policytracker.testing.naive import Holding

Possible = frozenset[int]
"""Possible statuses, as ranks."""
BY_RULE = ("licence-granted", "licence-required", *naive.PREPARATORY)
"""The types of which a rule speaks by name, beyond their kind and status."""


class Kind(NamedTuple):
    """All that counts of a claim among the claims that hold at a gate, but for its place in their order."""

    type: str
    """Where a rule names the type; else empty."""
    kind: str
    certain: bool
    rank: int
    scope: naive.Scope
    binds: bool
    """Whether a condition of its own is not met."""


class Outcome(NamedTuple):
    """What claims come to at a gate (semantics.md §6 to §8); claims are named by their places in the order."""

    possible: Possible
    standing: tuple[int, ...]
    if_holds: Mapping[int, Possible]
    """What is possible, given that a claim holds that may hold or not."""
    if_not: Mapping[int, Possible]
    binding: Mapping[int, str]
    """Whose conditions bind, and whether `certainly` or `possibly`."""
    silent: bool
    if_open: Possible


@lru_cache(maxsize=200_000)
def outcome(kinds: tuple[Kind, ...]) -> Outcome:
    """Every possible world of claims, given in their order."""
    held = [
        Holding(
            id=str(place),
            type=kind.type,
            kind=kind.kind,
            certain=kind.certain,
            rank=kind.rank,
            scope=kind.scope,
            order=(0, (0, 0), 0, 0, 0, place),
            conditions={"": ""} if kind.binds else {},
        )
        for place, kind in enumerate(kinds)
    ]
    gate = naive.gate("", held)
    doubtful = [claim.id for claim in gate.open]
    return Outcome(
        gate.possible,
        tuple(int(claim.id) for claim in gate.stands),
        {int(claim): naive.supposing(gate, claim, True) for claim in doubtful},
        {int(claim): naive.supposing(gate, claim, False) for claim in doubtful},
        {int(claim): binds for (claim, _, _), binds in gate.conditions.items()},
        gate.silent,
        gate.if_open,
    )


@lru_cache(maxsize=50_000)
def minima(gates: tuple[Possible, ...]) -> Possible:
    """All the minima of one possible status from each gate (§7)."""
    return naive.minima(gates)


def kind(claim: Holding) -> Kind:
    """What counts of a claim that holds."""
    name = claim.type if claim.type in BY_RULE else ""
    return Kind(name, claim.kind, claim.certain, claim.rank, claim.scope, bool(claim.conditions))
