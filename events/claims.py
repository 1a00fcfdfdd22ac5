"""Claims: events that say something about policy (semantics.md §3, §6)."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from policytracker.events.fields import (
    Basis,
    Conditions,
    Effective,
    Event,
    Form,
    Id,
    Range,
    Review,
    Until,
    date_faults,
    key_faults,
    new_part_faults,
    part_faults,
    period_faults,
)
from policytracker.events.refusals import Refused
from policytracker.events.reports import Report
from policytracker.events.scopes import (
    NOT_EMPTY,
    ChipSelectors,
    Cohort,
    CompanySelectors,
    Named,
    chip_faults,
    chip_ids,
    company_faults,
    company_ids,
    jurisdiction_faults,
    selector_faults,
    some_chips_faults,
)

Companies = Annotated[
    Annotated[CompanySelectors, Meta(extra_json_schema=NOT_EMPTY)] | Cohort,
    Meta(description="selectors of companies, or a cohort"),
]
SomeChips = Annotated[ChipSelectors, Meta(extra_json_schema=NOT_EMPTY)]
Instrument = Annotated[str, Meta(description="citation: 91 FR 1684, ECCN 3A090")]
FormOfAct = Annotated[Form, Meta(description="in what form the authority acts")]


class Reported(Event, frozen=True, kw_only=True):
    """An event that rests on a report of its own."""

    report: Report

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from part_faults("report", self.report)


class Scoped(Reported, frozen=True, kw_only=True):
    """An event about companies and chips."""

    companies: Companies
    chips: SomeChips
    effective: Effective | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from company_faults("companies", self.companies)
        yield from some_chips_faults("chips", self.chips)
        yield from self._time_faults()

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        yield from jurisdiction_faults("companies", self.companies)

    def ids(self) -> tuple[Named, ...]:
        """Everything registered that this names."""
        return company_ids("companies", self.companies) + chip_ids("chips", self.chips)

    def _time_faults(self) -> Iterator[Refused]:
        yield from date_faults("effective", self.effective, may_be_open=True)


class Claim(Scoped, frozen=True, kw_only=True):
    """What every claim has."""

    authority: Annotated[Id, Meta(description="who acts")]
    until: Until | None = None
    except_companies: Annotated[CompanySelectors, Meta(description="companies it does not cover")] = ()
    except_chips: Annotated[ChipSelectors, Meta(description="chips it does not cover")] = ()
    instrument: Instrument | None = None
    form: FormOfAct | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        if self.except_companies or self.except_chips:
            yield from selector_faults("except_companies", self.except_companies)
            yield from chip_faults("except_chips", self.except_chips)
        yield from key_faults("conditions", getattr(self, "conditions", None))

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        if self.except_companies:
            yield from jurisdiction_faults("except_companies", self.except_companies)

    def ids(self) -> tuple[Named, ...]:
        named = (("authority", "authority", self.authority, False), *super().ids())
        if self.except_companies or self.except_chips:
            named += company_ids("except_companies", self.except_companies)
            named += chip_ids("except_chips", self.except_chips)
        return named

    def _time_faults(self) -> Iterator[Refused]:
        yield from period_faults(self.effective, self.until)


class Prohibited(Claim, frozen=True, kw_only=True, tag="prohibited"):
    """A published rule forbids it."""


class Blocked(Claim, frozen=True, kw_only=True, tag="blocked"):
    """An authority stops it without a published rule."""


class Held(Claim, frozen=True, kw_only=True, tag="held"):
    """Nothing moves until a decision: an order to wait, a pause."""


class LicenceRequired(Claim, frozen=True, kw_only=True, tag="licence-required"):
    """A licence is needed; how applications are reviewed decides the status."""

    review: Annotated[Review, Meta(description="how applications are reviewed")]
    conditions: Conditions | None = None


class ReviewOpened(Claim, frozen=True, kw_only=True, tag="review-opened"):
    """An authority examines whether it may go ahead."""


class ApprovedInPrinciple(Claim, frozen=True, kw_only=True, tag="approved-in-principle"):
    """Preparatory steps are allowed, or permission is announced; nothing may ship yet."""

    conditions: Conditions | None = None


class Cleared(Claim, frozen=True, kw_only=True, tag="cleared"):
    """It may go ahead without a licence, under conditions if there are any."""

    conditions: Conditions | None = None


class Lot(Claim, frozen=True, kw_only=True):
    """What is approved up to a quantity, if one is told."""

    conditions: Conditions | None = None
    quantity: Range | None = None
    basis: Basis | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from part_faults("quantity", self.quantity)

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        yield from new_part_faults("quantity", self.quantity)


class LicenceGranted(Lot, frozen=True, kw_only=True, tag="licence-granted"):
    """A licence is granted under a licence duty."""


class BatchApproved(Lot, frozen=True, kw_only=True, tag="batch-approved"):
    """A lot may be imported, up to its quantity."""


class ConditionImposed(Claim, frozen=True, kw_only=True, tag="condition-imposed"):
    """A duty, cap, quota, inspection or limit of use is laid on whatever is permitted."""

    conditions: Conditions
