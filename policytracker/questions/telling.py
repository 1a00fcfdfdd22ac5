"""Events in a line of words each: who did what, to whom, on whose word. As untrusted as what they are made of."""

from collections.abc import Iterator

from policytracker.questions.interchange import KEPT_TYPES
from policytracker.questions.sources import attribution, who_and_when
from policytracker.questions.values import PLURALS, corrections_line, other_values_line, until_in_words
from policytracker.questions.values import chips_in_words as chips_in_words
from policytracker.questions.values import companies_in_words as companies_in_words
from policytracker.questions.values import range_in_words as range_in_words
from policytracker.questions.values import scope_in_words as scope_in_words
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields

SHORT_ID = 12

CLAIM_VERBS = {
    "prohibited": "prohibits",
    "blocked": "blocks",
    "held": "holds up",
    "licence-required": "requires a licence for",
    "review-opened": "opens a review of",
    "approved-in-principle": "approves in principle",
    "licence-granted": "grants a licence for",
    "batch-approved": "approves a batch of",
    "cleared": "clears",
    "condition-imposed": "imposes conditions on",
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
DEVELOPMENT = "development-reported"


def called(event_id: str, ref: str | None) -> str:
    """What to call an event: its ref, else the beginning of its id."""
    return ref or event_id[:SHORT_ID]


def short_source(report: Fields) -> str:
    """Publisher, whom it repeats, when, and on whose word: the grade that somebody gave, else the attribution.

    >>> short_source({"publisher": "News.Az", "cites": "Reuters", "published": "2026-01-14", "grade": "C3"})
    'News.Az citing Reuters, 2026-01-14 (graded C3)'
    """
    word = f"graded {report['grade']}" if report.get("grade") else attribution(report)
    return f"{who_and_when(report)} ({word})"


def summary(fields: Fields, target: str | None = None, before: Fields | None = None) -> str:
    """An event in one line, its source left out.

    ``target`` is what to call the event that it is about; ``before``, of a correction, the fields of its target as they
    were: then both values are told.
    """
    kind = fields["type"]
    if kind in KEPT_TYPES:
        return _kept(fields, target)
    if kind in REGISTRY_TYPES:
        return _registration(fields)
    words = _said(fields, target)
    particulars = ", ".join(_particulars(fields, before))
    return f"{words}: {particulars}" if particulars else words


def _said(fields: Fields, target: str | None) -> str:
    """Who says what of whom."""
    kind = fields["type"]
    if kind in ABOUT_VERBS:
        return f"{ABOUT_VERBS[kind]} {target or fields['target'][:SHORT_ID]}"
    if kind in MARKET_VERBS:
        return f"{MARKET_VERBS[kind]}: {range_in_words(fields['quantity'])} {scope_in_words(fields)}"
    if kind == DEVELOPMENT:
        who = f" of {fields['authority']}" if fields.get("authority") else ""
        return f"{fields['kind']}{who}: {fields['text']}"
    return f"{fields['authority']} {CLAIM_VERBS[kind]} {scope_in_words(fields)}"


def _kept(fields: Fields, target: str | None) -> str:
    """A redaction, or what is left of the event that was redacted."""
    if fields["type"] == "redacted":
        return f"removes the content of {target or fields['target'][:SHORT_ID]}: {fields['reason']}"
    who = f"redacted by {fields['redacted_by']} at {fields['redacted_at']}: {fields['reason']}"
    of = f" of {fields['subject']}" if fields.get("subject") else ""
    return f"{fields['was']}{of}; its content was {who}"


def _registration(fields: Fields) -> str:
    since = f", from {fields['effective']}" if fields.get("effective") else ""
    return f"{_subject(fields)}{since}"


def _subject(fields: Fields) -> str:
    name = "/".join(dict.fromkeys((fields["name"], *(fields.get("names") or {}).values())))
    match fields["type"]:
        case "authority-registered":
            zone = f", {fields['timezone']}" if fields.get("timezone") else ""
            return f"authority {fields['authority']}: {name}, {fields['jurisdiction']}/{fields['direction']}{zone}"
        case "company-registered":
            parent = f", of {fields['parent']}" if fields.get("parent") else ""
            owners = [f"{each['share']:g} % {each['company']}" for each in fields.get("owners") or ()]
            owned = f", owned by {', '.join(owners)}" if owners else ""
            return f"company {fields['company']}: {name}, {fields['jurisdiction']}{parent}{owned}"
        case "chip-registered":
            controlled = f", controlled by {' '.join(fields['controlled_by'])}" if fields["controlled_by"] else ""
            origin = f", from {fields['origin']}" if fields.get("origin") else ""
            launched = f", launched {fields['launched']}" if fields.get("launched") else ""
            return f"chip {fields['chip']}: {fields['vendor']} {name}{controlled}{origin}{launched}"
        case _:
            all_of = "exactly " if fields.get("complete") else ""
            members = f"{all_of}{', '.join(fields['members'])}"
            return f"group {fields['group']} of {PLURALS[fields['kind']]}: {name}, {members}"


def _particulars(fields: Fields, before: Fields | None) -> Iterator[str]:
    """What an event says beyond who, what and whom."""
    kind = fields["type"]
    if fields.get("review"):
        yield fields["review"]
    if fields.get("quantity") and kind not in MARKET_VERBS:
        yield range_in_words(fields["quantity"])
    if kind == "corrected":
        yield corrections_line(fields["changes"], before)
    if kind == "recipients-identified":
        yield from fields.get("companies") or ()
        yield from (f"not {company}" for company in fields.get("excluded") or ())
    if fields.get("instead"):
        yield f"but {other_values_line(fields['instead'])}"
    if fields.get("stage"):
        yield f"stage: {fields['stage']}"
    if fields.get("conditions"):
        yield "conditions " + ", ".join(fields["conditions"])
    if fields.get("effective"):
        yield f"from {fields['effective']}"
    if fields.get("until"):
        yield until_in_words(fields["until"])
