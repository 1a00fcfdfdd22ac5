"""Claims and the events about them with their sources: what they say, to whom it applies, on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from policytracker.events.dates import span
from policytracker.questions import telling
from policytracker.questions.corrections import before
from policytracker.questions.sources import on_whose_word, reported
from policytracker.questions.values import (
    corrections_line,
    quantity_in_words,
    scope_in_words,
    until_in_words,
    value_in_words,
)
from policytracker.status.claims import Claim
from policytracker.status.entries import Fields
from policytracker.status.instead import giving, other_values
from policytracker.status.knowledge import COUNTS, Standing
from policytracker.status.reasons import Reason, about_it, day_words, why_idle
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import (
        ClaimAccount,
        Counts,
        EventAccount,
        HeardEvent,
        NamedEvent,
        ReasonAnswer,
        SourceReport,
        TwoValues,
    )


def claim_account(claim: Claim, standing: Standing, day: int, others: Iterable[Standing] = ()) -> ClaimAccount:
    """A claim as corrected, with its sources and the events about it that act (corroborations are sources).

    Its status is that of the day, an ordinal. ``others``: the events of its thread; those about it that are known and
    do nothing are named as heard.
    """
    acting = about_it(standing)
    acting_ids = {event.entry.id for event in acting}
    idle = [event for event in others if event.entry.target == claim.id and event.entry.id not in acting_ids]
    return {
        "id": claim.id,
        "ref": claim.fields.get("ref"),
        "type": claim.type,
        "authority": claim.fields["authority"],
        "counts": counts(standing),
        "says": says(claim.fields),
        "scope": scope_in_words(claim.fields, claim.named, claim.excluded),
        "start": day_words(claim.start),
        "until": next((day_words(end.date) for end in claim.ends if end.event is None), None),
        "status": STATUSES[claim.rank(day)],
        "word": on_whose_word(standing.reports),
        "note": claim.fields.get("note"),
        "sources": sources(standing),
        "two_values": list(two_values(standing)),
        "events": [event_account(event, standing) for event in acting if event.type != "corroborated"],
        "heard": [_heard(event, standing) for event in idle if event.known and not event.retracted],
    }


def event_account(event: Standing, target: Standing | None = None) -> EventAccount:
    """An event, with its sources; ``target``: the event that it is about. A correction tells its old values."""
    was = before(event, target) if target is not None and event.type == "corrected" else None
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "counts": counts(event),
        "says": says(event.fields, was),
        "word": on_whose_word(event.reports),
        "note": event.fields.get("note"),
        "sources": sources(event),
    }


def _heard(event: Standing, target: Standing) -> HeardEvent:
    return {**event_account(event, target), "reasons": [reason_answer(reason) for reason in why_idle(event)]}


def reason_answer(reason: Reason) -> ReasonAnswer:
    """A reason as an answer has it."""
    return {"reason": reason.kind, "text": reason.text, "events": list(reason.events)}


def counts(event: Standing) -> Counts:
    """How an event counts, in the words of §3."""
    return cast("Counts", COUNTS[event.counts])


def sources(event: Standing) -> list[SourceReport]:
    """The known reports of an event, its own first, each with the event that brought it and on whose word it is.

    None for an event without a report: the ledger's own bookkeeping.
    """
    bringing = [event, *(other for other in event.about if other.type == "corroborated")]
    brought = [(other.entry.id, other.fields.get("report")) for other in bringing]
    known = set(map(id, event.reports))
    return [
        {**reported(report), "event": name} for name, report in brought if report is not None and id(report) in known
    ]


def two_values(event: Standing) -> Iterator[TwoValues]:
    """The fields for which a report that corroborates an event gives another value than its own (§8)."""
    for each in other_values(event):
        yield {
            "field": each.field,
            "own": value_in_words(each.field, event.fields.get(each.field)),
            "own_sources": [reported(report) for report in giving(event, each.field)],
            "other": value_in_words(each.field, each.value),
            "event": each.event.entry.id,
            "other_sources": [reported(report) for report in each.reports],
        }


def called(account: NamedEvent) -> str:
    """What to call an event: its ref, else the beginning of its id."""
    return telling.called(account["id"], account["ref"])


def says(fields: Fields, before: Fields | None = None) -> str:
    """What an event says, in a few words, its scope and source left out.

    ``before``: of a correction, the fields of its target as they were.
    """
    particulars = "; ".join(_particulars(fields, before))
    return f"{fields['type']}: {particulars}" if particulars else str(fields["type"])


def _particulars(fields: Fields, before: Fields | None) -> Iterator[str]:
    match fields["type"]:
        case "licence-required":
            yield fields["review"]
        case "corrected":
            yield corrections_line(fields["changes"], before)
        case "recipients-identified":
            named, excluded = fields.get("companies") or (), fields.get("excluded") or ()
            yield ", ".join((*named, *(f"not {company}" for company in excluded)))
        case "conditions-met" | "condition-imposed":
            yield ", ".join(fields["conditions"])
        case "condition-signalled":
            yield value_in_words("conditions", fields["conditions"])
        case "development-reported":
            yield f"{fields['kind']}: {fields['text']}"
        case "lifted" | "suspended":
            yield from filter(None, [_period(fields)])
        case _ if fields.get("quantity"):
            yield quantity_in_words(fields["quantity"])


def _period(fields: Fields) -> str:
    start, until = fields.get("effective"), fields.get("until")
    found = [f"from {day_words(span(start))}"] if start else []
    return " ".join([*found, until_in_words(day_words(span(until)))]) if until else "".join(found)
