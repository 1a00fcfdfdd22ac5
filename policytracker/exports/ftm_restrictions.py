"""Restrictions as entities of FollowTheMoney: a ``Sanction`` each, and the sets of companies that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, day_of, iso, moment
from policytracker.exports.ftm_entities import Entity, company_id, entity, joined, set_id
from policytracker.questions.accounts import claim_account
from policytracker.questions.claims import period
from policytracker.questions.sentences.naming import Naming, capital

if TYPE_CHECKING:
    from policytracker.questions.authorities import Said
    from policytracker.questions.claim_answers import ClaimAccount
    from policytracker.status.claims import Claim
    from policytracker.status.directory import Directory

RESTRICTING: Final = ("prohibited", "blocked", "held", "licence-required", "condition-imposed")
"""The types of claims that restrict: a rule, a stop, a pause, a licence duty, a condition."""
STATUS: Final = {True: "in force", False: "possibly in force", None: "not in force"}
"""How a restriction stands on the day of the export."""
DOUBT: Final = {"possibly": "; counts only possibly", "certainly": ""}


class Restriction(NamedTuple):
    """A restriction, and the selectors of the sets that it names."""

    entity: Entity
    sets: tuple[str, ...]


def sanction(how: Said, directory: Directory, sentence: str) -> Restriction:
    """A claim that restricts. ``sentence``: what it says, in words, and who says so."""
    claim = how.claim
    account = claim_account(claim, how.standing, _day_of(claim))
    authority = directory.authorities[claim.fields["authority"]]
    named, sets = _whom(claim, directory)
    properties = {
        "entity": [*map(company_id, named), *map(set_id, sets)],
        "authority": [authority["name"]],
        "authorityId": [claim.fields["authority"]],
        "country": [] if authority["jurisdiction"] == "XX" else [authority["jurisdiction"].lower()],
        "program": _program(claim.fields),
        "programId": [str(directory.gate(claim.fields["authority"]))],
        "provisions": [account["says"], account["scope"]],
        "status": [f"{STATUS[how.force]}{DOUBT[account['counts']]}"],
        "reason": [text for source in account["sources"] for text in _said(source)],
        "summary": [sentence],
        "description": [period(claim)],
        "startDate": _start(claim),
        "endDate": _end(claim),
        "recordId": [account["ref"] or account["id"]],
        **_sources(account),
    }
    return Restriction(entity(joined("sanction", account["id"]), "Sanction", properties), sets)


def companies_of(selector: str, directory: Directory) -> Entity:
    """A set of companies: a registered group, or those that a selector matches."""
    group = directory.groups.get(("company", selector))
    name = group["name"] if group else capital(Naming(directory).companies([selector]))
    kind, _, value = selector.partition(":")
    properties = {
        "name": [name],
        "country": [value.lower()] if kind in ("in", "hq") and value != "XX" else [],
        "summary": [f"A set of companies, not an organisation: those that {selector!r} matches in the ledger."],
    }
    return entity(set_id(selector), "Organization", properties)


def _whom(claim: Claim, directory: Directory) -> tuple[list[str], tuple[str, ...]]:
    """The companies that a claim names, and the selectors of sets; of a cohort those of its pool too."""
    companies = claim.fields["companies"]
    selectors = companies["of"] if isinstance(companies, Mapping) else companies
    own = [each for each in selectors if each in directory.companies]
    return [*own, *sorted(claim.named)], tuple(each for each in selectors if each not in directory.companies)


def _program(fields: Mapping[str, Any]) -> list[str]:
    return [fields["instrument"]] if fields.get("instrument") else []


def _said(source: Mapping[str, Any]) -> Iterator[str]:
    yield from (source[name] for name in ("summary", "quote") if source.get(name))


def _sources(account: ClaimAccount) -> dict[str, list[str]]:
    sources = account["sources"]
    return {
        "sourceUrl": [source["url"] for source in sources if source.get("url")],
        "publisher": [source["publisher"] for source in sources],
        "listingDate": [iso(day_of(min(moment(source["published"]) for source in sources)))] if sources else [],
    }


def _start(claim: Claim) -> list[str]:
    """The first day on which it may hold; none where that is open."""
    return [iso(claim.start.first)] if FIRST_DAY <= claim.start.first <= LAST_DAY else []


def _end(claim: Claim) -> list[str]:
    """The last day on which it may hold, where it surely ends."""
    days = [end.date.last for end in claim.ends if end.certain]
    return [iso(min(days) - 1)] if days and FIRST_DAY < min(days) <= LAST_DAY else []


def _day_of(claim: Claim) -> int:
    return min(max(claim.start.last, FIRST_DAY), LAST_DAY)
