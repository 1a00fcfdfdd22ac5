"""What an authority has said: every claim of it that is known, in force or not, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from policytracker.events.dates import iso
from policytracker.questions.claims import InForce
from policytracker.questions.developments import Developments, first_said
from policytracker.questions.interchange import in_order
from policytracker.status import reasons
from policytracker.status.claims import Claim, claim_from
from policytracker.status.force import in_force
from policytracker.status.knowledge import Standing, last_day
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
    own = (claim for claim in _known(view) if claim.fields["authority"] == authority)
    found = [_said(claim, view.standings[claim.id], day) for claim in own]
    return sorted(found, key=lambda each: first_said(each.standing), reverse=True)


def _known(view: View) -> Iterator[Claim]:
    """Every known claim once, in force or not."""
    return chain(view.claims.values(), view.heard.values(), view.retracted.values())


def said_by(standing: Standing, day: int, zone: str) -> Said:
    """A known claim, and how it stands on a day (an ordinal), in the time zone of its gate."""
    return _said(claim_from(standing, zone), standing, day)


def _said(claim: Claim, standing: Standing, day: int) -> Said:
    why_not = reasons.why_retracted(standing) or reasons.why_not_in_force(claim, day)
    return Said(claim, standing, None if why_not else in_force(claim, day), why_not)


def authorities(view: View, day: int) -> list[AuthorityAnswer]:
    """One object for each authority, by its id: its registration, how much it has said, and when it last did."""
    of: dict[str, list[Claim]] = {}
    for claim in _known(view):
        of.setdefault(claim.fields["authority"], []).append(claim)
    found: list[AuthorityAnswer] = []
    for authority, fields in sorted(view.directory.authorities.items()):
        its = of.get(authority, [])
        zone = view.zone_of(authority)
        days = (last_day(view.threads[claim.id], view.standings, view.known, zone) for claim in its)
        last = max((day for day in days if day is not None), default=None)
        answer = {
            **in_order(fields),
            "claims": len(its),
            "in_force": sum(claim.id not in view.retracted and in_force(claim, day) is not None for claim in its),
            "last_report": None if last is None else iso(last),
        }
        found.append(cast("AuthorityAnswer", answer))
    return found


def signals(view: View, authority: str) -> list[Standing]:
    """The conditions that an authority is said to talk about, the newest first; none that is retracted."""
    return Developments(view).signals_of(authority)
