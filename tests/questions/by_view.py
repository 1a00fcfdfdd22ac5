"""What a view of all claims answers, in the shapes of the questions: to hold what the index answers to it."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from policytracker.events.dates import iso, moment_text
from policytracker.questions.one_cell import statuses_of
from policytracker.questions.reader import Clocks
from policytracker.status.cells import CellAnswer
from policytracker.status.entries import Entry
from policytracker.status.force import turning_days
from policytracker.status.intervals import Interval, Turn, intervals, turns_of
from policytracker.status.periods import publications
from policytracker.status.view import View
from policytracker.status.words import summary, words


def state_of(view: View, clocks: Clocks, company: str, chip: str) -> dict[str, Any]:
    """A cell in the shape of ``state --json``."""
    cell = view.cell(company, chip, clocks.at)
    last = view.last_report(company, chip)
    return {
        "company": company,
        "chip": chip,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        **statuses_of((str(gate.gate), gate.possible) for gate in cell.gates),
        "gates": [
            {
                "gate": str(gate.gate),
                "status": summary(gate.possible),
                "possible": words(gate.possible),
                "claims": list(gate.worlds.standing),
            }
            for gate in cell.gates
        ],
        "conditions": view.conditions(cell, clocks.at),
        "last_report": None if last is None else iso(last),
    }


def days_of(view: View, company: str, chip: str) -> list[Interval]:
    """The intervals of a cell over the effective clock."""
    scopes = view.outlook.scopes
    claims = [claim for claim in view.claims.values() if scopes.match(claim, company, chip)]
    days = sorted({day for claim in claims for day in turning_days(claim)})
    gates = tuple(view.directory.gates(company, chip))

    def turned_by(day: int, concerned: list[int] | None) -> Iterator[str]:
        for gate in gates:
            for claim in sorted(view.outlook.claims.get(gate, ()), key=lambda claim: claim.order):
                if claim in claims and (concerned is None or claim.position in concerned):
                    yield from (event for when, event in turns_of(claim, view.standings[claim.id]) if when == day)

    first = view.cell(company, chip, days[0] - 1 if days else 1)
    turns = [turn(view, None, first), *(turn(view, day, view.cell(company, chip, day)) for day in days)]
    return intervals(gates, turns, turned_by)


def turn(view: View, when: int | None, cell: CellAnswer) -> Turn:
    """An answer from a turn of the clock on."""
    positions = {claim.id: claim.position for claim in view.claims.values()}
    gates = [(gate.possible, tuple(positions[claim] for claim in gate.worlds.standing)) for gate in cell.gates]
    return Turn(when, tuple(gates))


def publications_of(entries: Sequence[Entry], recorded: int | None, cell: tuple[str, str], day: int) -> list[Interval]:
    """The intervals of a cell over the published clock, for a day; ``turned_by`` is left out."""
    seen = [entry for entry in entries if recorded is None or entry.recorded <= recorded]
    moments = sorted(set(chain.from_iterable(publications(entry) for entry in seen)))
    turns: list[Turn] = []
    for moment in [moments[0] - 1, *moments] if moments else [0]:
        view = View(seen, moment)
        turns.append(turn(view, moment if turns else None, view.cell(*cell, day)))
    return intervals(tuple(View(seen).directory.gates(*cell)), turns, lambda *_: ())
