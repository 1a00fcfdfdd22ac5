"""How a shipment counts over the published and the recorded clock (semantics.md §3, §8). Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from policytracker.events.dates import Span
from policytracker.status.claims import claim_from
from policytracker.status.entries import Entry, Thread
from policytracker.status.folding import BEFORE_ALL, FOREVER, Box, over_clocks, publications
from policytracker.status.knowledge import stand
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.quantities import SHIPPED, Counted, Figure, SumKey, counted
from policytracker.status.terms import chips_text, companies_text
from policytracker.status.zones import UTC

ALWAYS = (BEFORE_ALL, FOREVER)


class Shipment(NamedTuple):
    """What an event says of chips that were shipped, as it stands within a range of moments and positions."""

    counted: Counted
    date: Span
    certain: bool
    """Whether it counts certainly."""
    companies: str
    """The companies of its scope, as text (``terms.expression``);"""
    chips: str
    """and its chips."""

    def figure(self, event: str, position: int, cells: MatchedScope, day: int) -> Figure:
        """Its figure on a day (an ordinal) by which it has begun, given the cells of its scope on that day."""
        amount, unit, per, is_total, said = self.counted
        key = SumKey(SHIPPED, None, unit, per, cells)
        return Figure(event, key, amount, self.certain and self.date.last <= day, is_total, said, position, self.date)


def shipments(thread: Thread, since: int = 1) -> Iterator[tuple[tuple[Box, Shipment], int, int]]:
    """How the shipment that a thread begins with counts, box by box, with the positions from and to which it does so.

    Of the first ``since`` events only the last is looked at, as in ``periods.periods``.
    """
    return over_clocks(thread, _at, _alone, since)


def _at(thread: Thread, known: int) -> Iterator[tuple[tuple[int, int], Shipment]]:
    standing = stand(thread, known)[thread[0].id]
    found = counted(standing)
    if found is not None:
        claim = claim_from(standing, UTC)
        companies = companies_text(claim.fields, claim.named, claim.excluded)
        yield ALWAYS, Shipment(found, claim.start, claim.certain, companies, chips_text(claim.fields))


def _alone(entry: Entry) -> Iterator[tuple[Box, Shipment]]:
    for known in publications(entry):
        for days, told in _at((entry,), known):
            yield (*days, known, FOREVER), told
