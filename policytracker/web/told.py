"""Claims in force as pages tell them: what each says, how surely it holds, on whose word."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import NamedTuple, TypedDict, TypeVar

from policytracker.questions.accounts import claim_account, event_account
from policytracker.questions.answers import CellState
from policytracker.questions.claim_answers import ClaimAccount, Condition, EventAccount
from policytracker.questions.claims import InForce, reaching
from policytracker.questions.developments import DEVELOPMENT, SIGNAL, TYPES, Developments
from policytracker.questions.ledger_answers import ClaimInForce
from policytracker.questions.names import label
from policytracker.questions.newest import Some, Wanted, newest
from policytracker.status import reasons
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.force import in_force
from policytracker.status.knowledge import Standing
from policytracker.status.reasons import Reason
from policytracker.status.scope import Scopes
from policytracker.web import paging
from policytracker.web.page import Drawn, Question

Found = TypeVar("Found")


class Because(NamedTuple):
    """Why a claim is in doubt, or not in force; no event is named."""

    before: str
    events: tuple[()] = ()
    after: str = ""


class Beside(TypedDict):
    """What is reported beside the claims, and changes no status (semantics.md §8); the newest first."""

    signals: list[EventAccount]
    """Conditions that an authority is said to talk about."""
    developments: list[EventAccount]


class Told(NamedTuple):
    """A claim, told; the conditions are its own that are not yet met on the day."""

    account: ClaimAccount
    because: list[Because]
    conditions: list[Condition]


def told(claim: Claim, standing: Standing, day: int, not_in_force: Reason | None = None) -> Told:
    """A claim as it stands on a day."""
    conditions: list[Condition] = [{"key": key, "wording": wording} for key, wording in claim.binding(day).items()]
    return Told(claim_account(claim, standing, day), list(_because(claim, standing, day, not_in_force)), conditions)


def in_force_for(question: Question, company: str | None, chip: str | None) -> Some[InForce]:
    """The newest claims in force that reach a company, or a chip: as many as a page holds."""
    directory, day = question.directory, question.clocks.at
    reaches = reaching(Scopes(directory), company, chip)

    def wanted(standings: Mapping[str, Standing], event: Standing) -> InForce | None:
        if event.type not in CLAIM_TYPES or event.retracted:
            return None
        claim = claim_from(event, directory.zone_of(event.fields["authority"]))
        force = in_force(claim, day)
        return InForce(claim, event, force) if force is not None and reaches(claim) else None

    return newest_claims(question, wanted)


def newest_claims(question: Question, wanted: Wanted[Found]) -> Some[Found]:
    """The newest claims that are wanted, before the one that the address names: as many as a page holds."""
    reader, clocks, publications = question.reader, question.clocks, question.publications
    before = paging.older(question)
    found = partial(newest, reader, clocks, publications, wanted, paging.CLAIMS, paging.LOOKED_AT, before)
    return question.once("claims", found)


def in_order_of_ledger(claims: Iterable[InForce]) -> list[ClaimInForce]:
    """Claims in force in the shape of ``claims --json``."""
    return [each.as_object() for each in sorted(claims, key=lambda each: each.claim.position)]


def shown_claims(some: Some[InForce], day: int) -> Drawn:
    """Claims in force for a page, the newest first, and where the older ones begin."""
    return {
        "claims": [told(each.claim, each.standing, day) for each in some.events],
        "older": paging.older_text(some.older),
    }


def developments_for(question: Question) -> Developments:
    """The signals and developments that are known."""
    return question.once("developments", lambda: Developments(question.reader.view_of(TYPES, question.clocks)))


def beside(found: Iterable[Standing]) -> Beside:
    """Signals and developments as answers tell them."""
    events = [event_account(event) for event in found]
    return {
        "signals": [event for event in events if event["type"] == SIGNAL],
        "developments": [event for event in events if event["type"] == DEVELOPMENT],
    }


def groups_of(directory: Directory, kind: str, selectors: Container[str]) -> list[tuple[str, str]]:
    """The groups, of companies or of chips, among some selectors: the id and the name of each."""
    groups = sorted(directory.groups.items())
    return [(group, label(fields)) for (of, group), fields in groups if of == kind and group in selectors]


def parted(rows: Iterable[CellState], of: Callable[[CellState], Fields], by: str) -> list[tuple[str, list[CellState]]]:
    """Rows by a field of what they are of; China first, then by name."""
    ordered = sorted(rows, key=lambda row: (of(row)[by] != "CN", of(row)[by], of(row)["name"].casefold()))
    return [(str(part), list(found)) for part, found in groupby(ordered, key=lambda row: of(row)[by])]


def _because(claim: Claim, standing: Standing, day: int, not_in_force: Reason | None) -> Iterator[Because]:
    if not_in_force is not None:
        yield Because(f"not in force: {not_in_force.text}")
        return
    for reason in reasons.why_not_certain(standing):
        yield Because(f"{'counts possibly' if standing.counts else 'heard, not counted'}: {reason.text}")
    for reason in reasons.why_in_doubt(claim, day):
        yield Because(f"possibly in force: {reason.text}")
