"""The naive reading of one ledger, asked at many points: its own functions, with what points share kept.

No rule of the semantics stands here. ``Reading`` calls the functions of ``policytracker.testing.naive`` and keeps their
results: the judged events for each moment of knowledge, the scope of each claim, and the possible worlds of claims that
are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from policytracker.testing import naive
from policytracker.testing.naive import Entry, Holding, Standing
from tests.agreement.worlds import Outcome, Possible, kind, minima, outcome

Pair = tuple[str, str]
"""The ids of a company and of a chip."""
ANY_DAY = "0001-01-01"


class Point(NamedTuple):
    """A point of the three clocks, as ``naive`` takes them."""

    at: str
    """A day."""
    known: str | None
    """A day or an instant; None: everything published."""
    recorded: int | None
    """Microseconds since 1970; None: everything recorded."""


class GateAnswer(NamedTuple):
    """A gate of a cell."""

    name: str
    holdings: tuple[Holding, ...]
    outcome: Outcome
    last_word: str | None

    @property
    def possible(self) -> Possible:
        """Its possible statuses, as ranks."""
        return self.outcome.possible

    @property
    def standing(self) -> list[Holding]:
        """The claims that stand in some possible world."""
        return [self.holdings[place] for place in self.outcome.standing]

    def supposing(self, claim: str, holds: bool) -> Possible:
        """What is possible, given that a claim holds or does not, if it is one of this gate that may do either."""
        outcomes = self.outcome.if_holds if holds else self.outcome.if_not
        places = [place for place, held in enumerate(self.holdings) if held.id == claim]
        return next((outcomes[place] for place in places if place in outcomes), self.possible)

    def possible_only(self) -> list[Holding]:
        """The claims that hold only possibly; a condition that is imposed ends when all of it is met (§6, 3)."""
        held = [self.holdings[place] for place in self.outcome.if_holds]
        return [claim for claim in held if claim.kind != naive.CONDITION or claim.conditions]

    def conditions(self) -> list[dict[str, str]]:
        """The conditions that bind in some possible world, claim by claim (§8)."""
        return [
            {"gate": self.name, "claim": claim.id, "key": key, "wording": wording, "binds": binds}
            for place, binds in self.outcome.binding.items()
            for claim in [self.holdings[place]]
            for key, wording in claim.conditions.items()
        ]


class CellAnswer(NamedTuple):
    """A cell at a point."""

    company: str
    chip: str
    gates: tuple[GateAnswer, ...]
    possible: Possible
    left: list[dict[str, Any]] | None
    launched: bool

    def settled_by(self) -> dict[str, tuple[list[str], list[str]]]:
        """The claims that would settle the answer (§7), each with what is possible if it holds, and if not."""
        found = {}
        for name in [gate.holdings[place].id for gate in self.gates for place in gate.outcome.if_holds]:
            either = [minima(tuple(gate.supposing(name, holds) for gate in self.gates)) for holds in (True, False)]
            if min(map(len, either)) < len(self.possible):
                found[name] = naive.words(either[0]), naive.words(either[1])
        return found

    def state(self) -> dict[str, Any]:
        """The cell in the shape of ``state --json``, its dates left out; conditions by gate, claim and key."""
        words = naive.words(self.possible)
        return {
            "company": self.company,
            "chip": self.chip,
            "status": naive.word(self.possible),
            "possible": words,
            "low": words[0],
            "high": words[-1],
            "limited_by": [gate.name for gate in self.gates if min(self.possible) in gate.possible],
            "if_open": self.if_open(),
            "gates": [
                described(gate) | {"claims": [claim.id for claim in gate.standing], "last_word": gate.last_word}
                for gate in self.gates
            ],
            "conditions": in_order(each for gate in self.gates for each in gate.conditions()),
            "left": self.left,
            "launched": self.launched,
            "last_report": max((gate.last_word for gate in self.gates if gate.last_word), default=None),
        }

    def if_open(self) -> list[str] | None:
        """What the cell would be if its silent gates were open (§7)."""
        if not any(gate.outcome.silent for gate in self.gates):
            return None
        opened = (gate.outcome.if_open if gate.outcome.silent else gate.possible for gate in self.gates)
        return naive.words(minima(tuple(opened)))


def in_order(conditions: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Conditions by gate, claim and key."""
    return sorted(conditions, key=lambda each: (each["gate"], each["claim"], each["key"]))


def described(gate: GateAnswer) -> dict[str, Any]:
    """A gate with its statuses alone."""
    return {"gate": gate.name, "status": naive.word(gate.possible), "possible": naive.words(gate.possible)}


class Stage:
    """A ledger as recorded by one instant and as known at one moment, by the registry of some days."""

    def __init__(self, seen: Sequence[Entry], known: str | None, day: date) -> None:
        """``seen`` are the events recorded by then; ``day`` is one on which the registry is as on the days asked."""
        self.known = known
        self.names = naive.registry(seen, day)
        self.judged = naive.standings(seen, known)
        self.claims = naive.claims(self.judged)
        self._gate_of = {claim.id: naive.gate_of(claim, self.names) for claim in self.claims}
        self._gate_names: dict[Pair, list[str]] = {}
        self._counting = {claim.id for claim in naive.counting(self.judged)}
        self._matched: dict[Pair, list[tuple[Standing, naive.Scope]]] = {}
        self._holdings: dict[tuple[str, naive.Scope, date], Holding | None] = {}
        self._gates: dict[tuple[Any, ...], GateAnswer] = {}
        self._cells: dict[tuple[str, str, str], CellAnswer] = {}
        self._left: dict[tuple[str, date], dict[str, Any] | None] = {}

    def matched(self, company: str, chip: str) -> list[tuple[Standing, naive.Scope]]:
        """The claims whose scope a cell is in, counting or not."""
        if (company, chip) not in self._matched:
            scopes = ((claim, naive.scope(claim, company, chip, self.names)) for claim in self.claims)
            self._matched[company, chip] = [(claim, scope) for claim, scope in scopes if scope is not None]
        return self._matched[company, chip]

    def cell(self, company: str, chip: str, at: str) -> CellAnswer:
        """The answer for a registered company and chip on a day."""
        if (company, chip, at) not in self._cells:
            self._cells[company, chip, at] = self._cell(company, chip, date.fromisoformat(at))
        return self._cells[company, chip, at]

    def _cell(self, company: str, chip: str, day: date) -> CellAnswer:
        matched = self.matched(company, chip)
        gates = tuple([self._gate(name, matched, day) for name in self.gate_names(company, chip)])
        possible = minima(tuple([gate.possible for gate in gates]))
        left = [self._left_of(claim.id, day) for gate in gates for claim in gate.standing]
        launched = naive.is_launched(chip, self.names, day)
        return CellAnswer(company, chip, gates, possible, [each for each in left if each is not None] or None, launched)

    def gate_names(self, company: str, chip: str) -> list[str]:
        """The gates of a registered company and chip (§1)."""
        if (company, chip) not in self._gate_names:
            self._gate_names[company, chip] = naive.gate_names(company, chip, self.names)
        return self._gate_names[company, chip]

    def _gate(self, name: str, matched: Sequence[tuple[Standing, naive.Scope]], day: date) -> GateAnswer:
        here = [(claim, scope) for claim, scope in matched if self._gate_of[claim.id] == name]
        key = (name, day, *[(claim.id, scope) for claim, scope in here])
        if key not in self._gates:
            counting = [(claim, scope) for claim, scope in here if claim.id in self._counting]
            zone = self.names.zone(name)
            found = (self._holding(claim, scope, day, zone) for claim, scope in counting)
            held = sorted((each for each in found if each is not None), key=lambda claim: claim.order)
            last = naive.last_word(name, [claim for claim, _ in here], self.names, self.known)
            self._gates[key] = GateAnswer(name, tuple(held), outcome(tuple(map(kind, held))), last)
        return self._gates[key]

    def _holding(self, claim: Standing, scope: naive.Scope, day: date, zone: ZoneInfo) -> Holding | None:
        key = claim.id, scope, day
        if key not in self._holdings:
            self._holdings[key] = naive.holding(claim, scope, day, zone)
        return self._holdings[key]

    def _left_of(self, claim: str, day: date) -> dict[str, Any] | None:
        if (claim, day) not in self._left:
            self._left[claim, day] = naive.left_of(self.judged[claim], self.judged, self.names, day)
        return self._left[claim, day]


class Reading:
    """The naive reading of a ledger."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Entries as ``naive.answer`` takes them."""
        self.entries = entries
        self.published = sorted({naive.moment(text) for text in published(entries)})
        self._stages: dict[tuple[int, int, int], Stage] = {}
        self._stage_at: dict[tuple[str, str | None, int | None], Stage] = {}

    def stage(self, at: str, known: str | None, recorded: int | None) -> Stage:
        """The ledger on a day, as known at a moment and as recorded by an instant.

        Moments between which nothing is published share one: all that K does is to hide later reports (§2). So do days
        between which no registration begins to count.
        """
        if (at, known, recorded) not in self._stage_at:
            self._stage_at[at, known, recorded] = self._stage(at, known, recorded)
        return self._stage_at[at, known, recorded]

    def _stage(self, at: str, known: str | None, recorded: int | None) -> Stage:
        seen, day = naive.visible(self.entries, recorded), date.fromisoformat(at)
        last = None if known is None else naive.moment(known)
        public = len(self.published) if last is None else sum(moment <= last for moment in self.published)
        begun = sum(last <= day for last in registry_days(seen))
        key = len(seen), public, begun
        if key not in self._stages:
            self._stages[key] = Stage(seen, known, day)
        return self._stages[key]

    def cell(self, company: str, chip: str, point: Point) -> CellAnswer:
        """The answer for a registered company and chip."""
        return self.stage(*point).cell(company, chip, point.at)

    def possible(self, point: Point) -> dict[Pair, Possible]:
        """The possible statuses of every cell."""
        return {pair: self.cell(*pair, point).possible for pair in self.cells(point.recorded)}

    def cells(self, recorded: int | None) -> list[Pair]:
        """Every registered cell, by company id, then chip id."""
        names = self.stage(ANY_DAY, ANY_DAY, recorded).names
        return [(company, chip) for company in sorted(names.companies) for chip in sorted(names.chips)]


def registry_days(entries: Iterable[Entry]) -> list[date]:
    """The days on which a registration begins to count (§2)."""
    return sorted({naive.span(entry["effective"])[1] for entry in entries if is_dated_registration(entry)})


def is_dated_registration(entry: Entry) -> bool:
    """Whether an event is a registration that says from which day it counts."""
    return entry["type"].endswith(("-registered", "-defined")) and bool(entry.get("effective"))


def published(entries: Iterable[Entry]) -> set[str]:
    """The publication dates of all reports, those included that a correction puts in place of others."""
    reports = (said.get("report") for entry in entries for said in (entry, entry.get("changes") or {}))
    return {report["published"] for report in reports if report}
