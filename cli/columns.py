"""The columns of ``--csv`` and ``--md`` of each command: the keys of its ``--json``, whatever the rows (cli.md)."""

_POSSIBLE = ("status", "possible", "low", "high", "limited_by")
_CELL = ("company", "chip", "at", "known", *_POSSIBLE)
STATE = (*_CELL, "if_open", "gates", "conditions", "left", "launched", "last_report")
CHECK = (*STATE, "code", "answer")
MATRIX = ("company",)
"""Then a column for each chip, by its id."""
_INTERVAL = (*_POSSIBLE, "gates", "claims", "turned_by")
TIMELINE = ("company", "chip", "from", "to", "known", *_INTERVAL)
KNOWLEDGE_TIMELINE = ("company", "chip", "from", "to", "at", *_INTERVAL)
DIFF = (
    *("company", "chip", "changed", "from", "to", "from_possible", "to_possible"),
    *("at", "known", "recorded", "to_at", "to_known", "to_recorded", "events", "sources"),
)
_REGISTERED = ("names", "effective", "report", "note")
COMPANIES = (
    *("company", "name", "jurisdiction", "parent", "owners", "aliases", "identifiers", "groups"),
    *_REGISTERED,
)
CHIPS = (
    *("chip", "name", "vendor", "controlled_by", "origin", "launched", "is_launched", "attributes", "aliases"),
    *("groups", *_REGISTERED),
)
AUTHORITIES = (
    *("authority", "name", "jurisdiction", "direction", "timezone", "claims", "in_force", "last_report"),
    *_REGISTERED,
)
EVENT = (
    *("type", "ref", "target", "about", "authority", "company", "chip", "group", "kind", "name", "vendor"),
    *("jurisdiction", "direction", "timezone", "controlled_by", "origin", "launched", "parent", "owners"),
    *("members", "complete", "aliases", "attributes", "names", "identifiers", "companies", "chips", "effective"),
    *("until", "instrument", "form", "review", "conditions", "quantity", "basis", "excluded"),
    *("except_companies", "except_chips", "stage", "text", "instead", "changes", "report", "note"),
)
"""The fields of all events in the interchange format."""
_REDACTED = ("was", "subject", "redacted_by", "redacted_at", "reason")
LOG = (*EVENT, *_REDACTED, "id", "recorded", "position", "recorder")
SEARCH = LOG
