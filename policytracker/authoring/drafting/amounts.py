"""Numbers that a text tells, as ranges that keep its vagueness, by stated rules (docs/howto-draft.md, "Numbers")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from typing import Any, NamedTuple

from policytracker.authoring.drafting.number_words import HAN, MODIFIERS, NUMBER, SCALE, VAGUE, WORDS

CHIPS, COMPANIES, UNCOUNTED = "chips", "companies", ""


class Amount(NamedTuple):
    """A number in a text. ``min`` and ``max`` are whole; None: open."""

    start: int
    end: int
    min: int | None
    max: int | None
    what: str
    """chips, companies, a currency, or "" where the text does not say beside it."""
    per_company: bool
    numbers: frozenset[int]
    """The numbers as they are written."""


_LEAD = re.compile(
    rf"(?:(?P<before>{'|'.join(pattern for pattern, _ in MODIFIERS)})\s*)?(?P<money>\$|US\$|€"
    rf"|￥)?(?:{NUMBER})(?P<more>多|余)?",
    re.IGNORECASE,
)
_LOOSE = re.compile("|".join(f"(?P<v{place}>{pattern})" for place, (pattern, _, _) in enumerate(VAGUE)), re.IGNORECASE)
_ADJECTIVES = (
    r"(?:of |the |its |their |such |additional |more |advanced |AI |Nvidia |AMD |Chinese |Chinese-based "
    r"|major |large |biggest |largest |internet |tech(?:nology)? |domestic |local |licensed |unnamed |other "
    r"|mainland |big |private |state-owned |cloud |server )*"
)
CHIP_SIGN = "\ue000"
"""Stands in a text in place of the letters of a chip's name, whose digits count nothing."""
_CHIPS_AFTER = re.compile(
    rf"\s*{_ADJECTIVES}(?:[\w.-]+ ){{0,4}}?"
    r"(?:chips?|units|pieces|GPUs?|processors|accelerators|cards|boards|semiconductors)\b"
    rf"|\s*(?:of )?(?:the |its |[A-Z]\w+(?:'s|’s) |英伟达|超威)?{_ADJECTIVES}{CHIP_SIGN}"
    r"|\s*(?:枚|颗|片|块|张|个芯片)|\s*,? ?(?:each|apiece)\b",
)
_COMPANIES_AFTER = re.compile(
    rf"\s*{_ADJECTIVES}(?:[\w'-]+ ){{0,3}}?(?:companies|firms|customers|buyers|enterprises|groups|entities"
    rf"|businesses|tech giants)\b|\s*(?:家)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\beach\b|\bapiece\b|\bper (?:company|customer|buyer|firm)\b|\b(?:a|every|any) (?:licensed |single "
    r"|Chinese )*(?:customer|company|firm|buyer)\b|每家|每个|各",
    re.IGNORECASE,
)
_CURRENCIES = (
    (re.compile(r"\s*(?:U\.?S\.? )?(?:dollars?|美元)"), "USD"),
    (re.compile(r"\s*(?:yuan|人民币|元)"), "CNY"),
    (re.compile(r"\s*(?:euros?|欧元)"), "EUR"),
)
_NOT_COUNTED = re.compile(
    r"\s*(?:%|percent\b|per cent\b|年|月|日|号|名|GB|nm\b|:\d|-(?:year|month|day|nanometer)|(?:years?"
    r"|months?|weeks?|days?|hours?|people|persons|sources|officials|ministries|departments)\b)",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?"
    r"|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?|[Ii]n|[Ss]ince|of|年"
    r"|月)\s*$"
)
NONE_WORDS = re.compile(
    r"\bnone\b|\bno\b|\bnot (?:a single|one|any)\b|\bzero\b|\bnever\b|\bnot\b|\byet to\b|\bnothing\b|尚无|没有|未|无一",
    re.IGNORECASE,
)
"""Words that make a quantity of nothing."""


def amounts(text: str) -> list[Amount]:
    """The numbers in a text that count something, in their order; dates, percentages and names of chips are none."""
    taken: list[tuple[int, int]] = []
    found: list[Amount] = []
    for amount in (*_loose(text), *_written(text)):
        if not any(start < amount.end and amount.start < end for start, end in taken):
            taken.append((amount.start, amount.end))
            found.append(amount)
    return sorted(found)


def _loose(text: str) -> Iterator[Amount]:
    for match in _LOOSE.finditer(text):
        _, least, most = VAGUE[int(str(match.lastgroup)[1:])]
        what = _counted(text, match.end()) or UNCOUNTED
        yield Amount(
            match.start(), match.end(), least, most, what, _is_each(text, match.start(), match.end()), frozenset()
        )


def _written(text: str) -> Iterator[Amount]:
    for match in _LEAD.finditer(text):
        number = _value(match)
        if number is None or _is_no_amount(text, match):
            continue
        least, most = _range(match["before"], number)
        if match["more"] or match["odd"]:
            least, most = number + 1, None
        what = _counted(text, match.end()) or UNCOUNTED
        if match["money"]:
            what = {"$": "USD", "US$": "USD", "€": "EUR", "￥": "CNY"}[match["money"].upper()]
        each = _is_each(text, match.start(), match.end())
        yield Amount(match.start(), match.end(), least, most, what, each, frozenset({number}))


def _value(match: re.Match[str]) -> int | None:
    if match["digits"]:
        scale = SCALE.get((match["scale"] or match["han"] or "").lower(), 1)
        return round(float(match["digits"].replace(",", "")) * scale)
    if match["word"]:
        scales = [SCALE[part] for part in (match["wordscale"] or "").lower().split()]
        return WORDS[match["word"].lower()] * prod(scales)
    counted = _han(match["hanword"])
    return None if counted is None else counted * SCALE.get(match["hanscale"] or "", 1)


def _han(word: str) -> int | None:
    if word in HAN:
        return HAN[word]
    tens, ten, ones = word.partition("十")
    return (HAN.get(tens, 1) * 10 + HAN.get(ones, 0)) if ten else None


def _range(before: str | None, number: int) -> tuple[int | None, int | None]:
    for pattern, rule in MODIFIERS if before else ():
        if re.fullmatch(pattern, str(before).strip(), re.IGNORECASE):
            return rule(number)
    return number, number


def _is_no_amount(text: str, match: re.Match[str]) -> bool:
    at = match.start("digits") if match["digits"] else match.start("word") if match["word"] else match.start("hanword")
    if at and (text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] in "-.")):
        return True
    if match["digits"] and match.end() < len(text) and text[match.end()].isascii() and text[match.end()].isalpha():
        return True
    if _NOT_COUNTED.match(text, match.end()):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", match["digits"] or "") and not match["scale"] and not match["han"]:
        return not _counted(text, match.end())
    if match["before"] or match["money"]:
        return False
    plain = bool(match["digits"]) and "," not in match["digits"] and not match["scale"] and not match["han"]
    return plain and bool(_DATE_BEFORE.search(text, 0, match.start()))


def _counted(text: str, at: int) -> str | None:
    for pattern, currency in _CURRENCIES:
        if pattern.match(text, at):
            return currency
    if _COMPANIES_AFTER.match(text, at):
        return COMPANIES
    return CHIPS if _CHIPS_AFTER.match(text, at) else None


def _is_each(text: str, start: int, end: int) -> bool:
    """Whether the words around a number say that it is that of each company; a clause further away does not count."""
    before = re.split(r"[.;。；]", text[:start])[-1]
    after = re.split(r"[.;。；]", text[end:])[0]
    return bool(_EACH.search(before[-60:]) or _EACH.search(after[:40]))


def quantity_of(amount: Amount, text: str) -> dict[str, Any]:
    """The field ``quantity`` of a number in a text."""
    found: dict[str, Any] = {
        key: value for key, value in (("min", amount.min), ("max", amount.max)) if value is not None
    }
    if amount.what not in (CHIPS, UNCOUNTED):
        found["unit"] = amount.what
    if amount.per_company:
        found["per"] = "company"
    return {**found, "wording": " ".join(text[amount.start : amount.end].split())}
