"""What differs between two points in words, as ``diff`` prints it: conditions, licences, amounts, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policytracker.questions.accounts import called
from policytracker.questions.amounts import left_in_words
from policytracker.questions.telling import called as name_of
from policytracker.questions.values import range_in_words

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import (
        AmountAt,
        AmountChange,
        Became,
        CellStep,
        ConditionChange,
        LeftChange,
        LicenceChange,
    )

BECAME: Final[dict[Became, str]] = {
    "granted": "granted",
    "resumed": "in force again",
    "stands": "stands now",
    "lifted": "lifted",
    "suspended": "suspended",
    "ended": "ended",
    "retracted": "retracted",
    "not counted": "no longer counted: on too weak a word",
    "not yet": "not granted yet",
    "overridden": "no longer decides here",
    "used up": "used up",
    "not used up": "no longer used up",
}
"""What became of a licence, for people."""


def condition_words(change: ConditionChange) -> str:
    """A condition that binds otherwise."""
    what = f"{change['key']} at {change['gate']}"
    if change["to_binds"] is None:
        return f"{what} no longer binds: {change['from_wording']}"
    if change["from_binds"] is None:
        return f"{what} now binds {change['to_binds']}: {change['to_wording']}"
    if change["from_binds"] != change["to_binds"]:
        return f"{what} now binds {change['to_binds']}, before {change['from_binds']}: {change['to_wording']}"
    return f"{what} is worded anew: {change['to_wording']}; before: {change['from_wording']}"


def licence_words(change: LicenceChange) -> str:
    """What became of a licence or an approval."""
    return f"{called(change)}, {change['type']} at {change['gate']}: {BECAME[change['change']]}"


def left_words(change: LeftChange) -> str:
    """What is left of an approval, and what was."""
    was, now = change["from_left"], change["to_left"]
    name = name_of(change["claim"], change["ref"])
    if now is None:
        return f"{name}: does not stand; before {left_in_words(was or {})}"
    return f"{name}: {left_in_words(now)}" + (f"; before {left_in_words(was)}" if was else "")


def amount_words(change: AmountChange) -> str:
    """How much of something there was, and how much there is."""
    was, now = change["from_amount"], change["to_amount"]
    some: Any = now or was
    gate = f", at {some['gate']}" if some["gate"] else ""
    whom = f"{change['kind']} for {some['companies']}{gate}"
    if was is None or now is None:
        return f"{whom}: {_size(some)}" if was is None else f"{whom}: no longer counted, before {_size(was)}"
    if _size(was) == _size(now):
        return f"{whom}: {_size(now)} as before, by other figures"
    replaced = len(change["replaced"])
    total = f"; a total replaces {replaced} earlier figure{'' if replaced == 1 else 's'}" if replaced else ""
    return f"{whom}: {_size(was)} → {_size(now)}{total}"


def _size(amount: AmountAt) -> str:
    return range_in_words(dict(amount)) + ("" if amount["certain"] else " (not certain)")


def difference_columns(step: CellStep) -> dict[str, str]:
    """What differs at a step beside its statuses, a text for each column of a spreadsheet."""
    return {
        "conditions": " | ".join(map(condition_words, step.get("conditions", ()))),
        "licences": " | ".join(map(licence_words, step.get("licences", ()))),
        "amounts": " | ".join(map(amount_words, step.get("amounts", ()))),
        "left": " | ".join(map(left_words, step.get("left", ()))),
    }
