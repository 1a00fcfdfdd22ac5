"""Events about other events, which they name as their ``target`` (semantics.md §3)."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Meta

from policytracker.events.claims import FormOfAct, Instrument
from policytracker.events.fields import (
    Conditions,
    Effective,
    Event,
    Id,
    Part,
    Range,
    Target,
    Until,
    both_lists_faults,
    date_faults,
    key_faults,
    new_part_faults,
    part_faults,
    period_faults,
)
from policytracker.events.refusals import BadScope, Refused, WrongKind
from policytracker.events.reports import Report
from policytracker.events.scopes import Named


class About(Event, frozen=True, kw_only=True):
    """What every event about another has."""

    target: Target
    report: Report | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from part_faults("report", self.report)


class Instead(Part, frozen=True, kw_only=True):
    """What a report says differently from the event that it corroborates."""

    quantity: Range | None = None
    conditions: Conditions | None = None
    instrument: Instrument | None = None
    form: FormOfAct | None = None

    def faults(self) -> Iterator[Refused]:
        """Nothing in it, or a wrong part."""
        if all(getattr(self, field) is None for field in self.__struct_fields__):
            yield WrongKind("", "nothing in it", {}, "say what is different, or leave it out")
        yield from part_faults("quantity", self.quantity)
        yield from key_faults("conditions", self.conditions)

    def new_faults(self) -> Iterator[Refused]:
        yield from new_part_faults("quantity", self.quantity)


class Corroborated(About, frozen=True, kw_only=True, tag="corroborated"):
    """Another report says the same."""

    report: Report
    instead: Annotated[Instead, Meta(description="what this report says differently")] | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from part_faults("instead", self.instead)

    def new_faults(self) -> Iterator[Refused]:
        yield from super().new_faults()
        yield from new_part_faults("instead", self.instead)


class Disputed(About, frozen=True, kw_only=True, tag="disputed"):
    """Another account says that it is not so."""


class Corrected(About, frozen=True, kw_only=True, tag="corrected"):
    """Fields of the target are replaced; null removes one."""

    changes: Annotated[dict[str, Any], Meta(min_length=1, description="field=new value, as JSON; null removes it")]

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        for field in ("type", "ref", "target", "id", "recorded"):
            if field in self.changes:
                yield WrongKind(
                    f"changes.{field}", "cannot be corrected", field, "retract the event and record it anew"
                )
        if "report" in self.changes and self.report is not None:
            yield WrongKind(
                "changes.report",
                "only a correction without a report may change the report",
                "report",
                "leave the correction's own report out: it mends the ledger's own mistake",
            )
        if "report" in self.changes and self.changes["report"] is None:
            yield WrongKind(
                "changes.report", "a report cannot be removed", None, "give the whole report as it should be"
            )


class Retracted(About, frozen=True, kw_only=True, tag="retracted"):
    """The target no longer counts."""


class Lifted(About, frozen=True, kw_only=True, tag="lifted"):
    """The claim ends; of a suspension: the claim holds again."""

    report: Report
    effective: Effective | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from date_faults("effective", self.effective, may_be_open=True)


class Suspended(About, frozen=True, kw_only=True, tag="suspended"):
    """The claim does not hold for a while."""

    report: Report
    effective: Effective | None = None
    until: Until | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from period_faults(self.effective, self.until)


class ConditionsMet(About, frozen=True, kw_only=True, tag="conditions-met"):
    """Conditions of the claim no longer bind."""

    conditions: Annotated[tuple[str, ...], Meta(min_length=1, description="keys of conditions of the target")]
    report: Report
    effective: Effective | None = None

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        yield from date_faults("effective", self.effective, may_be_open=True)


class RecipientsIdentified(About, frozen=True, kw_only=True, tag="recipients-identified"):
    """Companies turn out to belong, or not to belong, to the claim's cohort."""

    companies: Annotated[tuple[Id, ...], Meta(description="companies that belong to the cohort")] = ()
    excluded: Annotated[tuple[Id, ...], Meta(description="companies that do not")] = ()

    def faults(self) -> Iterator[Refused]:
        yield from super().faults()
        if not self.companies and not self.excluded:
            yield BadScope("companies", "nobody is identified", "name companies, excluded ones, or both")
        yield from both_lists_faults(self.companies, self.excluded)

    def ids(self) -> tuple[Named, ...]:
        """Everything registered that this names."""
        parts = (("companies", self.companies), ("excluded", self.excluded))
        return tuple(("company", field, name, True) for field, names in parts for name in names)
