"""Claims that an answer names by their ids: what to call them, and on whose word they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sources import BOOKKEEPING, on_whose_word
from policytracker.questions.telling import called, short_source
from policytracker.questions.values import value_in_words
from policytracker.status.entries import Fields
from policytracker.status.instead import giving, other_values
from policytracker.status.knowledge import Standing, stand


class Instead(NamedTuple):
    """Another value for a field of a claim, and the reports that give it (semantics.md §8)."""

    value: str
    sources: str


class ClaimSources:
    """Reads claims by their ids, as they stand at one point of the clocks; each is read once."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._known = reader, clocks.known
        self._seen = reader.point(clocks).seen
        self._standings: dict[str, Standing] = {}

    def name(self, claim: str) -> str:
        """What to call a claim, given its id."""
        return called(claim, self._standing(claim).fields.get("ref"))

    def word(self, claim: str) -> str:
        """On whose word a claim is, all its known reports together."""
        return on_whose_word(self._standing(claim).reports)

    def sources(self, claim: str, field: str) -> str:
        """The reports that give the value which a claim has for a field, and no others, on one line."""
        return _listed(giving(self._standing(claim), field))

    def approved(self, claim: str) -> Fields:
        """The quantity of an approval."""
        quantity: Fields = self._standing(claim).fields["quantity"]
        return quantity

    def instead(self, claim: str, field: str) -> Iterator[Instead]:
        """What other reports on a claim give for a field."""
        for other in other_values(self._standing(claim), field):
            yield Instead(value_in_words(field, other.value), _listed(other.reports))

    def _standing(self, claim: str) -> Standing:
        if claim not in self._standings:
            thread = tuple(entry for entry in self._reader.thread_of(claim) if entry.position <= self._seen)
            self._standings[claim] = stand(thread, self._known)[claim]
        return self._standings[claim]


def _listed(reports: tuple[Fields, ...]) -> str:
    return "; ".join(map(short_source, reports)) or BOOKKEEPING
