"""Quantities in the words of sentences."""

from policytracker.questions.values import range_in_words
from policytracker.status.entries import Fields


def amount(quantity: Fields) -> str:
    """A quantity in the report's own words, and how they are taken.

    >>> amount({"min": 200000, "max": 999999, "wording": "several hundred thousand"})
    'several hundred thousand (taken as 200,000 to 999,999 chips)'
    >>> amount({"max": 75000, "per": "company", "wording": "up to 75,000"}), amount({"min": 0, "max": 0})
    ('up to 75,000 chips for each company', 'none')
    >>> amount({"min": 0, "max": 0, "wording": "none delivered"})
    'none delivered'
    >>> amount({"min": 2000000, "max": 2000000, "wording": "2 million"}), amount({"min": 1, "max": 1})
    ('2 million (2,000,000 chips)', '1 chip')
    """
    wording, plain = quantity.get("wording"), range_in_words({**quantity, "per": None})
    chips = "chip" if plain in ("1", "up to 1") else "chips"
    unit = "" if quantity.get("unit", "chips") != "chips" else f" {chips}"
    per = f" for each {quantity['per']}" if quantity.get("per") else ""
    is_none, is_exact = quantity.get("max") == 0, quantity.get("min") == quantity.get("max")
    figure = "none" if is_none else f"{plain}{unit}{per}"
    if not wording or wording == plain:
        return figure
    if is_none:
        return str(wording) if str(wording).startswith("none") else f"none ({wording})"
    return f"{wording} ({figure})" if is_exact else f"{wording} (taken as {figure})"
