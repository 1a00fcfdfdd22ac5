"""Events that look like one recorded already: another report of the same thing is better recorded as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policytracker.events.catalogue import ABOUT, CLAIMS, MARKET, SIGNALS
from policytracker.events.dates import Span, day_of, iso, moment
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import Claim, claim_from
from policytracker.status.entries import Entry
from policytracker.status.knowledge import Standing, stand
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import LikeEvent

NEAR_DAYS = 7


def alike(reader: Reader, entry: Entry) -> list[LikeEvent]:
    """The recorded events that a new one looks like, the nearest in date first; retracted ones do not count.

    A claim, market event or signal looks like one of the same type and, where it has an authority, the same
    gate, if they share a registered company and chip, certainly or possibly, and their starts (``effective``,
    else the publication day) lie within NEAR_DAYS of each other. An event about another looks like one of the
    same type and target, by the same publisher, published on the same day. Each object holds ``id``, ``ref``,
    ``type``, ``starts``, ``report`` (one may be None) and ``days`` (how far apart they start).
    """
    if entry.type not in (*CLAIMS, *MARKET, *SIGNALS, *ABOUT):
        return []
    new = stand((entry,), None)[entry.id]
    standings = reader.view_of((entry.type,), Clocks(reader.today)).standings.values()
    others = [s for s in standings if s.type == entry.type and s.known and not s.retracted and s.entry.id != entry.id]
    found = _same_word(new, others) if entry.type in ABOUT else _same_matter(reader, new, others)
    return sorted(found, key=lambda each: each["days"])


def _same_word(new: Standing, others: list[Standing]) -> Iterator[LikeEvent]:
    word = _word(new)
    for other in others:
        if word is not None and other.entry.target == new.entry.target and _word(other) == word:
            yield _object(other, Span(word[1], word[1]), 0)


def _word(event: Standing) -> tuple[str, int] | None:
    report = event.fields.get("report")
    return (report["publisher"].casefold(), day_of(moment(report["published"]))) if report else None


def _same_matter(reader: Reader, new: Standing, others: list[Standing]) -> Iterator[LikeEvent]:
    reach = MatchedCells(reader.directory)
    claim = claim_from(new, _zone(reader, new))
    for other in others:
        old = claim_from(other, _zone(reader, other))
        days = apart(claim.start, old.start)
        if days <= NEAR_DAYS and _gate(reader, claim) == _gate(reader, old) and reach.overlap(claim, old):
            yield _object(other, old.start, days)


def apart(one: Span, other: Span) -> int:
    """How many days lie between two dates; 0 where they touch or overlap."""
    return max(0, one.first - other.last, other.first - one.last)


def _zone(reader: Reader, event: Standing) -> str:
    """The time zone of the gate of an event; one of the market has none."""
    authority = event.fields.get("authority")
    return reader.directory.zone_of(authority) if authority else UTC


def _gate(reader: Reader, claim: Claim) -> object:
    authority = claim.fields.get("authority")
    return authority and reader.directory.gate(authority)


def _object(event: Standing, starts: Span, days: int) -> LikeEvent:
    first, last = map(iso, starts)
    ref = event.entry.fields.get("ref")
    return {
        "id": event.entry.id,
        "ref": ref,
        "type": event.type,
        "starts": first if first == last else f"{first}/{last}",
        "report": event.fields.get("report"),
        "days": days,
    }
