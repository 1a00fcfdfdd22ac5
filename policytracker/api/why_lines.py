"""Why a cell is as it is, in a line for each gate, for messages."""

from collections.abc import Iterator

from policytracker.api.cells import CellState
from policytracker.api.questions import Questions, When
from policytracker.status.words import STATUSES


def why_lines(ledger: Questions, state: CellState, when: When) -> Iterator[str]:
    """For each gate of a cell: its statuses, and the claims that decide, with their sources."""
    for gate in ledger.why(state.company, state.chip, **when):
        claims = {claim.id: claim for claim in gate.claims}
        decide = [claims[each] for each in gate.standing]
        told = "; ".join(
            f"{claim.ref or claim.id[:12]} ({claim.says}), {claim.sources[0].publisher} {claim.sources[0].published}"
            for claim in decide
        )
        possible = "any status" if len(gate.possible) == len(STATUSES) else " or ".join(gate.possible)
        yield f"{gate.gate or 'no gate'} {possible}: {told or 'nothing is recorded there'}"
