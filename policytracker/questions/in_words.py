"""Events and claims in sentences, as they stand at one point of the clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policytracker.events.dates import moment_text
from policytracker.questions.corrections import before_in
from policytracker.questions.newest import published
from policytracker.questions.sentences.attribution import certainty
from policytracker.questions.sentences.events import Sentences
from policytracker.questions.sentences.naming import Naming
from policytracker.questions.telling import called, summary
from policytracker.status.claims import claim_from
from policytracker.status.knowledge import Standing, stand
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.overview_answers import ClaimInWords, EventInWords
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.status.entries import Fields


class InWords:
    """Makes sentences of what the ledger holds, with the names of the registry of the day."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._known = reader, clocks.known
        self._seen = reader.point(clocks).seen
        self.names = Naming(reader.directory_at(clocks.recorded, clocks.at))

    def event(self, standings: Mapping[str, Standing], event: Standing) -> EventInWords:
        """An event of a thread, given how all events of the thread stand, by their ids."""

        def fields_of(name: str) -> Fields | None:
            return standings[name].fields if name in standings else None

        before = before_in(standings, event)
        target = standings.get(event.fields.get("target") or "")
        aim = called(target.entry.id, target.fields.get("ref")) if target else None
        when = published(event)
        return {
            "id": event.entry.id,
            "ref": event.fields.get("ref"),
            "type": event.type,
            "published": None if when is None else moment_text(when),
            "sentence": Sentences(self.names, fields_of).event(event.fields, event.reports, before),
            "says": summary(event.fields, aim, before),
        }

    def of_id(self, event: str) -> EventInWords:
        """An event given by its id."""
        standings = self._standings(event)
        return self.event(standings, standings[event])

    def claim(self, claim: str) -> ClaimInWords:
        """A claim given by its id, with how sure it is."""
        standings = self._standings(claim)
        standing = standings[claim]
        return {**self.event(standings, standing), "certainty": certainty(standing.reports)}

    def whom(self, event: str) -> str:
        """For which companies a claim or an event of the market is, given its id."""
        claim = claim_from(self._standings(event)[event], UTC)
        but = claim.fields.get("except_companies")
        words = self.names.companies(claim.fields["companies"], sorted(claim.named))
        return f"{words} (except {self.names.companies(but)})" if but else words

    def _standings(self, event: str) -> dict[str, Standing]:
        thread = tuple(entry for entry in self._reader.thread_of(event) if entry.position <= self._seen)
        return stand(thread, self._known)
