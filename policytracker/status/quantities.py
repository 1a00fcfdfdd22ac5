"""Quantities: which figures a total replaces, and sums over equal cells (semantics.md §8).

Pure: how the scope of an event matches a registry is given as a function.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from policytracker.events.dates import Span, moment
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.zones import UTC

SHIPPED = "shipped"
QUANTIFIED = ("orders-reported", "licence-granted", "batch-approved", SHIPPED)
"""The types of events that carry a quantity."""
TOTAL_BY_DEFAULT = ("orders-reported",)
Basis = Literal["total", "added"]
Per = Literal["company"]
CHIPS = "chips"
"""The unit of a quantity that gives none."""


class Amount(NamedTuple):
    """A range, both ends included; an end that is absent (None) is open."""

    least: int | None
    most: int | None

    def plus(self, other: "Amount") -> "Amount":
        """The sum of two ranges, end by end; an end that is open in either stays open.

        >>> Amount(100, 200).plus(Amount(50, None))
        Amount(least=150, most=None)
        """
        return Amount(_sum(self.least, other.least), _sum(self.most, other.most))

    def less(self, other: "Amount") -> "Amount":
        """What is left of one range after another was taken from it: the least when the most was taken, and back.

        >>> Amount(100, 200).less(Amount(30, 50)), Amount(100, 200).less(Amount(30, None))
        (Amount(least=50, most=170), Amount(least=None, most=170))
        """
        return Amount(_difference(self.least, other.most), _difference(self.most, other.least))

    @property
    def is_used_up(self) -> bool:
        """Whether at most nothing can be left."""
        return self.most is not None and self.most <= 0


NOTHING = Amount(0, 0)


CellsOf = Callable[[Claim], MatchedScope]
"""Gives the cells of an event's scope on the day of a registry."""


class SumKey(NamedTuple):
    """What figures have in common that are summed, or that replace each other."""

    type: str
    gate: Gate | None
    """The gate of an approval; what is ordered or shipped has none."""
    unit: str
    per: Per | None
    """``company``: each company of the scope has so many; None: all of them together."""
    cells: MatchedScope


class Figure(NamedTuple):
    """The quantity of one event, on a day by which the event has begun, at least possibly."""

    event: str
    """The id of the event."""
    key: SumKey
    amount: Amount
    certain: bool
    """Whether it counts certainly and has certainly begun; else it counts possibly."""
    is_total: bool
    """Whether it replaces earlier figures; else it comes on top."""
    said: int
    """The moment of its sure word."""
    position: int
    date: Span


class Sum(NamedTuple):
    """What the figures of one type, gate and unit come to for the same cells."""

    key: SumKey
    amount: Amount
    figures: tuple[Figure, ...]
    """Those that are summed, in ledger order."""


class Counted(NamedTuple):
    """What an event says of a quantity, whatever its scope and the day."""

    amount: Amount
    unit: str
    per: Per | None
    is_total: bool
    said: int


def counted(event: Standing) -> Counted | None:
    """The quantity of an event; None where it has none or counts not at all."""
    quantity: Fields | None = event.fields.get("quantity")
    word = event.sure_word
    if event.type not in QUANTIFIED or not quantity or not event.counts or word is None:
        return None
    is_total = basis_of(event) == "total"
    return Counted(amount_of(quantity), unit_of(quantity), quantity.get("per"), is_total, moment(word["published"]))


def figure_of(event: Standing, directory: Directory, cells_of: CellsOf, day: int) -> Figure | None:
    """The figure of an event on a day (an ordinal); None where it has none, counts not at all or has not begun."""
    found = counted(event)
    if found is None:
        return None
    gate = directory.gate(event.fields["authority"]) if event.type in CLAIM_TYPES else None
    claim = claim_from(event, UTC if gate is None else directory.zone(gate))
    if day < claim.start.first:
        return None
    cells = cells_of(claim)
    return Figure(
        claim.id,
        SumKey(claim.type, gate, found.unit, found.per, cells),
        found.amount,
        claim.certain and claim.start.last <= day,
        found.is_total,
        found.said,
        claim.position,
        claim.start,
    )


def amount_of(quantity: Fields) -> Amount:
    """The range of a quantity."""
    return Amount(quantity.get("min"), quantity.get("max"))


def unit_of(quantity: Fields) -> str:
    """The unit of a quantity: ``chips``, or a currency."""
    return quantity.get("unit") or CHIPS


def basis_of(event: Standing) -> Basis:
    """Whether the quantity of an event is a ``total``, or is ``added`` to what was known."""
    said: Basis | None = event.fields.get("basis")
    return said or ("total" if event.type in TOTAL_BY_DEFAULT else "added")


def replaced(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The ids of the figures that a total replaces, each with that total.

    A figure that counts possibly replaces nothing. Of totals said at one moment the later in the ledger counts.
    """
    every = list(figures)
    if not any(map(_is_sure, every)):
        return {}
    by_key = _by_key(every)
    totals = {key: max(found, key=_order) for key, each in by_key.items() if (found := list(filter(_is_sure, each)))}
    # The last sure total of a key replaces all that any other does.
    return {
        figure.event: totals[key]
        for key, found in by_key.items()
        if key in totals
        for figure in found
        if figure.said < totals[key].said or (figure.is_total and _order(figure) < _order(totals[key]))
    }


def sums(figures: Iterable[Figure]) -> list[Sum]:
    """The figures that no total replaces, summed where they have their type, gate, unit and cells in common."""
    every = list(figures)
    gone = replaced(every)
    left = _by_key(figure for figure in every if figure.event not in gone)
    return [Sum(key, sum_of(found), tuple(found)) for key, found in left.items()]


def sum_of(figures: Iterable[Figure]) -> Amount:
    """A sum of figures: one that counts possibly enters with 0 as its least."""
    found = NOTHING
    for figure in figures:
        found = found.plus(figure.amount if figure.certain else Amount(0, figure.amount.most))
    return found


def _by_key(figures: Iterable[Figure]) -> Mapping[SumKey, list[Figure]]:
    found: dict[SumKey, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.key, []).append(figure)
    return found


def _is_sure(figure: Figure) -> bool:
    return figure.is_total and figure.certain


def _order(figure: Figure) -> tuple[int, int]:
    return figure.said, figure.position


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _difference(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
