"""Events and claims in sentences, as they stand at one point of the clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from policytracker.events.dates import moment_text
from policytracker.questions.accounts import sources
from policytracker.questions.corrections import before_in, in_own_words
from policytracker.questions.newest import published
from policytracker.questions.roles import NOT_COUNTED
from policytracker.questions.sentences.attribution import attributed, certainty
from policytracker.questions.sentences.corrections import corrected
from policytracker.questions.sentences.corrections import other_values as in_other_words
from policytracker.questions.sentences.events import Sentences
from policytracker.questions.sentences.naming import Naming, capital
from policytracker.questions.telling import called, summary
from policytracker.status.claims import claim_from
from policytracker.status.instead import other_values
from policytracker.status.knowledge import Standing, stand
from policytracker.status.reasons import why_not_certain
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import SourceReport
    from policytracker.questions.overview_answers import ClaimInWords, EventInWords
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.status.entries import Fields


class InWords:
    """Makes sentences of what the ledger holds, with the names of the registry of the day."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._known = reader, clocks.known
        self._seen = reader.point(clocks).seen
        self.names = Naming(reader.directory_at(clocks.recorded, clocks.at))
        self._kept: dict[str, dict[str, Standing]] = {}
        """By the id of each event of a thread that was read."""

    def event(self, standings: Mapping[str, Standing], event: Standing) -> EventInWords:
        """An event of a thread, given how all events of the thread stand, by their ids."""
        before = before_in(standings, event)
        target = standings.get(event.fields.get("target") or "")
        aim = called(target.entry.id, target.fields.get("ref")) if target else None
        when = published(event)
        return {
            "id": event.entry.id,
            "ref": event.fields.get("ref"),
            "type": event.type,
            "published": None if when is None else moment_text(when),
            "sentence": " ".join(_sentences(Sentences(self.names, self._fields_in(standings)), event, before)),
            "says": summary(event.fields, aim, before),
            "doubt": _doubt(event),
        }

    def of_id(self, event: str) -> EventInWords:
        """An event given by its id."""
        standings = self._standings(event)
        return self.event(standings, standings[event])

    def without_source(self, event: str) -> str:
        """What an event given by its id says by its own report, without who says so."""
        standings = self._standings(event)
        standing = standings[event]
        make = Sentences(self.names, self._fields_in(standings))
        return f"{make.without_source(in_own_words(standing), before_in(standings, standing))}."

    def in_short(self, event: str) -> str:
        """Who does what to whom, of an event given by its id: without its dates, its source and a full stop."""
        standings = self._standings(event)
        return Sentences(self.names, self._fields_in(standings)).in_short(standings[event].fields)

    def claim(self, claim: str) -> ClaimInWords:
        """A claim given by its id, with how sure it is."""
        standings = self._standings(claim)
        standing = standings[claim]
        return {**self.event(standings, standing), "certainty": certainty(standing.reports)}

    def sources(self, event: str) -> list[SourceReport]:
        """The known reports of an event given by its id: its own as corrected, and those that corroborate it."""
        return sources(self._standings(event)[event])

    def fields(self, event: str) -> Fields:
        """The fields of an event given by its id, as they stand."""
        return self._standings(event)[event].fields

    def whom(self, event: str) -> str:
        """For which companies a claim or an event of the market is, given its id."""
        claim = claim_from(self._standings(event)[event], UTC)
        but = claim.fields.get("except_companies")
        words = self.names.companies(claim.fields["companies"], sorted(claim.named))
        return f"{words} (except {self.names.companies(but)})" if but else words

    @staticmethod
    def _fields_in(standings: Mapping[str, Standing]) -> Callable[[str], Fields | None]:
        """The fields of an event of a thread by its id; None for one that is not in it."""
        return lambda event: standings[event].fields if event in standings else None

    def _standings(self, event: str) -> dict[str, Standing]:
        if event not in self._kept:
            thread = tuple(entry for entry in self._reader.thread_of(event) if entry.position <= self._seen)
            self._kept |= dict.fromkeys((entry.id for entry in thread), stand(thread, self._known))
        return self._kept[event]


def _sentences(make: Sentences, event: Standing, before: Fields | None) -> Iterator[str]:
    """What an event's own report says, and who says the same; then what other reports make of it (semantics.md §8)."""
    own, others = in_own_words(event), list(other_values(event))
    elsewhere = [report for other in others for report in other.reports]
    yield make.event(own, [report for report in event.reports if report not in elsewhere], before)
    for correction in event.acting("corrected"):
        if correction.reports:
            changes = corrected(make.names, correction.fields["changes"], own)
            yield f"Corrected since: {changes}; {attributed(correction.reports)}."
    for _, found in groupby(others, key=lambda other: [id(report) for report in other.reports]):
        same = list(found)
        values = "; ".join(in_other_words(make.names, {other.field: other.value}) for other in same)
        yield f"Another report differs: {values}; {attributed(same[0].reports)}."


def _doubt(event: Standing) -> str | None:
    """Why an event counts less than certainly (semantics.md §3), in words."""
    if event.retracted:
        return "taken back since"
    if event.certain or not event.known:
        return None
    reasons = "; ".join(reason.text for reason in why_not_certain(event))
    return f"{'counts only possibly' if event.counts else NOT_COUNTED}: {reasons}"


def with_doubt(event: EventInWords) -> str:
    """An event in a sentence, and in another one why it counts less than certainly."""
    return f"{event['sentence']} {capital(event['doubt'])}." if event["doubt"] else event["sentence"]
