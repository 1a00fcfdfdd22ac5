"""On whose word a text rests, how many people that is, and whom it repeats (docs/recording.md, "Who said it")."""

from __future__ import annotations

import re
from typing import NamedTuple

from policytracker.authoring.drafting.article import Article

_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_COUNT |= {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WHO = r"(?:people|persons?|sources?|officials?|individuals?|executives?)"
_KNOWING = (
    r"(?:familiar with|briefed on|with (?:direct )?knowledge|close to|aware of|who (?:declined|asked|spoke|requested)"
    r"|involved in|informed (?:of|about|on)|privy to|said|told|,? citing)"
)
OFFICIAL, ON_RECORD, ANONYMOUS = "official", "on-record", "anonymous"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        ANONYMOUS,
        re.compile(
            rf"\b(?:(?P<count>{'|'.join(word for word in _COUNT if word.isascii())}) )?(?:other )?{_WHO} {_KNOWING}"
            rf"|\bciting (?:(?P<count2>{'|'.join(word for word in _COUNT if word.isascii())}) )?(?:unnamed"
            rf" |anonymous )?{_WHO}"
            r"|(?P<count3>[一两二三四五六七八九])[名位][^\s,，。]{0,6}?(?:知情人士|消息人士)|知情人士|消息人士",
            re.IGNORECASE,
        ),
    ),
    (
        OFFICIAL,
        re.compile(
            r"(?:spokes(?:person|man|woman)|official) (?:for|of|at) (?:the |China's )?(?:[A-Z]\w+ )*?"
            r"(?:Administration|administration|Ministry|ministry|Department|Bureau|Commission|White House|government)"
            r"|(?:Ministry|Department|Bureau|Administration|Commission|White House|ministry"
            r"|administration)\b[^.]{0,40}?"
            r" (?:said|announced|denied)(?: [\w ]{0,20})? in a (?:statement|notice|press release|rule)"
            r"|(?:rule|notice) (?:published |posted )?(?:in|to|on) the Federal Register|said in a press release"
            r"|(?:外交部|商务部|海关总署|工信部|发改委|网信办)(?:新闻)?发言人",
        ),
    ),
    (
        ON_RECORD,
        re.compile(
            r"(?:in|according to) (?:a|its|the) (?:regulatory |securities |annual |quarterly )?(?:filing"
            r"|report to the SEC|10-[QK])"
            r"|(?:chief executive|CEO|president|minister|secretary|CFO)\b[^.]{0,60}?\b(?:said|told|testified)"
            r"|\b(?:said|told)\b[^.]{0,40}\b(?:on an earnings call|in an interview|a (?:House"
            r"|Senate) (?:committee|hearing)|reporters)"
            r"|首席执行官[^,，。]{0,20}(?:表示|称)|公告(?:称|显示)",
        ),
    ),
)
_OUTLET = r"(?P<name>(?:The )?[A-Z][\w&'’]+(?: (?:[A-Z][\w&'’]+|of|and|the)){0,4}?)"
_RELAYS = (
    re.compile(rf"(?:^|[.,;] |\b[Aa]s ){_OUTLET}(?: first| earlier| also)? (?:reported|said)(?: on \w+)?,? citing\b"),
    re.compile(rf"(?:, )?{_OUTLET} (?:first )?reported(?: on \w+| earlier| late \w+)?(?:,|\.|$)"),
    re.compile(rf"\b(?:according to|cited by|citing) (?:a report (?:by|from|in) )?{_OUTLET}(?:,|\.|$| report\b)"),
    re.compile(rf"\b(?:first )?reported by {_OUTLET}\b"),
    re.compile(rf"\btold {_OUTLET}(?= (?:on|in|that)\b|[,.])"),
    re.compile(rf"\b(?:said|reported) {_OUTLET}, citing\b"),
    re.compile(r"据(?P<name>[^\s,，。据《》]{2,12}?)(?:独家)?(?:报道|消息|援引|称)"),
)
_NO_OUTLET = re.compile(
    r"^(?:The|It|He|She|They|We|You|Him|Her|Them|Reporters|Congress|Lawmakers|Investors|Beijing"
    r"|Washington|China|U\.S\.|US"
    r"|Nvidia|AMD|Customs|Analysts|Officials|Regulators|Two|Three|People|Sources|知情|两名|三名)\b"
)
SENTENCES = 3
"""A relay is named in the first sentences; later ones tell of other reports."""


class Attributed(NamedTuple):
    """On what a text rests. ``words`` led to it; "" where nothing did."""

    attribution: str | None
    sources: int | None
    words: str
    cites: str | None
    cites_words: str


def attributed(article: Article, authorities: tuple[str, ...]) -> Attributed:
    """Read it from the body. ``authorities``: what is registered as one, and so is an official publisher."""
    cites, cites_words = _cites(article)
    publisher = (article.publisher or "").casefold()
    if publisher and publisher in (name.casefold() for name in authorities):
        return Attributed(OFFICIAL, None, f"the publisher is the authority {article.publisher}", cites, cites_words)
    found = [each for each in (_first(article, name, pattern) for name, pattern in _RULES) if each]
    if not found:
        return Attributed(None, None, "", cites, cites_words)
    _, attribution, sources, words = min(found)
    return Attributed(attribution, sources, words, cites, cites_words)


def attribution_of(text: str) -> str | None:
    """On whose word one sentence rests, where it says so."""
    found = [(match.start(), name) for name, pattern in _RULES if (match := pattern.search(text))]
    return min(found)[1] if found else None


def _first(article: Article, name: str, pattern: re.Pattern[str]) -> tuple[int, str, int | None, str] | None:
    """Where a kind of attribution is first said, and how many people that is; later ones may be other people."""
    for sentence in article.sentences:
        match = pattern.search(sentence.text)
        if match:
            count = next((each for key, each in match.groupdict().items() if key.startswith("count") and each), None)
            words = " ".join(match[0].split())
            return sentence.start + match.start(), name, _COUNT[count.lower()] if count else None, words
    return None


def _cites(article: Article) -> tuple[str | None, str]:
    if article.agency and not _is_publisher(article, article.agency):
        return article.agency, article.agency
    for sentence in article.sentences[:SENTENCES]:
        for place, pattern in enumerate(_RELAYS):
            for match in pattern.finditer(sentence.text):
                name = match["name"].removesuffix("'s").removesuffix("’s").strip()
                is_plain = place in (1, 2, 4)
                late = is_plain and sentence is not article.sentences[0]
                if not late and not _NO_OUTLET.match(name) and not _is_publisher(article, name):
                    return name, " ".join(match[0].split()).strip(" ,.")
    return None, ""


def _is_publisher(article: Article, name: str) -> bool:
    return name.casefold() == (article.publisher or "").casefold()
