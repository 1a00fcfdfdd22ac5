"""Market events and signals: they change no status (semantics.md §8)."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from policytracker.events.claims import Instrument, Scoped
from policytracker.events.fields import Basis, Conditions, Id, Range, key_faults, new_part_faults, part_faults
from policytracker.events.refusals import Refused
from policytracker.events.scopes import Named


class Counted(Scoped, frozen=True, kw_only=True):
    """A quantity of chips, or of money, for a scope."""

    quantity: Range
    basis: Basis | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from part_faults("quantity", self.quantity)

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        yield from new_part_faults("quantity", self.quantity)


class OrdersReported(Counted, frozen=True, kw_only=True, tag="orders-reported"):
    """Chips were ordered; a total unless it says otherwise."""


class Shipped(Counted, frozen=True, kw_only=True, tag="shipped"):
    """Chips were shipped; added to what was known unless it says otherwise."""


class ConditionSignalled(Scoped, frozen=True, kw_only=True, tag="condition-signalled"):
    """A condition that is being talked about, not imposed."""

    authority: Annotated[Id, Meta(description="who would impose it")]
    conditions: Conditions
    instrument: Instrument | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from key_faults("conditions", self.conditions)

    def ids(self) -> tuple[Named, ...]:
        return (("authority", "authority", self.authority, False), *super().ids())
