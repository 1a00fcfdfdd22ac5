"""All that differs between two points, cell by cell (cli.md): statuses, conditions, licences, amounts, what is left.

The way leads over the same steps as that of ``diff``. What differs at a step is the difference of what ``state`` and
``quantities`` answer at both its ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, cast

from policytracker.projections.reading import entry_with
from policytracker.questions.changing_events import by_report
from policytracker.questions.condition_changes import left_turned, turned
from policytracker.questions.counted_between import CountedBetween, amount_at, newly_replaced
from policytracker.questions.diff import (
    SAME,
    Instant,
    Points,
    Same,
    Walk,
    asked_of,
    diff,
    later_of,
)
from policytracker.questions.differing_events import EventsBetween, Stage, stages
from policytracker.questions.licence_changes import became, turned_licences
from policytracker.questions.state import cells

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState
    from policytracker.questions.difference_answers import (
        AmountChange,
        CellStep,
        ConditionChange,
        EventOfChange,
        LeftChange,
        LicenceChange,
        LicenceNamed,
        StatusStep,
    )
    from policytracker.questions.quantity_answers import QuantityRange
    from policytracker.questions.reader import Reader
    from policytracker.status.entries import Entry

Part = Literal["status", "conditions", "licences", "amounts"]
PARTS: Final[tuple[Part, ...]] = ("status", "conditions", "licences", "amounts")
"""What may differ; what is left of approvals goes with the amounts."""


def differences(
    reader: Reader,
    points: Points,
    recorded: Instant,
    company: str | None,
    chip: str | None,
    to_recorded: Instant | Same = SAME,
    only: Collection[Part] = (),
) -> Iterator[CellStep]:
    """One object for each cell and step at which its answer differs, by company id, then chip id.

    ``only``: these parts alone; none: all. Raises as ``diff`` does, at once.
    """
    if set(only) == {"status"}:
        # All cells are compared at once, and no condition is read.
        return cast("Iterator[CellStep]", diff(reader, points, recorded, company, chip, to_recorded))
    later = later_of(points, recorded, to_recorded)
    companies, chips = asked_of(reader, points, (recorded, later), company, chip)
    return _Differences(reader, Walk(reader, points, recorded, later), only or PARTS).along(companies, chips)


class _Differences:
    """What differs along a way, for one cell after the other."""

    def __init__(self, reader: Reader, walk: Walk, parts: Collection[Part]) -> None:
        self._reader, self._walk, self._parts = reader, walk, parts
        self._steps = [_Between(reader, walk, stage) for stage in stages(walk)]

    def along(self, companies: Sequence[str], chips: Sequence[str]) -> Iterator[CellStep]:
        """The steps of some companies and chips, given as ids in order."""
        points = [self._steps[0].stage.start, *(step.stage.end for step in self._steps)]
        for states in zip(*(cells(self._reader, point, companies, chips) for point in points), strict=True):
            yield from self._of_cell(states)

    def _of_cell(self, states: Sequence[CellState]) -> Iterator[CellStep]:
        company, chip = states[0]["company"], states[0]["chip"]
        statuses: dict[str, StatusStep] = {}
        if "status" in self._parts and any(was["possible"] != now["possible"] for was, now in pairwise(states)):
            statuses = {step["changed"]: step for step in self._walk.steps(company, chip)}
        for between, (was, now) in zip(self._steps, pairwise(states), strict=True):
            found = between.step(was, now, statuses.get(between.stage.changed), self._parts)
            if found is not None:
                yield found


class _Between:
    """What differs between the two ends of one step."""

    def __init__(self, reader: Reader, walk: Walk, stage: Stage) -> None:
        self.stage = stage
        self._reader, self._walk = reader, walk
        self._events = EventsBetween(walk, stage)
        self._entries: dict[str, Entry] = {}

    def step(
        self, was: CellState, now: CellState, status: StatusStep | None, parts: Collection[Part]
    ) -> CellStep | None:
        """What differs for a cell; None: nothing. ``status``: how its statuses do, if they do and are asked for."""
        told = _Told(status["events"] if status else ())
        found: dict[str, object] = {}
        by = [event["id"] for event in told.events]
        if "conditions" in parts:
            found["conditions"] = list(self._conditions(was, now, told))
        if "licences" in parts:
            found["licences"] = list(self._licences(was, now, told))
        if "amounts" in parts:
            found["amounts"] = list(self._amounts(now, told))
            found["left"] = list(self._left(was, now, told))
        if status is None and not any(found.values()):
            return None
        step = status or self._same(was, now)
        more = {"events": told.events, "status_events": by, **found, "reports": by_report(told.events)}
        return cast("CellStep", {**step, **more})

    def _same(self, was: CellState, now: CellState) -> StatusStep:
        return {
            "company": now["company"],
            "chip": now["chip"],
            "changed": self.stage.changed,
            "from": was["status"],
            "to": now["status"],
            "from_possible": was["possible"],
            "to_possible": now["possible"],
            **self._walk.dates(self.stage.changed),
            "events": [],
        }

    def _conditions(self, was: CellState, now: CellState, told: _Told) -> Iterator[ConditionChange]:
        for each in turned(was, now):
            by = self._events.of_claim(now["company"], now["chip"], each.gate, each.claim)
            yield {
                "gate": each.gate,
                "claim": each.claim,
                "key": each.key,
                "from_wording": each.was and each.was.wording,
                "to_wording": each.now and each.now.wording,
                "from_binds": each.was and each.was.binds,
                "to_binds": each.now and each.now.binds,
                "events": told.ids(by),
            }

    def _licences(self, was: CellState, now: CellState, told: _Told) -> Iterator[LicenceChange]:
        _, start, end, first, last = self.stage
        for gate, claim, stands in turned_licences(was, now, lambda each: self._entry(each).type):
            by = self._events.of_claim(now["company"], now["chip"], gate, claim)
            change = became(first, start.at, last, end.at, claim, stands)
            yield {**self._named(claim), "gate": gate, "change": change, "events": told.ids(by)}
        for claim, old, new in left_turned(was, now):
            if old is not None and new is not None and old["used_up"] != new["used_up"]:
                gate = next(gate["gate"] for gate in now["gates"] if claim in gate["claims"])
                by = self._taken(now, claim)
                change = "used up" if new["used_up"] else "not used up"
                yield {**self._named(claim), "gate": gate, "change": change, "events": told.ids(by)}

    def _left(self, was: CellState, now: CellState, told: _Told) -> Iterator[LeftChange]:
        for claim, old, new in left_turned(was, now):
            by = self._taken(now, claim)
            if old is None or new is None:
                gates = [gate["gate"] for state in (was, now) for gate in state["gates"] if claim in gate["claims"]]
                by = self._events.of_claim(now["company"], now["chip"], gates[0], claim)
            ref = self._entry(claim).fields.get("ref")
            yield {"claim": claim, "ref": ref, "from_left": old, "to_left": new, "events": told.ids(by)}

    def _taken(self, cell: CellState, approval: str) -> list[EventOfChange]:
        """By which events another amount is left: of the approval, of deliveries, or registrations."""
        shipped = (each for pair in self._counted.shipped_within(approval) for each in self._figures(*pair))
        found = [*self._events.own(approval), *shipped]
        return found or self._events.registrations(cell["company"], cell["chip"])

    def _amounts(self, cell: CellState, told: _Told) -> Iterator[AmountChange]:
        company, chip = cell["company"], cell["chip"]
        for was, now in self._counted.of_cell(company, chip):
            some = was or now
            assert some is not None
            by = self._figures(was, now) or self._events.registrations(company, chip)
            yield {
                "kind": some["kind"],
                "from_amount": amount_at(was),
                "to_amount": amount_at(now),
                "replaced": newly_replaced(was, now),
                "events": told.ids(by),
            }

    def _figures(self, was: QuantityRange | None, now: QuantityRange | None) -> list[EventOfChange]:
        """By which events a range differs: of the figures that came or went, else of any of them."""
        old, new = ([] if row is None else row["events"] for row in (was, now))
        came_or_went = [event for event in (*new, *old) if (event in old) != (event in new)]
        found = [each for event in came_or_went for each in self._events.own(event)]
        return found or [each for event in dict.fromkeys((*new, *old)) for each in self._events.own(event)]

    @cached_property
    def _counted(self) -> CountedBetween:
        return CountedBetween(self._reader, self.stage.start, self.stage.end)

    def _named(self, claim: str) -> LicenceNamed:
        entry = self._entry(claim)
        return {"id": claim, "ref": entry.fields.get("ref"), "type": entry.type}

    def _entry(self, event: str) -> Entry:
        if event not in self._entries:
            self._entries[event] = entry_with(self._reader.connection, event)
        return self._entries[event]


class _Told:
    """The events that a step tells, each once."""

    def __init__(self, events: Iterable[EventOfChange]) -> None:
        self._found = {(event["id"], event["claim"]): event for event in events}

    @property
    def events(self) -> list[EventOfChange]:
        """All of them, in the order in which they were told."""
        return list(self._found.values())

    def ids(self, events: Iterable[EventOfChange]) -> list[str]:
        """Tell more events; their ids."""
        told = list(events)
        for event in told:
            self._found.setdefault((event["id"], event["claim"]), event)
        return list(dict.fromkeys(event["id"] for event in told))
