"""What questions about events, claims, authorities and the registry answer: the objects that ``log``, ``show``,
``claims``, ``record``, ``where`` and the pages give."""

from typing import Literal, NotRequired, TypedDict

from policytracker.questions.answers import Day
from policytracker.questions.claim_answers import Counts, NamedEvent
from policytracker.questions.quantity_answers import QuantityRange as QuantityRange
from policytracker.status.entries import Fields


class RecordedEvent(TypedDict):
    """An event in the interchange format, as `export` writes it."""

    id: str
    """Its id: the SHA-256 of what it says."""
    type: str
    """Its type, such as batch-approved."""
    ref: NotRequired[str]
    """The short name by which its author calls it."""
    recorded: NotRequired[str]
    """The instant at which it was recorded, in UTC; an event that is not recorded yet has none."""


class LedgerEvent(TypedDict):
    """An event in the interchange format and its place in the ledger, as of `log --json`."""

    id: str
    """Its id: the SHA-256 of what it says."""
    type: str
    """Its type, such as batch-approved."""
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
    """Whether it is publicly known by the moment asked for."""
    counts: Counts
    """How it counts: `not at all` also where it is not known or retracted."""
    retracted: bool
    """Whether it is retracted."""
    word: str
    """On whose word it is, in words."""
    corrected: Fields
    """The fields that corrections have changed, as they are now; null for one that was removed."""
    changes_in_words: list[str]
    """Of a correction: what it changes, the old and the new value of each field. Of others: empty."""


class ClaimInForce(TypedDict):
    """A claim in the interchange format, as corrected, as of `claims --json`."""

    id: str
    """Its id."""
    type: str
    """Its type, such as batch-approved."""
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
    """The name people use."""
    jurisdiction: str
    """Whose authority it is (ISO 3166-1 alpha-2)."""
    direction: Literal["export", "import"]
    """Which gate of that jurisdiction it guards."""
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
    """The name people use."""
    jurisdiction: str
    """Where it is at home (ISO 3166-1 alpha-2)."""
    groups: list[str]
    """The ids of the groups that it is in."""
    former_names: list[str]
    """The names that it had before the day, by registrations that counted then; the newest first."""


class ChipAnswer(TypedDict):
    """The registration of a chip that counts on a day, as of `chips --json`."""

    chip: str
    """Its id."""
    name: str
    """The name people use."""
    vendor: str
    """Who makes it."""
    controlled_by: list[str]
    """The jurisdictions that control its export."""
    groups: list[str]
    """The ids of the groups that it is in."""
    former_names: list[str]
    """The names that it had before the day, by registrations that counted then; the newest first."""
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


class LikeEvent(NamedEvent):
    """A recorded event that a new one looks like, as of `record … --dry-run --json`."""

    type: str
    """Its type, such as batch-approved."""
    starts: str
    """The day on which it starts, or the first and the last of the days on which it may, as 2026-01-12/2026-01-14."""
    report: Fields | None
    """Its report in the interchange format; null: it has none."""
    days: int
    """How many days lie between its start and that of the new one."""
    same: list[str]
    """What both have in common, of ``quantity``, ``scope`` and ``origin``."""


class Redaction(TypedDict):
    """What the program records of a redaction: the fields of an event of type `redacted`."""

    type: Literal["redacted"]
    target: str
    """The id of the event whose content was removed."""
    reason: str
    """Why, in the words of the person who removed it."""


class RemovedEvent(TypedDict):
    """What is left of an event whose content was removed: the fields of an event of type `removed`."""

    type: Literal["removed"]
    was: str
    """The type that it had."""
    subject: NotRequired[str]
    """Of a registration: the kind and the id of what it registered."""
    redacted_by: str
    """Who removed the content."""
    redacted_at: str
    """The instant at which it was removed, in UTC."""
    reason: str
    """Why, in the words of that person."""


class LedgerCounts(TypedDict):
    """How much a ledger holds."""

    companies: int
    """How many are registered today."""
    chips: int
    """How many are registered today."""
    claims: int
    """How many are recorded."""
    about_claims: int
    """How many events about other events are recorded."""
    newest_report: Day | None
    """The newest publication day of a report; null: there is no report."""


class LedgerPlace(TypedDict):
    """Where a ledger is, or would be."""

    ledger: str
    """A file, or a server without its password."""
    chosen_by: str
    """What names it: an option, a variable, the configuration file, or the default."""
    configuration: str | None
    """The configuration file that counts; null: there is none."""


class LedgerSummary(LedgerPlace, LedgerCounts):
    """Where a ledger is and what it holds, as of `where --json`."""

    read_models: str
    """The file of the cache."""
    identity: str
    """Which ledger it is: the same in its copies and backups."""
    events: int
    """How many it holds; the position of the last of them."""
    head: str
    """The id of the last event; empty: it holds none."""
    recorded: str | None
    """The instant at which the last event was recorded, in UTC; null: it holds none."""
