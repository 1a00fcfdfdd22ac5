"""One event whole, how it stands, and everything said about it (semantics.md §3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.events.dates import moment, moment_text
from policytracker.events.grades import origin
from policytracker.ledger import clock
from policytracker.projections.log import Logged, thread_of
from policytracker.questions.accounts import counts
from policytracker.questions.corrections import before
from policytracker.questions.errors import QuestionError
from policytracker.questions.interchange import KEPT_TYPES, in_order
from policytracker.questions.log import as_object
from policytracker.questions.reader import Reader
from policytracker.questions.sources import on_whose_word, texts, who_and_when, word
from policytracker.questions.telling import called, summary
from policytracker.questions.values import changes_in_words, label, until_in_words, value_in_words
from policytracker.status.entries import Entry, Fields
from policytracker.status.knowledge import NOT_AT_ALL, POSSIBLY, Standing
from policytracker.status.reasons import acts, why_not_certain
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import EventShown


class NotRecordedYet(QuestionError):
    """An event that the ledger did not hold at the instant asked for."""

    def __init__(self, name: str, recorded: int) -> None:
        super().__init__(f"{name!r} was recorded at {clock.text(recorded)}; give a later --recorded, or leave it out")


class Change(NamedTuple):
    """What one correction has made of an event."""

    by: Standing
    """The correction."""
    field: str
    text: str
    """The old and the new value in words."""


class Shown(NamedTuple):
    """One event, how it stands (None: a registration, which always does), and how deep in the tree it is."""

    event: Logged
    standing: Standing | None
    depth: int
    target: Standing | None = None
    """The event that it is about, as that stands."""

    @property
    def fields(self) -> Fields:
        """The fields of the event as they stand: as corrected by then. So its report is the one to cite."""
        return self.event.fields if self.standing is None or self._is_removed else self.standing.fields

    @property
    def _is_removed(self) -> bool:
        return self.standing is not None and self.standing.type == "removed"

    def as_object(self) -> EventShown:
        """The event in the interchange form, with how it stands and the fields that corrections have changed."""
        standing = self.standing
        return {
            **as_object(self.event),
            "known": standing is None or standing.known,
            "counts": "certainly" if standing is None else counts(standing),
            "retracted": standing is not None and standing.retracted,
            "word": self.word(),
            "corrected": self.corrected(),
            "changes_in_words": [f"{name}: {change}" for name, change in self._own_changes()],
        }

    def corrected(self) -> Fields:
        """The fields that corrections have changed, as they are now; None for one that was removed."""
        was, now = self.event.fields, self.fields
        return in_order({name: now.get(name) for name in {**was, **now} if was.get(name) != now.get(name)})

    def changes(self) -> Iterator[Change]:
        """What corrections have made of it, one by one, in ledger order."""
        if self.standing is not None and not self._is_removed:
            for each in self.standing.acting("corrected"):
                for name, text in changes_in_words(each.fields["changes"], before(each, self.standing)):
                    yield Change(each, name, text)

    def _own_changes(self) -> list[tuple[str, str]]:
        """Of a correction, what it changes."""
        was = self._before()
        return [] if was is None else list(changes_in_words(self.fields["changes"], was))

    def _before(self) -> Fields | None:
        """Of a correction, the fields of its target before it."""
        if self.standing is None or self.target is None or self.standing.type != "corrected":
            return None
        return before(self.standing, self.target)

    def summary(self) -> str:
        """The event in one line, as it stands; of a correction with the old and the new values."""
        aim = called(self.event.target, self.event.target_ref) if self.event.target else None
        return summary(self.fields, aim, self._before())

    def word(self) -> str:
        """On whose word it is."""
        if self.standing is None:
            report = self.event.fields.get("report")
            return on_whose_word([report] if report else [])
        return on_whose_word(self.standing.reports)

    def in_words(self) -> str:
        """Since when it is known and on whose word, how it counts, and whether it does anything to its target."""
        standing = self.standing
        if standing is None:
            return "a registration: bookkeeping, without a publication date"
        if standing.type in KEPT_TYPES:
            return "does nothing any more" if self._is_removed else "bookkeeping, without a publication date"
        if not standing.known:
            return "not known yet"
        return "; ".join([_since(standing), self.word(), *_how_it_counts(standing), *self._idle(standing)])

    def _idle(self, standing: Standing) -> list[str]:
        is_idle = self.event.target is not None and standing.counts and not acts(standing)
        return ["does nothing"] if is_idle else []


def _since(standing: Standing) -> str:
    if not standing.reports:
        return "known at every date"
    return f"known since {moment_text(moment(standing.reports[0]['published']))}"


def _how_it_counts(standing: Standing) -> Iterator[str]:
    """What keeps an event from counting certainly."""
    if standing.retracted:
        yield "retracted"
        return
    why = "; ".join(reason.text for reason in why_not_certain(standing))
    if standing.counts == POSSIBLY:
        yield f"counts only possibly: {why}"
    if standing.counts == NOT_AT_ALL:
        yield f"heard, not counted: {why}"


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
    yield Shown(event, standings.get(event.id), depth, standings.get(event.target or ""))
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
        elif name in ("changes", "instead"):
            alone = "now" if name == "changes" else ""
            yield from ((name, f"{changed}: {text}") for changed, text in changes_in_words(value, None, alone))
        elif name == "conditions" and isinstance(value, Mapping):
            yield from (("condition", f"{key}: {wording}") for key, wording in value.items())
        else:
            yield label(name), _words(name, value)


def report_details(report: Fields) -> Iterator[tuple[str, str]]:
    """A report in words: who, when and its headline; what it says; on whose word; where to read it."""
    title = f': "{report["title"]}"' if report.get("title") else ""
    yield "report", f"{who_and_when(report)}{title}"
    yield from (("report says", text) for text in texts(report))
    yield "word", word(report)
    yield "origin", origin(report)
    yield from ((name, str(report[name])) for name in ("url", "archived", "language") if report.get(name))


def _words(name: str, value: Any) -> str:
    return until_in_words(value).removeprefix("until ") if name == "until" else value_in_words(name, value)
