"""Why a cell is as it is, in a line for each gate, for messages."""

from collections.abc import Iterator

from policytracker.api.cells import CellState
from policytracker.api.questions import Questions
from policytracker.api.when import When
from policytracker.questions.telling import called
from policytracker.status.words import STATUSES


def why_lines(ledger: Questions, state: CellState, when: When) -> Iterator[str]:
    """For each gate of a cell: its statuses, and the claims that decide, each with on whose word it is."""
    for gate in ledger.why(state.company, state.chip, **when):
        claims = {claim.id: claim for claim in gate.claims}
        decide = (claims[each] for each in gate.standing)
        # Without its figures: some of these are from corrections, whose sources are not those of the claim.
        told = "; ".join(f"{called(claim.id, claim.ref)} ({claim.type}) – {claim.word}" for claim in decide)
        possible = "any status" if len(gate.possible) == len(STATUSES) else " or ".join(gate.possible)
        yield f"{gate.gate or 'no gate'} {possible}: {told or 'nothing is recorded there'}"
