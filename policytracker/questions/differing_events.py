"""The events by which a cell differs from one end of a step to the other, be its statuses the same or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from policytracker.questions.causes import decisive, from_day_to_day, learned, recorded
from policytracker.questions.diff import KNOWLEDGE, LEDGER, WORLD, Changed, Walk
from policytracker.questions.reader import Clocks

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import EventOfChange
    from policytracker.questions.explained import Explained
    from policytracker.status.cells import GateAnswer


class Stage(NamedTuple):
    """A step of the way between two points, on which one clock moves."""

    changed: Changed
    start: Clocks
    end: Clocks
    first: Explained
    last: Explained


def stages(walk: Walk) -> list[Stage]:
    """The steps of a way, without those on which nothing moves."""
    at, known, to_at, to_known = walk.points
    first = Clocks(at, known, walk.recorded)
    found = [
        Stage(WORLD, first, first._replace(at=to_at), walk.before, walk.before),
        Stage(KNOWLEDGE, first._replace(at=to_at), Clocks(to_at, to_known, walk.recorded), walk.before, walk.after),
        Stage(
            LEDGER,
            Clocks(to_at, to_known, walk.recorded),
            Clocks(to_at, to_known, walk.to_recorded),
            walk.after,
            walk.last,
        ),
    ]
    return [stage for stage in found if stage.start != stage.end]


class EventsBetween:
    """The events of one step."""

    def __init__(self, walk: Walk, stage: Stage) -> None:
        self._walk, self._stage = walk, stage
        self._own: dict[str, list[EventOfChange]] = {}

    def of_claim(self, company: str, chip: str, gate: str, claim: str) -> list[EventOfChange]:
        """Those by which a claim counts otherwise for a cell.

        They are of the claim itself; else of others that hold otherwise at its gate; else registrations.
        """
        return self.own(claim) or list(self._at_gate(company, chip, gate, claim)) or self.registrations(company, chip)

    def own(self, event: str) -> list[EventOfChange]:
        """Those by which a claim, an order or a delivery itself is not what it was."""
        if event not in self._own:
            self._own[event] = self._found(event)
        return self._own[event]

    def _found(self, event: str) -> list[EventOfChange]:
        changed, start, end, first, last = self._stage
        if changed == WORLD:
            return from_day_to_day(first, event, start.at, end.at)
        found = decisive(first, last, event)
        if changed == KNOWLEDGE:
            return [learned(first, last, each, event) for each in found]
        return [recorded(last, each, event) for each in found]

    def _at_gate(self, company: str, chip: str, gate: str, but: str) -> Iterator[EventOfChange]:
        _, start, end, first, last = self._stage
        was, now = first.cell(company, chip, start.at), last.cell(company, chip, end.at)
        old, new = ({*_held(each for each in cell.gates if str(each.gate) == gate)} for cell in (was, now))
        changed = dict.fromkeys(name for name, _ in sorted(old ^ new, key=str) if name != but)
        return (event for name in changed for event in self.own(name))

    def registrations(self, company: str, chip: str) -> list[EventOfChange]:
        """The registrations that may concern a cell, and count or were recorded in between."""
        return list(self._walk.registrations(self._stage.changed, company, chip))


def _held(gates: Iterable[GateAnswer]) -> Iterator[tuple[str, object]]:
    """The claims that hold at a gate, and how."""
    for gate in gates:
        yield from ((held.id, held) for held in gate.holdings)
        yield from ((cap.id, cap) for cap in gate.caps)
