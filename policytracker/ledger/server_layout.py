"""The ledger in a PostgreSQL database: its schema, the tables beside the library's own, and what keeps them.

The tables are those of the file (``layout``). Texts are compared byte by byte (COLLATE "C"), so that an
upgrade of the server's operating system cannot change the order that indexes rely on.
"""

from policytracker.ledger.layout import LAYOUT

SCHEMA = "policytracker"
RELATIONS = ("stored_events", "ledger_entries", "ledger_meta", "ledger_lock")

TABLES = (
    f'ALTER TABLE {SCHEMA}.stored_events ALTER COLUMN originator_id TYPE text COLLATE "C"',
    f"CREATE TABLE {SCHEMA}.ledger_meta (key text PRIMARY KEY, value text NOT NULL)",
    f"""CREATE TABLE {SCHEMA}.ledger_entries (
        position bigint PRIMARY KEY,
        id text COLLATE "C" NOT NULL UNIQUE,
        recorded bigint NOT NULL,
        recorder text NOT NULL,
        stream text COLLATE "C" NOT NULL,
        version bigint NOT NULL,
        ref text COLLATE "C",
        leaf bytea NOT NULL,
        tree bytea)""",
    f"CREATE UNIQUE INDEX ledger_refs ON {SCHEMA}.ledger_entries (ref) WHERE ref IS NOT NULL",
    # Holds nothing. Whoever appends locks it: that takes a privilege on this table, and none to change the others.
    f"CREATE TABLE {SCHEMA}.ledger_lock ()",
    f"""CREATE FUNCTION {SCHEMA}.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
        BEGIN
            RAISE EXCEPTION 'the ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege', HINT = 'Correct or retract by recording another event.';
        END $$""",
    # Lets through one change alone, and that to the owner, who alone may update: the removal of a content and its
    # ref (``redacting``), once an event says that it was redacted.
    f"""CREATE FUNCTION {SCHEMA}.refuse_all_but_redaction() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog AS $$
        DECLARE
            subject text;
        BEGIN
            IF TG_TABLE_NAME = 'stored_events' THEN
                SELECT e.id INTO subject FROM {SCHEMA}.ledger_entries e
                    WHERE e.stream = OLD.originator_id AND e.version = OLD.originator_version;
                OLD.state := ''::bytea;
            ELSE
                subject := OLD.id;
                OLD.ref := NULL;
            END IF;
            IF NEW IS DISTINCT FROM OLD OR NOT EXISTS (SELECT FROM {SCHEMA}.stored_events r
                WHERE r.topic = 'redacted/1' AND convert_from(r.state, 'UTF8')::json ->> 'target' = subject) THEN
                RAISE EXCEPTION 'the ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
                    USING ERRCODE = 'insufficient_privilege', HINT = 'Correct or retract by recording another event.';
            END IF;
            RETURN NEW;
        END $$""",
    *(
        f"""CREATE TRIGGER append_only BEFORE {changes} ON {SCHEMA}.{table}
            FOR EACH STATEMENT EXECUTE FUNCTION {SCHEMA}.refuse_change()"""
        for table, changes in (
            ("stored_events", "DELETE OR TRUNCATE"),
            ("ledger_entries", "DELETE OR TRUNCATE"),
            ("ledger_meta", "UPDATE OR DELETE OR TRUNCATE"),
        )
    ),
    *(
        f"""CREATE TRIGGER redaction_only BEFORE UPDATE ON {SCHEMA}.{table}
            FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.refuse_all_but_redaction()"""
        for table in ("stored_events", "ledger_entries")
    ),
)

META_OPEN = f"ALTER TABLE {SCHEMA}.ledger_meta DISABLE TRIGGER append_only"
META_CLOSED = f"ALTER TABLE {SCHEMA}.ledger_meta ENABLE TRIGGER append_only"
"""What the owner does, and nobody else may, to change the table of meta data. Nobody sees the guard off: it is one
transaction."""

UPGRADE = META_OPEN, f"UPDATE {SCHEMA}.ledger_meta SET value = '{LAYOUT}' WHERE key = 'layout'", META_CLOSED
"""What makes a ledger of layout 2 one of today's."""

OWNS = f"""SELECT pg_catalog.pg_has_role(c.relowner, 'USAGE') FROM pg_catalog.pg_class c
    WHERE c.oid = '{SCHEMA}.ledger_meta'::regclass"""

LOCK = f"LOCK TABLE {SCHEMA}.ledger_lock IN EXCLUSIVE MODE"

_OURS = """pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ?"""

FACTS = f"""SELECT
    pg_catalog.pg_is_in_recovery(),
    pg_catalog.current_setting('server_encoding'),
    pg_catalog.current_setting('synchronous_commit'),
    pg_catalog.current_setting('fsync'),
    pg_catalog.current_setting('full_page_writes'),
    EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?),
    ARRAY(SELECT c.relname::text FROM {_OURS} WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f')),
    EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        AND n.nspname = ? WHERE p.proname LIKE 'es\\_insert\\_events%%')"""

STANDBY = """SELECT
    EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver),
    coalesce(pg_catalog.pg_last_wal_receive_lsn() <= pg_catalog.pg_last_wal_replay_lsn(), true),
    (extract(epoch FROM pg_catalog.pg_last_xact_replay_timestamp()) * 1000000)::bigint,
    (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint"""
