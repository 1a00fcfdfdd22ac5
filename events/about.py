"""Events about other events, which they name as their ``target`` (semantics.md §3)."""

from typing import Annotated, Any

from msgspec import Meta

from policytracker.events.claims import check_report
from policytracker.events.fields import Date, Event, Id, Target, check_date, check_period
from policytracker.events.refusals import BadScope, WrongKind
from policytracker.events.reports import Report
from policytracker.events.scopes import Named


class About(Event, frozen=True, kw_only=True):
    """What every event about another has."""

    target: Target
    report: Report | None = None

    def check(self) -> None:
        check_report(self.report)


class Corroborated(About, frozen=True, kw_only=True, tag="corroborated"):
    """Another report says the same."""

    report: Report


class Disputed(About, frozen=True, kw_only=True, tag="disputed"):
    """Another account says that it is not so."""


class Corrected(About, frozen=True, kw_only=True, tag="corrected"):
    """Fields of the target are replaced; null removes one."""

    changes: Annotated[dict[str, Any], Meta(min_length=1, description="field=new value, as JSON; null removes it")]

    def check(self) -> None:
        super().check()
        for field in ("type", "ref", "target", "id", "recorded"):
            if field in self.changes:
                raise WrongKind(
                    f"changes.{field}", "cannot be corrected", field, "retract the event and record it anew"
                )
        if "report" in self.changes and self.report is not None:
            raise WrongKind(
                "changes.report",
                "only a correction without a report may change the report",
                "report",
                "leave the correction's own report out: it mends the ledger's own mistake",
            )
        if "report" in self.changes and self.changes["report"] is None:
            raise WrongKind(
                "changes.report", "a report cannot be removed", None, "give the whole report as it should be"
            )


class Retracted(About, frozen=True, kw_only=True, tag="retracted"):
    """The target no longer counts."""


class Lifted(About, frozen=True, kw_only=True, tag="lifted"):
    """The claim ends."""

    report: Report
    effective: Date | None = None

    def check(self) -> None:
        super().check()
        check_date("effective", self.effective)


class Suspended(About, frozen=True, kw_only=True, tag="suspended"):
    """The claim does not hold for a while."""

    report: Report
    effective: Date | None = None
    until: Date | None = None

    def check(self) -> None:
        super().check()
        check_period(self.effective, self.until)


class ConditionsMet(About, frozen=True, kw_only=True, tag="conditions-met"):
    """Conditions of the claim no longer bind."""

    conditions: Annotated[tuple[str, ...], Meta(min_length=1, description="keys of conditions of the target")]
    report: Report
    effective: Date | None = None

    def check(self) -> None:
        super().check()
        check_date("effective", self.effective)


class RecipientsIdentified(About, frozen=True, kw_only=True, tag="recipients-identified"):
    """Companies turn out to belong, or not to belong, to the claim's cohort."""

    companies: Annotated[tuple[Id, ...], Meta(description="companies that belong to the cohort")] = ()
    excluded: Annotated[tuple[Id, ...], Meta(description="companies that do not")] = ()

    def check(self) -> None:
        super().check()
        if not self.companies and not self.excluded:
            raise BadScope("companies", "nobody is identified", "name companies, excluded ones, or both")
        both = sorted(set(self.companies) & set(self.excluded))
        if both:
            raise BadScope("excluded", f"{both[0]} is both named and excluded", "keep it in one of the two lists")

    def ids(self) -> tuple[Named, ...]:
        """Everything registered that this names."""
        parts = (("companies", self.companies), ("excluded", self.excluded))
        return tuple(("company", field, name) for field, names in parts for name in names)
