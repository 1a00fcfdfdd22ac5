"""What ``quantities`` answers."""

from typing import Literal, TypedDict


class OtherQuantity(TypedDict):
    """A quantity that another report gives for the same event (semantics.md §8)."""

    min: int | None
    """At the least, in `unit`; null: open."""
    max: int | None
    """At the most, in `unit`; null: open."""
    unit: str
    """`chips`, or a currency."""
    per: Literal["company"] | None
    """company: each company has so many; null: all of them together."""
    wording: str | None
    """The number in the words of the report; null: none is recorded."""
    sources: list[str]
    """The reports that give it."""


class QuantityFigure(TypedDict):
    """The quantity of one event, as one of those that a range is made of."""

    event: str
    """The id of the event."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    min: int | None
    """At the least, in the unit of the range; null: open."""
    max: int | None
    """At the most, in the unit of the range; null: open."""
    wording: str | None
    """The number in the words of the report; null: none is recorded."""
    basis: Literal["total", "added"]
    """total: it replaces what was said earlier; added: it comes on top."""
    counts: Literal["certainly", "possibly"]
    """A figure that counts possibly enters a sum with 0 as its least."""
    replaces: list[str]
    """The ids of the events whose figures it replaces."""
    sources: list[str]
    """The reports that give it, and no others."""
    instead: list[OtherQuantity]
    """What other reports on the event give instead."""
    disputed_by: list[str]
    """The reports that say that it is not so."""


class QuantityRange(TypedDict):
    """How much was ordered, licensed, approved or shipped, as a range, as of `quantities --json` (semantics.md §8)."""

    chip: str
    """The id of the chip."""
    kind: Literal["ordered", "licensed", "approved", "shipped"]
    """What happened to so many."""
    gate: str | None
    """Of what was licensed or approved: at which gate, such as CN/import; null: ordered or shipped."""
    companies: str
    """For whom, in words."""
    together_with: list[str]
    """The ids of other chips that are counted in the same range."""
    min: int | None
    """At the least, in `unit`; null: open."""
    max: int | None
    """At the most, in `unit`; null: open."""
    unit: str
    """`chips`, or a currency (ISO 4217)."""
    per: Literal["company"] | None
    """company: each company has so many; null: all of them together."""
    wording: str | None
    """The number in the words of the report, where the range is that of one figure; else null."""
    certain: bool
    """Whether every figure counts certainly, and certainly for this chip."""
    events: list[str]
    """The ids of the events whose figures are summed."""
    sources: list[str]
    """The reports that give a figure, and those that dispute one or give another instead."""
    figures: list[QuantityFigure]
    """The figures that are summed, each with its own reports; the earliest said first."""
