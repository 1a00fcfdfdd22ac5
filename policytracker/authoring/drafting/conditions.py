"""The terms that reports tell of a permission: the key of each in ``conditions``, by the words that lead to it.

The keys are those of the shipped history. The wording is the report's own.
"""

from __future__ import annotations

import re

_KEYS: tuple[tuple[str, str], ...] = (
    ("duty", r"\b\d+(?:\.\d+)?(?: ?%| percent| per cent)[^.;]{0,20}?\b(?:duty|tariff|levy)\b|\d+%[^。]{0,6}关税"),
    (
        "revenue-share",
        r"\b\d+(?:\.\d+)?(?: ?%| percent| per cent) (?:cut|share)\b[^.;]{0,60}?\b(?:revenue|sales"
        r"|proceeds)\b|\b(?:revenue|sales)\b[^.;]{0,40}?\b\d+ ?(?:%|percent)",
    ),
    (
        "third-party-test",
        r"\b(?:independent|third[- ]party)\b[^.;]{0,80}?\b(?:test(?:ed|s|ing)?|laborator(?:y|ies))\b"
        r"|第三方(?:检测|测试)",
    ),
    ("us-inspection", r"\b(?:inspect(?:ed|ion|ions))\b[^.;]{0,60}?\b(?:United States|U\.S\.|US)\b|在美国(?:接受)?检查"),
    (
        "volume-cap",
        r"\b(?:volume|shipments?|total|quantit(?:y|ies)"
        r"|amount)\b[^.;]{0,60}?\b(?:not (?:be )?(?:more than|exceed)|at most|no more than|capped|up to"
        r"|limited to)[^.;]{0,30}?(?:percent|per cent|%|half)|\bcap of\b[^.;]{0,30}?\b(?:percent|per cent"
        r"|half)",
    ),
    (
        "no-military-use",
        r"\b(?:not|no|never|barred|banned|prohibited)\b[^.;]{0,50}?\bmilitary\b|\bnon-military\b"
        r"|不得用于军事|禁止军事用途",
    ),
    (
        "domestic-quota",
        r"\b(?:buy|purchase|take|use|share|quota|ratio"
        r"|proportion)\b[^.;]{0,60}?\b(?:domestic(?:ally made)?|homegrown|home-grown|Chinese-made"
        r"|local)\b[^.;]{0,20}?\b(?:chips?|processors|accelerators)\b|国产芯片",
    ),
    (
        "no-state-centres",
        r"\bstate[- ](?:funded|owned|backed|money)\b[^.;]{0,40}?\bdata cent(?:er|re)s\b|\bdata cent(?:er"
        r"|re)s\b[^.;]{0,40}?\bstate (?:money|funds|funding)\b",
    ),
    ("no-new-centres", r"\bnew data cent(?:er|re)s\b"),
    ("training-only", r"\bonly (?:for|to) train(?:ing)?\b|\btraining only\b"),
    (
        "prior-notice",
        r"\b(?:prior|advance) notice\b|\bnotify\b[^.;]{0,40}?\b(?:before|in advance)\b"
        r"|\bnotification\b[^.;]{0,30}?\bbefore\b",
    ),
    (
        "customer-cap",
        r"(?:每家|单个|每个)[^。]{0,24}(?:设限|上限)|\bcap\b[^.;]{0,60}?\b(?:each|per) (?:customer"
        r"|company|buyer|firm)\b|\b(?:each|per) (?:customer|company|buyer|firm)\b[^.;]{0,40}?\bcap\b",
    ),
    (
        "terms-open",
        r"\b(?:terms|conditions)\b[^.;]{0,40}?\b(?:still|yet|remain|being)\b[^.;]{0,30}?\b(?:settled"
        r"|worked out|decided|finali[sz]ed|determined|set|discussed|open|negotiated|fixed)\b"
        r"|具体条件(?:尚未|仍)",
    ),
)
KEYS = tuple((key, re.compile(pattern, re.IGNORECASE)) for key, pattern in _KEYS)
SIGNAL = re.compile(
    r"\b(?:consider|weigh|mull|discuss|draft|debat|plan|propos|may|might|could|think)\w*\b|考虑|酝酿|研究|拟|设限",
    re.IGNORECASE,
)


def conditions_in(sentence: str, words: str) -> dict[str, str]:
    """The conditions of a sentence, each with its wording: ``words``, what the sentence says without who says so."""
    return {key: words for key, pattern in KEYS if pattern.search(sentence)}
