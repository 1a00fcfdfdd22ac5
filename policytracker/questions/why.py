"""Why a cell has its status, gate by gate: what stands, what is overridden, what does not apply, what would settle."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.questions import names
from policytracker.questions.accounts import event_account
from policytracker.questions.at_gate import AtGate, held_at
from policytracker.questions.developments import TYPES, Developments, events_of, nearest
from policytracker.questions.launches import is_launched
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.cells import CellAnswer
from policytracker.status.view import View
from policytracker.status.words import CLEARED, summary, words

if TYPE_CHECKING:
    from policytracker.questions.answers import LeftOfApproval
    from policytracker.questions.ledger_answers import QuantityRange
    from policytracker.questions.why_answers import CellFacts, GateExplanation, GateFacts


class Beside(NamedTuple):
    """What is told beside the claims, and changes no status (semantics.md §8)."""

    developments: Developments
    left_of: Callable[[str], LeftOfApproval] | None = None
    """What is left of an approval with a quantity, given its id."""
    quantities: tuple[QuantityRange, ...] = ()
    """Of the cell."""


def why(reader: Reader, clocks: Clocks, company: str, chip: str, everything: bool = False) -> list[GateExplanation]:
    """One object for each gate of a cell; ``everything``: also the claims at its gates for other companies and chips.

    A domestic chip passes no gate: then there is one object, whose gate is None. Raises UnknownName or AmbiguousName.
    """
    directory = reader.directory_at(clocks.recorded, clocks.at)
    return of_cell(reader, clocks, names.company(directory, company), names.chip(directory, chip), everything)


def of_cell(reader: Reader, clocks: Clocks, company: str, chip: str, everything: bool = False) -> list[GateExplanation]:
    """The same, given the ids of a registered company and chip."""
    view = reader.view(clocks) if everything else reader.view_on(company, chip, clocks)
    return explain(view, clocks, company, chip, everything, beside_of(reader, clocks, company, chip))


def beside_of(reader: Reader, clocks: Clocks, company: str, chip: str) -> Beside:
    """What a ledger has to tell beside the claims on a cell."""
    from policytracker.questions.left import Left
    from policytracker.questions.quantities import quantities

    developments = Developments(reader.view_of(TYPES, clocks))
    return Beside(developments, Left(reader, clocks).of, tuple(quantities(reader, clocks, chip, company)))


def explain(
    view: View, clocks: Clocks, company: str, chip: str, everything: bool = False, beside: Beside | None = None
) -> list[GateExplanation]:
    """The same from a view, which must hold signals and developments, unless ``beside`` has them."""
    beside = beside or Beside(Developments(view))
    cell = view.cell(company, chip, clocks.at)
    facts = _cell_facts(view, cell, clocks, beside)
    if not cell.gates:
        return [{**facts, **_domestic()}]
    last_words = view.last_words(company, chip)
    gates = [AtGate(view, cell, *each, clocks.at, everything) for each in zip(cell.gates, last_words, strict=True)]
    return [{**facts, **gate.facts(beside.developments, beside.left_of)} for gate in gates]


def _cell_facts(view: View, cell: CellAnswer, clocks: Clocks, beside: Beside) -> CellFacts:
    chip = view.directory.chips[cell.chip]
    gates = {gate.gate for gate in cell.gates}
    around = beside.developments.developments(cell.company, cell.chip, gates, _events_at(view, cell))
    return {
        "company": cell.company,
        "company_name": names.label(view.directory.companies[cell.company]),
        "chip": cell.chip,
        "chip_name": names.label(chip),
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "cell_status": summary(cell.possible),
        "cell_possible": words(cell.possible),
        "limited_by": [str(gate) for gate in cell.limited_by],
        "if_open": None if cell.if_open is None else words(cell.if_open),
        "launched": is_launched(chip, clocks.at),
        "launch": chip.get("launched"),
        "developments": [event_account(event) for event in nearest(around, clocks.at)],
        "quantities": list(beside.quantities),
    }


def _events_at(view: View, cell: CellAnswer) -> set[str]:
    """The ids of the claims that hold for a cell, and of all that is said about them."""
    return events_of(view, (claim for gate in cell.gates for claim in held_at(gate)))


def _domestic() -> GateFacts:
    """What is told of a cell without gates (§1)."""
    return {
        "gate": None,
        "status": summary(1 << CLEARED),
        "possible": words(1 << CLEARED),
        "silent": False,
        "last_word": None,
        "last_word_days": None,
        "standing": [],
        "surely": [],
        "capped_by": [],
        "overridden": [],
        "order_assumed": [],
        "not_deciding": [],
        "possible_only": [],
        "not_applying": [],
        "heard": [],
        "would_settle": [],
        "conditions": [],
        "left": None,
        "signals": [],
        "claims": [],
    }
