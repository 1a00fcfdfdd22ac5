"""The events that make a difference between two answers, in the shape of ``diff --json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policytracker.events.dates import iso
from policytracker.ledger import clock
from policytracker.questions.accounts import sources
from policytracker.questions.sources import reported
from policytracker.questions.telling import summary as event_summary
from policytracker.status.entries import Entry
from policytracker.status.knowledge import Standing
from policytracker.status.registrations import counts_from
from policytracker.status.registry import Change

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import EventOfChange, ReportOfChange


def recorded_on(entry: Entry) -> str:
    """On which day an event was recorded, in words."""
    return f"recorded {iso(clock.day(entry.recorded))}"


def of_change(change: Change, is_later: bool) -> EventOfChange:
    """A registration that counts from some day, seen from a later or an earlier one."""
    entry, was, day = change.after, change.before.fields, iso(counts_from(change.after.fields))
    text = f"from {day}: {event_summary(entry.fields)}" if is_later else f"until {day}: {event_summary(was)}"
    return of_registration(entry, text)


def of_registration(entry: Entry, change: str) -> EventOfChange:
    """A registration, and what it changes, in words."""
    report = entry.fields.get("report")
    return {
        "id": entry.id,
        "ref": entry.fields.get("ref"),
        "type": entry.type,
        "claim": None,
        "change": change,
        "sources": [{"event": entry.id, **reported(report)}] if report else [],
    }


def of_event(event: Standing, claim: str, change: str) -> EventOfChange:
    """An event by which a claim makes a difference, and what became of it, in words."""
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "claim": claim,
        "change": change,
        "sources": sources(event),
    }


def by_report(events: Iterable[EventOfChange]) -> list[ReportOfChange]:
    """Events by the reports that brought them, in the order of the first of each; those without a report last.

    An event of which only other reports are known, by which it is corroborated, stands under the first of these.
    """
    found: dict[tuple[str | None, str | None, str | None], list[str]] = {}
    for event in events:
        ids = found.setdefault(report_of(event), [])
        if event["id"] not in ids:
            ids.append(event["id"])
    return [
        {"publisher": publisher, "published": published, "cites": cites, "events": ids}
        for (publisher, published, cites), ids in sorted(found.items(), key=lambda each: each[0][0] is None)
    ]


def report_of(event: EventOfChange) -> tuple[str | None, str | None, str | None]:
    """Publisher, date and whom it cites, of the report that brought an event; None each: it has none."""
    if not event["sources"]:
        return None, None, None
    own = (source for source in event["sources"] if source["event"] == event["id"])
    report = next(own, event["sources"][0])
    return report["publisher"], report["published"], report.get("cites")
