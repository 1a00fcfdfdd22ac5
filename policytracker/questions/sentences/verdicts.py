"""Verdicts: what a status means to a reader who asks "may they import it?" (semantics.md §1, §7)."""

from collections.abc import Sequence
from typing import Final, Literal, get_args

from policytracker.status.words import STATUSES, Status

Verdict = Literal["no", "not yet", "needs a licence", "yes, with conditions", "yes", "not known"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
OF_STATUS: Final[dict[Status, Verdict]] = {
    "prohibited": "no",
    "blocked": "no",
    "pending": "not yet",
    "in_principle": "not yet",
    "licensable": "needs a licence",
    "conditional": "yes, with conditions",
    "cleared": "yes",
}
MEANINGS: Final[dict[Verdict, str]] = {
    "no": "a published rule forbids it, or it is stopped without one",
    "not yet": "it waits for a decision, or only preparation is allowed",
    "needs a licence": "a licence is required, and this ledger knows of none that was granted",
    "yes, with conditions": "it may go ahead if conditions are kept",
    "yes": "it may go ahead",
    "not known": "this ledger holds no reliable report on at least one side",
}
GOES_AHEAD: Final = STATUSES.index("conditional")
"""The rank from which on an import may go ahead."""


def verdicts(possible: Sequence[Status]) -> list[Verdict]:
    """The verdicts that are possible, lowest first; of a cell of which nothing is known, that alone.

    >>> verdicts(["blocked", "licensable"]), verdicts(["prohibited", "blocked"])
    (['no', 'needs a licence'], ['no'])
    """
    if len(possible) == len(STATUSES):
        return ["not known"]
    return list(dict.fromkeys(OF_STATUS[status] for status in possible))


def verdict_words(possible: Sequence[Status]) -> str:
    """The verdict of a cell or a gate: one, two, or the two ends of more.

    >>> verdict_words(["cleared"]), verdict_words(["in_principle", "licensable"])
    ('yes', 'not yet, or needs a licence')
    >>> verdict_words(["blocked", "pending", "licensable"])
    'open: anything from “no” to “needs a licence”'
    """
    found = verdicts(possible)
    if len(found) <= 2:
        # A comma within a verdict would run together with the one between two.
        return ", or ".join(found) if not any("," in each for each in found[:-1]) else " – or ".join(found)
    return f"open: anything from “{found[0]}” to “{found[-1]}”"
