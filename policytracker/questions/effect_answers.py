"""What events would change beside today's answers: on their own days, from day to day, and in amounts."""

from typing import Literal, TypedDict

from policytracker.questions.answers import CellChange, Day, Ends, PossibleStatuses
from policytracker.questions.ledger_answers import LikeEvent, RecordedEvent


class ChangesOfDay(TypedDict):
    """The cells whose answer for one day further events change."""

    day: Day
    """A day that one of the events tells of."""
    cells: list[CellChange]
    """By company id, then chip id; empty: the events change nothing on this day."""


class ChangedInterval(Ends):
    """A time over which the possible statuses of a cell are not what they were without further events."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    before: PossibleStatuses | None
    """null: the company or the chip was not registered."""
    after: PossibleStatuses
    """With the further events."""


class AmountRange(TypedDict):
    """How many, as a range."""

    min: int | None
    """At the least; null: open."""
    max: int | None
    """At the most; null: open."""
    certain: bool
    """Whether all figures in it count certainly."""


class ChangedAmount(TypedDict):
    """How much was ordered, licensed, approved or shipped, where further events change it (semantics.md §8)."""

    kind: Literal["ordered", "licensed", "approved", "shipped"]
    """What happened to so many."""
    gate: str | None
    """Of what was licensed or approved: at which gate; null: ordered or shipped."""
    companies: str
    """For whom, in words."""
    chips: list[str]
    """The ids of the chips that are counted together."""
    unit: str
    """`chips`, or a currency."""
    per: Literal["company"] | None
    """company: each company has so many; null: all of them together."""
    before: AmountRange | None
    """null: no figure was known."""
    after: AmountRange | None
    """null: no figure counts any more."""


class ChangedRest(TypedDict):
    """What is left of an approval, where further events change it (semantics.md §8)."""

    claim: str
    """The id of the approval."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    unit: str
    """`chips`, or a currency."""
    before: AmountRange
    """Of what was approved, less what was shipped."""
    after: AmountRange
    """The same with the further events."""


class Effects(TypedDict):
    """What events would change beside today's answers."""

    days: list[ChangesOfDay]
    """The last days that the events tell of, in order, but for today."""
    earlier_days: int
    """How many days of theirs come before these, and are not told."""
    intervals: list[ChangedInterval] | None
    """By company id, chip id and day, as all that is published tells; null: there are too many cells to tell."""
    amounts: list[ChangedAmount]
    """As all that is published tells, whatever the day."""
    rests: list[ChangedRest]
    """The same of what is left of approvals."""


class EventTried(Effects):
    """An event that is not recorded, and what it would do, as of `record … --dry-run --json`."""

    event: RecordedEvent
    """The event as it would be recorded."""
    cells: list[CellChange]
    """The cells whose answer of today it would change."""
    warnings: list[str]
    """What the program points out, each in a sentence."""
    alike: list[LikeEvent]
    """The recorded events that it looks like, the best match first."""
