"""The naive reading of one ledger, asked at many points: its own functions, with what points share kept.

No rule of the semantics stands here. ``Reading`` calls the functions of ``tests.naive`` and keeps their results: the
judged events for each moment of knowledge, the scope of each claim, and the possible worlds of claims that are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tests import naive
from tests.agreement.worlds import Outcome, Possible, kind, minima, outcome
from tests.naive import Entry, Holding, Standing

Pair = tuple[str, str]
"""The ids of a company and of a chip."""


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


class CellAnswer(NamedTuple):
    """A cell at a point."""

    company: str
    chip: str
    gates: tuple[GateAnswer, ...]
    possible: Possible
    last_report: str | None

    def settled_by(self) -> dict[str, tuple[list[str], list[str]]]:
        """The claims that would settle the answer (§7), each with what is possible if it holds, and if not."""
        found = {}
        for name in [gate.holdings[place].id for gate in self.gates for place in gate.outcome.if_holds]:
            either = [minima(tuple(gate.supposing(name, holds) for gate in self.gates)) for holds in (True, False)]
            if min(map(len, either)) < len(self.possible):
                found[name] = naive.words(either[0]), naive.words(either[1])
        return found

    def state(self) -> dict[str, Any]:
        """The cell in the shape of ``state --json``, its dates left out."""
        words = naive.words(self.possible)
        return {
            "company": self.company,
            "chip": self.chip,
            "status": naive.word(self.possible),
            "possible": words,
            "low": words[0],
            "high": words[-1],
            "held_by": [gate.name for gate in self.gates if min(self.possible) in gate.possible],
            "gates": [described(gate) | {"claims": [claim.id for claim in gate.standing]} for gate in self.gates],
            "conditions": {key: text for gate in self.gates for each in gate.standing for key, text in bound(each)},
            "last_report": self.last_report,
        }


def described(gate: GateAnswer) -> dict[str, Any]:
    """A gate with its statuses alone."""
    return {"gate": gate.name, "status": naive.word(gate.possible), "possible": naive.words(gate.possible)}


def bound(claim: Holding) -> Iterable[tuple[str, str]]:
    """The conditions that bind on a claim."""
    return claim.conditions.items()


class Stage:
    """A ledger as recorded by one instant and as known at one moment."""

    def __init__(self, seen: Sequence[Entry], known: str | None) -> None:
        """``seen`` are the events recorded by then."""
        self.known = known
        self.names = naive.registry(seen)
        self.judged = naive.standings(seen, known)
        self.claims = naive.claims(self.judged)
        self._gate_of = {claim.id: naive.gate_of(claim, self.names) for claim in self.claims}
        self._gate_names: dict[Pair, list[str]] = {}
        self._counting = {claim.id for claim in naive.counting(self.judged)}
        self._matched: dict[Pair, list[tuple[Standing, naive.Scope]]] = {}
        self._reports: dict[str, str | None] = {}
        self._holdings: dict[tuple[str, naive.Scope, date], Holding | None] = {}
        self._gates: dict[tuple[Any, ...], GateAnswer] = {}
        self._cells: dict[tuple[str, str, str], CellAnswer] = {}

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
        counting = [(claim, scope) for claim, scope in matched if claim.id in self._counting]
        gates = tuple([self._gate(name, counting, day) for name in self.gate_names(company, chip)])
        possible = minima(tuple([gate.possible for gate in gates]))
        last = max((told for claim, _ in matched if (told := self._last_report(claim))), default=None)
        return CellAnswer(company, chip, gates, possible, last)

    def gate_names(self, company: str, chip: str) -> list[str]:
        """The gates of a registered company and chip (§1)."""
        if (company, chip) not in self._gate_names:
            self._gate_names[company, chip] = naive.gate_names(company, chip, self.names)
        return self._gate_names[company, chip]

    def _gate(self, name: str, counting: Sequence[tuple[Standing, naive.Scope]], day: date) -> GateAnswer:
        here = [(claim, scope) for claim, scope in counting if self._gate_of[claim.id] == name]
        key = (name, day, *[(claim.id, scope) for claim, scope in here])
        if key not in self._gates:
            held = [found for claim, scope in here if (found := self._holding(claim, scope, day)) is not None]
            held.sort(key=lambda claim: claim.order)
            self._gates[key] = GateAnswer(name, tuple(held), outcome(tuple(map(kind, held))))
        return self._gates[key]

    def _holding(self, claim: Standing, scope: naive.Scope, day: date) -> Holding | None:
        key = claim.id, scope, day
        if key not in self._holdings:
            self._holdings[key] = naive.holding(claim, scope, day)
        return self._holdings[key]

    def _last_report(self, claim: Standing) -> str | None:
        if claim.id not in self._reports:
            self._reports[claim.id] = naive.last_report([claim], self.known)
        return self._reports[claim.id]


class Reading:
    """The naive reading of a ledger."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Entries as ``naive.answer`` takes them."""
        self.entries = entries
        self.published = sorted({naive.moment(text) for text in published(entries)})
        self._stages: dict[tuple[int, int], Stage] = {}
        self._stage_at: dict[tuple[str | None, int | None], Stage] = {}

    def stage(self, known: str | None, recorded: int | None) -> Stage:
        """The ledger as recorded by an instant and as known at a moment.

        Moments between which nothing is published share one: all that K does is to hide later reports (§2).
        """
        if (known, recorded) not in self._stage_at:
            self._stage_at[known, recorded] = self._stage(known, recorded)
        return self._stage_at[known, recorded]

    def _stage(self, known: str | None, recorded: int | None) -> Stage:
        seen = naive.visible(self.entries, recorded)
        last = None if known is None else naive.moment(known)
        public = len(self.published) if last is None else sum(moment <= last for moment in self.published)
        key = len(seen), public
        if key not in self._stages:
            self._stages[key] = Stage(seen, known)
        return self._stages[key]

    def cell(self, company: str, chip: str, point: Point) -> CellAnswer:
        """The answer for a registered company and chip."""
        return self.stage(point.known, point.recorded).cell(company, chip, point.at)

    def possible(self, point: Point) -> dict[Pair, Possible]:
        """The possible statuses of every cell."""
        return {pair: self.cell(*pair, point).possible for pair in self.cells(point.recorded)}

    def cells(self, recorded: int | None) -> list[Pair]:
        """Every registered cell, by company id, then chip id."""
        names = self.stage("0001-01-01", recorded).names
        return [(company, chip) for company in sorted(names.companies) for chip in sorted(names.chips)]


def published(entries: Iterable[Entry]) -> set[str]:
    """The publication dates of all reports, those included that a correction puts in place of others."""
    reports = (said.get("report") for entry in entries for said in (entry, entry.get("changes") or {}))
    return {report["published"] for report in reports if report}
