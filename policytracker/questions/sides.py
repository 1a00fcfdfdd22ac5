"""The sides of a cell in words: what each gate says, on whose word, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policytracker.questions.amounts import left_of_approved
from policytracker.questions.sentences.places import gate_name
from policytracker.questions.sentences.verdicts import verdict_words

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, GateState
    from policytracker.questions.in_words import InWords
    from policytracker.questions.overview_answers import GateInWords, SideInWords


def sides(in_words: InWords, state: CellState) -> list[SideInWords]:
    """What each gate of a cell says, export gates first."""
    return [
        {
            **gate_in_words(gate),
            "claims": [in_words.claim(claim) for claim in gate["claims"]],
            "left": [
                left_of_approved(left, in_words.fields(left["claim"])["quantity"])
                for left in state["left"] or ()
                if left["claim"] in gate["claims"]
            ],
        }
        for gate in state["gates"]
    ]


def gate_in_words(gate: GateState) -> GateInWords:
    """A gate of a cell, for readers."""
    return {
        "gate": gate["gate"],
        "name": gate_name(gate["gate"]),
        "verdict": verdict_words(gate["possible"]),
        "possible": gate["possible"],
        "last_word": gate["last_word"],
    }
