"""What each tool answers: the questions of the Python API, each line with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from policytracker.mcp_server.shaping import Object, Page, answered, event_told, some, sources, without_empty
from policytracker.questions.roles import beside_lines, lines

if TYPE_CHECKING:
    from policytracker import Ledger
    from policytracker.api import Brief, CellState, Event
    from policytracker.api.cells import BindingCondition, GateState
    from policytracker.api.digests import BriefLine, DigestEntry
    from policytracker.api.when import When

TOLD_ELSEWHERE: Final = ("decides", "condition", "signal")
"""Lines of a brief that the claims at the gates tell too."""


def state(ledger: Ledger, company: str | None, chip: str | None, page: Page, when: When) -> Object:
    """Cells, each with the claims that decide at each gate. Raises QuestionError or Refused."""
    found = ledger.states(company, chip, **when)
    return answered(ledger, when, page.of(found, lambda cell: _cell(ledger, cell, when), "cells"))


def why(ledger: Ledger, company: str, chip: str, page: Page, when: When) -> Object:
    """One cell: every claim at each gate, what it does there and why. Raises QuestionError or Refused."""
    gates = [gate.as_dict() for gate in ledger.why(company, chip, **when)]
    brief = ledger.brief(company, chip, **when)
    found = [*_claims(gates), *_amounts(ledger, brief, when)]
    head = {
        **_names(brief),
        "answer": brief.sentence,
        "status": gates[0]["cell_status"],
        "possible": gates[0]["cell_possible"],
        "limited_by": gates[0]["limited_by"],
        "gates": [_gate(gate, brief) for gate in gates],
    }
    return answered(ledger, when, {**head, **page.of(found, lambda line: line, "lines")})


def changes(ledger: Ledger, since: str, company: str | None, chip: str | None, page: Page, when: When) -> Object:
    """What is new after a day or a position. Raises QuestionError or Refused."""
    whom, what = [company] if company else [], [chip] if chip else []
    digest = ledger.digest(since, whom, what, **when)
    found = [(part.title, entry) for part in digest.parts for entry in part.entries]
    head = {"since": since, "nothing_new": digest.nothing_new}
    lines_of = page.of(found, lambda each: _entry(ledger, each[0], each[1], when), "lines")
    return answered(ledger, when, {**head, **lines_of})


def search(ledger: Ledger, text: str, page: Page, when: When) -> Object:
    """The events that contain a text, the newest first. Raises QuestionError or Refused."""
    found = ledger.search(text, recorded=when.get("recorded"))[::-1]
    return answered(ledger, when, page.of(found, lambda event: _event(ledger, event, when), "events"))


def _cell(ledger: Ledger, cell: CellState, when: When) -> Object:
    found = cell.as_dict()
    kept = {name: found[name] for name in ("company", "chip", "status", "possible", "limited_by", "last_report")}
    return {
        "answer": ledger.cell_in_words(cell, **when),
        **kept,
        **dict(without_empty({"if_open": found["if_open"], "left": found["left"], "launched": found["launched"]})),
        "gates": [_gate_of_cell(ledger, gate, when) for gate in cell.gates],
        **some("conditions", cell.conditions, lambda each: _condition(ledger, each, when)),
    }


def _gate_of_cell(ledger: Ledger, gate: GateState, when: When) -> Object:
    """What a gate comes to, and the claims that decide there in at least one possible world."""
    found = gate.as_dict()
    named = {name: found[name] for name in ("gate", "status", "possible", "last_word")}
    told = some("decided_by", gate.claims, lambda each: event_told(ledger, when, ledger.in_words(each, **when)))
    return {**named, **told}


def _condition(ledger: Ledger, condition: BindingCondition, when: When) -> Object:
    found = condition.as_dict()
    named = {name: found[name] for name in ("gate", "key", "wording", "binds")}
    return {**named, **sources(ledger.sources(condition.claim, **when))}


def _names(brief: Brief) -> Object:
    return {
        "company": brief.company,
        "company_name": brief.company_name,
        "chip": brief.chip,
        "chip_name": brief.chip_name,
    }


def _gate(gate: dict[str, Any], brief: Brief) -> Object:
    """What a gate comes to, in a word and in a sentence."""
    told = next((each.sentence for each in brief.paragraphs if each.gate == gate["gate"]), None)
    named = {name: gate[name] for name in ("gate", "status", "possible", "last_word")}
    return {**named, **({"sentence": told} if told else {})}


def _claims(gates: list[dict[str, Any]]) -> Iterator[Object]:
    """A line for each claim at the gates, each signal and each development."""
    for place, gate in enumerate(gates):
        told = [*gate["claims"], *gate["signals"], *gate["developments"]]
        reports = {account["id"]: account["sources"] for account in told}
        # Developments are around the cell, and so the same for each gate.
        beside = beside_lines(gate, with_developments=not place)  # type: ignore[arg-type]
        for line in (*lines(gate), *beside):  # type: ignore[arg-type]
            kept = {name: line[name] for name in ("gate", "role", "claim", "says", "scope", "start", "until", "word")}
            about = {**some("why", line["why"]), **some("events", line["events"])}
            yield {**dict(without_empty({**kept, **about})), **sources(reports[line["id"]])}


def _amounts(ledger: Ledger, brief: Brief, when: When) -> Iterator[Object]:
    """What was ordered, licensed, approved and delivered, what is left, and what comes next."""
    for paragraph in brief.paragraphs:
        for line in paragraph.lines:
            if line.kind not in TOLD_ELSEWHERE:
                gate = {"gate": paragraph.gate} if paragraph.gate else {}
                yield {**gate, "role": line.kind, **_sentence(ledger, line, when)}


def _entry(ledger: Ledger, title: str, entry: DigestEntry, when: When) -> Object:
    whom = {name: each for name in ("companies", "chips") if (each := list(getattr(entry, name)))}
    named = {name: value for key, values in whom.items() for name, value in some(key, values).items()}
    return {"kind": title, **_sentence(ledger, entry, when), **named}


def _sentence(ledger: Ledger, line: BriefLine | DigestEntry, when: When) -> Object:
    """A sentence, and the events that it tells or by which it is so, each with its sources."""
    told = [each for each in (line.event, *line.by) if each]
    return {"sentence": line.sentence, **some("events", told, lambda each: event_told(ledger, when, each))}


def _event(ledger: Ledger, event: Event, when: When) -> Object:
    told = event_told(ledger, when, ledger.in_words(event.id, **when))
    return {"position": event.position, "recorded": event.fields["recorded"], **told}
