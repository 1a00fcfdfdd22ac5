"""What is left of approvals on every day and at every moment of knowledge (semantics.md §8), as steps in tables."""

from collections.abc import Iterable
from typing import TypedDict

from policytracker.events.dates import LAST_DAY
from policytracker.questions.amounts import left_of_approved
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import Claim
from policytracker.status.entries import Thread
from policytracker.status.knowledge import Standing, date_of, stand
from policytracker.status.left import Shipments, left_of
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.periods import BEFORE_ALL, publications
from policytracker.status.quantities import SHIPPED, Figure, figure_of
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.zones import UTC

NOTHING = 0
"""The number of what is left of a claim that is no approval with a quantity then."""
Steps = tuple[tuple[int, int], ...]
"""Amounts by number, each from a day on; the first is from SINCE_EVER on."""


class LeftTables(TypedDict):
    """What is left of approvals."""

    left: dict[int, list[list[object]]]
    """By the number of a claim: the place of a moment, and the steps from it on: the place of a day, an amount, and so
    on."""
    amounts: list[list[object] | None]
    """What is left: the least, the most (null: open), the unit, whether it is used up, and all this in words, with of
    how much; null: nothing to tell."""


class LeftOverTime:
    """What is left of some approvals, as recorded by an instant."""

    def __init__(self, reader: Reader, clocks: Clocks, approvals: Iterable[str]) -> None:
        """``approvals``: the ids of claims that have a quantity at some moment."""
        seen = reader.point(clocks).seen
        self._registry = reader.registry(seen)
        self._approvals = {name: _seen(reader.thread_of(name), seen) for name in approvals}
        everything = clocks._replace(known=None)
        self._shipped = reader.view_of((SHIPPED,), everything).threads if self._approvals else {}
        self._matched: dict[int, MatchedCells] = {}
        self._numbers: dict[tuple[object, ...] | None, int] = {None: NOTHING}
        self.steps: dict[str, dict[int, Steps]] = {name: {} for name in self._approvals}
        """By claim and moment; from each moment on, until the next."""
        for known in self._moments():
            for name, steps in self._at(known).items():
                if steps != next(reversed(self.steps[name].values()), None):
                    self.steps[name][known] = steps

    def amounts(self) -> list[list[object] | None]:
        """What is left, by number."""
        return [None if each is None else list(each) for each in self._numbers]

    def days(self) -> set[int]:
        """The days on which something turns."""
        return {day for found in self.steps.values() for steps in found.values() for day, _ in steps}

    def _moments(self) -> list[int]:
        threads = (*self._approvals.values(), *self._shipped.values())
        return sorted({BEFORE_ALL, *(when for thread in threads for entry in thread for when in publications(entry))})

    def _at(self, known: int) -> dict[str, Steps]:
        """The steps of each approval, as known at a moment."""
        approvals = {name: stand(thread, known)[name] for name, thread in self._approvals.items()}
        shipped = [stand(thread, known)[name] for name, thread in self._shipped.items()]
        found: dict[str, list[tuple[int, int]]] = {name: [] for name in approvals}
        for day in self._days((*approvals.values(), *shipped)):
            sent = Shipments(filter(None, (self._figure(event, day) for event in shipped)))
            for name, standing in approvals.items():
                number = self._number(standing, day, sent)
                if not found[name] or found[name][-1][1] != number:
                    found[name].append((day, number))
        return {name: tuple(steps) for name, steps in found.items()}

    def _days(self, standings: Iterable[Standing]) -> list[int]:
        """The days on which an event begins, or may begin, and those on which the registry changes."""
        dates = (date_of(event, zone) for event in standings if event.counts for zone in self._zones(event))
        days = {day for date in dates for day in date if SINCE_EVER <= day <= LAST_DAY}
        return sorted({SINCE_EVER, *self._registry.days, *days})

    def _zones(self, event: Standing) -> set[str]:
        """The time zones that the gate of an event has on some day."""
        authority = event.fields.get("authority")
        days = (SINCE_EVER, *self._registry.days)
        return {self._registry.on(day).zone_of(authority) for day in days} if authority else {UTC}

    def _number(self, standing: Standing, day: int, shipped: Shipments) -> int:
        approval = self._figure(standing, day)
        if approval is None:
            return NOTHING
        rest = left_of(approval, shipped.within(approval.key))
        left = {"min": rest.least, "max": rest.most, "unit": approval.key.unit, "used_up": rest.is_used_up}
        told = *left.values(), left_of_approved(left, standing.fields["quantity"])
        return self._numbers.setdefault(told, len(self._numbers))

    def _figure(self, event: Standing, day: int) -> Figure | None:
        matched = self._cells_on(day)

        def cells_of(claim: Claim) -> MatchedScope:
            return MatchedScope(matched.companies(claim), matched.chips(claim))

        return figure_of(event, matched.directory, cells_of, day)

    def _cells_on(self, day: int) -> MatchedCells:
        since = self._registry.since(day)
        if since not in self._matched:
            self._matched[since] = MatchedCells(self._registry.on(since))
        return self._matched[since]


def _seen(thread: Thread, seen: int) -> Thread:
    return tuple(entry for entry in thread if entry.position <= seen)
