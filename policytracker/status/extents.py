"""What is kept of a claim's scope beyond the selectors that find it."""

import json
from typing import Any, NamedTuple

from policytracker.status.entries import Fields

FOREVER = 1 << 62
"""After every day, moment and position."""
WHERE = "{where}"
"""Stands for every ``where``, which may match any chip."""


class Extent(NamedTuple):
    """One side of a scope, as ``Scopes`` takes it from a claim."""

    fields: Fields
    named: frozenset[str]
    excluded: frozenset[str]


def extent(text: str) -> Extent:
    """An extent from its text."""
    fields: dict[str, Any] = json.loads(text)
    return Extent(fields, frozenset(fields.get("named") or ()), frozenset(fields.get("excluded") or ()))
