"""Answers about cells: what ``state``, ``check``, ``matrix``, ``timeline`` and a dry run tell.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from datetime import date
from typing import Literal

from msgspec import field

from policytracker.api.answer import Answer
from policytracker.status.words import Status, Summary

# [[[cog
# from docs.structs import structs
# structs("answers")
# ]]]


class GateStatuses(Answer, frozen=True, kw_only=True):
    """What a gate comes to."""

    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    gate: str
    """A jurisdiction and a direction, such as CN/import."""


class GateState(Answer, frozen=True, kw_only=True):
    """What a gate comes to, and by which claims."""

    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    gate: str
    """A jurisdiction and a direction, such as CN/import."""
    claims: tuple[str, ...]
    """The ids of the claims that stand in at least one possible world (semantics.md §6, §7)."""
    last_word: date | None
    """The last day on which a report on the cell was published at this gate, of those known; null: there is none."""


class BindingCondition(Answer, frozen=True, kw_only=True):
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


class LeftOfApproval(Answer, frozen=True, kw_only=True):
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


class CellState(Answer, frozen=True, kw_only=True):
    """The status of a company and a chip, as of `state --json`."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    low: Status
    """The lowest possible status."""
    high: Status
    """The highest possible status."""
    limited_by: tuple[str, ...]
    """The gates at which the lowest status of the cell is possible: a jurisdiction and a direction, as CN/import."""
    if_open: tuple[Status, ...] | None
    """Where nothing is known of a gate: the possible statuses if every such gate were open; else null."""
    gates: tuple[GateState, ...]
    """Each gate of the cell; empty for a domestic chip, which passes none."""
    conditions: tuple[BindingCondition, ...]
    """Claim by claim, gate by gate."""
    left: tuple[LeftOfApproval, ...] | None
    """null: no approval with a quantity stands."""
    launched: bool
    """false: the day is before the launch of the chip, as it is registered."""
    last_report: date | None
    """The last day on which a report on the cell was published, of those known; null: there is none."""
    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""


class CheckedCell(Answer, frozen=True, kw_only=True):
    """The status of a company and a chip, as of `check --json`."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    low: Status
    """The lowest possible status."""
    high: Status
    """The highest possible status."""
    limited_by: tuple[str, ...]
    """The gates at which the lowest status of the cell is possible: a jurisdiction and a direction, as CN/import."""
    if_open: tuple[Status, ...] | None
    """Where nothing is known of a gate: the possible statuses if every such gate were open; else null."""
    gates: tuple[GateState, ...]
    """Each gate of the cell; empty for a domestic chip, which passes none."""
    conditions: tuple[BindingCondition, ...]
    """Claim by claim, gate by gate."""
    left: tuple[LeftOfApproval, ...] | None
    """null: no approval with a quantity stands."""
    launched: bool
    """false: the day is before the launch of the chip, as it is registered."""
    last_report: date | None
    """The last day on which a report on the cell was published, of those known; null: there is none."""
    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    code: Literal[0, 3, 4, 6]
    """The exit code: 0 cleared, 3 at best below conditional, 4 not certain, 6 at worst conditional."""
    answer: str
    """The code in words."""


class MatrixRow(Answer, frozen=True, kw_only=True):
    """One company, as of `matrix --json`."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    company: str
    """The id of the company."""
    cells: dict[str, str]
    """By the id of the chip: a status, lowest..highest if several are possible, or unknown."""


class TurningEvent(Answer, frozen=True, kw_only=True):
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


class CellInterval(Answer, frozen=True, kw_only=True):
    """A time of equal status of one cell, as of `timeline --json`: days, or moments of the published clock.  It
    lasts from `from` (included) to `to` (not included); null: it has no such end."""

    from_: str | None = field(name="from")
    to: str | None
    at: date | None = None
    """What held on this day: the timeline runs over the published clock."""
    known: str | None = None
    """As publicly known then (null: all that is published): the timeline runs over the days."""
    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    low: Status
    """The lowest possible status."""
    high: Status
    """The highest possible status."""
    limited_by: tuple[str, ...]
    """The gates at which the lowest status of the cell is possible: a jurisdiction and a direction, as CN/import."""
    gates: tuple[GateStatuses, ...]
    """Each gate of the cell."""
    claims: tuple[str, ...]
    """The ids of the claims that stand in at least one possible world."""
    turned_by: tuple[TurningEvent, ...]
    """The events by which it began."""
    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""


class CellOutcome(Answer, frozen=True, kw_only=True):
    """What a cell comes to, before or after further events."""

    status: Summary
    """The status; `uncertain` if several are possible, `unknown` if all are."""
    possible: tuple[Status, ...]
    """All that are possible, in this order: prohibited, blocked, pending, in_principle, licensable, conditional,
    cleared."""
    limited_by: tuple[str, ...]
    """The gates at which the lowest status of the cell is possible."""
    gates: dict[str, tuple[Status, ...]]
    """The possible statuses by gate."""
    conditions: tuple[BindingCondition, ...]
    """Those that bind, claim by claim."""


class CellChange(Answer, frozen=True, kw_only=True):
    """A cell whose answer further events change, as of `record … --dry-run --json`."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    before: CellOutcome | None
    """null: the company or the chip was not registered."""
    after: CellOutcome
    """With the further events."""


# [[[end]]]
