"""Events in a line of words each: who did what, to whom, on whose word. As untrusted as what they are made of."""

from collections.abc import Iterable, Mapping
from typing import Any

from policytracker.events.grades import grade
from policytracker.questions.interchange import KEPT_TYPES
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields

SHORT_ID = 12

CLAIM_VERBS = {
    "prohibited": "prohibits",
    "blocked": "blocks",
    "licence-required": "requires a licence for",
    "review-opened": "opens a review of",
    "approved-in-principle": "approves in principle",
    "cleared": "clears",
    "batch-approved": "approves a batch of",
    "condition-signalled": "signals conditions on",
}
ABOUT_VERBS = {
    "corroborated": "corroborates",
    "disputed": "disputes",
    "corrected": "corrects",
    "retracted": "retracts",
    "lifted": "lifts",
    "suspended": "suspends",
    "conditions-met": "meets conditions of",
    "recipients-identified": "identifies recipients of",
}
MARKET_VERBS = {"orders-reported": "ordered", "shipped": "shipped"}


def called(event_id: str, ref: str | None) -> str:
    """What to call an event: its ref, else the beginning of its id."""
    return ref or event_id[:SHORT_ID]


def short_source(report: Fields) -> str:
    """Publisher, whom it repeats, when, and its grade.

    >>> short_source({"publisher": "News.Az", "cites": "Reuters", "published": "2026-01-14", "grade": "C3"})
    'News.Az citing Reuters, 2026-01-14 (C3)'
    """
    cites = f" citing {report['cites']}" if report.get("cites") else ""
    return f"{report['publisher']}{cites}, {report['published']} ({grade(report)})"


def companies_in_words(companies: Any, named: Iterable[str] = (), excluded: Iterable[str] = ()) -> str:
    """Selectors as they are recorded; of a cohort, how many of whom, and who is known to be in it or not.

    >>> companies_in_words({"count": 3, "of": ["bat"]}, ["baidu"])
    '3 of bat: named baidu'
    """
    if not isinstance(companies, Mapping):
        return ", ".join("all companies" if company == "all" else company for company in companies)
    people = {
        "named": sorted({*(companies.get("named") or ()), *named}),
        "excluded": sorted({*(companies.get("excluded") or ()), *excluded}),
    }
    known = "; ".join(f"{word} {', '.join(ids)}" for word, ids in people.items() if ids)
    return f"{companies.get('count') or 'some'} of {', '.join(companies['of'])}" + (f": {known}" if known else "")


def chips_in_words(chips: Iterable[str | Fields]) -> str:
    """Chip selectors as they are recorded, a ``where`` by its tests.

    >>> chips_in_words(["h20", {"where": ["tpp<21000", "memory>=80"]}])
    'h20, chips with tpp<21000 and memory>=80'
    """
    return ", ".join(_chips(chip) for chip in chips)


def _chips(selector: str | Fields) -> str:
    if isinstance(selector, str):
        return "all chips" if selector == "all" else selector
    return f"chips with {' and '.join(selector['where'])}"


def scope_in_words(fields: Fields, named: Iterable[str] = (), excluded: Iterable[str] = ()) -> str:
    """Which chips for whom, exceptions included."""
    but = [companies_in_words(fields.get("except_companies") or ()), chips_in_words(fields.get("except_chips") or ())]
    spared = " and ".join(part for part in but if part)
    words = f"{chips_in_words(fields['chips'])} for {companies_in_words(fields['companies'], named, excluded)}"
    return f"{words} (except {spared})" if spared else words


def range_in_words(quantity: Fields) -> str:
    """A range of chips by its two ends.

    >>> range_in_words({"min": 400001}), range_in_words({"min": 0, "max": 0}), range_in_words({"min": 10, "max": 2000})
    ('400,001 or more', '0', '10 to 2,000')
    """
    least, most = quantity.get("min"), quantity.get("max")
    if least is None:
        return "any number" if most is None else f"up to {most:,}"
    if most is None:
        return f"{least:,} or more"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def summary(fields: Fields, target: str | None = None) -> str:
    """An event in one line, its source left out; ``target`` is what to call the event that it is about."""
    kind = fields["type"]
    if kind in KEPT_TYPES:
        return _kept(fields, target)
    if kind in REGISTRY_TYPES:
        return _registration(fields)
    if kind in ABOUT_VERBS:
        extra = _extra(fields)
        return f"{ABOUT_VERBS[kind]} {target or fields['target'][:SHORT_ID]}" + (f": {extra}" if extra else "")
    if kind in MARKET_VERBS:
        return f"{MARKET_VERBS[kind]}: {range_in_words(fields['quantity'])} {scope_in_words(fields)}"
    words = f"{fields['authority']} {CLAIM_VERBS[kind]} {scope_in_words(fields)}"
    extra = _extra(fields)
    return f"{words}: {extra}" if extra else words


def _kept(fields: Fields, target: str | None) -> str:
    """A redaction, or what is left of the event that was redacted."""
    if fields["type"] == "redacted":
        return f"removes the content of {target or fields['target'][:SHORT_ID]}: {fields['reason']}"
    who = f"redacted by {fields['redacted_by']} at {fields['redacted_at']}: {fields['reason']}"
    of = f" of {fields['subject']}" if fields.get("subject") else ""
    return f"{fields['was']}{of}; its content was {who}"


def _registration(fields: Fields) -> str:
    name = "/".join(dict.fromkeys((fields["name"], *(fields.get("names") or {}).values())))
    match fields["type"]:
        case "authority-registered":
            return f"authority {fields['authority']}: {name}, {fields['jurisdiction']}/{fields['direction']}"
        case "company-registered":
            parent = f", of {fields['parent']}" if fields.get("parent") else ""
            return f"company {fields['company']}: {name}, {fields['jurisdiction']}{parent}"
        case "chip-registered":
            controlled = f", controlled by {' '.join(fields['controlled_by'])}" if fields["controlled_by"] else ""
            return f"chip {fields['chip']}: {fields['vendor']} {name}{controlled}"
        case _:
            all_of = "exactly " if fields.get("complete") else ""
            return f"group {fields['group']} of {fields['kind']}s: {name}, {all_of}{', '.join(fields['members'])}"


def _extra(fields: Fields) -> str:
    """What an event says beyond who, what and whom."""
    found = [fields["review"]] if fields.get("review") else []
    if fields.get("quantity"):
        found.append(range_in_words(fields["quantity"]))
    if fields["type"] == "corrected":
        found.append(", ".join(fields["changes"]))
    if fields["type"] == "recipients-identified":
        found += [*(fields.get("companies") or ()), *(f"not {company}" for company in fields.get("excluded") or ())]
    if fields.get("conditions"):
        found.append("conditions " + ", ".join(fields["conditions"]))
    if fields.get("effective"):
        found.append(f"from {fields['effective']}")
    if fields.get("until"):
        found.append(f"until {fields['until']}")
    return ", ".join(found)
