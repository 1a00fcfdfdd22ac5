"""The naive possible worlds of the claims at a gate, kept for claims that are alike: many ledgers share them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tests import naive
from tests.naive import Holding

Possible = frozenset[int]
"""Possible statuses, as ranks."""


class Kind(NamedTuple):
    """All that counts of a claim among the claims that hold at a gate, but for its place in their order."""

    certain: bool
    rank: int
    stop: bool
    preparatory: bool
    scope: naive.Scope


class Outcome(NamedTuple):
    """What claims come to at a gate (semantics.md §6, §7); claims are named by their places in the order."""

    possible: Possible
    standing: tuple[int, ...]
    if_holds: Mapping[int, Possible]
    """What is possible, given that a claim holds that may hold or not."""
    if_not: Mapping[int, Possible]


@lru_cache(maxsize=200_000)
def outcome(kinds: tuple[Kind, ...]) -> Outcome:
    """Every possible world of claims, given in their order."""
    first = date.min
    held = [
        Holding(
            id=str(place),
            type="review-opened" if kind.preparatory else "",
            certain=kind.certain,
            rank=kind.rank,
            stop=kind.stop,
            scope=kind.scope,
            order=(first, (first, 0), place),
            conditions={},
        )
        for place, kind in enumerate(kinds)
    ]
    gate = naive.Gate("", tuple(claim for claim in held if not claim.certain), tuple(naive.worlds(held)))
    doubtful = [claim.id for claim in gate.open]
    return Outcome(
        gate.possible,
        tuple(int(claim.id) for claim in gate.stands),
        {int(claim): naive.supposing(gate, claim, True) for claim in doubtful},
        {int(claim): naive.supposing(gate, claim, False) for claim in doubtful},
    )


@lru_cache(maxsize=50_000)
def minima(gates: tuple[Possible, ...]) -> Possible:
    """All the minima of one possible status from each gate (§7)."""
    return naive.minima(gates)


def kind(claim: Holding) -> Kind:
    """What counts of a claim that holds."""
    preparatory = claim.type in ("review-opened", "approved-in-principle")
    return Kind(claim.certain, claim.rank, claim.stop, preparatory, claim.scope)
