"""Which claims at a gate override which, and why those that are left decide nothing (semantics.md §6).

Nothing is decided here: whether a claim overrides another is asked of ``prevails``.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from policytracker.status.claims import order_of
from policytracker.status.knowledge import Standing
from policytracker.status.prevails import Holding

RULES = {1: "a restriction stops everyone", 2: "a later permission lifts what it covers"}
"""The rules of §6, in its words."""
Place = tuple[int, int]
"""The day and the moment that order a claim."""


class Overridden(NamedTuple):
    """A claim that another overrides."""

    claim: str
    by: str
    rule: int
    """1 or 2: the rule of §6."""
    certain: bool
    """Whether it is overridden in every world in which it holds, or only in those in which ``by`` holds."""


def overridden(holdings: Iterable[Holding]) -> list[Overridden]:
    """What overrides each claim that holds: the last that certainly does, else each that possibly does.

    A claim that no other overrides certainly is left in some possible world. The work is that of the claims and of what
    is said of them: whether a claim overrides an earlier one depends only on the sort of that one.
    """
    ordered = sorted(holdings)
    examples = {claim.sort: claim for claim in ordered}
    certain: dict[tuple[bool, int], Holding] = {}
    possible: dict[tuple[bool, int], list[Holding]] = {sort: [] for sort in examples}
    found: list[list[Overridden]] = []
    for claim in reversed(ordered):
        sort = claim.sort
        later = [certain[sort]] if sort in certain else possible[sort][::-1]
        found.append([Overridden(claim.id, other.id, other.rule, sort in certain) for other in later])
        for other, example in examples.items():
            if other not in certain and claim.overrides(example):
                if claim.certain:
                    certain[other] = claim
                else:
                    possible[other].append(claim)
    return list(chain.from_iterable(reversed(found)))


def indecisive(claim: Holding, standing: Iterable[Holding]) -> str:
    """Why a claim that is left in some world stands in none, given those that do."""
    if claim.is_restriction:
        return "a lower restriction decides"
    kinds = {"a restriction decides" if other.is_restriction else "a higher permission decides" for other in standing}
    return " or ".join(sorted(kinds))


class Placed(NamedTuple):
    """A claim that holds, with the first and the last place in the order that its dates and reports allow."""

    holding: Holding
    earliest: Place
    latest: Place

    def meets(self, other: "Placed") -> bool:
        """Whether dates, moments and reports do not tell which of two claims came first."""
        return self.earliest <= other.latest and other.earliest <= self.latest


def placed(holding: Holding, standing: Standing, zone: str) -> Placed:
    """A claim with its places, in the time zone of its gate: as a permission and as a restriction has it."""
    fields, reports = standing.fields, standing.reports
    return Placed(holding, order_of(fields, reports, False, zone), order_of(fields, reports, True, zone))


def taken_as_later(claims: Iterable[Placed]) -> dict[str, str]:
    """For each restriction the permission that would override it, had nothing but the rule put the restriction later.

    Of several the one that may have come last. The work is that of the claims, once they are in order.
    """
    gate = sorted(claims, key=lambda each: each.earliest)
    restrictions = [each for each in gate if each.holding.is_restriction]
    permissions = [each for each in gate if not each.holding.is_restriction]
    examples = {each.holding.sort: each.holding for each in restrictions}
    last = {sort: _last_so_far(permissions, example) for sort, example in examples.items()}
    found = {}
    for each in restrictions:
        so_far = last[each.holding.sort]
        early = bisect_right(so_far, each.latest, key=lambda lifting: lifting[0])
        candidate = so_far[early - 1][1] if early else None
        if candidate is not None and candidate.meets(each):
            found[each.holding.id] = candidate.holding.id
    return found


def _last_so_far(permissions: Iterable[Placed], example: Holding) -> list[tuple[Place, Placed]]:
    """The permissions that override what is of the sort of an example, by their earliest places: up to each, the one
    whose latest place is the last."""
    found: list[tuple[Place, Placed]] = []
    for each in permissions:
        if each.holding.overrides(example):
            best = max(found[-1][1], each, key=lambda other: other.latest) if found else each
            found.append((each.earliest, best))
    return found
