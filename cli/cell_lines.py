"""A cell in lines for people: its gates and on whose word they are, its conditions, what is left, each with its source.

``state`` prints them of one cell, ``check`` of each pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from policytracker.cli.folding import fold
from policytracker.cli.output import dim, status_word
from policytracker.questions.escaping import one_line
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.answers import BindingCondition, CellState, CellStatuses, GateState, PossibleStatuses
    from policytracker.questions.claim_sources import ClaimSources

DOMESTIC = "domestic"
"""What a cell without gates is called (semantics.md §1)."""
BEFORE_LAUNCH = "before its launch"
SILENT = "nothing is recorded that forbids or permits it"
INDENT = 2


def spread(row: PossibleStatuses) -> str:
    """The status of a cell or of a gate for people: its word, or lowest..highest, in the colour of what it is."""
    return status_word(row["status"], plain_spread(row))


def plain_spread(row: PossibleStatuses) -> str:
    """The same without a colour."""
    return _ends(row["possible"]) if row["status"] == "uncertain" else str(row["status"])


def _ends(possible: Sequence[str]) -> str:
    """A set of statuses: its one word, lowest..highest, or any status."""
    if len(possible) == len(STATUSES):
        return "any status"
    return "..".join(dict.fromkeys((possible[0], possible[-1])))


def limits(row: CellStatuses) -> str:
    """The gates that limit a cell, for people: none where it is cleared."""
    return " ".join(row["limited_by"]) if row["status"] != "cleared" else ""


def notes(row: CellState) -> str:
    """What a table says of a cell beside its status."""
    return "; ".join(_notes(row))


def _notes(row: CellState) -> Iterator[str]:
    if not row["launched"]:
        yield BEFORE_LAUNCH
    if row["if_open"]:
        yield f"if open: {_ends(row['if_open'])}"
    if any(left["used_up"] for left in row["left"] or ()):
        yield "used up"


def print_gates(gates: Sequence[GateState], claims: ClaimSources) -> None:
    """Each gate with the claims that stand there, and on whose word each of them is."""
    for gate in gates:
        last = f", last word {gate['last_word']}" if gate["last_word"] else ""
        text = f"{gate['gate']} {spread(gate)}{last}"
        words = [(one_line(claims.name(claim)), claims.word(claim)) for claim in gate["claims"]]
        if len(words) == 1:
            _line(f"{text}: {words[0][0]}", words[0][1])
            continue
        _line(text if words else f"{text}: {SILENT}")
        for name, word in words:
            _line(f"  {name}", word)
    if not gates:
        _line(f"{DOMESTIC}: the chip comes from the company's own jurisdiction, so it passes no gate")


def print_conditions(row: CellState, claims: ClaimSources) -> None:
    """The conditions of a cell, claim by claim."""
    for (gate, claim), conditions in groupby(row["conditions"], key=lambda each: (each["gate"], each["claim"])):
        _conditions(gate, claim, list(conditions), claims)


def print_left(row: CellState, claims: ClaimSources) -> None:
    """What is left of the approvals of a cell that have a quantity."""
    # Imported here: what programs read needs no words for quantities.
    from policytracker.questions.amounts import left_of_approved

    gates = {claim: gate["gate"] for gate in row["gates"] for claim in gate["claims"]}
    for left in row["left"] or ():
        claim = left["claim"]
        text = f"{gates[claim]}, {one_line(claims.name(claim))}: {left_of_approved(left, claims.approved(claim))}"
        _line(text, claims.sources(claim, "quantity"))
        for other in claims.instead(claim, "quantity"):
            _line(f"  instead, it is said to be for {one_line(other.value)}", other.sources)


def print_notes(row: CellState) -> None:
    """What a cell would be if silent gates were open, and that the chip is yet to come."""
    if row["if_open"]:
        _line(f"if the gates of which nothing is recorded were open: {_ends(row['if_open'])}")
    if not row["launched"]:
        _line(f"{BEFORE_LAUNCH}: on this day the chip was not launched yet")


def _conditions(gate: str, claim: str, conditions: Sequence[BindingCondition], claims: ClaimSources) -> None:
    _line(f"conditions at {gate} of {one_line(claims.name(claim))}", claims.sources(claim, "conditions"))
    for each in conditions:
        binds = "" if each["binds"] == "certainly" else " (binds only possibly)"
        _line(f"  condition {one_line(each['key'])}: {one_line(each['wording'])}{binds}")
    for other in claims.instead(claim, "conditions"):
        _line(f"  instead: {one_line(other.value)}", other.sources)


def _line(text: str, source: str = "") -> None:
    """A line of safe text, and its source, which may be anybody's."""
    cited = f" {dim(one_line(f'– {source}'))}" if source else ""
    click.echo(fold(f"{' ' * INDENT}{text}{cited}", INDENT + 2 + len(text) - len(text.lstrip())))
