"""How texts write numbers, and how vague they are: the stated rules as tables (docs/howto-draft.md, "Numbers")."""

from __future__ import annotations

from collections.abc import Callable

WORDS = {
    word: number
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a dozen": 12, "half a million": 500_000}
HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
SCALE = {
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


def _tenth_less(number: int) -> int:
    """A tenth below, for "about": nine for ten, 9,000 for 10,000."""
    return number - max(1, number // 10) if number > 1 else number


NUMBER = (
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:[ -]?(?P<scale>hundred|thousand|million|billion|bn"
    r"|m\b)|\s?(?P<odd>多|余)?(?P<han>百万|[万千百亿]))?"
    rf"|\b(?P<word>half a million|a dozen"
    rf"|{'|'.join(sorted((w for w in WORDS if w.isalpha() and w not in ('a', 'an')), key=len, reverse=True))}"
    rf")\b"
    r"(?:[ -](?P<wordscale>hundred thousand|hundred|thousand|million|billion))?"
    r"|(?P<hanword>[一二两三四五六七八九十]{1,3})(?P<hanscale>百万|[万千百亿])?(?=家|名|枚|颗|片|块|张|万|台)"
)
VAGUE: tuple[tuple[str, int, int], ...] = (
    (r"several hundred thousand|hundreds of thousands(?: of)?|数十万|几十万", 200_000, 999_999),
    (r"tens of thousands(?: of)?|several tens of thousands|数万|几万", 20_000, 99_999),
    (r"several thousand|a few thousand|thousands of|数千|几千", 2_000, 9_999),
    (r"several hundred|a few hundred|hundreds of(?! thousands)|数百|几百", 200, 999),
    (r"several million|millions of|数百万|几百万", 2_000_000, 9_999_999),
    (r"dozens of|数十(?!万)|几十(?!万)", 24, 99),
)
"""Words without a number, and their range."""
MODIFIERS: tuple[tuple[str, Callable[[int], tuple[int | None, int | None]]], ...] = (
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
