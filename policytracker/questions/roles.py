"""What each claim does at a gate, one line a claim: ``why`` for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from policytracker.questions.accounts import called
from policytracker.questions.sources import BOOKKEEPING, source_line, sources_line
from policytracker.questions.telling import short_source

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import EventAccount, HeardEvent, ReasonAnswer, SourceReport
    from policytracker.questions.why_answers import AboutClaim, GateExplanation, OverriddenClaim, RoleLine

STANDS, MAY_STAND, CAPS, MAY_CAP = "stands", "may stand", "caps", "may cap"
DECIDING = (STANDS, MAY_STAND, CAPS, MAY_CAP)
"""The roles of the claims that decide."""
NO_EFFECT, OVERRIDDEN, HEARD, SIGNAL, DEVELOPMENT = "no effect", "overridden", "heard", "signal", "development"
NOT_YET, ENDED = "not yet", "ended"
ROLES = {
    "excepted": "excepted",
    "excluded": "excluded",
    "counted-out": "counted out",
    "not-yet": NOT_YET,
    "company": "out of scope",
    "chip": "out of scope",
}
"""Words for the reasons for which a claim does not apply, where they are not the reason's own."""
ORDER_ASSUMED = "dates and reports do not tell which came first, so the restriction counts as the later"
NOT_COUNTED = "heard, not counted"
About = TypeVar("About", bound="AboutClaim")


def lines(gate: GateExplanation) -> Iterator[RoleLine]:
    """One object for each claim at a gate, given in the shape of ``why --json``: those that stand first."""
    roles = Roles(gate)
    for role, claims in roles.by_role():
        for claim in claims:
            yield roles.line(role, claim)


def beside_lines(gate: GateExplanation, with_developments: bool) -> Iterator[RoleLine]:
    """One object for each signal at a gate, then for each development around the cell."""
    yield from (_beside(gate, SIGNAL, event) for event in gate["signals"])
    if with_developments:
        yield from (_beside(gate, DEVELOPMENT, event) for event in gate["developments"])


def _beside(gate: GateExplanation, role: str, event: EventAccount) -> RoleLine:
    counts = {"certainly": [], "possibly": ["counts only possibly"], "not at all": [NOT_COUNTED]}[event["counts"]]
    return {
        "company": gate["company"],
        "chip": gate["chip"],
        "gate": gate["gate"] or "",
        "role": role,
        "claim": called(event),
        "says": event["says"],
        "start": "",
        "until": "",
        "status": "",
        "scope": "",
        "why": counts,
        "word": event["word"],
        "sources": source_lines(event["sources"]),
        "events": [],
        "id": event["id"],
    }


class Roles:
    """The claims at one gate by what they do there."""

    def __init__(self, gate: GateExplanation) -> None:
        self.gate = gate
        self.accounts = {account["id"]: account for account in gate["claims"]}
        self.possibly = {each["claim"]: each["reasons"] for each in gate["possible_only"]}
        self.overridden_surely = {each["claim"] for each in gate["overridden"] if each["certain"]}
        self.overridden = _by_claim(gate["overridden"])
        """What overrides each claim, if anything does."""
        self.assumed = _by_claim(gate["order_assumed"])
        self.not_deciding = _by_claim(gate["not_deciding"])
        self.not_applying = _by_claim(gate["not_applying"])
        self.heard = {each["claim"]: each["reasons"] for each in gate["heard"]}
        self.conditions = _by_claim(gate["conditions"])
        self.why: dict[str, list[str]] = {claim: list(self._why(claim)) for claim in self.accounts}

    def by_role(self) -> Iterator[tuple[str, list[str]]]:
        """The roles with the ids of the claims that have them, in the order in which they are given."""
        gate, surely = self.gate, set(self.gate["surely"])
        yield STANDS, [claim for claim in gate["standing"] if claim in surely]
        yield MAY_STAND, [claim for claim in gate["standing"] if claim not in surely]
        yield CAPS, [each["claim"] for each in gate["capped_by"] if each["certain"]]
        yield MAY_CAP, [each["claim"] for each in gate["capped_by"] if not each["certain"]]
        yield NO_EFFECT, [each["claim"] for each in gate["not_deciding"]]
        yield OVERRIDDEN, [claim for claim in self.accounts if claim in self.overridden_surely]
        for each in gate["not_applying"]:
            yield ROLES.get(each["reason"], each["reason"]), [each["claim"]]
        yield HEARD, list(self.heard)

    def line(self, role: str, claim: str) -> RoleLine:
        """One claim: what it does, what it says, why it does so, on whose word."""
        account = self.accounts[claim]
        return {
            "company": self.gate["company"],
            "chip": self.gate["chip"],
            "gate": self.gate["gate"] or "",
            "role": role,
            "claim": called(account),
            "says": account["says"],
            "start": account["start"],
            "until": account["until"] or "",
            "status": account["status"],
            "scope": account["scope"],
            "why": self.why[claim],
            "word": account["word"],
            "sources": source_lines(account["sources"]),
            "events": [*map(_event_line, account["events"]), *map(_heard_line, account["heard"])],
            "id": claim,
        }

    def cited(self, claim: str) -> list[str]:
        """The reports of a claim in short, then those of the events about it that its role rests on."""
        account = self.accounts[claim]
        own = [short_source(report) for report in account["sources"]] or [BOOKKEEPING]
        named = {event for reason in self._reasons(claim) for event in reason["events"]}
        return own + [_cited(event) for event in account["events"] if event["id"] in named]

    def _reasons(self, claim: str) -> list[ReasonAnswer]:
        return [*self.possibly.get(claim, ()), *self.not_applying.get(claim, ()), *self.heard.get(claim, ())]

    def _why(self, claim: str) -> Iterator[str]:
        yield from (self._override(each) for each in self.overridden.get(claim, ()))
        for each in self.assumed.get(claim, ()):
            yield f"taken as later than {called(self.accounts[each['than']])}: {ORDER_ASSUMED}"
        for left in self.not_deciding.get(claim, ()):
            yield f"not overridden, but {left['reason']}"
        if claim in self.possibly:
            yield "only possibly: " + reasons_line(self.possibly[claim])
        for aside in self.not_applying.get(claim, ()):
            yield aside["text"]
        if claim in self.heard:
            yield f"{NOT_COUNTED}: {reasons_line(self.heard[claim])}"

    def _override(self, each: OverriddenClaim) -> str:
        by = called(self.accounts[each["by"]])
        how = f"overridden by {by}" if each["certain"] else f"overridden if {by} holds"
        assumed = f"; {ORDER_ASSUMED}" if each["order_assumed"] else ""
        return f"{how}: {each['rule']}{assumed}"


def _by_claim(answers: Iterable[About]) -> dict[str, list[About]]:
    found: dict[str, list[About]] = {}
    for each in answers:
        found.setdefault(each["claim"], []).append(each)
    return found


def reasons_line(reasons: Iterable[ReasonAnswer]) -> str:
    """Reasons on one line."""
    return "; ".join(reason["text"] for reason in reasons)


def source_lines(reports: Sequence[SourceReport]) -> list[str]:
    """The reports of an event, each on one line, or that it has none."""
    return [source_line(report) for report in reports] or [BOOKKEEPING]


def _cited(event: EventAccount) -> str:
    """An event about a claim with its reports in short."""
    reports = "; ".join(short_source(report) for report in event["sources"]) or BOOKKEEPING
    return f"{event['type']} ({called(event)}): {reports}"


def _event_line(event: EventAccount) -> str:
    doubt = ", counts only possibly" if event["counts"] == "possibly" else ""
    return f"{event['says']}{doubt} ({called(event)}): {sources_line(event['sources'])}"


def _heard_line(event: HeardEvent) -> str:
    why = f"{NOT_COUNTED if event['counts'] == 'not at all' else 'does nothing'}: {reasons_line(event['reasons'])}"
    return f"{event['says']}, {why} ({called(event)}): {sources_line(event['sources'])}"
