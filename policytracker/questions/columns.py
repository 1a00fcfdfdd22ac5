"""The columns of CSV, of commands and of pages: the keys of their JSON, the same whatever the rows (cli.md)."""

_POSSIBLE = ("status", "possible", "low", "high", "limited_by")
_CELL = ("company", "chip", "at", "known", *_POSSIBLE)
STATE = (*_CELL, "if_open", "gates", "conditions", "left", "launched", "last_report")
CHECK = (*STATE, "code", "answer")
MATRIX = ("company",)
"""Then a column for each chip, by its id."""
_INTERVAL = (*_POSSIBLE, "gates", "claims", "turned_by")
TIMELINE = ("company", "chip", "from", "to", "known", *_INTERVAL)
KNOWLEDGE_TIMELINE = ("company", "chip", "from", "to", "at", *_INTERVAL)
STATUS_STEPS = (
    *("company", "chip", "changed", "from", "to", "from_possible", "to_possible"),
    *("at", "known", "recorded", "to_at", "to_known", "to_recorded", "events", "sources"),
)
"""Of the page of changes, and of ``diff --only status``, which leaves the others empty."""
DIFF = (*STATUS_STEPS, "conditions", "licences", "amounts", "left")
_REGISTERED = ("names", "effective", "report", "note")
COMPANIES = (
    *("type", "company", "name", "jurisdiction", "parent", "owners", "aliases", "identifiers", "groups"),
    *(*_REGISTERED, "former_names"),
)
CHIPS = (
    *("type", "chip", "name", "vendor", "controlled_by", "origin", "launched", "is_launched", "attributes", "aliases"),
    *("groups", *_REGISTERED, "former_names"),
)
AUTHORITIES = (
    *("type", "authority", "name", "jurisdiction", "direction", "timezone", "claims", "in_force", "last_report"),
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
SHOW = (*LOG, "known", "counts", "retracted", "word", "corrected", "changes_in_words")
CLAIMS = (
    *("type", "ref", "authority", "companies", "chips", "effective", "until", "instrument", "form", "review"),
    *("conditions", "quantity", "basis", "except_companies", "except_chips", "report", "note"),
    *("id", "recorded", "counts", "in_force"),
)
WHY = (
    *("company", "chip", "gate", "role", "claim", "says", "start", "until", "status", "scope", "why", "word"),
    *("sources", "events", "id"),
)
QUANTITIES = (
    *("chip", "kind", "gate", "companies", "together_with", "min", "max", "unit", "per", "wording", "certain"),
    *("events", "sources", "figures"),
)
CONFLICTS = (
    *("kind", "event", "ref", "type", "gate", "says", "counts", "field", "own", "own_sources"),
    *("by", "by_ref", "other", "other_sources", "why"),
)
PUBLISHERS = ("publisher", "reports", "cited", "words", "first", "last")
EVENTS_OF_PUBLISHER = ("id", "ref", "type", "says", "counts", "retracted", "report")
"""Of the pages of sources, for which there is no command."""
WHERE = (
    *("ledger", "chosen_by", "configuration", "read_models", "identity", "events", "head", "recorded"),
    *("companies", "chips", "claims", "about_claims", "newest_report"),
)
VERIFY = ("position", "event", "what")
DOCTOR = ("level", "check", "says", "do")
BACKUP = ("backup", "checkpoint", "bytes", "identity", "events", "root")
UPGRADE = ("ledger", "layout_before", "layout", "identity", "events", "backup", "checkpoint", "root")
RESTORE = ("ledger", "backup", "identity", "events", "root", "recorded", "extends")

BY_COMMAND = {
    "state": STATE,
    "matrix": MATRIX,
    "check": CHECK,
    "why": WHY,
    "timeline": TIMELINE,
    "timeline --knowledge": KNOWLEDGE_TIMELINE,
    "diff": DIFF,
    "diff --only status": STATUS_STEPS,
    "conflicts": CONFLICTS,
    "claims": CLAIMS,
    "quantities": QUANTITIES,
    "companies": COMPANIES,
    "chips": CHIPS,
    "authorities": AUTHORITIES,
    "log": LOG,
    "show": SHOW,
    "search": SEARCH,
    "where": WHERE,
    "verify": VERIFY,
    "doctor": DOCTOR,
    "backup": BACKUP,
    "restore": RESTORE,
    "upgrade": UPGRADE,
}
"""The columns of every command that prints CSV."""
