"""What questions about cells answer: the objects that ``state``, ``check``, ``matrix``, ``timeline`` and a dry run
print.

They are plain dictionaries, as JSON has them. These classes name their fields for type checkers and for the OpenAPI
description, which takes the text under a field as its description. None of this is looked at while a question is
answered. ``claim_answers`` and ``ledger_answers`` hold the other answers.
"""

from typing import Annotated, Literal, TypedDict

from policytracker.status.words import Status, Summary

Day = Annotated[str, ("format", "date")]
"""A day, such as 2026-01-28. A pair beside a type is a further keyword of JSON Schema, and its value."""
Moment = str
"""A moment of the published clock: a day, which means its end, or an instant in UTC, such as 2026-01-28T12:00Z."""
Possible = Annotated[list[Status], ("minItems", 1)]
"""All statuses that are possible, lowest first."""


class Dates(TypedDict):
    """The dates of a question."""

    at: Day
    """What held on this day."""
    known: Moment | None
    """As publicly known then; null: everything published counts."""


class PossibleStatuses(TypedDict):
    """What a cell, or one of its gates, comes to (semantics.md §7)."""

    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: Possible
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""


class CellStatuses(PossibleStatuses):
    """What a cell comes to, and by which gates (semantics.md §7)."""

    low: Status
    """The lowest possible status."""
    high: Status
    """The highest possible status."""
    limited_by: list[str]
    """The gates at which the lowest status of the cell is possible: a jurisdiction and a direction, as CN/import."""


class GateStatuses(PossibleStatuses):
    """What a gate comes to."""

    gate: str
    """A jurisdiction and a direction, such as CN/import."""


class GateState(GateStatuses):
    """What a gate comes to, and by which claims."""

    claims: list[str]
    """The ids of the claims that stand in at least one possible world (semantics.md §6, §7)."""
    last_word: Day | None
    """The last day on which a report on the cell was published at this gate, of those known; null: there is none."""


class BindingCondition(TypedDict):
    """A condition of a claim that binds in at least one possible world (semantics.md §8)."""

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


class LeftOfApproval(TypedDict):
    """What is left of an approval that stands and has a quantity (semantics.md §8)."""

    claim: str
    """The id of the approval."""
    min: int | None
    """At the least, in `unit`; below 0 where more may have come than was approved; null: open."""
    max: int | None
    """At the most, in `unit`; null: open."""
    unit: str
    """`chips`, or a currency."""
    used_up: bool
    """Whether at most 0 can be left."""


class SharedState(Dates, CellStatuses):
    """All of the status of a cell that other cells may share."""

    if_open: Possible | None
    """Where nothing is known of a gate: the possible statuses if every such gate were open; else null."""
    gates: list[GateState]
    """Each gate of the cell; empty for a domestic chip, which passes none."""
    conditions: list[BindingCondition]
    """Claim by claim, gate by gate."""
    left: list[LeftOfApproval] | None
    """null: no approval with a quantity stands."""
    launched: bool
    """false: the day is before the launch of the chip, as it is registered."""
    last_report: Day | None
    """The last day on which a report on the cell was published, of those known; null: there is none."""


class CellState(SharedState):
    """The status of a company and a chip, as of `state --json`."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""


class CheckedCell(CellState):
    """The status of a company and a chip, as of `check --json`."""

    code: Literal[0, 3, 4, 6]
    """The exit code: 0 cleared, 3 at best below conditional, 4 not certain, 6 at worst conditional."""
    answer: str
    """The code in words."""


class MatrixRow(Dates):
    """One company, as of `matrix --json`."""

    company: str
    """The id of the company."""
    cells: dict[str, str]
    """By the id of the chip: a status, lowest..highest if several are possible, or unknown."""


class TurningEvent(TypedDict):
    """An event by which a status changed."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as batch-approved."""
    says: str
    """Its type, and what decides: a duty's review, a quantity, a period, who is named, what is corrected."""
    source: str | None
    """Its report on one line; null: it has none."""


Ends = TypedDict(
    "Ends",
    {
        "from": Annotated[str | None, ("description", "When it begins; null: it has always been so.")],
        "to": Annotated[
            str | None, ("description", "When it is over: the first day or moment without it; null: it lasts.")
        ],
    },
)
"""``from`` is a word of Python, so that no class can have it as a field."""


class OtherClock(TypedDict, total=False):
    """The date that stays the same along a timeline: one of the two."""

    at: Day
    """What held on this day: the timeline runs over the published clock."""
    known: Moment | None
    """As publicly known then (null: all that is published): the timeline runs over the days."""


class TimelineInterval(Ends, OtherClock, CellStatuses):
    """A time of equal status, from `from` (included) to `to` (not included); null: without an end."""

    gates: list[GateStatuses]
    """Each gate of the cell."""
    claims: list[str]
    """The ids of the claims that stand in at least one possible world."""
    turned_by: list[TurningEvent]
    """The events by which it began."""


class CellInterval(TimelineInterval):
    """A time of equal status of one cell, as of `timeline --json`: days, or moments of the published clock.

    It lasts from `from` (included) to `to` (not included); null: it has no such end.
    """

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""


class CellOutcome(PossibleStatuses):
    """What a cell comes to, before or after further events."""

    limited_by: list[str]
    """The gates at which the lowest status of the cell is possible."""
    gates: dict[str, list[Status]]
    """The possible statuses by gate."""
    conditions: list[BindingCondition]
    """Those that bind, claim by claim."""


class CellChange(TypedDict):
    """A cell whose answer further events change, as of `record … --dry-run --json`."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    before: CellOutcome | None
    """null: the company or the chip was not registered."""
    after: CellOutcome
    """With the further events."""
