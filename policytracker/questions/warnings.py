"""What is accepted with a warning: claims that can never apply as the registry stands (interchange.md, last paragraph),
and names that could be taken for another's."""

from collections.abc import Callable, Sequence

from policytracker.questions.lookalikes import lookalikes
from policytracker.questions.reach import Reach
from policytracker.status.claims import CLAIM_TYPES, claim_of
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry


def warnings(directory: Directory, new: Sequence[Entry]) -> Callable[[Entry], list[str]]:
    """What tells of each new event why to look twice at it; ``directory`` is the registry with the new ones in it."""
    alike, why = lookalikes(directory, new), inapplicable(directory)
    return lambda entry: [*alike.get(entry.id, ()), *filter(None, [why(entry)])]


def inapplicable(directory: Directory) -> Callable[[Entry], str | None]:
    """What tells of a recorded event why it can apply to no registered cell; None for any other event.

    The answers rest on one registry and are kept by authority and scope, for imports of many claims.
    """
    reach = Reach(directory)
    said: dict[tuple[Gate, frozenset[str], frozenset[str]], str | None] = {}

    def why(entry: Entry) -> str | None:
        claim = claim_of((entry,), None) if entry.type in CLAIM_TYPES else None
        gate = directory.gate(claim.fields["authority"]) if claim else None
        if claim is None or gate is None:
            return None
        key = gate, reach.companies(claim), reach.chips(claim)
        if key not in said:
            said[key] = None if reach.applies(*key) else _reason(reach, *key)
        return said[key]

    return why


def _reason(reach: Reach, gate: Gate, companies: frozenset[str], chips: frozenset[str]) -> str:
    for found, kind in ((companies, "company"), (chips, "chip")):
        if not found:
            return f"the claim applies to nothing so far: no registered {kind} is in its scope"
    homes = {reach.directory.companies[company]["jurisdiction"] for company in companies}
    if gate.direction == "import":
        why = f"none of its companies ({_few(companies)}) is in {gate.jurisdiction}"
    elif homes == {gate.jurisdiction}:
        why = f"all its companies ({_few(companies)}) are in {gate.jurisdiction} itself"
    else:
        why = f"{gate.jurisdiction} controls none of its chips ({_few(chips)})"
    return f"the claim can never apply at {gate}: {why}; check its authority and its scope"


def _few(ids: frozenset[str], most: int = 4) -> str:
    listed = sorted(ids)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")
