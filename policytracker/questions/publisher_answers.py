"""What questions about publishers answer: the objects that the pages of sources give."""

from typing import TypedDict

from policytracker.questions.answers import Moment
from policytracker.questions.claim_answers import Counts, NamedEvent, ReportAnswer


class PublisherAnswer(TypedDict):
    """A publisher, or an origin that one cites."""

    publisher: str
    reports: int
    """How many it published."""
    cited: int
    """How many reports of others cite it."""
    words: dict[str, int]
    """On whose word its own reports are, and how many are so: an attribution, or an Admiralty code that was given."""
    first: Moment
    """When the first of all these was published."""
    last: Moment
    """When the last of all these was published."""


class PublisherCount(TypedDict):
    """Another publisher, and how many reports lead to it."""

    publisher: str
    reports: int


class EventOfPublisher(NamedEvent):
    """An event that a report of a publisher brought."""

    type: str
    says: str
    """The event in one line."""
    counts: Counts
    """How it counts (semantics.md §3)."""
    retracted: bool
    report: ReportAnswer


class PublisherDetail(PublisherAnswer):
    """A publisher or origin, whom it cites, who cites it, and the events that it brought."""

    cites: list[PublisherCount]
    cited_by: list[PublisherCount]
    events: list[EventOfPublisher]
    """The newest first."""
