"""What an event about another may be about, and what it may say of it (semantics.md §3, last paragraph)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from policytracker.events.about import (
    About,
    ConditionsMet,
    Corrected,
    Corroborated,
    Disputed,
    Lifted,
    RecipientsIdentified,
    Retracted,
    Suspended,
)
from policytracker.events.catalogue import CLAIMS, REGISTRY, name_of
from policytracker.events.fields import Event
from policytracker.events.forms import read_fields
from policytracker.events.refusals import Refused
from policytracker.events.scopes import Cohort
from policytracker.ledger.kept import Kept
from policytracker.ledger.refusals import NoCohort, NotACondition, TooManyNamed, WrongTarget
from policytracker.ledger.threads import Thread

Check = Callable[[Event], None]


class Target(NamedTuple):
    """The event that another is about, with what was said in its thread so far."""

    kept: Kept
    stream: str
    thread: Thread

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields as recorded."""
        return self.kept.fields

    def about(self, event_id: str, name: str) -> list[Kept]:
        """The events of one type about one of the thread, in order, but for withdrawn ones."""
        begins = f"{name}/"
        found = [kept for kept in self.thread.acting if kept.topic.startswith(begins)]
        withdrawn = self.withdrawn() if found else set()
        return [kept for kept in found if kept.fields["target"] == event_id and kept.id not in withdrawn]

    def withdrawn(self) -> set[str]:
        """The ids of events retracted by one that is not retracted itself; a retraction comes after its target."""
        found: set[str] = set()
        for kept in reversed(self.thread.acting):
            if kept.topic.startswith("retracted/") and kept.id not in found:
                found.add(kept.fields["target"])
        return found

    def corrected(self, kept: Kept) -> dict[str, Any]:
        """The fields of an event of the thread with all corrections so far."""
        fields = kept.fields
        for correction in self.about(kept.id, "corrected"):
            fields.update(correction.fields["changes"])
        return {name: value for name, value in fields.items() if value is not None}

    def now(self) -> dict[str, Any]:
        """The target's fields with all corrections so far."""
        return self.corrected(self.kept)

    def recipients(self) -> set[str]:
        """The companies that recipients-identified events have added to the target's cohort so far."""
        found = self.about(self.kept.id, "recipients-identified")
        return {company for kept in found for company in self.corrected(kept).get("companies") or ()}

    def claim(self) -> "Target":
        """The claim that the thread is about, as if the target itself had not been said."""
        others = tuple(kept for kept in self.thread.acting if kept.id != self.kept.id)
        return Target(self.thread.first, self.stream, self.thread._replace(acting=others))


def _with_report(event: About, target: Target, _: Check) -> None:
    if target.now().get("report") is None:
        raise WrongTarget(name_of(type(event)), _a(target), "any event that has a report")


def _not_registry(event: About, target: Target, _: Check) -> None:
    if target.fields["type"] in REGISTRY:
        raise WrongTarget(name_of(type(event)), _a(target), "any event but registrations; register the subject anew")


def _claim(event: About, target: Target, _: Check) -> None:
    if target.fields["type"] not in CLAIMS:
        raise WrongTarget(name_of(type(event)), _a(target), f"claims: {', '.join(CLAIMS)}")


def _correction(event: About, target: Target, check: Check) -> None:
    assert isinstance(event, Corrected)
    kind = target.fields["type"]
    if kind in (*REGISTRY, "corrected", "retracted"):
        may = "any event but registrations (register anew), corrections and retractions (retract them)"
        raise WrongTarget("corrected", _a(target), may)
    try:
        changed = read_fields({**target.now(), **event.changes})
        check(changed)
        _check_whole(changed, target)
    except Refused as refused:
        raise refused.within("changes") from None


def _check_whole(changed: Event, target: Target) -> None:
    claim = target.claim()
    if isinstance(changed, RecipientsIdentified):
        _check_count(changed, claim)
    if isinstance(changed, ConditionsMet):
        _check_conditions(changed, claim)
    cohort = getattr(changed, "companies", None)
    if isinstance(cohort, Cohort) and cohort.most is not None:
        named = set(cohort.named) | target.recipients()
        if len(named) > cohort.most:
            raise TooManyNamed("companies.count", len(named), cohort.most)


def _conditions(event: About, target: Target, check: Check) -> None:
    assert isinstance(event, ConditionsMet)
    _claim(event, target, check)
    _check_conditions(event, target)


def _check_conditions(event: ConditionsMet, target: Target) -> None:
    known = dict(target.fields.get("conditions") or {})
    for correction in target.about(target.kept.id, "corrected"):
        known.update(correction.fields["changes"].get("conditions") or {})
    for key in event.conditions:
        if key not in known:
            raise NotACondition(key, sorted(known))


def _recipients(event: About, target: Target, check: Check) -> None:
    assert isinstance(event, RecipientsIdentified)
    _claim(event, target, check)
    _check_count(event, target)


def _check_count(event: RecipientsIdentified, target: Target) -> None:
    cohort = target.now()["companies"]
    if not isinstance(cohort, dict):
        raise NoCohort()
    named = set(cohort.get("named") or ()) | target.recipients() | set(event.companies)
    if cohort.get("count") is not None and len(named) > cohort["count"]:
        raise TooManyNamed("companies", len(named), cohort["count"])


def _a(target: Target) -> str:
    return f"a {target.fields['type']} event"


RULES: dict[type[About], Callable[[About, Target, Check], None]] = {
    Corroborated: _with_report,
    Disputed: _with_report,
    Retracted: _not_registry,
    Corrected: _correction,
    Lifted: _claim,
    Suspended: _claim,
    ConditionsMet: _conditions,
    RecipientsIdentified: _recipients,
}
