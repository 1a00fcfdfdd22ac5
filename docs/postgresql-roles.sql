-- Who may do what with a ledger on PostgreSQL (15 or newer). Run it once, after `policytracker init`, as the
-- role that owns the ledger and may create roles:
--
--     psql -v ON_ERROR_STOP=1 -f docs/postgresql-roles.sql postgresql://owner@db.example/policy
--
-- Afterwards readers can ask, writers can ask and append, and nobody but the owner can change or delete. The
-- owner is refused too, by triggers that `init` makes, until he takes those away. Give people the roles with
--
--     GRANT policytracker_writer TO alice;
--     GRANT policytracker_reader TO bob;

BEGIN;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'policytracker_reader') THEN
        CREATE ROLE policytracker_reader NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'policytracker_writer') THEN
        CREATE ROLE policytracker_writer NOLOGIN;
    END IF;
END $$;

REVOKE ALL ON SCHEMA policytracker FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA policytracker FROM PUBLIC, policytracker_reader, policytracker_writer;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA policytracker FROM PUBLIC, policytracker_reader, policytracker_writer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA policytracker FROM PUBLIC, policytracker_reader, policytracker_writer;

-- Asking.
GRANT USAGE ON SCHEMA policytracker TO policytracker_reader, policytracker_writer;
GRANT SELECT ON policytracker.stored_events, policytracker.ledger_entries, policytracker.ledger_meta
    TO policytracker_reader, policytracker_writer;

-- Appending.
GRANT INSERT ON policytracker.stored_events, policytracker.ledger_entries TO policytracker_writer;
GRANT USAGE ON SEQUENCE policytracker.stored_events_notification_id_seq TO policytracker_writer;

-- LOCK TABLE … IN EXCLUSIVE MODE takes UPDATE, DELETE or TRUNCATE on the table (MAINTAIN will do from
-- PostgreSQL 17 on). So writers lock a table that holds nothing, and get UPDATE on that one alone.
GRANT UPDATE ON policytracker.ledger_lock TO policytracker_writer;

COMMIT;
