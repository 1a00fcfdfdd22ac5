"""What is left of an approval, in words (semantics.md §8)."""

from collections.abc import Mapping
from typing import Any

from policytracker.questions.values import range_in_words


def left_of_approved(left: Mapping[str, Any], approved: Mapping[str, Any]) -> str:
    """What is left, and of how much where something was shipped, or where each company has so many.

    The reports give that figure, and no other.

    >>> left_of_approved({"min": None, "max": 66000, "unit": "chips", "used_up": False}, {"max": 75000})
    'up to 66,000 left of up to 75,000'
    >>> whole = {"min": 100, "max": 100, "unit": "chips", "used_up": False}
    >>> left_of_approved(whole, {"min": 100, "max": 100})
    '100 left'
    >>> left_of_approved(whole, {"min": 100, "max": 100, "per": "company"})
    '100 left of 100 per company'
    """
    is_untouched = (left["min"], left["max"]) == (approved.get("min"), approved.get("max"))
    says_all = is_untouched and not approved.get("per")
    return left_in_words(left) if says_all else f"{left_in_words(left)} of {range_in_words(approved)}"


def left_in_words(left: Mapping[str, Any]) -> str:
    """What is left of an approval, given in the shape of ``state --json``. Less than nothing is nothing.

    >>> left_in_words({"min": -20, "max": 150, "unit": "chips", "used_up": False})
    '0 to 150 left'
    >>> left_in_words({"min": None, "max": -50, "unit": "USD", "used_up": True})
    'used up: no USD left'
    """
    if left["used_up"]:
        return f"used up: no {left['unit']} left"
    least = left["min"]
    return f"{range_in_words({**left, 'min': None if least is None else max(0, least)})} left"
