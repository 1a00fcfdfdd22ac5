"""What ``digest`` and ``brief`` answer, in sentences."""

from typing import Literal, TypedDict

from policytracker.questions.answers import Dates, Day, Possible
from policytracker.questions.overview_answers import EventInWords

DigestKind = Literal[
    "answers",
    "learned",
    "restrictions",
    "licences",
    "conditions",
    "ends",
    "amounts",
    "signals",
    "disputes",
    "reports",
    "developments",
    "scheduled",
    "stale",
]
"""What a part of a digest tells."""

BriefKind = Literal[
    "decides", "condition", "ordered", "licensed", "approved", "delivered", "left", "signal", "disputed", "next"
]
"""What a line of a brief tells."""


class SourcedSentence(TypedDict):
    """A sentence, and the events on which it rests."""

    sentence: str
    """What is told, in words."""
    event: EventInWords | None
    """The event that the sentence tells, with who says so; null: it compares two points, or tells what holds."""
    by: list[EventInWords]
    """The events by which it is so, each with who says so; empty where the sentence is that of `event`."""


class DigestEntry(SourcedSentence):
    """One thing that is new."""

    companies: list[str]
    """The ids of the companies for which it changes; empty where an event itself says whom it is about."""
    chips: list[str]
    """The ids of the chips for which it changes; empty where an event itself says what it is about."""


class DigestPart(TypedDict):
    """What is new of one kind."""

    kind: DigestKind
    """What it tells."""
    title: str
    """The same in words."""
    entries: list[DigestEntry]
    """At least one."""


class Digest(Dates):
    """What is new between two points, as of `digest --json`."""

    since: Day | None
    """It begins after the end of this day; null: it tells what was recorded after a position."""
    position: int | None
    """It tells what was recorded after this position of the ledger; null: it begins after a day."""
    companies: list[str]
    """Only what concerns these companies, by their ids; empty: all."""
    chips: list[str]
    """Only what concerns these chips, by their ids; empty: all."""
    stale_days: int
    """The last word of a side is stale when it is older than so many days."""
    stale_before: int
    """Of so many sides, each a gate of one company and chip, the last word was as old at the beginning already."""
    nothing_new: bool
    """Whether nothing was reported or recorded that is new. Days to come and stale words may be told all the same."""
    parts: list[DigestPart]
    """What is new, kind by kind; a kind of which nothing is told is left out."""


class BriefLine(SourcedSentence):
    """One thing that holds, or is said, for a company and a chip."""

    kind: BriefKind
    """What it tells."""


class BriefParagraph(TypedDict):
    """One gate of a cell, or what no gate has: orders, deliveries, and what comes next."""

    gate: str | None
    """A jurisdiction and a direction, such as CN/import; null: orders, deliveries and what comes next."""
    title: str
    """The same in words."""
    sentence: str | None
    """The verdict, and how old the last word is; null: this is no gate."""
    verdict: str | None
    """What the gate comes to, in words; null: this is no gate."""
    possible: Possible | None
    """All statuses of the gate that are possible; null: this is no gate."""
    last_word: Day | None
    """The last day on which a report on the cell was published at this gate; null: there is none, or it is no gate."""
    last_word_days: int | None
    """So many days before the day asked for that was; negative: after it; null: there is none."""
    is_stale: bool
    """Whether that is longer ago than `stale_days`."""
    lines: list[BriefLine]
    """What decides, then conditions, amounts and what is left, signals, disputes."""


class Brief(Dates):
    """All that matters of one company and chip, as of `brief --json`."""

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
    possible: Possible
    """All statuses that are possible."""
    stale_days: int
    """The last word at a gate is stale when it is older than so many days."""
    paragraphs: list[BriefParagraph]
    """One for each gate, export gates first; then one for what no gate has."""
