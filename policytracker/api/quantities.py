"""What ``quantities`` tells.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from typing import Literal

from policytracker.api.answer import Answer

# [[[cog
# from docs.structs import structs
# structs("quantity_answers")
# ]]]


class OtherQuantity(Answer, frozen=True, kw_only=True):
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
    sources: tuple[str, ...]
    """The reports that give it."""


class QuantityFigure(Answer, frozen=True, kw_only=True):
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
    replaces: tuple[str, ...]
    """The ids of the events whose figures it replaces."""
    sources: tuple[str, ...]
    """The reports that give it, and no others."""
    instead: tuple[OtherQuantity, ...]
    """What other reports on the event give instead."""
    disputed_by: tuple[str, ...]
    """The reports that say that it is not so."""


class QuantityRange(Answer, frozen=True, kw_only=True):
    """How much was ordered, licensed, approved or shipped, as a range, as of `quantities --json` (semantics.md §8)."""

    chip: str
    """The id of the chip."""
    kind: Literal["ordered", "licensed", "approved", "shipped"]
    """What happened to so many."""
    gate: str | None
    """Of what was licensed or approved: at which gate, such as CN/import; null: ordered or shipped."""
    companies: str
    """For whom, in words."""
    together_with: tuple[str, ...]
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
    events: tuple[str, ...]
    """The ids of the events whose figures are summed."""
    sources: tuple[str, ...]
    """The reports that give a figure, and those that dispute one or give another instead."""
    figures: tuple[QuantityFigure, ...]
    """The figures that are summed, each with its own reports; the earliest said first."""


# [[[end]]]
