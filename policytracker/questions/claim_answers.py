"""What questions about claims answer, each with its sources: the objects that ``why`` and ``diff`` print."""

from typing import Literal, NotRequired, TypedDict

from policytracker.questions.answers import Dates, Day, Moment, Possible, PossibleStatuses
from policytracker.status.words import Status, Summary


class GradedReport(TypedDict):
    """A report in the interchange format, with the grade that counts."""

    publisher: str
    published: Moment
    title: NotRequired[str]
    url: NotRequired[str]
    cites: NotRequired[str]
    """Whom it repeats."""
    attribution: NotRequired[Literal["official", "on-record", "anonymous", "unattributed"]]
    """On whose word."""
    sources: NotRequired[int]
    """On how many people it rests."""
    grade: str
    """The Admiralty code, A1 (best) to F6: its own, else that of its attribution (semantics.md §3)."""
    language: NotRequired[str]
    archived: NotRequired[str]
    """The address of a saved copy."""


class SourceReport(GradedReport):
    """A report, and the event that brought it."""

    event: str
    """The id of the event: the one told, or one that corroborates it."""


class NamedEvent(TypedDict):
    """How an event is called."""

    id: str
    ref: str | None
    """The short name by which its author calls it."""


class EventAccount(NamedEvent):
    """An event about a claim."""

    type: str
    certain: bool
    """Whether it is certain (semantics.md §3)."""
    says: str
    """What it says, in a few words."""
    sources: list[SourceReport]
    """Empty for an event without a report: the ledger's own bookkeeping."""


class ClaimAccount(NamedEvent):
    """A claim as corrected."""

    type: str
    authority: str
    """The id of the authority."""
    says: str
    """What it says, in a few words."""
    scope: str
    """To which companies and chips it applies, in words."""
    start: str
    """The day on which it begins, or the days between which it does, in words."""
    status: Status
    """Its own status on the day asked for (semantics.md §6)."""
    sources: list[SourceReport]
    events: list[EventAccount]
    """Those about it that do something to it."""


class AboutClaim(TypedDict):
    """Something about a claim."""

    claim: str
    """The id of the claim."""


class StruckClaim(AboutClaim):
    """A claim that another overrides (semantics.md §6)."""

    by: str
    """The id of the claim that overrides it."""
    rule: str
    """The rule by which it does, in words."""
    certain: bool
    """Whether it is overridden in every possible world in which it holds; else only where `by` holds."""


class LeftClaim(AboutClaim):
    """A claim that no other overrides in some possible world, and that decides nothing."""

    reason: str


class ReasonTold(TypedDict):
    """Why a claim does not apply, or holds only possibly."""

    reason: str
    """What kind of reason it is, in one word for programs: `lifted`, `grade`, `cohort` and others."""
    text: str
    """The reason for people."""
    events: list[str]
    """The ids of the events that make it so."""


class ClaimNotApplying(AboutClaim, ReasonTold):
    """A known claim at the gate that does not hold for the cell, and why."""


class PossibleClaim(AboutClaim):
    """A claim that holds only possibly (semantics.md §5)."""

    reasons: list[ReasonTold]


class SettlingClaim(AboutClaim):
    """A claim that would settle an uncertain cell, with the statuses that each outcome would leave it."""

    if_holds: Possible
    if_not: Possible


class Condition(TypedDict):
    """A condition that binds."""

    key: str
    wording: str


class ConditionOfClaim(AboutClaim, Condition):
    """A condition that binds, and whose it is."""


class CellFacts(Dates):
    """The cell of which a gate is explained."""

    company: str
    """The id of the company."""
    company_name: str
    chip: str
    """The id of the chip."""
    chip_name: str
    cell_status: Summary
    """The status of the cell: `uncertain` if several are possible, `unknown` if all are."""
    cell_possible: Possible
    held_by: list[str]
    """The gates at which the lowest status of the cell is possible."""


class GateFacts(PossibleStatuses):
    """What the claims at a gate do."""

    gate: str
    """A jurisdiction and a direction, such as CN/import."""
    standing: list[str]
    """The ids of the claims that decide in at least one possible world (semantics.md §6, §7)."""
    struck: list[StruckClaim]
    left: list[LeftClaim]
    possible_only: list[PossibleClaim]
    not_applying: list[ClaimNotApplying]
    would_settle: list[SettlingClaim]
    """Of a cell whose status is certain: empty."""
    conditions: list[ConditionOfClaim]
    """Those that bind on a claim that stands."""
    claims: list[ClaimAccount]
    """Every claim that is named by its id above."""


class GateExplanation(CellFacts, GateFacts):
    """One gate of a cell: what each claim does there, as of `why --json`."""


class RoleLine(TypedDict):
    """One claim at a gate, as of `why --csv`."""

    company: str
    chip: str
    gate: str
    role: str
    """What it does: it stands, may stand, is left or struck; or why it does not apply."""
    claim: str
    """What to call it: its ref, else the beginning of its id."""
    says: str
    start: str
    status: Status
    scope: str
    why: list[str]
    sources: list[str]
    events: list[str]
    id: str


class EventOfChange(NamedEvent):
    """An event that makes a difference."""

    type: str
    claim: str
    """The id of the claim by which it does."""
    change: str
    """What became of that claim, in words."""
    sources: list[SourceReport]


class Way(Dates):
    """From where to where."""

    to_at: Day
    to_known: Moment | None
    """null: everything published counts."""


_Turned = TypedDict("_Turned", {"from": Summary, "to": Summary})
"""``from`` is a word of Python, so that no class can have it as a field."""


class CellStep(_Turned, Way):
    """A step at which the possible statuses of a cell change, as of `diff --json`."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    changed: Literal["world", "knowledge"]
    """What changed: the world as then known, or our knowledge of one day."""
    from_possible: Possible
    to_possible: Possible
    events: list[EventOfChange]
    """The events that make the difference."""
