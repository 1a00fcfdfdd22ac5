"""Numbers that a text tells, as ranges that keep its vagueness, by stated rules (docs/howto-draft.md, "Numbers")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import prod
from typing import NamedTuple

_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a dozen": 12, "half a million": 500_000}
_HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SCALE = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "m": 1_000_000,
    "bn": 1_000_000_000,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "亿": 100_000_000,
}
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


_NUMBER = (
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:[ -]?(?P<scale>hundred|thousand|million|billion|bn"
    r"|m\b)|\s?(?P<han>百万|[万千百亿]))?"
    rf"|\b(?P<word>half a million|a dozen"
    rf"|{'|'.join(sorted((w for w in _WORDS if w.isalpha() and w not in ('a', 'an')), key=len, reverse=True))}"
    rf")\b"
    r"(?:[ -](?P<wordscale>hundred thousand|hundred|thousand|million|billion))?"
    r"|(?P<hanword>[一二两三四五六七八九十]{1,3})(?P<hanscale>百万|[万千百亿])?(?=家|名|枚|颗|片|块|张|万|台)"
)
_VAGUE: tuple[tuple[str, int, int], ...] = (
    (r"several hundred thousand|hundreds of thousands(?: of)?|数十万|几十万", 200_000, 999_999),
    (r"tens of thousands(?: of)?|several tens of thousands|数万|几万", 20_000, 99_999),
    (r"several thousand|a few thousand|thousands of|数千|几千", 2_000, 9_999),
    (r"several hundred|a few hundred|hundreds of(?! thousands)|数百|几百", 200, 999),
    (r"several million|millions of|数百万|几百万", 2_000_000, 9_999_999),
    (r"dozens of|数十(?!万)|几十(?!万)", 24, 99),
)
"""Words without a number, and their range."""
_MODIFIERS: tuple[tuple[str, Callable[[int], tuple[int | None, int | None]]], ...] = (
    (
        r"(?:no|not) (?:more|greater) than|at most|up to|as many as|a maximum of|a ceiling of|capped at"
        r"|(?:最多|至多)(?:可|能|只能)?(?:购买|采购|进口|订购)?|不超过|上限为?",
        lambda n: (None, n),
    ),
    (r"at least|no fewer than|no less than|a minimum of|至少|不少于", lambda n: (n, None)),
    (r"(?:far |slightly )?more than|over|above|exceeding|upwards? of|in excess of|超过|逾|超", lambda n: (n + 1, None)),
    (r"(?:fewer|less) than|under|below|少于|不足|不到", lambda n: (None, n - 1)),
    (r"nearly|almost|close to|just under|近|接近|将近", lambda n: (_tenth_less(n), n - 1)),
    (
        r"about|around|roughly|approximately|some|an estimated|约|大约|大概",
        lambda n: (_tenth_less(n), n + n - _tenth_less(n)),
    ),
)
"""What stands before a number, and the range that it makes."""
_LEAD = re.compile(
    rf"(?:(?P<before>{'|'.join(pattern for pattern, _ in _MODIFIERS)})\s*)?(?P<money>\$|US\$|€"
    rf"|￥)?(?:{_NUMBER})(?P<more>多|余)?",
    re.IGNORECASE,
)
_LOOSE = re.compile("|".join(f"(?P<v{place}>{pattern})" for place, (pattern, _, _) in enumerate(_VAGUE)), re.IGNORECASE)
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
    rf"|\s*(?:of (?:the|its) )?{_ADJECTIVES}{CHIP_SIGN}|\s*(?:枚|颗|片|块|张|个芯片)|\s*,? ?(?:each|apiece)\b",
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


def _tenth_less(number: int) -> int:
    """A tenth below, for "about": nine for ten, 9,000 for 10,000."""
    return number - max(1, number // 10) if number > 1 else number


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
        _, least, most = _VAGUE[int(str(match.lastgroup)[1:])]
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
        if match["more"]:
            least, most = number + 1, None
        what = _counted(text, match.end()) or UNCOUNTED
        if match["money"]:
            what = {"$": "USD", "US$": "USD", "€": "EUR", "￥": "CNY"}[match["money"].upper()]
        each = _is_each(text, match.start(), match.end())
        yield Amount(match.start(), match.end(), least, most, what, each, frozenset({number}))


def _value(match: re.Match[str]) -> int | None:
    if match["digits"]:
        scale = _SCALE.get((match["scale"] or match["han"] or "").lower(), 1)
        return round(float(match["digits"].replace(",", "")) * scale)
    if match["word"]:
        scales = [_SCALE[part] for part in (match["wordscale"] or "").lower().split()]
        return _WORDS[match["word"].lower()] * prod(scales)
    counted = _han(match["hanword"])
    return None if counted is None else counted * _SCALE.get(match["hanscale"] or "", 1)


def _han(word: str) -> int | None:
    if word in _HAN:
        return _HAN[word]
    tens, ten, ones = word.partition("十")
    return (_HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)) if ten else None


def _range(before: str | None, number: int) -> tuple[int | None, int | None]:
    for pattern, rule in _MODIFIERS if before else ():
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
