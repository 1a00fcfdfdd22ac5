"""What is accepted with a warning: claims that can never apply as the registry stands, names that could be taken for
another's, and totals that replace what was said before (interchange.md, last paragraph)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from policytracker.events.claims import Claim
from policytracker.events.forms import canonical, id_of, plain, read_line
from policytracker.events.refusals import Refused
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from policytracker.questions.lookalikes import lookalikes
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.reader import Reader
from policytracker.questions.totals import replacements
from policytracker.status.claims import CLAIM_TYPES, claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry
from policytracker.status.knowledge import stand

MOST_SCOPES = 16_384
"""Of how many scopes it is remembered whether they apply to something."""


def warnings(reader: Reader, directory: Directory, new: Sequence[Entry]) -> Callable[[Entry], list[str]]:
    """What tells of each new event why to look twice at it; ``directory`` is the registry with the new ones in it."""
    alike, why = lookalikes(directory, new), inapplicable(directory)
    replaced = replacements(reader, directory, new)
    return lambda entry: [*alike.get(entry.id, ()), *filter(None, [why(entry)]), *replaced(entry.id)]


def inapplicable(directory: Directory) -> Callable[[Entry], str | None]:
    """What tells of a recorded event why it can apply to no registered cell; None for any other event.

    The answers rest on one registry, of which an index is made at the first claim.
    """
    reach = MatchedCells(directory)

    def why(entry: Entry) -> str | None:
        gate = directory.gate(entry.fields["authority"]) if entry.type in CLAIM_TYPES else None
        if gate is None:
            return None
        claim = claim_from(stand((entry,), None)[entry.id], directory.zone(gate))
        if reach.applies(gate, claim):
            return None
        return _reason(directory, gate, reach.companies(claim), reach.chips(claim))

    return why


def inapplicable_lines(
    ledger: Where, lines: Iterable[Line], directory: Directory, since: int
) -> Iterator[tuple[Line, str]]:
    """The lines of an import whose claims can apply to no registered cell, and why.

    Those that were recorded before the position ``since`` are left out; of two that say the same the second is. The
    lines are read again one by one: an import may be longer than memory.
    """
    why = _why(directory)
    told: set[str] = set()
    with open_ledger(ledger) as source:
        for line, claim in _claims_in(lines):
            reason = why(claim)
            event_id = "" if reason is None else id_of(canonical(claim))
            if reason and event_id not in told and not 0 < source.position_of(event_id) < since:
                told.add(event_id)
                yield line, reason


def _why(directory: Directory) -> Callable[[Claim], str | None]:
    """The same as ``inapplicable``, of claims as they are read. Most claims of a long import share their scopes."""
    why = inapplicable(directory)
    said: dict[tuple[Any, ...], str | None] = {}

    def why_claim(claim: Claim) -> str | None:
        scope = claim.authority, claim.companies, claim.chips, claim.except_companies, claim.except_chips
        if scope not in said:
            if len(said) >= MOST_SCOPES:
                said.clear()
            said[scope] = why(Entry(0, "", 0, plain(claim)))
        return said[scope]

    return why_claim


def _claims_in(lines: Iterable[Line]) -> Iterator[tuple[Line, Claim]]:
    for line in lines:
        with suppress(Refused):
            event = read_line(line.text)
            if isinstance(event, Claim):
                yield line, event


def _reason(directory: Directory, gate: Gate, companies: frozenset[str], chips: frozenset[str]) -> str:
    for found, kind in ((companies, "company"), (chips, "chip")):
        if not found:
            return f"the claim applies to nothing so far: no registered {kind} is in its scope"
    homes = {directory.companies[company]["jurisdiction"] for company in companies}
    if gate.direction == "import" and gate.jurisdiction in homes:
        why = f"all its chips ({_few(chips)}) come from {gate.jurisdiction} itself, so they are not imported there"
    elif gate.direction == "import":
        why = f"none of its companies ({_few(companies)}) is in {gate.jurisdiction}"
    elif homes == {gate.jurisdiction}:
        why = f"all its companies ({_few(companies)}) are in {gate.jurisdiction} itself"
    else:
        why = f"{gate.jurisdiction} controls none of its chips ({_few(chips)})"
    return f"the claim can never apply at {gate}: {why}; check its authority and its scope"


def _few(ids: frozenset[str], most: int = 4) -> str:
    listed = sorted(ids)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")
