"""The state of one cell, found by a few look-ups: no more is read than what can decide it (semantics.md §6)."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from policytracker.events.dates import iso, moment_text
from policytracker.projections.finding import Point
from policytracker.projections.reading import id_at, thread_at
from policytracker.questions.books import Books, Clocks
from policytracker.status.directory import Gate
from policytracker.status.found import CONDITIONS, GateFound, Left
from policytracker.status.words import STATUSES, highest, lowest, minima, summary, words

Gates = list[tuple[Gate, GateFound]]


def one_cell(books: Books, clocks: Clocks, company: str, chip: str) -> dict[str, Any]:
    """A cell of a registered company and chip in the shape of ``state --json`` (cli.md)."""
    point = books.point(clocks)
    gates, last = _found(books, point, company, chip)
    ids = {claim.order: id_at(books.connection, claim.order[2]) for _, found in gates for claim in found.standing}
    return {
        "company": company,
        "chip": chip,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        **statuses_of((str(gate), found.possible) for gate, found in gates),
        "gates": [
            {
                "gate": str(gate),
                "status": summary(found.possible),
                "possible": words(found.possible),
                "claims": [ids[claim.order] for claim in found.standing],
            }
            for gate, found in gates
        ],
        "conditions": _conditions(books, gates, point),
        "last_report": None if last is None else iso(last),
    }


def possible(books: Books, clocks: Clocks, company: str, chip: str) -> int:
    """The possible statuses of a registered company and chip alone, as bits (§7)."""
    point = books.point(clocks)
    sheet = books.held(point.seen)
    if sheet is not None:
        return sheet.possible_of(company, chip, point)
    finder = books.finder(point.seen)
    found = finder.found(finder.cell(company, chip), point)
    return reduce(minima, (books.decider.decide(claims).possible for _, claims in found))


def _found(books: Books, point: Point, company: str, chip: str) -> tuple[Gates, int | None]:
    """What the gates of a cell answer, and the last publication day of a report on it."""
    finder, sheet = books.finder(point.seen), books.held(point.seen)
    if sheet is not None:
        latest, later = sheet.last_report(company, chip, point)
        return sheet.gates(company, chip, point), finder.last_of(company, chip, point, latest, later)
    cell = finder.cell(company, chip)
    gates = [(gate, books.decider.decide(found)) for gate, found in finder.found(cell, point)]
    return gates, finder.last_report(cell, point)


def statuses_of(gates: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """What a cell comes to, in words, and the gates that hold it back, given the possible statuses of each (§7)."""
    found = list(gates)
    possible = reduce(minima, (bits for _, bits in found))
    return {
        "status": summary(possible),
        "possible": words(possible),
        "low": STATUSES[lowest(possible)],
        "high": STATUSES[highest(possible)],
        "held_by": [gate for gate, bits in found if bits >> lowest(possible) & 1],
    }


def _conditions(books: Books, gates: Gates, point: Point) -> dict[str, str]:
    """The conditions that bind on a claim that stands in some possible world; of one key, the later word."""
    bound: dict[str, str] = {}
    for _, found in gates:
        for claim in found.standing:
            if claim.role & CONDITIONS:
                bound.update(_binding(books, claim, point))
    return bound


def _binding(books: Books, claim: Left, point: Point) -> dict[str, str]:
    from policytracker.status.claims import claim_of

    events = thread_at(books.connection, claim.order[2])
    stands = claim_of(tuple(event for event in events if event.position <= point.seen), point.known)
    return {} if stands is None else stands.binding(point.day)
