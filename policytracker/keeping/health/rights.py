"""Checks of who may do what with a ledger on a server (docs/postgresql.md), and of what refuses changes there."""

from collections.abc import Iterator

from policytracker.keeping.health.findings import Finding, note, ok, problem
from policytracker.ledger.reading import OpenLedger
from policytracker.ledger.server_layout import SCHEMA

KEPT = ("stored_events", "ledger_entries", "ledger_meta")
CHANGING = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
GUARDS = frozenset(
    [(table, "append_only") for table in KEPT]
    + [(table, "redaction_only") for table in ("stored_events", "ledger_entries")]
)
ROLES_FILE = "docs/postgresql-roles.sql"

_TABLES = """pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ?"""


def yours(source: OpenLedger) -> Iterator[Finding]:
    """What whoever is connected may do."""
    ((user, strong, append),) = source.ask(
        f"""SELECT current_user::text, pg_catalog.pg_has_role(c.relowner, 'USAGE'),
        pg_catalog.has_table_privilege(c.oid, 'INSERT') FROM {_TABLES} WHERE c.relname = 'ledger_entries'""",
        (SCHEMA,),
    )
    if strong:
        says = f"{user} owns the ledger, or may do all, and could take away what keeps it from being changed"
        yield note("you", says, f"record as a policytracker_writer ({ROLES_FILE}), unless you keep it alone")
    else:
        yield ok("you", f"{user} may ask{' and append' if append else ', and not append'}")


def roles(source: OpenLedger) -> Iterator[Finding]:
    """Whether somebody but the owner may change or delete, and whether somebody but the owner may append."""
    granted: dict[tuple[str, str], set[str]] = {}
    query = f"""SELECT c.relname::text, coalesce(r.rolname::text, 'PUBLIC'), a.privilege_type
        FROM {_TABLES} CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
        LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee WHERE a.grantee <> c.relowner AND c.relkind = 'r'"""
    for table, who, what in source.ask(query, (SCHEMA,)):
        granted.setdefault((table, who), set()).add(what)
    wide = {key: sorted(what & set(CHANGING)) for key, what in granted.items() if key[0] in KEPT}
    for (table, who), what in sorted(wide.items()):
        if what:
            listed = ", ".join(what)
            do = f"REVOKE {listed} ON {SCHEMA}.{table} FROM {who}; {ROLES_FILE} gives what is needed"
            yield problem("roles", f"{who} has the right to {listed} on {table}", do)
    if any(who == "PUBLIC" for _, who in granted):
        yield note("roles", "everybody who may connect has rights on the ledger's tables", f"run {ROLES_FILE}")
    if not granted:
        yield note("roles", "nobody but the owner may use it", f"run {ROLES_FILE}, unless you keep it alone")
    elif not any(wide.values()):
        writers = sorted(
            {who for (table, who), what in granted.items() if table == "stored_events" and "INSERT" in what}
        )
        yield ok("roles", f"appending is granted to {', '.join(writers) or 'nobody'}, changing to nobody")


def guards(source: OpenLedger) -> Iterator[Finding]:
    """Whether the triggers are there that refuse changes to the owner as well."""
    query = f"""SELECT c.relname::text, t.tgname::text FROM {_TABLES}
        JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid WHERE t.tgenabled IN ('O', 'A')"""
    missing = GUARDS - {(table, name) for table, name in source.ask(query, (SCHEMA,))}
    for table, name in sorted(missing):
        yield problem(
            "guards",
            f"the trigger {name} on {table} is off or gone, so the owner's changes are not refused",
            f"ALTER TABLE {SCHEMA}.{table} ENABLE TRIGGER {name} (or `copy` the ledger to a new database), and "
            "`policytracker verify --against` the checkpoints you keep",
        )
    if not missing:
        yield ok("guards", "triggers refuse changes and deletions to the owner too")
