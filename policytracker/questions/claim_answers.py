"""Claims and events, each with its sources: the objects of which ``why`` is made."""

from typing import Literal, NotRequired, TypedDict

from policytracker.questions.answers import Moment
from policytracker.status.words import Status

Counts = Literal["certainly", "possibly", "not at all"]
"""How an event counts (semantics.md §3)."""


class ReportAnswer(TypedDict):
    """A report in the interchange format, as it stood at the moment asked for, and on whose word it is."""

    publisher: str
    """Who published it."""
    published: Moment
    """When it was published."""
    title: NotRequired[str]
    """The headline as printed."""
    summary: NotRequired[str]
    """What it says, in the words of the recorder."""
    quote: NotRequired[str]
    """A passage, word for word."""
    url: NotRequired[str]
    """Its address."""
    archived: NotRequired[str]
    """The address of a saved copy."""
    cites: NotRequired[str]
    """The first source that it repeats."""
    attribution: NotRequired[Literal["official", "on-record", "anonymous", "unattributed"]]
    """On whose word it is, as the recorder has marked it."""
    sources: NotRequired[int]
    """On how many people it rests."""
    grade: NotRequired[str]
    """The Admiralty code, A1 (best) to F6, where somebody gave one."""
    language: NotRequired[str]
    """Its language, such as en or zh."""
    word: str
    """On whose word it is, in words."""


class SourceReport(ReportAnswer):
    """A report, and the event that brought it."""

    event: str
    """The id of the event: the one in question, or one that corroborates it."""


class NamedEvent(TypedDict):
    """How an event is called."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""


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
    """Its type, such as corrected."""
    counts: Counts
    """How it counts (semantics.md §3)."""
    says: str
    """What it says, in a few words; of a correction the old and the new values."""
    word: str
    """On whose word, in words."""
    note: str | None
    """What its recorder adds; null: nothing."""
    sources: list[SourceReport]
    """Empty for an event without a report: the ledger's own bookkeeping."""


class HeardEvent(EventAccount):
    """A known event about a claim that does nothing to it, and why."""

    reasons: list[ReasonAnswer]
    """Why it does nothing."""


class TwoValues(TypedDict):
    """A field of a claim for which a report that corroborates it gives another value (semantics.md §8)."""

    field: str
    """The name of the field."""
    own: str
    """The value that counts, in words."""
    own_sources: list[ReportAnswer]
    """The reports that give it."""
    other: str
    """The other value, in words."""
    event: str
    """The id of the event that gives the other value."""
    other_sources: list[ReportAnswer]
    """The reports that give it."""


class ClaimAccount(NamedEvent):
    """A claim as corrected."""

    type: str
    """Its type, such as batch-approved."""
    authority: str
    """The id of the authority."""
    counts: Counts
    """How it counts (semantics.md §3)."""
    says: str
    """What it says, in a few words."""
    scope: str
    """To which companies and chips it applies, in words."""
    start: str
    """The day on which it begins, or the days between which it does, in words."""
    until: str | None
    """Its own end in the same words: the first day without it (semantics.md §5); null: it gives none."""
    status: Status
    """Its own status on the day asked for (semantics.md §6); of an imposed condition, the status at which it caps."""
    word: str
    """On whose word, in words."""
    note: str | None
    """What its recorder adds; null: nothing."""
    sources: list[SourceReport]
    """Its known reports, and those of the events that corroborate it."""
    two_values: list[TwoValues]
    """The fields for which reports give different values."""
    events: list[EventAccount]
    """Those about it that do something to it, but for corroborations, which are among its sources."""
    heard: list[HeardEvent]
    """Those about it that are known and do nothing to it."""


class Condition(TypedDict):
    """A condition that binds."""

    key: str
    wording: str
