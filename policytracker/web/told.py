"""Claims in force as pages tell them: what each says, how surely it holds, on whose word."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from policytracker.questions.accounts import claim_account
from policytracker.questions.claims import InForce
from policytracker.questions.names import label
from policytracker.status import reasons
from policytracker.status.claims import Claim
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.status.reasons import Reason

Row = Mapping[str, Any]
MOST = 60
"""Claims on a page; all of them are in its JSON."""


class Because(NamedTuple):
    """Why a claim is in doubt, or not in force; no event is named."""

    before: str
    events: tuple[()] = ()
    after: str = ""


class Told(NamedTuple):
    """A claim, told; the conditions are those that bind on the day."""

    account: dict[str, Any]
    because: list[Because]
    conditions: list[dict[str, str]]


def newest_first(claims: Iterable[InForce]) -> list[InForce]:
    """Claims by when they were published."""
    return sorted(claims, key=lambda each: (each.claim.published, each.claim.position), reverse=True)


def told(claim: Claim, standing: Standing, day: int, not_in_force: Reason | None = None) -> Told:
    """A claim as it stands on a day."""
    conditions = [{"key": key, "wording": wording} for key, wording in claim.binding(day).items()]
    return Told(claim_account(claim, standing, day), list(_because(claim, standing, day, not_in_force)), conditions)


def reaching(claims: Iterable[InForce], day: int) -> dict[str, Any]:
    """Claims in force for a page, the newest first, and how many older ones it leaves out."""
    found = newest_first(claims)
    return {
        "claims": [told(each.claim, each.standing, day) for each in found[:MOST]],
        "more": max(0, len(found) - MOST),
    }


def groups_of(directory: Directory, kind: str, selectors: Container[str]) -> list[tuple[str, str]]:
    """The groups, of companies or of chips, among some selectors: the id and the name of each."""
    groups = sorted(directory.groups.items())
    return [(group, label(fields)) for (of, group), fields in groups if of == kind and group in selectors]


def parted(rows: Iterable[Row], of: Callable[[Row], Fields], by: str) -> list[tuple[str, list[Row]]]:
    """Rows by a field of what they are of; China first, then by name."""
    ordered = sorted(rows, key=lambda row: (of(row)[by] != "CN", of(row)[by], of(row)["name"].casefold()))
    return [(str(part), list(found)) for part, found in groupby(ordered, key=lambda row: of(row)[by])]


def _because(claim: Claim, standing: Standing, day: int, not_in_force: Reason | None) -> Iterator[Because]:
    if not_in_force is not None:
        yield Because(f"not in force: {not_in_force.text}")
        return
    for reason in reasons.why_not_certain(standing):
        yield Because(f"not certain: {reason.text}")
    for reason in reasons.why_in_doubt(claim, day):
        yield Because(f"possibly in force: {reason.text}")
