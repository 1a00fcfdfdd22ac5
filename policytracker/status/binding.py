"""Whose conditions bind at a gate where licences are granted (semantics.md §8).

A licence is granted under a rule: where it stands, the conditions of the duties bind too that would stand if no licence
were granted. So the claims are walked twice at once, with the licences and without them, through all possible worlds.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from policytracker.status.prevails import (
    BEFORE_ALL,
    HIGHEST,
    IS_POSSIBLE,
    IS_RESTRICTION,
    KINDS,
    LOWEST,
    RANK,
    WIDTH,
    before,
    leaves,
    outcome,
)

IN_NONE, IN_SOME, IN_EVERY = range(3)
"""In how many possible worlds the conditions of a claim bind."""


class Bound(NamedTuple):
    """A claim that holds at a gate, as far as conditions turn on it."""

    kind: int
    is_licence: bool
    """Whether it is a licence that was granted;"""
    is_duty: bool
    """or a duty to have one."""


class _Both(NamedTuple):
    """What later claims come to, with the licences among them and without."""

    whole: int
    """A state (``prevails``)."""
    licensed: bool
    """Whether a licence is left whose status no other permission left exceeds."""
    without: int


class _End(NamedTuple):
    """What all claims of a world come to."""

    status: int
    """Possible statuses, as bits: one, unless no claim holds."""
    licensed: bool
    without: int


_START = _Both(BEFORE_ALL, False, BEFORE_ALL)


@lru_cache(maxsize=4_096)
def binding(claims: tuple[Bound, ...]) -> tuple[int, ...]:
    """For each of the claims of a gate, given the last first: in how many worlds its own conditions bind."""
    layers: list[set[_Both]] = [{_START}]
    for claim in claims:
        layers.append({after for state in layers[-1] for after in _choices(state, claim)})
    ends = {state: frozenset({_end(state)}) for state in layers[-1]}
    found: list[int] = []
    for claim, layer in zip(reversed(claims), reversed(layers[:-1]), strict=True):
        found.append(_in_how_many(claim, layer, ends))
        ends = {state: frozenset().union(*(ends[after] for after in _choices(state, claim))) for state in layer}
    return tuple(reversed(found))


def _in_how_many(claim: Bound, layer: set[_Both], ends: dict[_Both, frozenset[_End]]) -> int:
    binds = [_binds(claim, state, end) for state in layer for end in ends[_after(state, claim)]]
    if all(binds) and not KINDS[claim.kind * WIDTH + IS_POSSIBLE]:
        return IN_EVERY
    return IN_SOME if any(binds) else IN_NONE


def _binds(claim: Bound, later: _Both, end: _End) -> bool:
    """Whether the conditions of a claim that holds bind in a world."""
    at = claim.kind * WIDTH
    rank = 1 << KINDS[at + RANK]
    if end.status == rank and leaves(later.whole, at, KINDS):
        return True
    return claim.is_duty and end.licensed and end.without == rank and leaves(later.without, at, KINDS)


def _choices(state: _Both, claim: Bound) -> Sequence[_Both]:
    after = _after(state, claim)
    return (after, state) if KINDS[claim.kind * WIDTH + IS_POSSIBLE] else (after,)


def _after(state: _Both, claim: Bound) -> _Both:
    at = claim.kind * WIDTH
    whole = before(state.whole, at, KINDS, True)
    licensed = state.licensed
    if not KINDS[at + IS_RESTRICTION] and leaves(state.whole, at, KINDS):
        highest = state.whole >> HIGHEST
        if KINDS[at + RANK] > highest:
            licensed = claim.is_licence
        elif KINDS[at + RANK] == highest:
            licensed = licensed or claim.is_licence
    without = state.without if claim.is_licence else before(state.without, at, KINDS, True)
    return _Both(whole, licensed and not whole >> LOWEST & 3, without)


def _end(state: _Both) -> _End:
    return _End(outcome(state.whole), state.licensed, outcome(state.without))
