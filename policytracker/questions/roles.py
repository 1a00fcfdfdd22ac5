"""What each claim does at a gate, one line a claim: ``why`` for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from policytracker.questions.accounts import called
from policytracker.questions.sources import BOOKKEEPING, source_line, sources_line

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import AboutClaim, EventAccount, GateExplanation, RoleLine

ROLES = {
    "excepted": "excepted",
    "excluded": "excluded",
    "counted-out": "counted out",
    "not-yet": "not yet",
    "company": "out of scope",
    "chip": "out of scope",
}
"""Words for the reasons for which a claim does not apply, where they are not the reason's own."""
About = TypeVar("About", bound="AboutClaim")


def lines(gate: GateExplanation) -> Iterator[RoleLine]:
    """One object for each claim at a gate, given in the shape of ``why --json``: those that stand first."""
    roles = Roles(gate)
    for role, claims in roles.by_role():
        for claim in claims:
            yield roles.line(role, claim)


class Roles:
    """The claims at one gate by what they do there."""

    def __init__(self, gate: GateExplanation) -> None:
        self.gate = gate
        self.accounts = {account["id"]: account for account in gate["claims"]}
        self.possibly = {each["claim"]: each["reasons"] for each in gate["possible_only"]}
        self.struck = {each["claim"] for each in gate["struck"] if each["certain"]}
        self.strikes = _by_claim(gate["struck"])
        """What strikes each claim, if anything does."""
        self.left = _by_claim(gate["left"])
        self.not_applying = _by_claim(gate["not_applying"])
        self.conditions = _by_claim(gate["conditions"])
        self.why: dict[str, list[str]] = {claim: list(self._why(claim)) for claim in self.accounts}

    def by_role(self) -> Iterator[tuple[str, list[str]]]:
        """The roles with the ids of the claims that have them, in the order in which they are told."""
        sure = len(self.gate["possible"]) == 1
        standing = [(claim, sure and claim not in self.possibly) for claim in self.gate["standing"]]
        yield "stands", [claim for claim, surely in standing if surely]
        yield "may stand", [claim for claim, surely in standing if not surely]
        yield "left", [each["claim"] for each in self.gate["left"]]
        yield "struck", [claim for claim in self.accounts if claim in self.struck]
        for each in self.gate["not_applying"]:
            yield ROLES.get(each["reason"], each["reason"]), [each["claim"]]

    def line(self, role: str, claim: str) -> RoleLine:
        """One claim: what it does, what it says, why it does so, on whose word."""
        account = self.accounts[claim]
        return {
            "company": self.gate["company"],
            "chip": self.gate["chip"],
            "gate": self.gate["gate"],
            "role": role,
            "claim": called(account),
            "says": account["says"],
            "start": account["start"],
            "status": account["status"],
            "scope": account["scope"],
            "why": self.why[claim],
            "sources": [source_line(report) for report in account["sources"]] or [BOOKKEEPING],
            "events": [_event_line(event) for event in account["events"]],
            "id": claim,
        }

    def _why(self, claim: str) -> Iterator[str]:
        for strike in self.strikes.get(claim, ()):
            by = called(self.accounts[strike["by"]])
            yield (
                f"struck by {by}: {strike['rule']}" if strike["certain"] else f"struck if {by} holds: {strike['rule']}"
            )
        for left in self.left.get(claim, ()):
            yield f"not struck, but {left['reason']}"
        if claim in self.possibly:
            yield "only possibly: " + "; ".join(reason["text"] for reason in self.possibly[claim])
        for aside in self.not_applying.get(claim, ()):
            yield aside["text"]


def _by_claim(told: Iterable[About]) -> dict[str, list[About]]:
    found: dict[str, list[About]] = {}
    for each in told:
        found.setdefault(each["claim"], []).append(each)
    return found


def _event_line(event: EventAccount) -> str:
    doubt = "" if event["certain"] else ", not certain"
    return f"{event['says']}{doubt} ({called(event)}): {sources_line(event['sources'])}"
