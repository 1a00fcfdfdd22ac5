"""Claims and the events about them, told with their sources: what they say, to whom it applies, on whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from policytracker.events.dates import span
from policytracker.events.grades import grade
from policytracker.questions import telling
from policytracker.questions.telling import scope_in_words
from policytracker.status.claims import Claim
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.status.reasons import about_it, day_words
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import ClaimAccount, EventAccount, GradedReport, NamedEvent, SourceReport


def claim_account(claim: Claim, standing: Standing, day: int) -> ClaimAccount:
    """A claim as corrected, with its sources and the events about it that act (corroborations are sources).

    Its status is that of the day, an ordinal.
    """
    return {
        "id": claim.id,
        "ref": claim.fields.get("ref"),
        "type": claim.type,
        "authority": claim.fields["authority"],
        "says": says(claim.fields),
        "scope": scope_in_words(claim.fields, claim.named, claim.excluded),
        "start": day_words(claim.start),
        "status": STATUSES[claim.rank(day)],
        "sources": sources(standing),
        "events": [event_account(event) for event in about_it(standing) if event.type != "corroborated"],
    }


def event_account(event: Standing) -> EventAccount:
    """An event about another, with its sources."""
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "certain": event.certain,
        "says": says(event.fields),
        "sources": sources(event),
    }


def sources(event: Standing) -> list[SourceReport]:
    """The known reports of an event, its own first, each with the event that brought it and the grade that counts.

    None for an event without a report: the ledger's own bookkeeping.
    """
    bringing = [event, *(other for other in event.about if other.type == "corroborated")]
    brought = [(other.entry.id, other.fields.get("report")) for other in bringing]
    known = set(map(id, event.reports))
    return [{"event": name, **graded(report)} for name, report in brought if report is not None and id(report) in known]


def graded(report: Fields) -> GradedReport:
    """A report with the grade that counts."""
    return cast("GradedReport", {**report, "grade": grade(report)})


def called(account: NamedEvent) -> str:
    """What to call an event: its ref, else the beginning of its id."""
    return telling.called(account["id"], account["ref"])


def says(fields: Fields) -> str:
    """What an event says, in a few words, its scope and source left out."""
    said = _particulars(fields)
    return f"{fields['type']}: {said}" if said else str(fields["type"])


def _particulars(fields: Fields) -> str:
    match fields["type"]:
        case "licence-required":
            return str(fields["review"])
        case "corrected":
            return ", ".join(fields["changes"])
        case "recipients-identified":
            named, excluded = fields.get("companies") or (), fields.get("excluded") or ()
            return ", ".join((*named, *(f"not {company}" for company in excluded)))
        case "conditions-met":
            return ", ".join(fields["conditions"])
        case "lifted" | "suspended":
            return _period(fields)
        case _:
            return ""


def _period(fields: Fields) -> str:
    start, until = fields.get("effective"), fields.get("until")
    found = [day_words(span(start))] if start else []
    return " until ".join([*found, day_words(span(until))]) if until else "".join(found)
