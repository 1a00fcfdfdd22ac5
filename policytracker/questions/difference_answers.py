"""What ``diff`` answers: a step at which a cell's answer differs, what differs, and by which events."""

from typing import Annotated, Literal, NotRequired, TypedDict

from policytracker.questions.answers import Dates, Day, LeftOfApproval, Moment, Possible
from policytracker.questions.claim_answers import NamedEvent, SourceReport
from policytracker.status.words import Summary


class EventOfChange(NamedEvent):
    """An event that makes a difference."""

    type: str
    """Its type, such as batch-approved."""
    claim: str | None
    """The id of the claim, order or delivery by which it does; null: a registration, which does by itself."""
    change: str
    """What became of that claim, or what is registered, in words."""
    sources: list[SourceReport]
    """Its reports; empty for an event without one."""


class Way(Dates):
    """From where to where."""

    recorded: str | None
    """As this ledger stood at this instant; null: everything recorded counts."""
    to_at: Day
    """The day of the other point."""
    to_known: Moment | None
    """As publicly known then, at the other point; null: everything published counts."""
    to_recorded: str | None
    """As this ledger stood then, at the other point; null: everything recorded counts."""


_Turned = TypedDict(
    "_Turned",
    {
        "from": Annotated[Summary, ("description", "The status before the step.")],
        "to": Annotated[Summary, ("description", "The status after it.")],
    },
)
"""``from`` is a word of Python, so that no class can have it as a field."""


class ConditionChange(TypedDict):
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
    events: list[str]
    """The ids of the events by which, in `events` of the step."""


class LeftChange(TypedDict):
    """What is left of an approval, where it is not the same after a step as before it (semantics.md §8)."""

    claim: str
    """The id of the approval."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    from_left: LeftOfApproval | None
    """Before the step; null: the approval did not stand."""
    to_left: LeftOfApproval | None
    """After it; null: the approval no longer stands."""
    events: list[str]
    """The ids of the events by which, in `events` of the step."""


Became = Literal[
    "granted",
    "resumed",
    "stands",
    "lifted",
    "suspended",
    "ended",
    "retracted",
    "not counted",
    "not yet",
    "overridden",
    "used up",
    "not used up",
]
"""What became of a licence."""


class LicenceNamed(NamedEvent):
    """A licence or an approval."""

    type: str
    """Its type, such as licence-granted."""


class LicenceChange(LicenceNamed):
    """A licence or an approval that begins or ceases to stand for the cell, or is used up (semantics.md §6, §8)."""

    gate: str
    """At which gate, such as US/export."""
    change: Became
    """What became of it. stands: no other claim overrides it any more, or it now applies to the cell; ended: its
    `until` has come; not counted: it is on too weak a word; not yet: it has not begun, or is not known; overridden:
    another claim overrides it, or it no longer applies to the cell; used up: at most 0 can be left."""
    events: list[str]
    """The ids of the events by which, in `events` of the step."""


class AmountAt(TypedDict):
    """A range of a quantity at one end of a step, as `quantities` gives it for the company and the chip."""

    gate: str | None
    """Of what was licensed or approved: at which gate; null: ordered or shipped."""
    companies: str
    """For whom, in words."""
    together_with: list[str]
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
    events: list[str]
    """The ids of the events whose figures are summed."""


class AmountChange(TypedDict):
    """How much was ordered, licensed, approved or shipped, where it is not the same after a step as before it."""

    kind: Literal["ordered", "licensed", "approved", "shipped"]
    """What happened to so many."""
    from_amount: AmountAt | None
    """Before the step; null: nothing was counted."""
    to_amount: AmountAt | None
    """After it; null: it is no longer counted."""
    replaced: list[str]
    """The ids of the events whose figures a total replaces now, and did not before."""
    events: list[str]
    """The ids of the events by which, in `events` of the step."""


class ReportOfChange(TypedDict):
    """A report, and the events of a step that it brought."""

    publisher: str | None
    """Who published it; null: these events have no report."""
    published: Moment | None
    """When it was published; null: these events have no report."""
    cites: str | None
    """The first source that it repeats; null: none."""
    events: list[str]
    """The ids of the events, in `events` of the step."""


class StatusStep(_Turned, Way):
    """A step at which the possible statuses of a cell change."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    changed: Literal["world", "knowledge", "ledger"]
    """What changed: the world as then known, our knowledge of one day, or what this ledger had recorded of it."""
    from_possible: Possible
    """All statuses that were possible before the step."""
    to_possible: Possible
    """All that are possible after it."""
    events: list[EventOfChange]
    """The events that make the difference."""


class CellStep(StatusStep):
    """A step at which the answer for a cell differs, as of `diff --json`; its statuses may stay the same."""

    status_events: NotRequired[list[str]]
    """The ids of the events by which its statuses differ, in `events`; absent: with `--only status`."""
    conditions: NotRequired[list[ConditionChange]]
    """The conditions that bind otherwise; absent: `--only` leaves them out."""
    licences: NotRequired[list[LicenceChange]]
    """The licences and approvals that begin or cease to stand; absent: `--only` leaves them out."""
    amounts: NotRequired[list[AmountChange]]
    """The quantities that differ; absent: `--only` leaves them out."""
    left: NotRequired[list[LeftChange]]
    """What is left of approvals, where it differs; absent: `--only` leaves it out, with the amounts."""
    reports: NotRequired[list[ReportOfChange]]
    """The events by the reports that brought them; absent: with `--only status`."""
