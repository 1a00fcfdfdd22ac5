"""Developments: what is reported around the policy, and changes no status (semantics.md §8)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from policytracker.events.claims import Companies, Instrument, Reported
from policytracker.events.fields import Effective, Id, date_faults
from policytracker.events.refusals import Refused, WrongKind
from policytracker.events.scopes import (
    ChipSelectors,
    Named,
    chip_faults,
    chip_ids,
    company_faults,
    company_ids,
    jurisdiction_faults,
)

Kind = Literal["deliberation", "legislation", "enforcement", "supply", "product", "statement"]


class DevelopmentReported(Reported, frozen=True, kw_only=True, tag="development-reported"):
    """Something happened that changes no status: a bill, a raid, a product, a statement."""

    kind: Annotated[Kind, Meta(description="what kind of development it is")]
    text: Annotated[str, Meta(min_length=1, description="what happened, in your own words")]
    authority: Annotated[Id, Meta(description="whose development it is")] | None = None
    companies: Companies | None = None
    chips: ChipSelectors = ()
    about: (
        Annotated[str, Meta(min_length=1, description="the ref or id of an earlier event that it is about")] | None
    ) = None
    stage: Annotated[str, Meta(min_length=1, description="how far a bill has come: passed by the House")] | None = None
    instrument: Instrument | None = None
    effective: Effective | None = None

    def faults(self) -> Iterator[Refused]:
        """An empty text, or a scope or a date that cannot be read."""
        yield from super().faults()
        if not self.text.strip():
            yield WrongKind("text", "an empty text", self.text, "say what happened")
        if self.companies is not None:
            yield from company_faults("companies", self.companies)
        yield from chip_faults("chips", self.chips)
        yield from date_faults("effective", self.effective, may_be_open=True)

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        if self.companies is not None:
            yield from jurisdiction_faults("companies", self.companies)

    def ids(self) -> tuple[Named, ...]:
        """Everything registered that this names."""
        named: tuple[Named, ...] = ()
        if self.authority is not None:
            named = (("authority", "authority", self.authority, False),)
        if self.companies is not None:
            named += company_ids("companies", self.companies)
        return named + chip_ids("chips", self.chips)
