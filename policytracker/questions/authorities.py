"""What an authority has said: every claim of it that is known, in force or not, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from policytracker.events.dates import day_of, iso
from policytracker.questions.claims import InForce
from policytracker.questions.interchange import in_order
from policytracker.status import reasons
from policytracker.status.claims import Claim, claim_from
from policytracker.status.force import in_force
from policytracker.status.knowledge import Standing
from policytracker.status.reasons import Reason
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import AuthorityAnswer, ClaimInForce


class Said(NamedTuple):
    """A known claim, and whether it is in force on a day: certainly (``force`` True), possibly or not (None)."""

    claim: Claim
    standing: Standing
    force: bool | None
    why_not: Reason | None
    """Why it is not in force."""

    def as_object(self) -> ClaimInForce:
        """In the shape of ``claims --json``; ``in_force`` is ``no`` for a claim that is not."""
        found = InForce(self.claim, self.standing, bool(self.force)).as_object()
        return found if self.force is not None else {**found, "in_force": "no"}


def said(view: View, authority: str, day: int) -> list[Said]:
    """The claims of an authority, given by its id, that are known, and how they stand on a day; the newest first."""
    known = (*view.claims.values(), *view.retracted.values())
    own = [claim for claim in known if claim.fields["authority"] == authority]
    newest_first = sorted(own, key=lambda claim: (claim.published, claim.position), reverse=True)
    return [said_by(view.standings[claim.id], day) for claim in newest_first]


def said_by(standing: Standing, day: int) -> Said:
    """A known claim, and how it stands on a day (an ordinal)."""
    claim = claim_from(standing)
    why_not = reasons.why_retracted(standing) or reasons.why_not_in_force(claim, day)
    return Said(claim, standing, None if why_not else in_force(claim, day), why_not)


def authorities(view: View, day: int) -> list[AuthorityAnswer]:
    """One object for each authority, by its id: its registration, how much it has said, and when it last did."""
    found: list[AuthorityAnswer] = []
    for authority, fields in sorted(view.directory.authorities.items()):
        its = said(view, authority, day)
        answer = {
            **in_order(fields),
            "claims": len(its),
            "in_force": sum(each.force is not None for each in its),
            "last_report": iso(day_of(its[0].claim.published)) if its else None,
        }
        found.append(cast("AuthorityAnswer", answer))
    return found


def signals(view: View, authority: str) -> list[Standing]:
    """The conditions that an authority is said to talk about, the newest first; none that is retracted."""
    own = (event for event in view.standings.values() if event.fields.get("authority") == authority)
    known = [event for event in own if event.type == "condition-signalled" and event.known and not event.retracted]
    return sorted(known, key=lambda event: (event.published or 0, event.entry.position), reverse=True)
