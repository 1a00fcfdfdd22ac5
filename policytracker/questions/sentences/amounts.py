"""Quantities in the words of sentences."""

from policytracker.questions.values import range_in_words
from policytracker.status.entries import Fields


def amount(quantity: Fields) -> str:
    """A quantity in the report's own words, and how they are taken.

    >>> amount({"min": 200000, "max": 999999, "wording": "several hundred thousand"})
    'several hundred thousand (taken as 200,000 to 999,999 chips)'
    >>> amount({"max": 75000, "per": "company", "wording": "up to 75,000"}), amount({"min": 0, "max": 0})
    ('up to 75,000 chips for each company', 'none')
    """
    wording, plain = quantity.get("wording"), range_in_words({**quantity, "per": None})
    unit = "" if quantity.get("unit", "chips") != "chips" else " chips"
    per = f" for each {quantity['per']}" if quantity.get("per") else ""
    figure = "none" if quantity.get("max") == 0 else f"{plain}{unit}{per}"
    if not wording or wording == plain:
        return figure
    return f"{figure} ({wording})" if quantity.get("max") == 0 else f"{wording} (taken as {figure})"
