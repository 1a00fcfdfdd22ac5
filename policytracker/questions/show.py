"""One event whole, how it stands, and everything said about it (semantics.md §3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.events.dates import moment_text
from policytracker.events.grades import grade, in_words, origin
from policytracker.ledger import clock
from policytracker.projections.log import Logged, thread_of
from policytracker.questions.errors import QuestionError
from policytracker.questions.interchange import KEPT_TYPES, in_order
from policytracker.questions.log import as_object
from policytracker.questions.reader import Reader
from policytracker.questions.sources import attribution
from policytracker.questions.telling import chips_in_words, companies_in_words, range_in_words
from policytracker.status.entries import Entry, Fields
from policytracker.status.knowledge import Standing
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import EventShown


class NotRecordedYet(QuestionError):
    """An event that the ledger did not hold at the instant asked for."""

    def __init__(self, name: str, recorded: int) -> None:
        super().__init__(f"{name!r} was recorded at {clock.text(recorded)}; give a later --recorded, or leave it out")


class Shown(NamedTuple):
    """One event, how it stands (None: a registration, which always does), and how deep in the tree it is."""

    event: Logged
    standing: Standing | None
    depth: int

    def as_object(self) -> EventShown:
        """The event in the interchange form, with how it stands and the fields that corrections have changed."""
        standing = self.standing
        return {
            **as_object(self.event),
            "known": standing is None or standing.known,
            "certain": standing is None or standing.certain,
            "retracted": standing is not None and standing.retracted,
            "corrected": self.corrected(),
        }

    def corrected(self) -> Fields:
        """The fields that corrections have changed, as they are now; None for one that was removed."""
        if self.standing is None or self.standing.type == "removed":
            return {}
        was, now = self.event.fields, self.standing.fields
        return in_order({name: now.get(name) for name in {**was, **now} if was.get(name) != now.get(name)})

    def in_words(self) -> str:
        """Whether it is known, certain, retracted, and whether it does anything to the event that it is about."""
        standing = self.standing
        if standing is None:
            return "a registration: bookkeeping, without a publication date"
        if standing.type in KEPT_TYPES:
            return "does nothing any more" if standing.type == "removed" else "bookkeeping, without a publication date"
        if not standing.known:
            return "not known yet"
        since = "known always" if standing.published is None else f"known since {moment_text(standing.published)}"
        doubt = "certain" if standing.certain else "not certain"
        idle = self.event.target is not None and not standing.acts and not standing.retracted
        return "; ".join(
            [since, doubt, *(["retracted"] if standing.retracted else []), *(["does nothing"] if idle else [])]
        )


def show(reader: Reader, known: int | None, recorded: int | None, name: str) -> list[Shown]:
    """The event with this ref, id or beginning of an id, then those about it, each before those about itself.

    Raises NoSuchEvent, AmbiguousEvent or NotRecordedYet.
    """
    event_id = reader.event_id(name)
    thread = thread_of(reader.connection, event_id)
    seen = [event for event in thread if recorded is None or event.recorded <= recorded]
    chosen = next((event for event in seen if event.id == event_id), None)
    if chosen is None:
        raise NotRecordedYet(name, next(event.recorded for event in thread if event.id == event_id))
    entries = [Entry(event.position, event.id, event.recorded, event.fields) for event in seen]
    view = View(entries, reader.directory_at(recorded, reader.today), known)
    return list(_tree(chosen, seen, view.standings, 0))


def _tree(event: Logged, thread: Sequence[Logged], standings: Mapping[str, Standing], depth: int) -> Iterator[Shown]:
    yield Shown(event, standings.get(event.id), depth)
    for other in thread:
        if other.target == event.id:
            yield from _tree(other, thread, standings, depth + 1)


def details(fields: Fields) -> Iterator[tuple[str, str]]:
    """Every field of an event in words, one or more lines each: its name and what it says."""
    for name, value in in_order(fields).items():
        if name in ("type", "ref", "target"):
            continue
        if name == "report":
            yield from report_details(value)
        elif name == "changes":
            for changed, now in value.items():
                found = [("", "removed")] if now is None else list(details({changed: now}))
                yield from (("changes", f"{label or changed}: {text}") for label, text in found)
        elif name == "conditions" and isinstance(value, Mapping):
            yield from (("condition", f"{key}: {wording}") for key, wording in value.items())
        else:
            yield name.replace("_", " "), _words(name, value)


def report_details(report: Fields) -> Iterator[tuple[str, str]]:
    """A report in words: who, when, how it is attributed and graded, whose word it is, where to read it."""
    cites = f", citing {report['cites']}" if report.get("cites") else ""
    title = f': "{report["title"]}"' if report.get("title") else ""
    yield "report", f"{report['publisher']}, {report['published']}{cites}{title}"
    own = "" if report.get("grade") else ", by its attribution"
    yield "grade", f"{in_words(grade(report))}{own} ({attribution(report)})"
    yield "origin", origin(report)
    yield from ((name, str(report[name])) for name in ("url", "archived", "language") if report.get(name))


def _words(name: str, value: Any) -> str:
    if name in ("companies", "except_companies"):
        return companies_in_words(value)
    if name in ("chips", "except_chips"):
        return chips_in_words(value)
    if name == "quantity":
        return range_in_words(value) + (f", “{value['wording']}”" if value.get("wording") else "")
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
