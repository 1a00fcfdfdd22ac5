"""Claims: events that say something about policy (semantics.md §3, §6)."""

from typing import Annotated

from msgspec import Meta

from policytracker.events.fields import (
    Basis,
    Conditions,
    Date,
    Event,
    Form,
    Id,
    Range,
    Review,
    check_date,
    check_keys,
    check_period,
)
from policytracker.events.refusals import BadScope, Refused
from policytracker.events.reports import Report
from policytracker.events.scopes import (
    NOT_EMPTY,
    ChipSelectors,
    Cohort,
    CompanySelectors,
    Named,
    check_chips,
    check_companies,
    check_selectors,
    chip_ids,
    company_ids,
)

Companies = Annotated[
    Annotated[CompanySelectors, Meta(extra_json_schema=NOT_EMPTY)] | Cohort,
    Meta(description="selectors of companies, or a cohort"),
]
SomeChips = Annotated[ChipSelectors, Meta(extra_json_schema=NOT_EMPTY)]


class Reported(Event, frozen=True, kw_only=True):
    """An event that rests on a report of its own."""

    report: Report

    def check(self) -> None:
        check_report(self.report)


class Scoped(Reported, frozen=True, kw_only=True):
    """An event about companies and chips."""

    companies: Companies
    chips: SomeChips
    effective: Date | None = None

    def check(self) -> None:
        super().check()
        check_companies(self.companies)
        check_chips("chips", self.chips)
        if not self.chips:
            raise BadScope("chips", "no selector in it", 'name chips, a group, {"where": [...]} or all')
        check_date("effective", self.effective)

    def ids(self) -> tuple[Named, ...]:
        """Everything registered that this names."""
        return company_ids("companies", self.companies) + chip_ids("chips", self.chips)


class Claim(Scoped, frozen=True, kw_only=True):
    """What every claim has."""

    authority: Annotated[Id, Meta(description="who acts")]
    until: Date | None = None
    except_companies: Annotated[CompanySelectors, Meta(description="companies it does not cover")] = ()
    except_chips: Annotated[ChipSelectors, Meta(description="chips it does not cover")] = ()
    instrument: Annotated[str, Meta(description="citation: 91 FR 1684, ECCN 3A090")] | None = None
    form: Annotated[Form, Meta(description="in what form the authority acts")] | None = None

    def check(self) -> None:
        super().check()
        check_period(self.effective, self.until)
        if self.except_companies or self.except_chips:
            check_selectors("except_companies", self.except_companies)
            check_chips("except_chips", self.except_chips)
        check_keys("conditions", getattr(self, "conditions", None))

    def ids(self) -> tuple[Named, ...]:
        named = (("authority", "authority", self.authority), *super().ids())
        if self.except_companies or self.except_chips:
            named += company_ids("except_companies", self.except_companies)
            named += chip_ids("except_chips", self.except_chips)
        return named


class Prohibited(Claim, frozen=True, kw_only=True, tag="prohibited"):
    """A published rule forbids it."""


class Blocked(Claim, frozen=True, kw_only=True, tag="blocked"):
    """An authority stops it without a published rule."""


class LicenceRequired(Claim, frozen=True, kw_only=True, tag="licence-required"):
    """A licence is needed; how applications are reviewed decides the status."""

    review: Annotated[Review, Meta(description="how applications are reviewed")]
    conditions: Conditions | None = None


class ReviewOpened(Claim, frozen=True, kw_only=True, tag="review-opened"):
    """A decision is being prepared."""


class ApprovedInPrinciple(Claim, frozen=True, kw_only=True, tag="approved-in-principle"):
    """The authority agrees to preparatory steps; nothing may ship yet."""

    conditions: Conditions | None = None


class Cleared(Claim, frozen=True, kw_only=True, tag="cleared"):
    """It may go ahead, under conditions if there are any."""

    conditions: Conditions | None = None


class BatchApproved(Claim, frozen=True, kw_only=True, tag="batch-approved"):
    """A batch may go ahead, up to its quantity."""

    conditions: Conditions | None = None
    quantity: Range | None = None
    basis: Basis | None = None

    def check(self) -> None:
        super().check()
        check_quantity(self.quantity)


def check_report(report: Report | None) -> None:
    """Raise Refused, naming the field within ``report``, when a report is wrong."""
    if report is not None:
        try:
            report.check()
        except Refused as refused:
            raise refused.within("report") from None


def check_quantity(quantity: Range | None) -> None:
    """Raise Refused, naming the field within ``quantity``, when a range is wrong."""
    if quantity is not None:
        try:
            quantity.check()
        except Refused as refused:
            raise refused.within("quantity") from None
