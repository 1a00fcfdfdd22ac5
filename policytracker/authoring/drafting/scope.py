"""For whom and for which chips: selectors and cohorts from what a passage names and counts."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from policytracker.authoring.drafting.actors import COUNTRIES
from policytracker.authoring.drafting.amounts import CHIP_SIGN, COMPANIES, amounts
from policytracker.authoring.drafting.mentions import CHIP, COMPANY, Mention
from policytracker.authoring.drafting.phrases import CLAIM_OF_ALL
from policytracker.questions.names import Names
from policytracker.status.naming import folded

_PLURAL = re.compile(
    r"\b(?:companies|firms|customers|buyers|tech giants|start-?ups|developers|operators|groups|labs"
    r"|laborator(?:y|ies))\b"
    r"|企业|公司|厂商|客户",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:among|includ(?:e|es|ing|ed)|such as|like|and others|and other|as well as others)\b|等(?:企业"
    r"|公司|厂商|多家)?|包括",
    re.I,
)
_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|excluding|other than|with the exception of|but not)\b|除(?:了)?", re.IGNORECASE
)
_EVERY = re.compile(r"\b(?:all|every|any)\b[^,.]{0,20}\b(?:companies|firms|customers|buyers)\b|所有", re.IGNORECASE)
_AGENTS = re.compile(r"\b(?:agents|brokers|forwarders|declarants|ports)\b|报关", re.IGNORECASE)
_THEM = re.compile(
    r"\b(?:the|these|those|such) (?:\w+ )?(?:chips?|processors?|accelerators?|cards?|products?|parts?)\b"
    r"|\b(?:it|them|its|their)\b|该芯片|这些芯片|该产品",
    re.I,
)
_VENDORS_CHIPS = (
    r"\b{}(?:'s|’s)?(?: most advanced| advanced| AI| artificial intelligence)*(?: chips| GPUs| processors"
    r"| accelerators)\b"
)
_CHIP_LIKE = re.compile(r"\b(?:[A-Z]{1,3}\d{2,4}[A-Z]?|RTX \w+)\b")
"""What is written as chips are."""
MARKET = ("shipped", "orders-reported")


class Scope(NamedTuple):
    """The companies or the chips of an event, as its field has them; None: not found."""

    value: Any
    notes: tuple[str, ...] = ()
    """What was assumed."""


def vendors(names: Names) -> set[str]:
    """Ids of the companies whose chips are registered: they sell, and are not those that an act is about."""
    called = {folded(str(chip["vendor"])) for chip in names.chips.values()}
    return {company for company, fields in names.companies.items() if called & {company, folded(str(fields["name"]))}}


def companies_of(text: str, kind: str, found: list[Mention], sellers: set[str], pool: str | None) -> Scope:
    """Whom a passage is about. ``pool``: the jurisdiction to assume where none is named."""
    cut = _EXCEPT.search(text)
    notes = ["an exception stands in the passage; write it as except_companies, or as excluded"] if cut else []
    here = [each for each in found if each.space == COMPANY and (cut is None or each.end <= cut.start())]
    named = list(dict.fromkeys(each.id for each in here if not each.is_group and each.id not in sellers))
    groups = list(dict.fromkeys(each.id for each in here if each.is_group))
    pools = groups or countries(text)
    if not pools and pool:
        pools = [f"in:{pool}"]
        if not named:
            notes.append(f"companies in {pool}: the passage does not say where they are")
    counted = [each for each in amounts(hidden(text, found)) if each.what == COMPANIES and each.max != 0]
    is_some = bool(counted or groups) or (_PLURAL.search(text) and not _EVERY.search(text) and not _AGENTS.search(text))
    if named and kind not in MARKET and (counted or _AMONG.search(text)) and pools:
        return _cohort(named, counted, pools, notes)
    if named:
        return Scope(named, tuple(notes))
    if is_some and pools and kind not in (*CLAIM_OF_ALL, *MARKET):
        return _cohort([], counted, pools, notes)
    return Scope(pools or None, tuple(notes))


def _cohort(named: list[str], counted: list[Any], pools: list[str], notes: list[str]) -> Scope:
    least, most = (counted[0].min, counted[0].max) if counted else (None, None)
    if named and counted and least == most == len(named):
        return Scope(named, tuple(notes))
    cohort: dict[str, Any] = {}
    if counted and (most is None or most >= len(named)):
        bounds = {key: value for key, value in (("min", least), ("max", most)) if value is not None}
        cohort["count"] = least if least == most else bounds
    cohort["of"] = pools
    if named:
        cohort["named"] = named
    return Scope(cohort, tuple(notes))


def countries(text: str) -> list[str]:
    """The jurisdictions that a passage names, as selectors."""
    return [f"in:{code}" for pattern, code in COUNTRIES if pattern.search(text)]


def usual_country(text: str) -> str | None:
    """The jurisdiction that a text names most often."""
    counts = Counter({code: len(pattern.findall(text)) for pattern, code in COUNTRIES})
    code, count = counts.most_common(1)[0]
    return code if count else None


def chips_of(text: str, found: list[Mention], carried: list[str], names: Names) -> Scope:
    """Which chips a passage is about; ``carried`` are those that the text named last before it."""
    here = list(dict.fromkeys(each.id for each in found if each.space == CHIP))
    if here:
        return Scope(here)
    for vendor in sorted({str(chip["vendor"]) for chip in names.chips.values()}):
        if re.search(_VENDORS_CHIPS.format(re.escape(vendor)), text, re.IGNORECASE):
            return Scope([f"vendor:{vendor}"])
    unknown = _CHIP_LIKE.search(hidden(text, found))
    if unknown:
        return Scope(None, (f"{unknown[0]} is not registered",))
    if carried:
        words = _THEM.search(text)
        which = f"“{words[0]}” is read as" if words else "no chip stands in the passage; assumed:"
        return Scope(carried, (f"{which} {', '.join(carried)}",))
    return Scope(None)


def hidden(text: str, found: list[Mention]) -> str:
    """The text with signs in place of names, which hold numbers that count nothing; of the same length."""
    for each in found:
        if each.space == CHIP and any(letter.isdigit() for letter in text[each.start : each.end]):
            text = text[: each.start] + CHIP_SIGN * (each.end - each.start) + text[each.end :]
    return text
