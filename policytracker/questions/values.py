"""The fields of events in words: scopes, quantities, and what a correction makes of them.

As untrusted as what they are made of.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from policytracker.status.entries import Fields
from policytracker.status.reasons import count_words

PLURALS = {"company": "companies", "chip": "chips"}
CHIPS = "chips"
"""The unit of a quantity that names none."""
NOTHING = "none"
"""Stands for a field that an event lacks."""
FIRST_WITHOUT = "the first day without it"
"""What the day of an ``until`` is (semantics.md §5)."""


def companies_in_words(companies: Any, named: Iterable[str] = (), excluded: Iterable[str] = ()) -> str:
    """Selectors as they are recorded; of a cohort, how many of whom, and who is known to be in it or not.

    >>> companies_in_words({"count": {"min": 9, "max": 11}, "of": ["bat"]}, ["baidu"])
    '9 to 11 of bat: named baidu'
    """
    if not isinstance(companies, Mapping):
        return ", ".join("all companies" if company == "all" else company for company in companies)
    people = {
        "named": sorted({*(companies.get("named") or ()), *named}),
        "excluded": sorted({*(companies.get("excluded") or ()), *excluded}),
    }
    known = "; ".join(f"{word} {', '.join(ids)}" for word, ids in people.items() if ids)
    count = "some" if companies.get("count") is None else count_words(companies["count"])
    return f"{count} of {', '.join(companies['of'])}" + (f": {known}" if known else "")


def chips_in_words(chips: Iterable[str | Fields]) -> str:
    """Chip selectors as they are recorded, a ``where`` by its tests.

    >>> chips_in_words(["h20", {"where": ["tpp<21000", "memory>=80"], "of": ["vendor:Nvidia"]}])
    'h20, chips of vendor:Nvidia with tpp<21000 and memory>=80'
    """
    return ", ".join(_chips(chip) for chip in chips)


def _chips(selector: str | Fields) -> str:
    if isinstance(selector, str):
        return "all chips" if selector == "all" else selector
    among = f" of {chips_in_words(selector['of'])}" if selector.get("of") else ""
    return f"chips{among} with {' and '.join(selector['where'])}"


def scope_in_words(fields: Fields, named: Iterable[str] = (), excluded: Iterable[str] = ()) -> str:
    """Which chips for whom, exceptions included; of an event that names only one of both, that one."""
    but = [companies_in_words(fields.get("except_companies") or ()), chips_in_words(fields.get("except_chips") or ())]
    spared = " and ".join(part for part in but if part)
    sides = [chips_in_words(fields.get("chips") or ()), _whom(fields.get("companies"), named, excluded)]
    words = " for ".join(side for side in sides if side)
    return f"{words} (except {spared})" if spared else words


def _whom(companies: Any, named: Iterable[str], excluded: Iterable[str]) -> str:
    return companies_in_words(companies, named, excluded) if companies else ""


def range_in_words(quantity: Fields) -> str:
    """A range by its two ends, with its unit, unless it counts chips, and for whom each has so many.

    >>> range_in_words({"min": 400001}), range_in_words({"min": 0, "max": 0}), range_in_words({"min": 10, "max": 2000})
    ('400,001 or more', '0', '10 to 2,000')
    >>> range_in_words({"max": 75000, "per": "company"}), range_in_words({"min": 10, "unit": "USD"})
    ('up to 75,000 per company', '10 or more USD')
    """
    unit = quantity.get("unit") or CHIPS
    per = quantity.get("per")
    return _ends(quantity) + ("" if unit == CHIPS else f" {unit}") + (f" per {per}" if per else "")


def _ends(quantity: Fields) -> str:
    least, most = quantity.get("min"), quantity.get("max")
    if least is None:
        return "any number" if most is None else f"up to {most:,}"
    if most is None:
        return f"{least:,} or more"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def quantity_in_words(quantity: Fields) -> str:
    """A range, and the report's own words for it."""
    wording = quantity.get("wording")
    return range_in_words(quantity) + (f" ({wording})" if wording else "")


def value_in_words(name: str, value: Any) -> str:
    """The value of a field of an event."""
    if value is None:
        return NOTHING
    if name in ("companies", "except_companies"):
        return companies_in_words(value)
    if name in ("chips", "except_chips"):
        return chips_in_words(value)
    if name == "quantity":
        return quantity_in_words(value)
    if name == "conditions" and isinstance(value, Mapping):
        return "; ".join(f"{key}: {wording}" for key, wording in value.items())
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
    return _plain(value)


def _plain(value: Any) -> str:
    """A value that has no words of its own."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return value_in_words("", value)
    return ", ".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)


def until_in_words(day: str) -> str:
    """Until when something holds, given the day in words.

    >>> until_in_words("2026-03-31")
    'until 2026-03-31 (the first day without it)'
    """
    return f"until {day} ({FIRST_WITHOUT})"


def age_in_words(days: int) -> str:
    """How long a day lies before another, in days, months or years; after it where the number is negative.

    >>> age_in_words(0), age_in_words(1), age_in_words(300), age_in_words(2000), age_in_words(-3)
    ('the same day', '1 day earlier', '10 months earlier', '5 years earlier', '3 days later')
    """
    if days == 0:
        return "the same day"
    long = abs(days)
    unit, count = ("day", long) if long < 61 else ("month", long // 30) if long < 730 else ("year", long // 365)
    return f"{count} {unit}{'' if count == 1 else 's'} {'earlier' if days > 0 else 'later'}"


def changes_in_words(changes: Fields, before: Fields | None, alone: str = "now") -> Iterator[tuple[str, str]]:
    """What a correction makes of the fields of its target: each with its old and its new value.

    Of reports and conditions only the parts that differ. Without ``before``, the fields of the target as they were,
    the new values alone, after the word ``alone``.

    >>> list(changes_in_words({"effective": "2019-12-02", "until": None}, {"effective": "2019-02-12"}))
    [('effective', '2019-02-12 → 2019-12-02'), ('until', 'none → none')]
    """
    word = alone if before is None else None
    for name, now in changes.items():
        was = None if before is None else before.get(name)
        if name in ("report", "conditions") and isinstance(now, Mapping):
            parts = was if isinstance(was, Mapping) else {}
            for part in dict.fromkeys((*now, *parts)):
                if before is None or parts.get(part) != now.get(part):
                    yield f"{name}.{part}", _change(part, parts.get(part), now.get(part), word)
        else:
            yield label(name), _change(name, was, now, word)


def label(name: str) -> str:
    """The name of a field for people."""
    return name.replace("_", " ")


def _change(name: str, was: Any, now: Any, alone: str | None) -> str:
    words = value_in_words(name, now)
    return f"{value_in_words(name, was)} → {words}" if alone is None else f"{alone} {words}".lstrip()


def corrections_line(changes: Fields, before: Fields | None) -> str:
    """What a correction changes, on one line.

    >>> corrections_line({"effective": "2019-12-02"}, {"effective": "2019-02-12"})
    'effective: 2019-02-12 → 2019-12-02'
    """
    return "; ".join(f"{name}: {change}" for name, change in changes_in_words(changes, before))


def other_values_line(instead: Fields) -> str:
    """What a report gives instead of what its target says, which stays as it is (semantics.md §8), on one line.

    >>> other_values_line({"quantity": {"max": 90}})
    'quantity: instead up to 90'
    """
    return "; ".join(f"{name}: {value}" for name, value in changes_in_words(instead, None, "instead"))
