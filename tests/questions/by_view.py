"""What views of all claims answer, in the shapes of the questions: to hold what the index answers to it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from policytracker.events.dates import iso, moment_text
from policytracker.projections.reading import all_entries, claims
from policytracker.questions.launches import is_launched
from policytracker.questions.one_cell import binds, statuses_of
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.cells import CellAnswer
from policytracker.status.entries import Entry
from policytracker.status.force import turning_days
from policytracker.status.intervals import AtGate, Interval, Turn, intervals, turns_of
from policytracker.status.periods import publications
from policytracker.status.view import View
from policytracker.status.words import summary, words


def state_of(view: View, clocks: Clocks, company: str, chip: str) -> dict[str, Any]:
    """A cell in the shape of ``state --json``, but for what is left of approvals."""
    cell = view.cell(company, chip, clocks.at)
    last_words = [None if day is None else iso(day) for day in view.last_words(company, chip)]
    return {
        "company": company,
        "chip": chip,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        **statuses_of((str(gate.gate), gate.possible) for gate in cell.gates),
        "if_open": None if cell.if_open is None else words(cell.if_open),
        "gates": [
            {
                "gate": str(gate.gate),
                "status": summary(gate.possible),
                "possible": words(gate.possible),
                "claims": list(gate.worlds.standing),
                "last_word": last,
            }
            for gate, last in zip(cell.gates, last_words, strict=True)
        ],
        "conditions": list(conditions_of(view, cell, clocks.at)),
        "launched": is_launched(view.directory.chips[chip], clocks.at),
        "last_report": max(filter(None, last_words), default=None),
    }


def conditions_of(view: View, cell: CellAnswer, day: int) -> Iterator[dict[str, str]]:
    """The conditions that bind in some possible world, gate by gate and claim by claim."""
    for gate in cell.gates:
        for claim, surely in view.outlook.binding(gate).items():
            for key, wording in view.claims[claim].binding(day).items():
                told = {"gate": str(gate.gate), "claim": claim, "key": key, "wording": wording}
                yield {**told, "binds": binds(surely)}


class Views:
    """The views of a ledger on every day, as known and recorded at a point."""

    def __init__(self, reader: Reader, clocks: Clocks, threads: Iterable[Entry] | None = None) -> None:
        """``threads``: the claims, with all about them, that may match the cells asked for; None: all claims."""
        seen, self._known = reader.point(clocks).seen, clocks.known
        self.registry = reader.registry(seen)
        every = claims(reader.connection) if threads is None else threads
        self._entries = [entry for entry in every if entry.position <= seen]
        self._made: dict[int, View] = {}

    def on(self, day: int) -> View:
        """The view by the registry of a day."""
        since = self.registry.since(day)
        if since not in self._made:
            self._made[since] = View(self._entries, self.registry.on(since), self._known)
        return self._made[since]

    def days(self) -> list[int]:
        """The days on which some claim or the registry may turn, in order."""
        views = [self.on(day) for day in (1, *self.registry.days)]
        turning = (day for view in views for claim in view.claims.values() for day in turning_days(claim))
        return sorted({*turning, *self.registry.days} - {0})


def days_of(views: Views, company: str, chip: str) -> list[Interval]:
    """The intervals of a cell over the effective clock; of those that turn it the registrations are left out."""
    days = views.days()

    def turned_by(day: int, concerned: list[int] | None) -> Iterator[str]:
        now = views.on(day)
        for view in (views.on(day - 1), now):
            match, at_gates = view.outlook.scopes.match, view.directory.gates(company, chip)
            for claim in chain.from_iterable(view.outlook.claims.get(gate, ()) for gate in at_gates):
                if match(claim, company, chip) and (concerned is None or claim.position in concerned):
                    as_now = now.claims[claim.id]
                    zone = now.zone_of(claim.fields["authority"])
                    turns = turns_of(as_now, now.standings[claim.id], zone)
                    yield from (event for when, event in turns if when == day)

    first = views.on(1).cell(company, chip, days[0] - 1 if days else 1)
    cells = ((day, views.on(day).cell(company, chip, day)) for day in days)
    return intervals([turn(views.on(1), None, first), *(turn(views.on(1), *each) for each in cells)], turned_by)


def turn(view: View, when: int | None, cell: CellAnswer) -> Turn:
    """An answer from a turn of the clock on."""
    positions = {claim.id: claim.position for claim in view.claims.values()}
    return Turn(
        when,
        tuple(
            AtGate(gate.gate, gate.possible, tuple(positions[claim] for claim in gate.worlds.standing))
            for gate in cell.gates
        ),
    )


def publications_of(
    reader: Reader, clocks: Clocks, cell: tuple[str, str], threads: Iterable[Entry] | None = None
) -> list[Interval]:
    """The intervals of a cell over the published clock, for a day; ``turned_by`` is left out.

    ``threads``: the claims, with all about them, that may match the cell; None: all claims.
    """
    seen = reader.point(clocks).seen
    every = all_entries(reader.connection) if threads is None else threads
    entries = [entry for entry in every if entry.position <= seen]
    directory = reader.directory_at(clocks.recorded, clocks.at)
    moments = sorted(set(chain.from_iterable(publications(entry) for entry in entries)))
    turns: list[Turn] = []
    for moment in [moments[0] - 1, *moments] if moments else [0]:
        view = View(entries, directory, moment)
        turns.append(turn(view, moment if turns else None, view.cell(*cell, clocks.at)))
    return intervals(turns, lambda *_: ())
