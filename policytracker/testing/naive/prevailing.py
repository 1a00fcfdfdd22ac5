"""Which of the claims that hold at one gate of one cell prevail (semantics.md §6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from policytracker.testing.naive.clocks import (
    Instant,
    day_as_permission,
    day_as_restriction,
    first_day_number,
    moment_as_permission,
    moment_as_restriction,
    span,
)
from policytracker.testing.naive.force import in_force, not_yet_met
from policytracker.testing.naive.knowledge import CERTAINLY, Standing, sure_word
from policytracker.testing.naive.scopes import Scope
from policytracker.testing.naive.statuses import RANK

RESTRICTION, PERMISSION, CONDITION = "restriction", "permission", "condition"
REVIEWS = {
    "policy-of-denial": "prohibited",
    "presumption-of-denial": "prohibited",
    "unstated": "pending",
    "case-by-case": "licensable",
    "presumption-of-approval": "licensable",
}
TYPES = {
    "prohibited": (RESTRICTION, "prohibited"),
    "blocked": (RESTRICTION, "blocked"),
    "held": (RESTRICTION, "pending"),
    "review-opened": (PERMISSION, "pending"),
    "approved-in-principle": (PERMISSION, "in_principle"),
    "licence-granted": (PERMISSION, "conditional"),
    "batch-approved": (PERMISSION, "cleared"),
    "cleared": (PERMISSION, "cleared"),
}
PREPARATORY = ("review-opened", "approved-in-principle")

Order = tuple[int, Instant, int, int, int, int]
"""§6: the day, the moment, 0 for a permission, the status as imposed and as on D (negative), the position."""


@dataclass(frozen=True)
class Holding:
    """§5, §6: a claim that holds for a cell on a day, certainly or possibly."""

    id: str
    type: str
    kind: str
    """`restriction`, `permission` or `condition`."""
    certain: bool
    rank: int
    """The rank of its status; a `condition-imposed` has none, and -1 stands here."""
    scope: Scope
    order: Order
    conditions: Mapping[str, str]
    """Those not yet met."""

    @property
    def preparatory(self) -> bool:
        """§6: a permission that is a step towards approval."""
        return self.type in PREPARATORY


def holding(claim: Standing, matched: Scope, day: date, zone: ZoneInfo) -> Holding | None:
    """§5: holds certainly when it counts certainly, matches certainly and is certainly in force; else possibly.

    §6, rule 3: a `condition-imposed` ends, too, when all its conditions are met.
    """
    force = in_force(claim, day, zone)
    conditions = not_yet_met(claim, day, zone)
    if force is None or (claim.type == "condition-imposed" and not conditions):
        return None
    return Holding(
        id=claim.id,
        type=claim.type,
        kind=kind_of(claim),
        certain=claim.counts == CERTAINLY and matched.certain and force == CERTAINLY,
        rank=rank_of(claim, conditions),
        scope=matched,
        order=order_of(claim, day, zone),
        conditions=conditions,
    )


def kind_of(claim: Standing) -> str:
    """§6: the table of types: a restriction, a permission or a condition."""
    if claim.type == "condition-imposed":
        return CONDITION
    if claim.type == "licence-required":
        return PERMISSION if REVIEWS[claim.fields["review"]] == "licensable" else RESTRICTION
    return TYPES[claim.type][0]


def rank_of(claim: Standing, conditions: Mapping[str, str]) -> int:
    """§6: the table of types: the status, given the claim's conditions that bind."""
    if claim.type == "condition-imposed":
        return -1
    if claim.type == "licence-required":
        return RANK[REVIEWS[claim.fields["review"]]]
    status = TYPES[claim.type][1]
    return RANK["conditional" if status == "cleared" and conditions else status]


def order_of(claim: Standing, day: date, zone: ZoneInfo) -> Order:
    """§6: the five steps of the order, first to last."""
    said = sure_word(claim.reports, lambda report: moment_in_order(claim, report, zone))
    assert said is not None, "a claim that holds has a word"
    return (
        day_in_order(claim, said, zone),
        moment_in_order(claim, said, zone),
        0 if kind_of(claim) == PERMISSION else 1,
        -rank_of(claim, claim.fields.get("conditions") or {}),
        -rank_of(claim, not_yet_met(claim, day, zone)),
        claim.position,
    )


def day_in_order(claim: Standing, said: Mapping[str, str], zone: ZoneInfo) -> int:
    """§6, step 1: of `effective`, a permission's first day, a restriction's last; else the day of its sure word."""
    effective, permitted = claim.fields.get("effective"), kind_of(claim) == PERMISSION
    if effective:
        return first_day_number(effective) if permitted else span(effective)[1].toordinal()
    return (day_as_permission if permitted else day_as_restriction)(dict(said), zone).toordinal()


def moment_in_order(claim: Standing, report: Mapping[str, str], zone: ZoneInfo) -> Instant:
    """§6, step 2: how a report's moment is taken."""
    taken = moment_as_permission if kind_of(claim) == PERMISSION else moment_as_restriction
    return taken(dict(report), zone)


def as_specific(one: Holding, other: Holding) -> bool:
    """§6: its company level and its chip level are both at least the other's."""
    more, less = one.scope, other.scope
    return more.company_level >= less.company_level and more.chip_level >= less.chip_level


def overrides(one: Holding, other: Holding) -> bool:
    """§6: rule 1, a restriction stops everyone; rule 2, a later permission lifts what it covers."""
    if CONDITION in (one.kind, other.kind) or other.order >= one.order:
        return False
    if one.kind == RESTRICTION:
        return other.kind == PERMISSION
    if one.preparatory and (other.kind == PERMISSION or other.rank == RANK["prohibited"]):
        return False
    return as_specific(one, other)


def prevailing(held: Sequence[Holding]) -> list[Holding]:
    """§6: those that stand: of the claims left, those of the gate's status. One that is overridden overrides others."""
    ordered = [claim for claim in held if claim.kind != CONDITION]
    left = [claim for claim in ordered if not any(overrides(other, claim) for other in ordered)]
    restrictions = [claim.rank for claim in left if claim.kind == RESTRICTION]
    rank = min(restrictions) if restrictions else max((claim.rank for claim in left), default=None)
    return [claim for claim in left if claim.rank == rank]
