"""What a correction, or another report, says in place of what an event said: in words, without names of fields."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policytracker.questions.sentences.amounts import amount
from policytracker.questions.sentences.dates import span_in_words
from policytracker.questions.sentences.naming import Naming
from policytracker.questions.values import label, value_in_words
from policytracker.status.entries import Fields

REVIEWS: Final = {
    "policy-of-denial": "applications are denied",
    "presumption-of-denial": "applications are presumed to be denied",
    "case-by-case": "applications are decided case by case",
    "presumption-of-approval": "applications are presumed to be approved",
}
LEADS: Final = {
    "effective": "the day is",
    "until": "the first day without it is",
    "quantity": "the number is",
    "companies": "it is for",
    "except_companies": "it is not for",
    "chips": "it is about",
    "except_chips": "it is not about",
    "review": "licences:",
}
"""How the new value of a field is told; of others the name of the field stands here."""
GONE: Final = {
    "effective": "no day is given any more",
    "until": "no end is given any more",
    "quantity": "no number is given any more",
    "except_companies": "no company is excepted any more",
    "except_chips": "no chip is excepted any more",
}


def corrected(names: Naming, changes: Fields, before: Fields | None) -> str:
    """What a correction makes of its target, whose fields were ``before``; None: what they were is not told."""
    return "; ".join(_corrected(names, changes, before))


def other_values(names: Naming, instead: Fields) -> str:
    """What a report gives instead of what its target says, which stays as it is (semantics.md §8)."""
    return "; ".join(_corrected(names, instead, None))


def _corrected(names: Naming, changes: Fields, before: Fields | None) -> Iterator[str]:
    for field, now in changes.items():
        was = (before or {}).get(field)
        if field == "conditions" and isinstance(now, Mapping):
            yield from _conditions(now, was if isinstance(was, Mapping) else {}, before is None)
        elif field == "report" and isinstance(now, Mapping):
            own: Fields = was if isinstance(was, Mapping) else {}
            for part, value in now.items():
                if before is None or own.get(part) != value:
                    yield _told(f"of the report: {label(part)}", value_in_words(part, value), own.get(part))
        elif now is None:
            yield GONE.get(field, f"the {label(field)} is taken away")
        else:
            lead = LEADS.get(field, f"the {label(field)} is")
            yield _told(lead, _value(names, field, now), None if was is None else _value(names, field, was))


def _told(lead: str, now: str, was: str | None) -> str:
    return f"{lead} {now}" if was is None else f"{lead} {now}, not {was}"


def _conditions(now: Mapping[str, Any], was: Mapping[str, Any], alone: bool) -> Iterator[str]:
    for key in dict.fromkeys((*now, *was)):
        new, old = now.get(key), was.get(key)
        if alone and new:
            yield f"a condition: {new}"
        elif new != old:
            if new and old:
                yield f"a condition, now: {new}; before: {old}"
            else:
                yield f"a condition is added: {new}" if new else f"a condition is dropped: {old}"


def _value(names: Naming, field: str, value: Any) -> str:
    match field:
        case "effective" | "until":
            return span_in_words(value)
        case "quantity":
            return amount(value)
        case "companies" | "except_companies":
            return names.companies(value)
        case "chips" | "except_chips":
            return names.chips(value)
        case "authority":
            return names.authority(value)
        case "review":
            return REVIEWS.get(value, "nobody says how applications are judged")
    return value_in_words(field, value)
