"""What the news between two points answer: what happened, what it changes, and what was learned of the time before."""

from typing import Literal, TypedDict

from policytracker.questions.answers import Day, Moment, Possible
from policytracker.questions.overview_answers import EventInWords

Happening = Literal["restrictions", "permissions", "conditions", "ends", "reports", "trade", "around"]
"""What kind of thing happened."""

Attribution = Literal["official", "on-record", "anonymous", "unattributed"]


class NewsItem(EventInWords):
    """An event that was published, or recorded, in the time that is asked about."""

    attribution: Attribution | None
    """How its best report is attributed; null: it has none."""


class NewsSection(TypedDict):
    """Events of one kind."""

    happened: Happening
    title: str
    """The same in words."""
    items: list[NewsItem]
    """Official ones first, then those on the record, then the others; of each the newest first."""


class ChangeInWords(TypedDict):
    """A change that several cells share."""

    sentence: str
    from_possible: Possible
    to_possible: Possible
    cells: int
    """How many cells change so."""
    company: str
    """The id of the company of the first of them."""
    chip: str
    """The id of the chip of the first of them."""
    companies: list[str]
    """The ids of the companies of all of them."""
    chips: list[str]
    """The ids of the chips of all of them."""
    by_one: bool
    """Whether very many cells change, so that the events are told of the first of them alone."""
    events: list[EventInWords]
    """The events that make the difference."""


class News(TypedDict):
    """What is new between two points."""

    since: Day | None
    """The news begin after the end of this day; null: they are those recorded after a position."""
    position: int | None
    """The news are what was recorded after this position of the ledger; null: they begin after a day."""
    at: Day
    """They end on this day."""
    known: Moment | None
    """As publicly known then; null: everything published counts."""
    sections: list[NewsSection]
    """What happened, kind by kind."""
    changed: list[ChangeInWords]
    """How answers differ between the two days, as known at the end; after a position, between what was recorded by then
    and what is recorded now."""
    learned: list[ChangeInWords]
    """How reports published meanwhile change the answers for the first day."""
