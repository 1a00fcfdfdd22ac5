"""Cells that change alike, in words: who and what, from which status to which, by which events."""

import json
from collections.abc import Collection, Sequence
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from policytracker.questions import names
from policytracker.questions.groups import FEW, Group
from policytracker.questions.values import PLURALS
from policytracker.status.directory import Directory
from policytracker.web.page import Question
from policytracker.web.words import spaced, status_words


def turn_words(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Possible statuses before and after; every one of them where the ends alone would look the same.

    >>> turn_words(["blocked", "pending", "cleared"], ["blocked", "cleared"])
    ('blocked or pending or cleared', 'blocked or cleared')
    """
    was, now = status_words(before), status_words(after)
    return (was, now) if was != now else (" or ".join(map(spaced, before)), " or ".join(map(spaced, after)))


def title(directory: Directory, group: Group) -> str:
    """A change on one line: a few are named, more are counted."""
    companies = _some({directory.companies[company]["name"] for company, _ in group.cells}, "company")
    chips = _some({directory.chips[chip]["name"] for _, chip in group.cells}, "chip")
    product = len({company for company, _ in group.cells}) * len({chip for _, chip in group.cells})
    some = "" if len(group.cells) == product else f" ({len(group.cells)} cells)"
    was, now = turn_words(group.step["from_possible"], group.step["to_possible"])
    return f"{companies}, {chips}{some}: {was} → {now}".replace("\xa0", " ")


def _some(called: Collection[str], kind: str) -> str:
    return ", ".join(sorted(called)) if len(called) <= FEW else f"{len(called)} {PLURALS[kind]}"


def where(directory: Directory, group: Group) -> list[str]:
    """The cells of a group by their names, whoever and whatever changes together in a line."""
    companies = {company: names.label(fields) for company, fields in sorted(directory.companies.items())}
    chips = {chip: names.label(fields) for chip, fields in sorted(directory.chips.items())}
    cells = [(companies[company], chips[chip]) for company, chip in group.cells]
    return Group(group.step, cells).where(list(companies.values()), list(chips.values()))


def about(question: Question) -> list[str]:
    """The names of the company and the chip that a feed is narrowed to; none of one of everything."""
    directory, query = question.directory, question.query
    found = []
    if company := query.get("company"):
        found.append(str(directory.companies[names.company(directory, company)]["name"]))
    if chip := query.get("chip"):
        found.append(str(directory.chips[names.chip(directory, chip)]["name"]))
    return found


def lasting_id(question: Question, *parts: object) -> str:
    """An id that stays the same as the ledger grows: from which ledger it is, what was asked for, and what it is of."""
    query = question.query
    asked = [question.reader.head.ledger, query.get("company"), query.get("chip"), *parts]
    return str(uuid5(NAMESPACE_URL, f"policytracker:{json.dumps(asked, ensure_ascii=False)}"))


def anchor(group: Group) -> str:
    """What tells a group from the others of its page, for addresses."""
    return f"change-{sha256(json.dumps(mark(group)).encode()).hexdigest()[:12]}"


def mark(group: Group) -> list[object]:
    """What tells a group from the others of its step, whatever companies and chips are registered later."""
    step = group.step
    events = [(event["id"], event["claim"]) for event in step["events"]]
    return [step["changed"], step["from_possible"], step["to_possible"], events]
