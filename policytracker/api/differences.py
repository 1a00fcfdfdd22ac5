"""What ``diff`` tells.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from datetime import date
from typing import Literal

from msgspec import field

from policytracker.api.answer import Answer
from policytracker.api.cells import LeftOfApproval
from policytracker.api.claims import SourceReport
from policytracker.questions.difference_answers import Became
from policytracker.status.words import Status, Summary

# [[[cog
# from docs.structs import structs
# structs("difference_answers")
# ]]]


class EventOfChange(Answer, frozen=True, kw_only=True):
    """An event that makes a difference."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as batch-approved."""
    claim: str | None
    """The id of the claim, order or delivery by which it does; null: a registration, which does by itself."""
    change: str
    """What became of that claim, or what is registered, in words."""
    sources: tuple[SourceReport, ...]
    """Its reports; empty for an event without one."""


class ConditionChange(Answer, frozen=True, kw_only=True):
    """A condition that binds otherwise after a step than before it (semantics.md §8)."""

    gate: str
    """At which gate, such as CN/import."""
    claim: str
    """The id of the claim."""
    key: str
    """A short name of the condition."""
    from_wording: str | None
    """The condition in words, before the step; null: it did not bind."""
    to_wording: str | None
    """The same after it; null: it no longer binds."""
    from_binds: Literal["certainly", "possibly"] | None
    """How surely it bound; null: it did not."""
    to_binds: Literal["certainly", "possibly"] | None
    """How surely it binds; null: it no longer does."""
    events: tuple[str, ...]
    """The ids of the events by which, in `events` of the step."""


class LeftChange(Answer, frozen=True, kw_only=True):
    """What is left of an approval, where it is not the same after a step as before it (semantics.md §8)."""

    claim: str
    """The id of the approval."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    from_left: LeftOfApproval | None
    """Before the step; null: the approval did not stand."""
    to_left: LeftOfApproval | None
    """After it; null: the approval no longer stands."""
    events: tuple[str, ...]
    """The ids of the events by which, in `events` of the step."""


class LicenceChange(Answer, frozen=True, kw_only=True):
    """A licence or an approval that begins or ceases to stand for the cell, or is used up (semantics.md §6, §8)."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as licence-granted."""
    gate: str
    """At which gate, such as US/export."""
    change: Became
    """What became of it. stands: no other claim overrides it any more, or it now applies to the cell; ended: its
    `until` has come; not counted: it is on too weak a word; not yet: it has not begun, or is not known; overridden:
    another claim overrides it, or it no longer applies to the cell; used up: at most 0 can be left."""
    events: tuple[str, ...]
    """The ids of the events by which, in `events` of the step."""


class AmountAt(Answer, frozen=True, kw_only=True):
    """A range of a quantity at one end of a step, as `quantities` gives it for the company and the chip."""

    gate: str | None
    """Of what was licensed or approved: at which gate; null: ordered or shipped."""
    companies: str
    """For whom, in words."""
    together_with: tuple[str, ...]
    """The ids of other chips that are counted in the same range."""
    min: int | None
    """At the least, in `unit`; null: open."""
    max: int | None
    """At the most, in `unit`; null: open."""
    unit: str
    """`chips`, or a currency (ISO 4217)."""
    per: Literal["company"] | None
    """company: each company has so many; null: all of them together."""
    certain: bool
    """Whether every figure counts certainly."""
    events: tuple[str, ...]
    """The ids of the events whose figures are summed."""


class AmountChange(Answer, frozen=True, kw_only=True):
    """How much was ordered, licensed, approved or shipped, where it is not the same after a step as before it."""

    kind: Literal["ordered", "licensed", "approved", "shipped"]
    """What happened to so many."""
    from_amount: AmountAt | None
    """Before the step; null: nothing was counted."""
    to_amount: AmountAt | None
    """After it; null: it is no longer counted."""
    replaced: tuple[str, ...]
    """The ids of the events whose figures a total replaces now, and did not before."""
    events: tuple[str, ...]
    """The ids of the events by which, in `events` of the step."""


class ReportOfChange(Answer, frozen=True, kw_only=True):
    """A report, and the events of a step that it brought."""

    publisher: str | None
    """Who published it; null: these events have no report."""
    published: str | None
    """When it was published; null: these events have no report."""
    cites: str | None
    """The first source that it repeats; null: none."""
    events: tuple[str, ...]
    """The ids of the events, in `events` of the step."""


class CellStep(Answer, frozen=True, kw_only=True):
    """A step at which the answer for a cell differs, as of `diff --json`; its statuses may stay the same."""

    from_: Summary = field(name="from")
    to: Summary
    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    recorded: str | None
    """As this ledger stood at this instant; null: everything recorded counts."""
    to_at: date
    """The day of the other point."""
    to_known: str | None
    """As publicly known then, at the other point; null: everything published counts."""
    to_recorded: str | None
    """As this ledger stood then, at the other point; null: everything recorded counts."""
    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    changed: Literal["world", "knowledge", "ledger"]
    """What changed: the world as then known, our knowledge of one day, or what this ledger had recorded of it."""
    from_possible: tuple[Status, ...]
    """All statuses that were possible before the step."""
    to_possible: tuple[Status, ...]
    """All that are possible after it."""
    events: tuple[EventOfChange, ...]
    """The events that make the difference."""
    status_events: tuple[str, ...] | None = None
    """The ids of the events by which its statuses differ, in `events`; absent: with `--only status`."""
    conditions: tuple[ConditionChange, ...] | None = None
    """The conditions that bind otherwise; absent: `--only` leaves them out."""
    licences: tuple[LicenceChange, ...] | None = None
    """The licences and approvals that begin or cease to stand; absent: `--only` leaves them out."""
    amounts: tuple[AmountChange, ...] | None = None
    """The quantities that differ; absent: `--only` leaves them out."""
    left: tuple[LeftChange, ...] | None = None
    """What is left of approvals, where it differs; absent: `--only` leaves it out, with the amounts."""
    reports: tuple[ReportOfChange, ...] | None = None
    """The events by the reports that brought them; absent: with `--only status`."""


# [[[end]]]
