"""Market events and signals: they change no status (semantics.md §8)."""

from typing import Annotated

from msgspec import Meta

from policytracker.events.claims import Scoped, check_quantity
from policytracker.events.fields import Basis, Conditions, Id, Range, check_keys
from policytracker.events.scopes import Named


class Counted(Scoped, frozen=True, kw_only=True):
    """A quantity of chips, for a scope."""

    quantity: Range
    basis: Basis | None = None

    def check(self) -> None:
        super().check()
        check_quantity(self.quantity)


class OrdersReported(Counted, frozen=True, kw_only=True, tag="orders-reported"):
    """Chips were ordered; a total unless it says otherwise."""


class Shipped(Counted, frozen=True, kw_only=True, tag="shipped"):
    """Chips were shipped; added to what was known unless it says otherwise."""


class ConditionSignalled(Scoped, frozen=True, kw_only=True, tag="condition-signalled"):
    """A condition that is being talked about, not imposed."""

    authority: Annotated[Id, Meta(description="who would impose it")]
    conditions: Conditions

    def check(self) -> None:
        super().check()
        check_keys("conditions", self.conditions)

    def ids(self) -> tuple[Named, ...]:
        return (("authority", "authority", self.authority), *super().ids())
