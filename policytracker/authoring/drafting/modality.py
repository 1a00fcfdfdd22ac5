"""Whether a sentence tells that something was done: or that it was not, is denied, may come, or is long past."""

from __future__ import annotations

import re
from datetime import date

from policytracker.authoring.drafting.dates import dates_in

DONE, NOT_DONE, DENIED, MAY_COME, PAST, OPINION, RETOLD = (
    "done",
    "not done",
    "denied",
    "may come",
    "of an earlier time",
    "somebody's opinion",
    "what another report told",
)
DAYS_PAST = 92
"""A day so far back belongs to the background of a report."""
_CLAUSE = re.compile(r"[;:—；]|,? \bbut\b|,? \b(?:while|although|though|whereas)\b|，(?:但|不过|而)|,(?:但|不过|而)")
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed)|reject(?:s|ed) (?:the |a )?(?:report|claim"
    r"|suggestion)s?|refut(?:es|ed)"
    r"|(?:is|are|was|were) (?:not true|untrue|false|incorrect|wrong|no truth)|no truth)\b|否认|不实|不属实",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno longer|\bnor|\bneither|\byet to|\bwithout|\brefus\w+ to|\bdeclin\w+ to"
    r"|\bstopp\w+ short of"
    r"|\bno (?:company|firm|customer|buyer|licen[cs]es?|approvals?|decision|order|rule)"
    r"|\bnone of)\b[^,;.]{0,40}$|(?:未|没有|尚未|并未|从未|无)[^,，;。]{0,12}$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(r"^[^,;.]{0,30}?\b(?:has|have|had|was|were) (?:not|never)\b", re.IGNORECASE)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|whether|unless|would|could|might|may|should|can|consider\w*|weigh\w*|mull\w*|plans?|planned"
    r"|planning|expect\w*"
    r"|hop(?:e|es|ed|ing)|seek\w*|sought|propos\w+|discuss\w*|likely|poised|prepar(?:es|ed|ing) to|set to"
    r"|ready to|about to|wants?"
    r"|aims?|intends?|debat\w+|call\w* (?:on|for)|lobb\w+|request\w*|appl(?:y|ies|ied)|await\w*|ahead of"
    r"|in case|as soon as|once"
    r"|until|before|decid\w+ whether|talks?|negotiat\w+|believ\w+|predict\w*|speculat\w+|rumou?r\w*"
    r"|possib\w+|potential\w*)\b"
    r"|考虑|计划|可能|预计|是否|若|如果|或将|有望|拟|希望|即将|将会",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|would|to be|is to|are to)\b|将", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\b(?:said|says|announc\w+|stat(?:es|ed)|confirm\w+|under the|according to|notices?|rules?|effective"
    r"|from|takes effect)\b|宣布|表示|称",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\blast year\b|\b(?:a|two|three|several|few) years? ago\b|\b(?:several |two |three |four |five "
    r"|six )months ago\b|\bpreviously\b"
    r"|\bat the time\b|\bin the past\b|\bfor years\b|\bhistorically\b|\bformer(?:ly)?\b|\bthen-"
    r"|\bsince (?:then|the)\b|\blong ago\b"
    r"|去年|前年|早在|曾经|曾(?=[^,，]{0,6}(?:要求|批准|禁止|发放))|当时",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:in|since|of|from|during|early|late|until|by|through)(?: early| late| mid-?)?[ -](20\d\d)\b|(20\d\d)年(?!\d)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:analysts?|strategists?|economists?|investors?|observers?|commentators?|columnist"
    r"|fund manager)\b|分析师|分析人士|业内人士认为",
    re.IGNORECASE,
)
_RETOLD = re.compile(
    r"\b[A-Z][\w&]+(?: [A-Z][\w&]+){0,3} (?:had )?reported (?:on \w+|earlier|last \w+|this \w+"
    r"|in \w+)[^,]{0,20}\bthat\b|\bearlier (?:report|story)\b"
)


def modality(sentence: str, start: int, end: int, published: int | None, may_come: bool) -> str:
    """How a sentence tells what stands in it from ``start`` to ``end``.

    ``may_come``: whether what is announced for a day to come is told as done, as a rule is.
    """
    if _DENIAL.search(sentence[:start]) or _DENIAL.search(sentence[end:]):
        return DENIED
    if _OPINION.search(sentence):
        return OPINION
    if _is_past(sentence, published):
        return PAST
    before = _CLAUSE.split(sentence[:start])[-1]
    if _NOT.search(before) or (_NOT_AFTER.search(sentence[end:]) and not may_come):
        return NOT_DONE
    will = _WILL.search(before) or _WILL.search(sentence[start:end])
    if may_come and will and _ANNOUNCED.search(sentence):
        before = _WILL.sub("", before)
    elif will:
        return MAY_COME
    if _HYPOTHETICAL.search(before):
        return MAY_COME
    return RETOLD if _RETOLD.search(sentence[:start]) else DONE


def _is_past(sentence: str, published: int | None) -> bool:
    if _BACKGROUND.search(sentence):
        return True
    if published is None:
        return False
    day = date.fromordinal(published)
    years = [int(found[1] or found[2]) for found in _YEAR.finditer(sentence)]
    if any(year < day.year for year in years) and not any(year >= day.year for year in years):
        return True
    return any((day - dated.last).days > DAYS_PAST for dated in dates_in(sentence, published))
