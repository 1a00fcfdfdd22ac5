"""The ids that are nearest to one that names nothing."""

from collections.abc import Sequence
from difflib import get_close_matches

MOST = 3


def nearest(wanted: str, known: Sequence[str]) -> tuple[str, ...]:
    """The ids that may be meant: those of which it is a whole word first, shorter ones before longer ones."""
    words = sorted(
        (each for each in known if wanted in each.replace(".", "-").split("-")), key=lambda each: (len(each), each)
    )
    parts = sorted((each for each in known if wanted in each or each in wanted), key=lambda each: (len(each), each))
    close = get_close_matches(wanted, known, n=MOST, cutoff=0.6)
    return tuple(dict.fromkeys([*words, *close, *parts]))[:MOST]
