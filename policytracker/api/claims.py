"""Claims and events, each with its sources: of which ``why`` is made.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from typing import Literal

from policytracker.api.answer import Answer
from policytracker.status.words import Status

# [[[cog
# from docs.structs import structs
# structs("claim_answers")
# ]]]


class ReportAnswer(Answer, frozen=True, kw_only=True):
    """A report in the interchange format, as it stood at the moment asked for, and on whose word it is."""

    publisher: str
    """Who published it."""
    published: str
    """When it was published."""
    title: str | None = None
    """The headline as printed."""
    summary: str | None = None
    """What it says, in the words of the recorder."""
    quote: str | None = None
    """A passage, word for word."""
    url: str | None = None
    """Its address."""
    archived: str | None = None
    """The address of a saved copy."""
    cites: str | None = None
    """The first source that it repeats."""
    attribution: Literal["official", "on-record", "anonymous", "unattributed"] | None = None
    """On whose word it is, as the recorder has marked it."""
    sources: int | None = None
    """On how many people it rests."""
    grade: str | None = None
    """The Admiralty code, A1 (best) to F6, where somebody gave one."""
    language: str | None = None
    """Its language, such as en or zh."""
    word: str
    """On whose word it is, in words."""


class SourceReport(Answer, frozen=True, kw_only=True):
    """A report, and the event that brought it."""

    publisher: str
    """Who published it."""
    published: str
    """When it was published."""
    title: str | None = None
    """The headline as printed."""
    summary: str | None = None
    """What it says, in the words of the recorder."""
    quote: str | None = None
    """A passage, word for word."""
    url: str | None = None
    """Its address."""
    archived: str | None = None
    """The address of a saved copy."""
    cites: str | None = None
    """The first source that it repeats."""
    attribution: Literal["official", "on-record", "anonymous", "unattributed"] | None = None
    """On whose word it is, as the recorder has marked it."""
    sources: int | None = None
    """On how many people it rests."""
    grade: str | None = None
    """The Admiralty code, A1 (best) to F6, where somebody gave one."""
    language: str | None = None
    """Its language, such as en or zh."""
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
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as corrected."""
    counts: Literal["certainly", "possibly", "not at all"]
    """How it counts (semantics.md §3)."""
    says: str
    """What it says, in a few words; of a correction the old and the new values."""
    word: str
    """On whose word, in words."""
    note: str | None
    """What its recorder adds; null: nothing."""
    sources: tuple[SourceReport, ...]
    """Empty for an event without a report: the ledger's own bookkeeping."""


class HeardEvent(Answer, frozen=True, kw_only=True):
    """A known event about a claim that does nothing to it, and why."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as corrected."""
    counts: Literal["certainly", "possibly", "not at all"]
    """How it counts (semantics.md §3)."""
    says: str
    """What it says, in a few words; of a correction the old and the new values."""
    word: str
    """On whose word, in words."""
    note: str | None
    """What its recorder adds; null: nothing."""
    sources: tuple[SourceReport, ...]
    """Empty for an event without a report: the ledger's own bookkeeping."""
    reasons: tuple[ReasonAnswer, ...]
    """Why it does nothing."""


class TwoValues(Answer, frozen=True, kw_only=True):
    """A field of a claim for which a report that corroborates it gives another value (semantics.md §8)."""

    field: str
    """The name of the field."""
    own: str
    """The value that counts, in words."""
    own_sources: tuple[ReportAnswer, ...]
    """The reports that give it."""
    other: str
    """The other value, in words."""
    event: str
    """The id of the event that gives the other value."""
    other_sources: tuple[ReportAnswer, ...]
    """The reports that give it."""


class ClaimAccount(Answer, frozen=True, kw_only=True):
    """A claim as corrected."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as batch-approved."""
    authority: str
    """The id of the authority."""
    counts: Literal["certainly", "possibly", "not at all"]
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
    sources: tuple[SourceReport, ...]
    """Its known reports, and those of the events that corroborate it."""
    two_values: tuple[TwoValues, ...]
    """The fields for which reports give different values."""
    events: tuple[EventAccount, ...]
    """Those about it that do something to it, but for corroborations, which are among its sources."""
    heard: tuple[HeardEvent, ...]
    """Those about it that are known and do nothing to it."""


# [[[end]]]
