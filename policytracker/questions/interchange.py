"""The interchange format as questions give it back: its types, and its fields in the order in which people write them.

Kept apart from ``policytracker.events``, whose records cost a question the import of msgspec; a test compares both.
"""

from collections.abc import Mapping
from typing import Any

from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields

ABOUT_TYPES = (
    "corroborated",
    "disputed",
    "corrected",
    "retracted",
    "lifted",
    "suspended",
    "conditions-met",
    "recipients-identified",
)
KEPT_TYPES = ("redacted", "removed")
"""What the program alone writes of a redaction, and what is left of the event; neither is exported or imported."""
MARKET_TYPES = ("orders-reported", "shipped", "condition-signalled", "development-reported")
TYPES = (*REGISTRY_TYPES, *CLAIM_TYPES, *ABOUT_TYPES, *MARKET_TYPES)

FIELDS = (
    *("type", "ref", "target", "about", "authority", "company", "chip", "group", "kind", "name", "vendor"),
    *("jurisdiction", "direction", "timezone", "controlled_by", "origin", "launched", "parent", "owners"),
    *("members", "complete", "aliases", "attributes", "names", "identifiers"),
    *("count", "of", "named", "companies", "chips", "effective", "until", "instrument", "form", "review"),
    *("conditions", "quantity", "basis", "excluded", "except_companies", "except_chips", "stage", "text"),
    *("instead", "changes"),
    *("publisher", "published", "title", "summary", "quote", "url", "archived", "cites", "attribution", "sources"),
    *("grade", "language"),
    *("min", "max", "wording", "unit", "per", "share", "where"),
    *("tpp", "performance_density", "dram_bandwidth", "io_bandwidth", "die_area", "memory", "datacentre"),
    *("report", "note"),
)
KEPT_FIELDS = ("was", "subject", "redacted_by", "redacted_at", "reason")
"""Those of ``KEPT_TYPES``."""
_PLACES = {name: place for place, name in enumerate((FIELDS[0], *KEPT_FIELDS, *FIELDS[1:]))}
_FREE = ("names", "identifiers", "conditions")
"""Objects whose keys are the writer's own, and stay in their order."""


def in_order(fields: Fields) -> Fields:
    """The fields of an event, or of a part of one, in the order in which people write them.

    >>> in_order({"report": {"published": "2026", "publisher": "FT"}, "chips": ["h20"], "type": "blocked"})
    {'type': 'blocked', 'chips': ['h20'], 'report': {'publisher': 'FT', 'published': '2026'}}
    """
    names = sorted(fields, key=lambda name: _PLACES.get(name, len(_PLACES)))
    return {name: fields[name] if name in _FREE else _part(fields[name]) for name in names}


def _part(value: Any) -> Any:
    if isinstance(value, Mapping):
        return in_order(value)
    return [_part(item) for item in value] if isinstance(value, list) else value
