"""What is kept of a claim's scope beyond the selectors that find it."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from policytracker.status.entries import Fields
from policytracker.status.scope import COHORT_LEVEL, WHERE_LEVEL

FOREVER = 1 << 62
"""After every day, moment and position."""
WHERE = "{where}"
"""Stands for every ``where``, which may match any chip."""
POOL = "{pool}:"
"""Begins the selectors of a cohort's pool: the cohort matches at a level of its own, whatever theirs are (§4)."""


class Extent(NamedTuple):
    """One side of a scope, as ``Scopes`` takes it from a claim."""

    fields: Fields
    named: frozenset[str]
    excluded: frozenset[str]


def company_finders(selectors: Mapping[str, int]) -> dict[str, int]:
    """All that a company looks for claims under, given the selectors that match it, each with its level."""
    return {**selectors, **{POOL + selector: COHORT_LEVEL for selector in selectors}}


def chip_finders(selectors: Mapping[str, int]) -> dict[str, int]:
    """All that a chip looks for claims under, given the selectors that match it, each with its level."""
    return {**selectors, WHERE: WHERE_LEVEL}


def extent(text: str) -> Extent:
    """An extent from its text."""
    fields: dict[str, Any] = json.loads(text)
    return Extent(fields, frozenset(fields.get("named") or ()), frozenset(fields.get("excluded") or ()))
