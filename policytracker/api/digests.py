"""What ``digest`` and ``brief`` tell, in sentences.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from datetime import date

from policytracker.api.answer import Answer
from policytracker.questions.digest_answers import BriefKind, DigestKind
from policytracker.status.words import Status

# [[[cog
# from docs.structs import structs
# structs("overview_answers")
# ]]]


class EventInWords(Answer, frozen=True, kw_only=True):
    """An event in a sentence."""

    id: str
    """Its id."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """Its type, such as batch-approved."""
    published: str | None
    """When the first of its reports was published; null: it has none."""
    sentence: str
    """What it says, in words, and who says so."""
    says: str
    """The same in the terms of the ledger, with ids and selectors."""
    doubt: str | None
    """Why it counts less than certainly (semantics.md §3); null: it counts certainly."""


# [[[end]]]
# [[[cog
# structs("digest_answers")
# ]]]


class DigestEntry(Answer, frozen=True, kw_only=True):
    """One thing that is new."""

    sentence: str
    """What is told, in words."""
    event: EventInWords | None
    """The event that the sentence tells, with who says so; null: it compares two points, or tells what holds."""
    by: tuple[EventInWords, ...]
    """The events by which it is so, each with who says so; empty where the sentence is that of `event`."""
    companies: tuple[str, ...]
    """The ids of the companies for which it changes; empty where an event itself says whom it is about."""
    chips: tuple[str, ...]
    """The ids of the chips for which it changes; empty where an event itself says what it is about."""


class DigestPart(Answer, frozen=True, kw_only=True):
    """What is new of one kind."""

    kind: DigestKind
    """What it tells."""
    title: str
    """The same in words."""
    entries: tuple[DigestEntry, ...]
    """At least one."""


class Digest(Answer, frozen=True, kw_only=True):
    """What is new between two points, as of `digest --json`."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    since: date | None
    """It begins after the end of this day; null: it tells what was recorded after a position."""
    position: int | None
    """It tells what was recorded after this position of the ledger; null: it begins after a day."""
    companies: tuple[str, ...]
    """Only what concerns these companies, by their ids; empty: all."""
    chips: tuple[str, ...]
    """Only what concerns these chips, by their ids; empty: all."""
    stale_days: int
    """The last word of a side is stale when it is older than so many days."""
    stale_before: int
    """Of so many sides, each a gate of one company and chip, the last word was as old at the beginning already."""
    nothing_new: bool
    """Whether nothing was reported or recorded that is new. Days to come and stale words may be told all the same."""
    parts: tuple[DigestPart, ...]
    """What is new, kind by kind; a kind of which nothing is told is left out."""


class BriefLine(Answer, frozen=True, kw_only=True):
    """One thing that holds, or is said, for a company and a chip."""

    sentence: str
    """What is told, in words."""
    event: EventInWords | None
    """The event that the sentence tells, with who says so; null: it compares two points, or tells what holds."""
    by: tuple[EventInWords, ...]
    """The events by which it is so, each with who says so; empty where the sentence is that of `event`."""
    kind: BriefKind
    """What it tells."""


class BriefParagraph(Answer, frozen=True, kw_only=True):
    """One gate of a cell, or what no gate has: orders, deliveries, and what comes next."""

    gate: str | None
    """A jurisdiction and a direction, such as CN/import; null: orders, deliveries and what comes next."""
    title: str
    """The same in words."""
    sentence: str | None
    """The verdict, and how old the last word is; null: this is no gate."""
    verdict: str | None
    """What the gate comes to, in words; null: this is no gate."""
    possible: tuple[Status, ...] | None
    """All statuses of the gate that are possible; null: this is no gate."""
    last_word: date | None
    """The last day on which a report on the cell was published at this gate; null: there is none, or it is no gate."""
    last_word_days: int | None
    """So many days before the day asked for that was; negative: after it; null: there is none."""
    is_stale: bool
    """Whether that is longer ago than `stale_days`."""
    lines: tuple[BriefLine, ...]
    """What decides, then conditions, amounts and what is left, signals, disputes."""


class Brief(Answer, frozen=True, kw_only=True):
    """All that matters of one company and chip, as of `brief --json`."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    company_name: str
    """The name of the company."""
    chip_name: str
    """The name of the chip."""
    sentence: str
    """The answer, in words."""
    possible: tuple[Status, ...]
    """All statuses that are possible."""
    stale_days: int
    """The last word at a gate is stale when it is older than so many days."""
    paragraphs: tuple[BriefParagraph, ...]
    """One for each gate, export gates first; then one for what no gate has."""


# [[[end]]]
