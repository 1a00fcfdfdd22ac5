"""What questions about events, authorities, publishers and quantities answer: the objects that ``log``, ``show``,
``claims``, ``quantities`` and the pages give."""

from typing import Literal, NotRequired, TypedDict

from policytracker.questions.answers import Day, Moment
from policytracker.questions.claim_answers import Counts, NamedEvent, ReportAnswer, SourceReport
from policytracker.questions.quantity_answers import QuantityRange as QuantityRange
from policytracker.status.entries import Fields


class RecordedEvent(TypedDict):
    """An event in the interchange format, as `export` writes it."""

    id: str
    type: str
    ref: NotRequired[str]
    """The short name by which its author calls it."""
    recorded: NotRequired[str]
    """The instant at which it was recorded, in UTC; an event that is not recorded yet has none."""


class LedgerEvent(TypedDict):
    """An event in the interchange format and its place in the ledger, as of `log --json`."""

    id: str
    type: str
    ref: NotRequired[str]
    """The short name by which its author calls it."""
    recorded: str
    """The instant at which it was recorded, in UTC."""
    position: int
    """Its place in the ledger, from 1 on."""
    recorder: str
    """Who recorded it."""


class EventShown(LedgerEvent):
    """An event, and how it stands at the moment asked for, as of `show --json` (semantics.md §3)."""

    known: bool
    counts: Counts
    """How it counts: `not at all` also where it is not known or retracted."""
    retracted: bool
    word: str
    """On whose word it is, in words."""
    corrected: Fields
    """The fields that corrections have changed, as they are now; null for one that was removed."""
    changes: list[str]
    """Of a correction: what it changes, the old and the new value of each field. Of others: empty."""


class ClaimInForce(TypedDict):
    """A claim in the interchange format, as corrected, as of `claims --json`."""

    id: str
    type: str
    ref: NotRequired[str]
    """The short name by which its author calls it."""
    authority: str
    """The id of the authority."""
    recorded: str
    """The instant at which it was recorded, in UTC."""
    counts: Counts
    """How it counts (semantics.md §3)."""
    in_force: Literal["certainly", "possibly", "no"]
    """Whether it is in force on the day asked for (semantics.md §5)."""


class AuthorityAnswer(TypedDict):
    """The registration of an authority, how much it has said, and when it last did."""

    authority: str
    """Its id."""
    name: str
    jurisdiction: str
    direction: Literal["export", "import"]
    claims: int
    """How many claims of it are known."""
    in_force: int
    """How many of them are in force, certainly or possibly."""
    last_report: Day | None
    """The last day on which a report on a claim of it was published, of those known; null: it has said nothing."""


class CompanyAnswer(TypedDict):
    """The registration of a company that counts on a day, as of `companies --json`."""

    company: str
    """Its id."""
    name: str
    jurisdiction: str
    groups: list[str]
    """The ids of the groups that it is in."""


class ChipAnswer(TypedDict):
    """The registration of a chip that counts on a day, as of `chips --json`."""

    chip: str
    """Its id."""
    name: str
    vendor: str
    controlled_by: list[str]
    """The jurisdictions that control its export."""
    groups: list[str]
    """The ids of the groups that it is in."""
    is_launched: bool
    """false: the day is before its launch, as it is registered."""


WITH_OTHER_FIELDS = (
    RecordedEvent,
    LedgerEvent,
    EventShown,
    ClaimInForce,
    AuthorityAnswer,
    CompanyAnswer,
    ChipAnswer,
)
"""Those that hold all fields of their event in the interchange format. Every other answer has the fields named, and
no more."""


class NewEvent(NamedEvent):
    """An event that was published lately."""

    type: str
    published: Moment
    says: str
    """The event in one line, as it stands."""
    sources: list[SourceReport]
    """Its known reports, and those by which corrections have given what it says."""


class LikeEvent(NamedEvent):
    """A recorded event that a new one looks like, as of `record … --dry-run --json`."""

    type: str
    starts: str
    """The day on which it starts, or the first and the last of the days on which it may, as 2026-01-12/2026-01-14."""
    report: Fields | None
    days: int
    """How many days lie between its start and that of the new one."""
    same: list[str]
    """What both have in common, of ``quantity``, ``scope`` and ``origin``."""


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
