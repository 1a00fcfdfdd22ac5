"""What the overview of a chip answers: who may import it, on whose word, what is new, what comes next."""

from typing import TypedDict

from policytracker.questions.answers import Dates, Day, Moment, Possible
from policytracker.questions.claim_answers import NamedEvent


class EventInWords(NamedEvent):
    """An event in a sentence."""

    type: str
    """Its type, such as batch-approved."""
    published: Moment | None
    """When the first of its reports was published; null: it has none."""
    sentence: str
    """What it says, in words, and who says so."""
    says: str
    """The same in the terms of the ledger, with ids and selectors."""
    doubt: str | None
    """Why it counts less than certainly (semantics.md §3); null: it counts certainly."""


class ClaimInWords(EventInWords):
    """A claim that decides at a gate in at least one possible world."""

    certainty: str
    """How sure it is: the kind of its best word, and from how many sources it comes."""


class GateInWords(TypedDict):
    """What one gate comes to, for one company and chip."""

    gate: str
    """A jurisdiction and a direction, such as CN/import."""
    name: str
    """The same in words."""
    verdict: str
    """What the gate comes to, in words."""
    possible: Possible
    """All statuses of the gate that are possible."""
    last_word: Day | None
    """The last day on which a report on the cell was published at this gate, of those known; null: there is none."""


class SideInWords(GateInWords):
    """What one gate says, for one company."""

    claims: list[ClaimInWords]
    """The claims that decide there."""
    left: list[str]
    """What is left of approvals with a quantity that stand there, in words (semantics.md §8)."""


class VerdictGroup(TypedDict):
    """Companies with the same possible statuses."""

    verdict: str
    """The verdict, in words."""
    possible: Possible
    companies: list[str]
    """Their ids."""


class ChipInWords(TypedDict):
    """A chip and who may import it, in a sentence."""

    chip: str
    """Its id."""
    sentence: str


class ScheduledChange(TypedDict):
    """A change on a day to come, as far as is known."""

    day: Day
    sentence: str
    events: list[NamedEvent]
    """The events that make it."""


class Overview(Dates):
    """A chip at a glance."""

    chip: str | None
    """The id of the chip; null: none is registered."""
    jurisdiction: str | None
    """The companies of this jurisdiction are told of."""
    sentence: str
    """Who may import it."""
    groups: list[VerdictGroup]
    """The companies by their possible statuses, the highest first."""
    example: str | None
    """The id of a company of the first group, whose gates are told."""
    sides: list[SideInWords]
    """The gates of that company."""
    latest: list[EventInWords]
    """The newest events known by then, on any chip."""
    others: list[ChipInWords]
    """Other chips that are in the news."""
    next: list[ScheduledChange]
    """What is to change on days to come."""
    newest_report: Day | None
    """The day of the newest report in the ledger, as recorded then; null: there is none."""
