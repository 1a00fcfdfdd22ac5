"""Events that look like one recorded already: another report of the same thing is better recorded as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.events.catalogue import ABOUT, DEVELOPMENTS
from policytracker.events.dates import Span, iso
from policytracker.events.grades import origin
from policytracker.questions.comparable import MATTERS, Comparable, alone
from policytracker.questions.matters import NEAR_DAYS, Matter, apart
from policytracker.questions.reader import Reader
from policytracker.status.entries import Entry, Fields
from policytracker.status.knowledge import Standing
from policytracker.status.quantities import amount_of, unit_of
from policytracker.status.zones import UTC, publication_day

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import LikeEvent

_OF_THE_REPORT = ("type", "ref", "note", "report", "target")
"""Fields in which two events about another may differ that say the same of it."""


def alike(reader: Reader, entry: Entry) -> list[LikeEvent]:
    """The recorded events that one which is to be recorded looks like, the best match first: see ``Likeness.of``."""
    comparable = Comparable(reader, reader.directory, entry.position)
    comparable.expect([entry])
    return Likeness(comparable).of(entry)


class Same(NamedTuple):
    """What two events have in common."""

    quantity: bool
    """The same, or none: of events about others, all that they say."""
    scope: bool
    origin: bool


class Match(NamedTuple):
    """An event that a new one looks like."""

    event: Standing | Matter
    same: Same
    starts: Span
    days: int
    """How far apart they start."""

    @property
    def rank(self) -> tuple[Any, ...]:
        """The best first: with the same quantity, scope and origin, then the nearest in date (interchange.md)."""
        return -sum(self.same), *(not each for each in self.same), self.days

    def as_object(self) -> LikeEvent:
        """In the shape of ``record … --dry-run --json``."""
        fields, (first, last) = self.event.fields, map(iso, self.starts)
        told = {**self.same._asdict(), "quantity": self.same.quantity and bool(fields.get("quantity"))}
        return {
            "id": self.event.claim.id if isinstance(self.event, Matter) else self.event.entry.id,
            "ref": fields.get("ref"),
            "type": fields["type"],
            "starts": first if first == last else f"{first}/{last}",
            "report": fields.get("report"),
            "days": self.days,
            "same": [name for name, is_same in told.items() if is_same],
        }


class Likeness:
    """Compares new events with those before them."""

    def __init__(self, comparable: Comparable) -> None:
        self._comparable = comparable

    def of(self, entry: Entry) -> list[LikeEvent]:
        """The events that a new one looks like, the best match first: one object each.

        - A claim, market event or signal looks like one of the same type and, where it has an authority, the same gate,
          if they share a registered company and chip, certainly or possibly, and begin within NEAR_DAYS of each other.
        - An event about another looks like one of the same type and target that was reported by the same publisher on
          the same day, or that says the same on the word of the same origin, within NEAR_DAYS.
        - A development looks like one of its kind with the same text, or reported at the same address.
        """
        if entry.type in MATTERS:
            found = self._same_matter(self._comparable.matter(entry))
        elif entry.type in ABOUT:
            found = list(_same_word(alone(entry), self._comparable.about(entry)))
        elif entry.type in DEVELOPMENTS:
            found = [_same_development(alone(entry), old) for old in self._comparable.developments(entry)]
        else:
            found = []
        return [match.as_object() for match in sorted(found, key=lambda match: match.rank)]

    def _same_matter(self, new: Matter) -> list[Match]:
        return [
            Match(old, _common(new, old), old.start, apart(new.start, old.start))
            for old in self._comparable.matters.near(new)
            if old.claim.id != new.claim.id and old.fields.get("review") == new.fields.get("review")
        ]


def _same_development(new: Standing, old: Standing) -> Match:
    day = _day(old)
    same = Same(True, True, _origin(new.fields) == _origin(old.fields))
    return Match(old, same, Span(day, day), abs(day - _day(new)))


def _common(new: Matter, old: Matter) -> Same:
    amounts, origins = ([read(each.fields) for each in (new, old)] for read in (_amount, _origin))
    return Same(amounts[0] == amounts[1], new.has_scope_of(old), origins[0] == origins[1])


def _amount(fields: Fields) -> Any:
    quantity = fields.get("quantity")
    return quantity and (amount_of(quantity), unit_of(quantity), quantity.get("per"))


def _origin(fields: Fields) -> str | None:
    report = fields.get("report")
    return origin(report) if report else None


def _same_word(new: Standing, others: Iterable[Standing]) -> Iterator[Match]:
    """Events about the same target that say the same on the same word, or that one report brought."""
    report, day = new.fields.get("report"), _day(new)
    for old in others if report else ():
        other, then = old.fields.get("report"), _day(old)
        if not report or not other or old.entry.id == new.entry.id:
            continue
        same = Same(_says(old) == _says(new), True, origin(other) == origin(report))
        is_one_report = _publisher(other) == _publisher(report) and then == day
        if is_one_report or (same.quantity and same.origin and abs(then - day) <= NEAR_DAYS):
            yield Match(old, same, Span(then, then), abs(then - day))


def _publisher(report: Fields) -> str:
    return str(report["publisher"]).casefold()


def _says(event: Standing) -> Fields:
    return {name: value for name, value in event.fields.items() if name not in _OF_THE_REPORT}


def _day(event: Standing) -> int:
    report = event.fields.get("report")
    return publication_day(report["published"], UTC) if report else 0
