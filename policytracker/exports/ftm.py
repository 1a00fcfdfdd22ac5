"""FollowTheMoney entities (https://followthemoney.tech), one a line: who is registered, and what restricts whom.

Companies, authorities, sets of companies, and a ``Sanction`` for each restriction that is known and not taken back.
Permissions are left out: no kind of entity there says what a licence or an approval says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from policytracker.exports.ftm_entities import Entity, company_id, entity, joined, set_id
from policytracker.exports.ftm_restrictions import RESTRICTING, companies_of, sanction
from policytracker.projections.reading import positions_of, threads_at
from policytracker.questions.authorities import said_by
from policytracker.questions.escaping import json_text
from policytracker.questions.in_words import InWords
from policytracker.questions.registered import companies
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import CompanyAnswer
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.status.directory import Directory
    from policytracker.status.entries import Fields

AT_ONCE: Final = 500
"""Claims that are read at once."""
IDENTIFIERS: Final = {"lei": "leiCode", "ticker": "ticker", "isin": "isinCode"}
"""Properties for identifiers, by the first part of their names; others are numbers of an unknown register."""


def ftm(reader: Reader, clocks: Clocks) -> Iterator[str]:
    """A line for each entity: a JSON object. Registrations are those of the day."""
    return (json_text(each) for each in entities(reader, clocks))


def entities(reader: Reader, clocks: Clocks) -> Iterator[Entity]:
    """The entities: companies and shares in them, authorities, restrictions, then the sets that these name."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    for each in companies(reader, clocks):
        yield _company(each)
        yield from _owners(each)
    for authority, fields in sorted(directory.authorities.items()):
        yield _authority(authority, fields)
    sets: set[str] = set()
    for found in _restrictions(reader, clocks, directory):
        sets.update(found.sets)
        yield found.entity
    yield from _sets(directory, sets)


def _company(company: CompanyAnswer) -> Entity:
    fields: Mapping[str, Any] = company
    properties: dict[str, list[str]] = {
        "name": [fields["name"]],
        "alias": [*fields.get("aliases", ()), *fields.get("names", {}).values()],
        "previousName": list(fields["former_names"]),
        "jurisdiction": _country(fields["jurisdiction"]),
        "notes": [fields["note"]] if fields.get("note") else [],
        **_source(fields),
    }
    if fields.get("parent"):
        properties["parent"] = [company_id(fields["parent"])]
    for name, value in fields.get("identifiers", {}).items():
        properties.setdefault(IDENTIFIERS.get(name.partition("-")[0].casefold(), "idNumber"), []).append(value)
    return entity(company_id(fields["company"]), "Company", properties)


def _owners(company: CompanyAnswer) -> Iterator[Entity]:
    fields: Mapping[str, Any] = company
    for owner in fields.get("owners", ()):
        ends = {"owner": [company_id(owner["company"])], "asset": [company_id(fields["company"])]}
        name = joined("ownership", owner["company"], fields["company"])
        yield entity(name, "Ownership", {**ends, "percentage": [str(owner["share"])], **_source(fields)})


def _authority(authority: str, fields: Fields) -> Entity:
    properties = {
        "name": [fields["name"]],
        "alias": list(fields.get("names", {}).values()),
        "jurisdiction": _country(fields["jurisdiction"]),
        "notes": [fields["note"]] if fields.get("note") else [],
        **_source(fields),
    }
    return entity(joined("authority", authority), "PublicBody", properties)


def _restrictions(reader: Reader, clocks: Clocks, directory: Directory) -> Iterator[Any]:
    seen = reader.point(clocks).seen
    in_words = InWords(reader, clocks)
    for positions in _chunks(each for each in positions_of(reader.connection, RESTRICTING) if each <= seen):
        entries = (entry for entry in threads_at(reader.connection, positions) if entry.position <= seen)
        view = View(entries, directory, clocks.known)
        for claim in view.claims.values():
            standing = view.standings[claim.id]
            how = said_by(standing, clocks.at, view.zone_of(claim.fields["authority"]))
            sentence = in_words.event(view.standings, standing)["sentence"]
            yield sanction(how, directory, sentence)


def _chunks(positions: Iterable[int]) -> Iterator[list[int]]:
    left = iter(positions)
    while found := list(islice(left, AT_ONCE)):
        yield found


def _sets(directory: Directory, selectors: set[str]) -> Iterator[Entity]:
    """The sets of companies that restrictions name, and who is in them."""
    for selector in sorted(selectors):
        yield companies_of(selector, directory)
    for company in sorted(directory.companies):
        for selector in sorted(selectors & directory.company_selectors(company).keys()):
            ends = {"member": [company_id(company)], "organization": [set_id(selector)]}
            yield entity(joined("member", company, selector), "Membership", {**ends, "role": [selector]})


def _source(fields: Fields) -> dict[str, list[str]]:
    """The report of a registration, which hardly any has."""
    report = fields.get("report") or {}
    return {
        "sourceUrl": [report["url"]] if report.get("url") else [],
        "publisher": [report["publisher"]] if report else [],
    }


def _country(jurisdiction: str) -> list[str]:
    return [] if jurisdiction == "XX" else [jurisdiction.lower()]
