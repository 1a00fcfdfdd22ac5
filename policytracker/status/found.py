"""From the tenures that are found for a gate of a cell, at one point of the clocks, to what it answers (§4 to §7)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from policytracker.status.prevails import COVERS, PLACES, Holding
from policytracker.status.scope import Match
from policytracker.status.walks import Walks

Order = tuple[int, int, int]
"""What orders claims (§6); the last of it is the claim's position."""


class Found(NamedTuple):
    """A claim that holds at a gate of a cell, as it was found under one pair of selectors."""

    order: Order
    role: int
    """What it does, as one integer (``role``)."""
    companies: Match
    chips: Match

    def with_levels_of(self, other: "Found") -> "Found":
        """The same claim, found in two ways, at the highest level on either side (§4: the highest level counts)."""
        return self._replace(companies=max(self.companies, other.companies), chips=max(self.chips, other.chips))


class Left(NamedTuple):
    """A claim that stands in at least one possible world."""

    order: Order
    role: int


class GateFound(NamedTuple):
    """What a gate answers."""

    possible: int
    """Its possible statuses, as bits."""
    standing: list[Left]
    """The claims that stand in at least one possible world, in the order of §6."""


class Turning(Protocol):
    """When claims begin, and cease, to do what they do."""

    def on(self, day: int) -> Mapping[Order, bool]:
        """Those that do on a day, by what orders them; each whether it does by itself alone, nothing said about it."""


class GateDays(NamedTuple):
    """What a gate answers from day to day."""

    turning: Turning
    answers: list[tuple[int, GateFound]]
    """What it answers from each of these days on, in order; before the first, that no claim holds."""


STOP, LIFTS_STOPS_ONLY, CERTAIN, CONDITIONS = 1 << 3, 1 << 4, 1 << 5, 1 << 6
"""Bits of a role; the lowest three are the rank of the status."""
RANK = STOP - 1
STRIKES = STOP | LIFTS_STOPS_ONLY | CERTAIN
"""These bits of a role tell what a claim strikes."""
STRIKES_COVERED = CERTAIN
"""What they are of a claim that strikes all earlier ones that it covers, in every world: an opening that is certain."""
STRIKES_OPENINGS = CERTAIN | STOP
"""What they are of a claim that strikes all earlier openings, in every world: a stop that is certain."""


@cache
def role(rank: int, is_stop: bool, lifts_stops_only: bool, certain: bool, has_conditions: bool) -> int:
    """What a claim does while it holds, as one integer.

    >>> role(5, is_stop=False, lifts_stops_only=False, certain=True, has_conditions=False) == 5 | CERTAIN
    True
    """
    flags = (is_stop, lifts_stops_only, certain, has_conditions)
    return rank | sum(flag << 3 + place for place, flag in enumerate(flags))


class Decider:
    """Decides over the claims of a gate; what was decided for others like them is remembered."""

    def __init__(self) -> None:
        self._walks = Walks()
        self._kinds: dict[tuple[int, Match, Match], int] = {}

    def decide(self, found: Iterable[Found]) -> GateFound:
        """The answer of a gate, given all that was found for it: a claim may be found more than once."""
        return self.decide_among(sorted(_once(found)))

    def decide_among(self, claims: Sequence[Found]) -> GateFound:
        """The same, given each claim once, in the order of §6."""
        possible, standing = self._walks.outcome([self._kind(claim) for claim in claims])
        return GateFound(possible, [Left(claims[place].order, claims[place].role) for place in standing])

    def _kind(self, claim: Found) -> int:
        key = claim.role, claim.companies, claim.chips
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = self._walks.kind(holding(claim))
        return kind


def _once(found: Iterable[Found]) -> Iterable[Found]:
    """Each claim once."""
    claims: dict[int, Found] = {}
    for each in found:
        other = claims.get(each.order[2])
        claims[each.order[2]] = each if other is None else each.with_levels_of(other)
    return claims.values()


def holding(claim: Found) -> Holding:
    """A claim that was found, as ``prevails`` takes it; it is not named."""
    levels = claim.companies.level, claim.chips.level
    certain = bool(claim.role & CERTAIN) and claim.companies.certain and claim.chips.certain
    is_stop, lifts = bool(claim.role & STOP), bool(claim.role & LIFTS_STOPS_ONLY)
    return Holding(claim.order, "", claim.role & RANK, is_stop, lifts, PLACES[levels], COVERS[levels], certain)
