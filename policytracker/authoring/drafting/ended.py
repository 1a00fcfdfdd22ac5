"""Which recorded claims a report says are lifted or suspended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from policytracker.authoring.drafting.recorded import Same
from policytracker.projections.reading import of_types
from policytracker.questions.reader import Reader
from policytracker.questions.telling import SHORT_ID
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing, stand

RESTRICTIONS = ("prohibited", "blocked", "held", "licence-required", "condition-imposed")
MOST_NAMED = 5


class Ending(NamedTuple):
    """Restrictions that a report says are over, or rest for a while."""

    fields: dict[str, Any]
    """Those of the event about each: its type and its dates."""
    authority: str
    companies: Any
    chips: Any
    quote: str
    why: tuple[str, ...]


def ended(reader: Reader, ending: Ending) -> list[Same] | str:
    """An event about each claim that is meant; a text where it is not plain which that is."""
    open_ones = list(_restrictions(reader, ending.authority))
    if isinstance(ending.companies, list) and not any(":" in each for each in ending.companies):
        found = [each for each in open_ones if _names(each, ending.companies)]
    else:
        found = [each for each in open_ones if set(ending.chips or ()) & set(_texts(each.fields["chips"]))]
        if len(found) > 1:
            return f"it may be about several: {', '.join(map(_called, found[-MOST_NAMED:]))}"
    if not found:
        return "no restriction of this authority on them is recorded, or it was lifted before"
    return [
        Same(
            {"type": ending.fields["type"], "target": _called(each), **_dates(ending.fields)}, (f"ends {_told(each)}",)
        )
        for each in found
    ]


def _restrictions(reader: Reader, authority: str) -> Iterator[Standing]:
    """The restrictions of an authority that nothing has lifted."""
    for entry in of_types(reader.connection, RESTRICTIONS):
        if entry.target is None and entry.fields.get("authority") == authority:
            event = stand(reader.thread_of(entry.id), None)[entry.id]
            if event.known and not event.retracted and not event.acting("lifted"):
                yield event


def _names(event: Standing, companies: list[str]) -> bool:
    """Whether a claim was made for companies by name, and for one of these."""
    return bool(set(companies) & set(_texts(event.fields["companies"])))


def _texts(selectors: Any) -> list[str]:
    named = selectors.get("named", []) if isinstance(selectors, dict) else selectors
    return [each for each in named if isinstance(each, str)]


def _dates(fields: Fields) -> dict[str, Any]:
    return {key: fields[key] for key in ("effective", "until") if key in fields}


def _called(event: Standing) -> str:
    return str(event.fields.get("ref") or event.entry.id[:SHORT_ID])


def _told(event: Standing) -> str:
    report = event.fields.get("report") or {}
    return f"{_called(event)} ({event.type}, {report.get('publisher')}, {report.get('published')})"
