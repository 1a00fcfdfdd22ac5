"""Possible worlds: every status that some choice of the possible claims gives (semantics.md §7).

Instead of trying every choice, the claims of a gate are walked once from the last to the first with the
set of states (``Later``) that some choice leads to, and once back with the statuses that each state can
still come to. The states are few whatever the number of claims.
"""

from collections.abc import Sequence
from typing import NamedTuple

from policytracker.status.prevails import Holding, Later
from policytracker.status.words import ANY


class GateWorlds(NamedTuple):
    """What a gate comes to over all possible worlds. Sets of statuses are bits (``words``)."""

    possible: int
    standing: tuple[str, ...]
    """Ids of the claims that stand in at least one world, in the order of §6."""
    if_holds: dict[str, int]
    """For each claim that holds only possibly: the possible statuses if it holds,"""
    if_not: dict[str, int]
    """and if it does not."""


def gate_worlds(holdings: Sequence[Holding]) -> GateWorlds:
    """The possible statuses of a gate, given the claims that hold there, in any order."""
    claims = sorted(holdings, reverse=True)
    layers = _layers(claims)
    futures: dict[Later, int] = {state: _outcome(state) for state in layers[-1]}
    standing: list[str] = []
    if_holds: dict[str, int] = {}
    if_not: dict[str, int] = {}
    for claim, states in zip(reversed(claims), reversed(layers[:-1]), strict=True):
        held = {state: futures[state.before(claim)] for state in states}
        if any(statuses >> claim.rank & 1 and state.leaves(claim) for state, statuses in held.items()):
            standing.append(claim.id)
        if claim.certain:
            futures = held
            continue
        if_holds[claim.id] = _union(held)
        if_not[claim.id] = _union({state: futures[state] for state in states})
        futures = {state: held[state] | futures[state] for state in states}
    return GateWorlds(_union(futures), tuple(standing), if_holds, if_not)


def _layers(claims: Sequence[Holding]) -> list[set[Later]]:
    """The states that some choice leads to: before all claims, after the last claim, after the one before it …"""
    layers = [{Later()}]
    for claim in claims:
        after = {state.before(claim) for state in layers[-1]}
        layers.append(after if claim.certain else after | layers[-1])
    return layers


def _outcome(state: Later) -> int:
    rank = state.status()
    return ANY if rank is None else 1 << rank


def _union(statuses: dict[Later, int]) -> int:
    union = 0
    for possible in statuses.values():
        union |= possible
    return union
