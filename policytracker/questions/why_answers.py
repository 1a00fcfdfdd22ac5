"""What ``why`` answers, gate by gate and claim by claim."""

from typing import TypedDict

from policytracker.questions.answers import (
    BindingCondition,
    Dates,
    Day,
    LeftOfApproval,
    Possible,
    PossibleStatuses,
)
from policytracker.questions.claim_answers import ClaimAccount, EventAccount, ReasonAnswer, ReportAnswer
from policytracker.questions.ledger_answers import QuantityRange
from policytracker.status.words import Summary


class AboutClaim(TypedDict):
    """Something about a claim."""

    claim: str
    """The id of the claim."""


class OverriddenClaim(AboutClaim):
    """A claim that another overrides (semantics.md §6)."""

    by: str
    """The id of the claim that overrides it."""
    rule: str
    """The rule by which it does, in words."""
    certain: bool
    """Whether it is overridden in every possible world in which it holds; else only where `by` holds."""
    order_assumed: bool
    """Whether dates and reports do not tell which came first, so that the restriction counts as the later."""


class AssumedOrder(AboutClaim):
    """A restriction that counts as later than a permission, because dates and reports do not tell which came first."""

    than: str
    """The id of the permission, which would override it, had it come later."""


class IndecisiveClaim(AboutClaim):
    """A claim that no other overrides in some possible world, and that decides nothing."""

    reason: str
    """Why it decides nothing, in words."""


class ClaimNotApplying(AboutClaim, ReasonAnswer):
    """A known claim at the gate that does not hold for the cell, and why."""


class PossibleClaim(AboutClaim):
    """A claim that holds only possibly (semantics.md §5), or is heard and not counted (§3)."""

    reasons: list[ReasonAnswer]
    """Why it holds only possibly, or is not counted."""


class CappingClaim(AboutClaim):
    """A condition that is imposed and binds: the gate is at most conditional (semantics.md §6)."""

    certain: bool
    """Whether it holds in every possible world."""


class SettlingClaim(AboutClaim):
    """A claim that would settle an uncertain cell, with the statuses that each outcome would leave it."""

    if_holds: Possible
    """The statuses that are possible if it holds."""
    if_not: Possible
    """Those that are possible if it does not."""


class ConditionOfClaim(BindingCondition):
    """A condition that binds, whose it is, and the reports that say so."""

    sources: list[ReportAnswer]
    """The reports that say so."""


class CellFacts(Dates):
    """The cell of which a gate is explained."""

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
    cell_possible: Possible
    """All statuses of the cell that are possible, lowest first."""
    limited_by: list[str]
    """The gates at which the lowest status of the cell is possible."""
    if_open: Possible | None
    """Where nothing is recorded of a gate: the possible statuses of the cell if every such gate were open; else
    null."""
    launched: bool
    """false: the day is before the launch of the chip, as it is registered."""
    launch: str | None
    """When the chip was or will be launched; null: the registry does not tell."""
    developments: list[EventAccount]
    """What is reported of the company, the chip, the authorities or the claims, and changes no status: what was
    published by the day, the newest first, then the rest."""
    quantities: list[QuantityRange]
    """What was ordered, licensed, approved and shipped of the chip, as far as it is counted for the company."""


class GateFacts(PossibleStatuses):
    """What the claims at a gate do."""

    gate: str | None
    """A jurisdiction and a direction, such as CN/import; null: a domestic chip, which passes no gate."""
    silent: bool
    """Whether no restriction and no permission holds there: nothing is recorded (semantics.md §7)."""
    last_word: Day | None
    """The last day on which a report on the cell was published at this gate, of those known; null: there is none."""
    last_word_days: int | None
    """So many days before the day asked for that was; negative: after it; null: there is none."""
    standing: list[str]
    """The ids of the claims that decide in at least one possible world (semantics.md §6, §7)."""
    surely: list[str]
    """Those of them that do so in every possible world."""
    capped_by: list[CappingClaim]
    """The conditions that are imposed and bind here."""
    overridden: list[OverriddenClaim]
    """The claims that later claims override."""
    order_assumed: list[AssumedOrder]
    """The restrictions of which it is assumed that they came later."""
    not_deciding: list[IndecisiveClaim]
    """The claims that no other overrides, and that decide nothing."""
    possible_only: list[PossibleClaim]
    """The claims that hold only possibly."""
    not_applying: list[ClaimNotApplying]
    """The claims that do not hold for the cell."""
    heard: list[PossibleClaim]
    """Claims that are heard and not counted, and why."""
    would_settle: list[SettlingClaim]
    """Of a cell whose status is certain: empty."""
    conditions: list[ConditionOfClaim]
    """Those that bind in at least one possible world, claim by claim."""
    left: list[LeftOfApproval] | None
    """What is left of the approvals with a quantity that stand; null: none stands."""
    signals: list[EventAccount]
    """Conditions that an authority at this gate is said to talk about; the newest first."""
    claims: list[ClaimAccount]
    """Every claim that is named by its id above."""


class GateExplanation(CellFacts, GateFacts):
    """One gate of a cell: what each claim does there, as of `why --json`."""


class RoleLine(TypedDict):
    """One claim, signal or development at a gate, as of `why --csv`."""

    company: str
    chip: str
    gate: str
    role: str
    """What it does: it stands, caps, decides nothing or is overridden; or why it does not apply."""
    claim: str
    """What to call it: its ref, else the beginning of its id."""
    says: str
    start: str
    until: str
    """The first day without it, where it gives one."""
    status: str
    scope: str
    why: list[str]
    word: str
    sources: list[str]
    events: list[str]
    id: str
