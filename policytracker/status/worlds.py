"""Possible worlds: every status that some choice of the possible claims gives (semantics.md §7), for explanations."""

from collections.abc import Iterable
from typing import NamedTuple

from policytracker.status.prevails import Holding
from policytracker.status.walk import IN_EVERY, Walk


class GateWorlds(NamedTuple):
    """What a gate comes to over all possible worlds. Sets of statuses are bits (``words``)."""

    possible: int
    standing: tuple[str, ...]
    """Ids of the claims that stand in at least one world, in the order of §6."""
    surely: tuple[bool, ...]
    """For each whether it stands in every world."""
    if_holds: dict[str, int]
    """For each claim that holds only possibly: the possible statuses if it holds,"""
    if_not: dict[str, int]
    """and if it does not."""


_WALK = Walk()


def gate_worlds(holdings: Iterable[Holding]) -> GateWorlds:
    """The possible statuses of a gate, given the claims that hold there, in any order."""
    claims = sorted(holdings, reverse=True)
    possible, told = _WALK.told([claim.kind for claim in claims])
    first_to_last = list(reversed(list(enumerate(claims))))
    doubtful = [(place, claim.id) for place, claim in first_to_last if not claim.certain]
    return GateWorlds(
        possible,
        tuple(claim.id for place, claim in first_to_last if told[3 * place]),
        tuple(told[3 * place] == IN_EVERY for place, _ in first_to_last if told[3 * place]),
        {name: told[3 * place + 1] for place, name in doubtful},
        {name: told[3 * place + 2] for place, name in doubtful},
    )
