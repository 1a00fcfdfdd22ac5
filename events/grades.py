"""How far a report is to be trusted: Admiralty codes and origins (semantics.md §3)."""

from collections.abc import Mapping
from typing import Any

BY_ATTRIBUTION = {"official": "A1", "on-record": "B2", "anonymous": "C3", "unattributed": "F6"}

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
_SOUND = frozenset(reliability + credibility for reliability in "ABC" for credibility in "123")
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def grade(report: Mapping[str, Any]) -> str:
    """The Admiralty code of a report: its own, else the one of its attribution.

    >>> grade({"publisher": "Reuters", "attribution": "anonymous"})
    'C3'
    """
    own: str | None = report.get("grade")
    return own or BY_ATTRIBUTION[report.get("attribution") or "unattributed"]


def is_sound(code: str) -> bool:
    """Whether one report of this grade makes an event certain by its word: A, B or C and 1, 2 or 3."""
    return code in _SOUND


def is_origin(code: str) -> bool:
    """Whether a report of this grade may be one of two origins that together make an event certain: A to D, 1 to 4."""
    return code[0] in "ABCD" and code[1] in "1234"


def is_weak(code: str) -> bool:
    """Whether a report of this grade counts for nothing: E or 5."""
    return code[0] == "E" or code[1] == "5"


def origin(report: Mapping[str, Any]) -> str:
    """Whose word a report is: whom it cites, else its publisher, compared without case."""
    word: str = report.get("cites") or report["publisher"]
    return word.casefold()


def in_words(code: str) -> str:
    """A grade for people.

    >>> in_words("C3")
    'C3, fairly reliable, possibly true'
    """
    return f"{code}, {RELIABILITY[code[0]]}, {CREDIBILITY[code[1]]}"
