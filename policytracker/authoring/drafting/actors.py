"""What the press calls authorities. No registry has such names as aliases, so they stand here, one table for all
ledgers.

The first of the names that is registered counts. A phrase that names a country stands for authorities nobody names.
"""

from __future__ import annotations

import re
from typing import NamedTuple

EXPORT, IMPORT = "export", "import"


class Actor(NamedTuple):
    """A phrase of the press, and the names under which its authority may be registered, best first."""

    pattern: re.Pattern[str]
    jurisdiction: str
    direction: str
    names: tuple[str, ...]


_CN_ANY = ("Chinese regulators (not named)", "Chinese regulators, not named", "Chinese regulators", "cn-regulators")
_US_ANY = ("Bureau of Industry and Security", "bis")
_CHINESE = r"(?:China's |Chinese |Beijing's )"

_PHRASES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        r"(?:U\.S\. |US |American )?(?:Commerce Department"
        r"|Department of Commerce)(?:'s Bureau of Industry and Security)?"
        r"|\bCommerce(?= (?:also )?(?:said|has|is|was)\b)|Commerce's Bureau of Industry and Security"
        r"|\bBIS\b|the Bureau\b|美国商务部(?:工业和安全局)?|美国政府|美方",
        "US",
        EXPORT,
        _US_ANY,
    ),
    (
        r"(?:the )?U\.S\. (?:government|administration|officials)|\bWashington\b|(?:the )?United States|\bU\.S\.(?= )"
        r"|(?:the )?US(?: government| officials)?\b|华盛顿|美国",
        "US",
        EXPORT,
        _US_ANY,
    ),
    (r"(?:President )?\bTrump\b|the president|the White House|特朗普|白宫", "US", EXPORT, ("White House", *_US_ANY)),
    (
        r"(?:House|Senate)(?: [A-Z]\w+)* Committee|\bCongress\b|\bSenate\b|美国国会",
        "US",
        EXPORT,
        ("United States Congress",),
    ),
    (r"(?:the )?Justice Department|Department of Justice|美国司法部", "US", EXPORT, ("Department of Justice",)),
    (
        rf"{_CHINESE}(?:General Administration of Customs|customs)(?: authorities| officials)?"
        r"|General Administration of Customs|\bGACC\b|中国海关|海关总署|海关",
        "CN",
        IMPORT,
        ("General Administration of Customs", "Chinese customs", *_CN_ANY),
    ),
    (
        rf"{_CHINESE}?(?:cyberspace (?:administration|regulator)|internet (?:regulator|watchdog))|\bCAC\b"
        rf"|网信办|国家网信办",
        "CN",
        IMPORT,
        ("Cyberspace Administration of China", *_CN_ANY),
    ),
    (
        rf"{_CHINESE}?(?:state planner|planning (?:agency|commission)|National Development and Reform Commission)"
        r"|\bNDRC\b|发改委|国家发改委",
        "CN",
        IMPORT,
        ("National Development and Reform Commission", *_CN_ANY),
    ),
    (
        rf"{_CHINESE}?(?:industry ministry|Ministry of Industry and Information Technology)|\bMIIT\b|工信部",
        "CN",
        IMPORT,
        ("Ministry of Industry and Information Technology", *_CN_ANY),
    ),
    (
        r"(?:China's |Chinese )(?:commerce ministry|Ministry of Commerce)|\bMOFCOM\b|中国商务部",
        "CN",
        IMPORT,
        ("Ministry of Commerce", *_CN_ANY),
    ),
    (
        rf"{_CHINESE}?market regulator|State Administration for Market Regulation|\bSAMR\b|市场监管总局",
        "CN",
        IMPORT,
        ("State Administration for Market Regulation", *_CN_ANY),
    ),
    (
        rf"{_CHINESE}(?:government|authorities|regulators|officials|ministries|leadership)|\bBeijing\b"
        r"|(?<![Tt]o )(?<![Ii]n )(?<![Oo]f )(?<![Ff]or )(?<!into )(?<!from )(?<!with )(?<!enter )(?<!in"
        r" mainland )\bChina\b(?!'s)"
        r"|(?:[Gg]overnment |the )?(?:[Oo]fficials|[Aa]uthorities|[Rr]egulators)\b|中国(?:政府|监管部门"
        r"|当局|有关部门)|北京方面|监管部门|中国(?=已|要求|批准|暂停|允许|禁止|有条件|正|不|将|给予)",
        "CN",
        IMPORT,
        _CN_ANY,
    ),
)
ACTORS = tuple(Actor(re.compile(pattern), place, direction, names) for pattern, place, direction, names in _PHRASES)
"""The more special before the more general."""
COUNTRIES = (
    (re.compile(r"\bChin(?:a|ese)\b|\bBeijing\b|中国|中企|国内"), "CN"),
    (re.compile(r"\bHong Kong\b|香港"), "HK"),
    (re.compile(r"\bTaiwan(?:ese)?\b|台湾|臺灣"), "TW"),
    (re.compile(r"\bSingapore(?:an)?\b|新加坡"), "SG"),
    (re.compile(r"\bEmirat(?:es|i)\b|\bUAE\b|阿联酋"), "AE"),
    (re.compile(r"\bSaudi\b|沙特"), "SA"),
    (re.compile(r"\b(?:South )?Korean?\b|韩国"), "KR"),
    (re.compile(r"\bJapan(?:ese)?\b|日本"), "JP"),
    (re.compile(r"\bIndian?\b|印度"), "IN"),
)
"""Words that tell out of which jurisdiction companies are."""
