"""Claims and events, each with its sources: what ``diff`` tells, and of which ``why`` is made.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from datetime import date
from typing import Literal

from msgspec import field

from policytracker.api.answer import Answer
from policytracker.status.words import Status, Summary

# [[[cog
# from docs.structs import structs
# structs("claim_answers")
# ]]]


class ReportAnswer(Answer, frozen=True, kw_only=True):
    """A report in the interchange format, as it stood at the moment asked for, and on whose word it is."""

    publisher: str
    published: str
    title: str | None = None
    """The headline as printed."""
    summary: str | None = None
    """What it says, in the words of the recorder."""
    quote: str | None = None
    """A passage, word for word."""
    url: str | None = None
    archived: str | None = None
    """The address of a saved copy."""
    cites: str | None = None
    """The first source that it repeats."""
    attribution: Literal["official", "on-record", "anonymous", "unattributed"] | None = None
    sources: int | None = None
    """On how many people it rests."""
    grade: str | None = None
    """The Admiralty code, A1 (best) to F6, where somebody gave one."""
    language: str | None = None
    word: str
    """On whose word it is, in words."""


class SourceReport(Answer, frozen=True, kw_only=True):
    """A report, and the event that brought it."""

    publisher: str
    published: str
    title: str | None = None
    """The headline as printed."""
    summary: str | None = None
    """What it says, in the words of the recorder."""
    quote: str | None = None
    """A passage, word for word."""
    url: str | None = None
    archived: str | None = None
    """The address of a saved copy."""
    cites: str | None = None
    """The first source that it repeats."""
    attribution: Literal["official", "on-record", "anonymous", "unattributed"] | None = None
    sources: int | None = None
    """On how many people it rests."""
    grade: str | None = None
    """The Admiralty code, A1 (best) to F6, where somebody gave one."""
    language: str | None = None
    word: str
    """On whose word it is, in words."""
    event: str
    """The id of the event: the one in question, or one that corroborates it."""


class ReasonAnswer(Answer, frozen=True, kw_only=True):
    """Why a claim does not apply, or holds only possibly, or why an event counts less than certainly."""

    reason: str
    """What kind of reason it is, in one word for programs: `lifted`, `word`, `cohort` and others."""
    text: str
    """The reason for people."""
    events: tuple[str, ...]
    """The ids of the events that make it so."""


class EventAccount(Answer, frozen=True, kw_only=True):
    """An event about a claim, a signal or a development."""

    id: str
    ref: str | None
    """The short name by which its author calls it."""
    type: str
    counts: Literal["certainly", "possibly", "not at all"]
    says: str
    """What it says, in a few words; of a correction the old and the new values."""
    word: str
    """On whose word, in words."""
    note: str | None
    sources: tuple[SourceReport, ...]
    """Empty for an event without a report: the ledger's own bookkeeping."""


class HeardEvent(Answer, frozen=True, kw_only=True):
    """A known event about a claim that does nothing to it, and why."""

    id: str
    ref: str | None
    """The short name by which its author calls it."""
    type: str
    counts: Literal["certainly", "possibly", "not at all"]
    says: str
    """What it says, in a few words; of a correction the old and the new values."""
    word: str
    """On whose word, in words."""
    note: str | None
    sources: tuple[SourceReport, ...]
    """Empty for an event without a report: the ledger's own bookkeeping."""
    reasons: tuple[ReasonAnswer, ...]


class TwoValues(Answer, frozen=True, kw_only=True):
    """A field of a claim for which a report that corroborates it gives another value (semantics.md §8)."""

    field: str
    own: str
    """The value that counts, in words."""
    own_sources: tuple[ReportAnswer, ...]
    """The reports that give it."""
    other: str
    event: str
    """The id of the event that gives the other value."""
    other_sources: tuple[ReportAnswer, ...]


class ClaimAccount(Answer, frozen=True, kw_only=True):
    """A claim as corrected."""

    id: str
    ref: str | None
    """The short name by which its author calls it."""
    type: str
    authority: str
    """The id of the authority."""
    counts: Literal["certainly", "possibly", "not at all"]
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
    sources: tuple[SourceReport, ...]
    two_values: tuple[TwoValues, ...]
    events: tuple[EventAccount, ...]
    """Those about it that do something to it, but for corroborations, which are among its sources."""
    heard: tuple[HeardEvent, ...]
    """Those about it that are known and do nothing to it."""


class EventOfChange(Answer, frozen=True, kw_only=True):
    """An event that makes a difference."""

    id: str
    ref: str | None
    """The short name by which its author calls it."""
    type: str
    claim: str | None
    """The id of the claim by which it does; null: a registration, which does by itself."""
    change: str
    """What became of that claim, or what is registered, in words."""
    sources: tuple[SourceReport, ...]


class CellStep(Answer, frozen=True, kw_only=True):
    """A step at which the possible statuses of a cell change, as of `diff --json`."""

    from_: Summary = field(name="from")
    to: Summary
    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    recorded: str | None
    """As this ledger stood at this instant; null: everything recorded counts."""
    to_at: date
    to_known: str | None
    """null: everything published counts."""
    to_recorded: str | None
    """null: everything recorded counts."""
    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    changed: Literal["world", "knowledge", "ledger"]
    """What changed: the world as then known, our knowledge of one day, or what this ledger had recorded of it."""
    from_possible: tuple[Status, ...]
    to_possible: tuple[Status, ...]
    events: tuple[EventOfChange, ...]
    """The events that make the difference."""


# [[[end]]]
