"""Claims and events, each with its sources: the objects that ``diff`` prints, and of which ``why`` is made."""

from typing import Literal, NotRequired, TypedDict

from policytracker.questions.answers import Dates, Day, Moment, Possible
from policytracker.status.words import Status, Summary

Counts = Literal["certainly", "possibly", "not at all"]
"""How an event counts (semantics.md §3)."""


class ReportAnswer(TypedDict):
    """A report in the interchange format, as it stood at the moment asked for, and on whose word it is."""

    publisher: str
    published: Moment
    title: NotRequired[str]
    """The headline as printed."""
    summary: NotRequired[str]
    """What it says, in the words of the recorder."""
    quote: NotRequired[str]
    """A passage, word for word."""
    url: NotRequired[str]
    archived: NotRequired[str]
    """The address of a saved copy."""
    cites: NotRequired[str]
    """The first source that it repeats."""
    attribution: NotRequired[Literal["official", "on-record", "anonymous", "unattributed"]]
    sources: NotRequired[int]
    """On how many people it rests."""
    grade: NotRequired[str]
    """The Admiralty code, A1 (best) to F6, where somebody gave one."""
    language: NotRequired[str]
    word: str
    """On whose word it is, in words."""


class SourceReport(ReportAnswer):
    """A report, and the event that brought it."""

    event: str
    """The id of the event: the one in question, or one that corroborates it."""


class NamedEvent(TypedDict):
    """How an event is called."""

    id: str
    ref: str | None
    """The short name by which its author calls it."""


class ReasonAnswer(TypedDict):
    """Why a claim does not apply, or holds only possibly, or why an event counts less than certainly."""

    reason: str
    """What kind of reason it is, in one word for programs: `lifted`, `word`, `cohort` and others."""
    text: str
    """The reason for people."""
    events: list[str]
    """The ids of the events that make it so."""


class EventAccount(NamedEvent):
    """An event about a claim, a signal or a development."""

    type: str
    counts: Counts
    says: str
    """What it says, in a few words; of a correction the old and the new values."""
    word: str
    """On whose word, in words."""
    note: str | None
    sources: list[SourceReport]
    """Empty for an event without a report: the ledger's own bookkeeping."""


class HeardEvent(EventAccount):
    """A known event about a claim that does nothing to it, and why."""

    reasons: list[ReasonAnswer]


class TwoValues(TypedDict):
    """A field of a claim for which a report that corroborates it gives another value (semantics.md §8)."""

    field: str
    own: str
    """The value that counts, in words."""
    own_sources: list[ReportAnswer]
    """The reports that give it."""
    other: str
    event: str
    """The id of the event that gives the other value."""
    other_sources: list[ReportAnswer]


class ClaimAccount(NamedEvent):
    """A claim as corrected."""

    type: str
    authority: str
    """The id of the authority."""
    counts: Counts
    says: str
    """What it says, in a few words."""
    scope: str
    """To which companies and chips it applies, in words."""
    start: str
    """The day on which it begins, or the days between which it does, in words."""
    until: str | None
    """Its own end in the same words: the first day without it (semantics.md §5); None: it gives none."""
    status: Status
    """Its own status on the day asked for (semantics.md §6); of an imposed condition, the status at which it caps."""
    word: str
    """On whose word, in words."""
    note: str | None
    sources: list[SourceReport]
    two_values: list[TwoValues]
    events: list[EventAccount]
    """Those about it that do something to it, but for corroborations, which are among its sources."""
    heard: list[HeardEvent]
    """Those about it that are known and do nothing to it."""


class Condition(TypedDict):
    """A condition that binds."""

    key: str
    wording: str


class EventOfChange(NamedEvent):
    """An event that makes a difference."""

    type: str
    claim: str | None
    """The id of the claim by which it does; null: a registration, which does by itself."""
    change: str
    """What became of that claim, or what is registered, in words."""
    sources: list[SourceReport]


class Way(Dates):
    """From where to where."""

    recorded: str | None
    """As this ledger stood at this instant; null: everything recorded counts."""
    to_at: Day
    to_known: Moment | None
    """null: everything published counts."""
    to_recorded: str | None
    """null: everything recorded counts."""


_Turned = TypedDict("_Turned", {"from": Summary, "to": Summary})
"""``from`` is a word of Python, so that no class can have it as a field."""


class CellStep(_Turned, Way):
    """A step at which the possible statuses of a cell change, as of `diff --json`."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    changed: Literal["world", "knowledge", "ledger"]
    """What changed: the world as then known, our knowledge of one day, or what this ledger had recorded of it."""
    from_possible: Possible
    to_possible: Possible
    events: list[EventOfChange]
    """The events that make the difference."""
