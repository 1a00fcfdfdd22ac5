"""What an event about another may be about, and what it may say of it (semantics.md §3, last paragraph)."""

from collections.abc import Callable, Iterable, Iterator
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
from policytracker.events.catalogue import CLAIMS, REGISTRY, TYPES, name_of
from policytracker.events.dates import moment
from policytracker.events.fields import Event
from policytracker.events.forms import read_fields
from policytracker.events.refusals import Refused, within
from policytracker.events.scopes import Cohort
from policytracker.ledger.kept import Kept
from policytracker.ledger.refusals import NoCohort, NotACondition, NotOfTarget, TooManyNamed, WrongTarget
from policytracker.ledger.threads import Thread

Check = Callable[[Event], Iterable[Refused]]
"""The faults of an event as a correction makes it, by what else is in the ledger."""


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

    def identified(self) -> list[dict[str, Any]]:
        """The recipients-identified events about the target, each as corrected so far."""
        return [self.corrected(kept) for kept in self.about(self.kept.id, "recipients-identified")]

    def claim(self) -> "Target":
        """The claim that the thread is about, as if the target itself had not been said."""
        others = tuple(kept for kept in self.thread.acting if kept.id != self.kept.id)
        return Target(self.thread.first, self.stream, self.thread._replace(acting=others))


def named(cohort: dict[str, Any], identified: Iterable[dict[str, Any]]) -> set[str]:
    """The companies that a cohort and what was identified of it name, without those excluded (semantics.md §3).

    Of a company both named and excluded the later word decides: the claim's lists are the earliest, then events
    without a report. Words of one moment that do both leave it neither. Which reports make a word sure is not asked
    here: that decides answers, and not what may be recorded.
    """
    words = [(-2, "named", cohort), *((_when(event), "companies", event) for event in identified)]
    yes: dict[str, set[int]] = {}
    no: dict[str, set[int]] = {}
    for when, field, word in words:
        for company in word.get(field) or ():
            yes.setdefault(company, set()).add(when)
        for company in word.get("excluded") or ():
            no.setdefault(company, set()).add(when)
    return {company for company, said in yes.items() if max(said) > max(no.get(company, {-3}))}


def _when(event: dict[str, Any]) -> int:
    report = event.get("report")
    return moment(report["published"]) if report else -1


def may_target(event: About, target: Target) -> Iterator[Refused]:
    """A fault where the target is of a kind that the event cannot be about."""
    allowed, may = _MAY[type(event)]
    if not allowed(target):
        a_target = f"a {target.fields['type']} event"
        yield WrongTarget(name_of(type(event)), a_target, may)


def faults(event: About, target: Target, check: Check) -> Iterator[Refused]:
    """Why an event may not be about its target, or may not say of it what it says."""
    wrong = list(may_target(event, target))
    yield from wrong
    if wrong:
        return
    if isinstance(event, Corrected):
        yield from within("changes", _correction(event, target, check))
    elif isinstance(event, Corroborated):
        yield from _instead(event, target)
    elif isinstance(event, ConditionsMet):
        yield from _conditions(event, target)
    elif isinstance(event, RecipientsIdentified):
        yield from _recipients(event, target)


def _correction(event: Corrected, target: Target, check: Check) -> Iterator[Refused]:
    """What is wrong with the target as this and the corrections so far make it."""
    try:
        changed = read_fields({**target.now(), **event.changes}, new=event.changes)
    except Refused as refused:
        yield from refused.each
        return
    yield from check(changed)
    claim = target.claim()
    if isinstance(changed, RecipientsIdentified):
        yield from _recipients(changed, claim)
    if isinstance(changed, ConditionsMet):
        yield from _conditions(changed, claim)
    if isinstance(changed, Corroborated):
        yield from _instead(changed, claim)
    cohort = getattr(changed, "companies", None)
    if isinstance(cohort, Cohort) and cohort.most is not None:
        lists = {"named": cohort.named, "excluded": cohort.excluded}
        yield from _too_many("companies.count", named(lists, target.identified()), cohort.most)


def _instead(event: Corroborated, target: Target) -> Iterator[Refused]:
    """Other values for fields that the target cannot have."""
    kind = target.fields["type"]
    for field in event.instead.__struct_fields__ if event.instead is not None else ():
        if getattr(event.instead, field) is not None and field not in TYPES[kind].__struct_fields__:
            yield NotOfTarget(field, kind)


def _conditions(event: ConditionsMet, target: Target) -> Iterator[Refused]:
    known = dict(target.fields.get("conditions") or {})
    for correction in target.about(target.kept.id, "corrected"):
        known.update(correction.fields["changes"].get("conditions") or {})
    for key in event.conditions:
        if key not in known:
            yield NotACondition(key, sorted(known))


def _recipients(event: RecipientsIdentified, target: Target) -> Iterator[Refused]:
    cohort = target.now()["companies"]
    if not isinstance(cohort, dict):
        yield NoCohort()
        return
    count = cohort.get("count")
    most = count.get("max") if isinstance(count, dict) else count
    if most is not None and event.companies:
        said = {"companies": event.companies, "excluded": event.excluded}
        report = {} if event.report is None else {"report": {"published": event.report.published}}
        yield from _too_many("companies", named(cohort, [*target.identified(), {**said, **report}]), most)


def _too_many(field: str, companies: set[str], most: int) -> Iterator[Refused]:
    if len(companies) > most:
        yield TooManyNamed(field, len(companies), most)


def _is_claim(target: Target) -> bool:
    return target.fields["type"] in CLAIMS


def _is_reported(target: Target) -> bool:
    return target.fields["type"] not in REGISTRY and target.now().get("report") is not None


_CLAIMS = _is_claim, f"claims: {', '.join(CLAIMS)}"
_REPORTED = _is_reported, "any event that has a report, but no registration"
_MAY: dict[type[About], tuple[Callable[[Target], bool], str]] = {
    Corroborated: _REPORTED,
    Disputed: _REPORTED,
    Retracted: (
        lambda target: target.fields["type"] not in REGISTRY,
        "any event but registrations; register the subject anew",
    ),
    Corrected: (
        lambda target: target.fields["type"] not in (*REGISTRY, "corrected", "retracted"),
        "any event but registrations (register anew), corrections and retractions (retract them)",
    ),
    Lifted: (
        lambda target: _is_claim(target) or target.fields["type"] == "suspended",
        f"a suspension, or claims: {', '.join(CLAIMS)}",
    ),
    Suspended: _CLAIMS,
    ConditionsMet: _CLAIMS,
    RecipientsIdentified: _CLAIMS,
}
"""By type: what it may be about, and how that is told."""
