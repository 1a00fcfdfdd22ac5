"""What ``why`` tells, gate by gate and claim by claim.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from datetime import date
from typing import Literal

from policytracker.api.answer import Answer
from policytracker.api.cells import LeftOfApproval
from policytracker.api.claims import ClaimAccount, EventAccount, ReasonAnswer, ReportAnswer
from policytracker.api.quantities import QuantityRange
from policytracker.status.words import Status, Summary

# [[[cog
# from docs.structs import structs
# structs("why_answers")
# ]]]


class OverriddenClaim(Answer, frozen=True, kw_only=True):
    """A claim that another overrides (semantics.md §6)."""

    claim: str
    """The id of the claim."""
    by: str
    """The id of the claim that overrides it."""
    rule: str
    """The rule by which it does, in words."""
    certain: bool
    """Whether it is overridden in every possible world in which it holds; else only where `by` holds."""
    order_assumed: bool
    """Whether dates and reports do not tell which came first, so that the restriction counts as the later."""


class AssumedOrder(Answer, frozen=True, kw_only=True):
    """A restriction that counts as later than a permission, because dates and reports do not tell which came first."""

    claim: str
    """The id of the claim."""
    than: str
    """The id of the permission, which would override it, had it come later."""


class IndecisiveClaim(Answer, frozen=True, kw_only=True):
    """A claim that no other overrides in some possible world, and that decides nothing."""

    claim: str
    """The id of the claim."""
    reason: str
    """Why it decides nothing, in words."""


class ClaimNotApplying(Answer, frozen=True, kw_only=True):
    """A known claim at the gate that does not hold for the cell, and why."""

    claim: str
    """The id of the claim."""
    reason: str
    """What kind of reason it is, in one word for programs: `lifted`, `word`, `cohort` and others."""
    text: str
    """The reason for people."""
    events: tuple[str, ...]
    """The ids of the events that make it so."""


class PossibleClaim(Answer, frozen=True, kw_only=True):
    """A claim that holds only possibly (semantics.md §5), or is heard and not counted (§3)."""

    claim: str
    """The id of the claim."""
    reasons: tuple[ReasonAnswer, ...]
    """Why it holds only possibly, or is not counted."""


class CappingClaim(Answer, frozen=True, kw_only=True):
    """A condition that is imposed and binds: the gate is at most conditional (semantics.md §6)."""

    claim: str
    """The id of the claim."""
    certain: bool
    """Whether it holds in every possible world."""


class SettlingClaim(Answer, frozen=True, kw_only=True):
    """A claim that would settle an uncertain cell, with the statuses that each outcome would leave it."""

    claim: str
    """The id of the claim."""
    if_holds: tuple[Status, ...]
    """The statuses that are possible if it holds."""
    if_not: tuple[Status, ...]
    """Those that are possible if it does not."""


class ConditionOfClaim(Answer, frozen=True, kw_only=True):
    """A condition that binds, whose it is, and the reports that say so."""

    gate: str
    """At which gate it binds, such as CN/import."""
    claim: str
    """The id of the claim."""
    key: str
    """A short name of the condition."""
    wording: str
    """The condition in words."""
    binds: Literal["certainly", "possibly"]
    """Certainly: in every possible world."""
    sources: tuple[ReportAnswer, ...]
    """The reports that say so."""


class GateExplanation(Answer, frozen=True, kw_only=True):
    """One gate of a cell: what each claim does there, as of `why --json`."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    company: str
    """The id of the company."""
    company_name: str
    """The name of the company."""
    chip: str
    """The id of the chip."""
    chip_name: str
    """The name of the chip."""
    cell_status: Summary
    """The status of the cell: `uncertain` if several are possible, `unknown` if all are."""
    cell_possible: tuple[Status, ...]
    """All statuses of the cell that are possible, lowest first."""
    limited_by: tuple[str, ...]
    """The gates at which the lowest status of the cell is possible."""
    if_open: tuple[Status, ...] | None
    """Where nothing is recorded of a gate: the possible statuses of the cell if every such gate were open; else
    null."""
    launched: bool
    """false: the day is before the launch of the chip, as it is registered."""
    launch: str | None
    """When the chip was or will be launched; null: the registry does not tell."""
    developments: tuple[EventAccount, ...]
    """What is reported of the company, the chip, the authorities or the claims, and changes no status: what was
    published by the day, the newest first, then the rest."""
    quantities: tuple[QuantityRange, ...]
    """What was ordered, licensed, approved and shipped of the chip, as far as it is counted for the company."""
    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    gate: str | None
    """A jurisdiction and a direction, such as CN/import; null: a domestic chip, which passes no gate."""
    silent: bool
    """Whether no restriction and no permission holds there: nothing is recorded (semantics.md §7)."""
    last_word: date | None
    """The last day on which a report on the cell was published at this gate, of those known; null: there is none."""
    last_word_days: int | None
    """So many days before the day asked for that was; negative: after it; null: there is none."""
    standing: tuple[str, ...]
    """The ids of the claims that decide in at least one possible world (semantics.md §6, §7)."""
    surely: tuple[str, ...]
    """Those of them that do so in every possible world."""
    capped_by: tuple[CappingClaim, ...]
    """The conditions that are imposed and bind here."""
    overridden: tuple[OverriddenClaim, ...]
    """The claims that later claims override."""
    order_assumed: tuple[AssumedOrder, ...]
    """The restrictions of which it is assumed that they came later."""
    not_deciding: tuple[IndecisiveClaim, ...]
    """The claims that no other overrides, and that decide nothing."""
    possible_only: tuple[PossibleClaim, ...]
    """The claims that hold only possibly."""
    not_applying: tuple[ClaimNotApplying, ...]
    """The claims that do not hold for the cell."""
    heard: tuple[PossibleClaim, ...]
    """Claims that are heard and not counted, and why."""
    would_settle: tuple[SettlingClaim, ...]
    """Of a cell whose status is certain: empty."""
    conditions: tuple[ConditionOfClaim, ...]
    """Those that bind in at least one possible world, claim by claim."""
    left: tuple[LeftOfApproval, ...] | None
    """What is left of the approvals with a quantity that stand; null: none stands."""
    signals: tuple[EventAccount, ...]
    """Conditions that an authority at this gate is said to talk about; the newest first."""
    claims: tuple[ClaimAccount, ...]
    """Every claim that is named by its id above."""


# [[[end]]]
