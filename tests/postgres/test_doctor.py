"""``doctor`` on a server: settings, rights and guards that put a ledger at risk are told with what to do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

from policytracker.keeping.doctor import LEDGER, PROGRAMS, SERVER, Finding, doctor
from policytracker.keeping.health import servers
from policytracker.ledger import clock
from policytracker.ledger.reading import OpenLedger, open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server
from tests.demo import ask
from tests.postgres.databases import Databases, change, connected, name_of

ROLES = Path(__file__).parents[2] / "docs" / "postgresql-roles.sql"
NUMBERS = count()


@pytest.fixture
def ledger(databases: Databases) -> Server:
    """An empty ledger with the roles of the file."""
    made = databases.fresh()
    Store.create(made).close()
    with connected(made.url, autocommit=True) as connection:
        connection.execute(ROLES.read_bytes())
    return made


def found(where: Server, check: str, now: int | None = None) -> list[tuple[str, str, str | None]]:
    """What a check finds."""
    every = doctor(where, clock.now() if now is None else now)
    return [(finding.level, finding.says, finding.do) for finding in every if finding.check == check]


def run(where: Server, *statements: str) -> None:
    with connected(where.url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def person(databases: Databases, ledger: Server) -> Server:
    """Somebody who is no superuser."""
    name = f"bob_{next(NUMBERS)}"
    databases.run(f"CREATE ROLE {name} LOGIN")
    return Server(databases.server.url(name_of(ledger), name))


def test_a_server_that_is_well_has_no_problem(ledger: Server) -> None:
    findings = list(doctor(ledger, clock.now()))

    assert [finding for finding in findings if finding.level == "problem"] == []
    assert len({finding.check for finding in findings}) == len(PROGRAMS) + len(SERVER) + len(LEDGER) + 1
    assert ask(ledger, "doctor").exit_code == 0


@contextmanager
def system_setting(databases: Databases, ledger: Server, name: str, value: str) -> Iterator[None]:
    """A setting of the whole server, put back afterwards."""
    databases.run(f"ALTER SYSTEM SET {name} = {value}", "SELECT pg_reload_conf()")
    try:
        _wait_for(ledger, name, value)
        yield
    finally:
        databases.run(f"ALTER SYSTEM RESET {name}", "SELECT pg_reload_conf()")
        _wait_for(ledger, name, "on")


def _wait_for(ledger: Server, name: str, value: str) -> None:
    for _ in range(100):
        with open_ledger(ledger) as source:
            if list(source.ask("SELECT current_setting(?)", (name,))) == [(value,)]:
                return
        time.sleep(0.02)
    raise AssertionError(name)


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_what_it_acknowledged_is_a_problem(
    databases: Databases, ledger: Server, name: str
) -> None:
    with system_setting(databases, ledger, name, "off"):
        assert found(ledger, "durable") == [
            ("problem", f"{name} is off, so it may lose what it acknowledged; nothing is recorded", f"turn {name} on")
        ]
        answer = ask(ledger, "doctor")

    assert answer.exit_code == 1
    assert f"problem durable      {name} is off" in answer.stdout
    assert found(ledger, "durable")[0][0] == "ok"


def test_a_role_that_waits_for_no_disk_is_a_problem(databases: Databases, ledger: Server) -> None:
    databases.run(f"ALTER DATABASE {name_of(ledger)} SET synchronous_commit = off")

    assert [each[0] for each in found(ledger, "durable")] == ["problem"]


def test_standbys_that_are_not_waited_for_are_told(ledger: Server, databases: Databases) -> None:
    """Nobody is to record meanwhile: a commit would wait for a standby that is not there."""
    databases.run(f"ALTER DATABASE {name_of(ledger)} SET synchronous_commit = local")
    assert [each[0] for each in found(ledger, "durable")] == ["ok"]
    run(ledger, "ALTER SYSTEM SET synchronous_standby_names = 's1'", "SELECT pg_reload_conf()")
    try:
        _wait_for(ledger, "synchronous_standby_names", "s1")
        told = found(ledger, "durable")[0]
    finally:
        run(ledger, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
        _wait_for(ledger, "synchronous_standby_names", "")

    assert told[:2] == (
        "note",
        "synchronous_commit is local, so the standbys that are named (s1) are not waited for",
    )


@pytest.mark.parametrize("name", ["statement_timeout", "idle_session_timeout"])
def test_limits_that_cut_an_import_off_are_told(databases: Databases, ledger: Server, name: str) -> None:
    databases.run(f"ALTER DATABASE {name_of(ledger)} SET {name} = '5s'")

    assert found(ledger, "limits") == [
        (
            "note",
            f"{name} is 5,000 ms: a long import, or a reader in between, is cut off",
            f"ALTER ROLE … SET {name} = 0 for who uses the ledger",
        )
    ]
    databases.run(f"ALTER DATABASE {name_of(ledger)} SET {name} = '60s'")
    assert found(ledger, "limits")[0][0] == "ok"


def test_clocks_that_differ_are_told(ledger: Server) -> None:
    assert found(ledger, "clocks")[0][0] == "ok"

    for now in (clock.now() - 90_000_000, clock.now() + 90_000_000):
        level, says, _ = found(ledger, "clocks", now)[0]
        assert level == "note"
        assert says.startswith("this machine's clock is ")


def test_a_connection_on_this_machine_need_not_be_encrypted(databases: Databases, ledger: Server) -> None:
    tcp = Server(databases.server.url(name_of(ledger), tcp=True))

    assert found(ledger, "wire") == found(tcp, "wire") == [("ok", "the connection stays on this machine", None)]


class Answers:
    """Stands for a server that cannot be had here: over a network, or of an old version."""

    def __init__(self, *rows: tuple[Any, ...]) -> None:
        self.rows = rows

    def ask(self, *_: object) -> list[tuple[Any, ...]]:
        return list(self.rows)


def told(finding: Iterator[Finding]) -> str:
    return next(finding).level


@pytest.mark.parametrize(("encrypted", "level"), [(True, "ok"), (False, "problem")])
def test_a_connection_over_a_network_has_to_be_encrypted(encrypted: bool, level: str) -> None:
    assert told(servers.wire(cast(OpenLedger, Answers((encrypted, False))))) == level


@pytest.mark.parametrize(("number", "level"), [("140011", "note"), ("150000", "ok")])
def test_versions_that_were_not_tried_are_told(number: str, level: str) -> None:
    answers = Answers(("server_version", "x"), ("server_version_num", number))

    assert told(servers.version(cast(OpenLedger, answers))) == level


def test_pages_without_checksums_are_told(ledger: Server) -> None:
    assert found(ledger, "checksums")[0][0] == "ok"
    assert told(servers.checksums(cast(OpenLedger, Answers(("data_checksums", "off"))))) == "note"


def test_what_you_may_do_is_told(databases: Databases, ledger: Server) -> None:
    bob = person(databases, ledger)
    name = bob.url.partition("://")[2].partition("@")[0]

    assert found(bob, "ledger")[0][1].endswith("permission denied for schema policytracker)")
    databases.run(f"GRANT policytracker_reader TO {name}")
    assert found(bob, "you") == [("ok", f"{name} may ask, and not append", None)]
    databases.run(f"GRANT policytracker_writer TO {name}")
    assert found(bob, "you") == [("ok", f"{name} may ask and append", None)]
    assert found(ledger, "you")[0][0] == "note"
    assert [finding for finding in doctor(bob, clock.now()) if finding.level == "problem"] == []


def test_a_ledger_without_roles_is_its_owners_alone(databases: Databases) -> None:
    alone = databases.fresh()
    Store.create(alone).close()

    assert found(alone, "roles") == [
        ("note", "nobody but the owner may use it", "run docs/postgresql-roles.sql, unless you keep it alone")
    ]


def test_rights_that_are_too_wide_are_a_problem(databases: Databases, ledger: Server) -> None:
    assert found(ledger, "roles") == [("ok", "appending is granted to policytracker_writer, changing to nobody", None)]
    run(ledger, "GRANT UPDATE, DELETE ON policytracker.ledger_entries TO policytracker_writer")

    assert found(ledger, "roles") == [
        (
            "problem",
            "policytracker_writer has the right to DELETE, UPDATE on ledger_entries",
            "REVOKE DELETE, UPDATE ON policytracker.ledger_entries FROM policytracker_writer; "
            "docs/postgresql-roles.sql gives what is needed",
        )
    ]
    run(ledger, "GRANT SELECT ON policytracker.stored_events TO PUBLIC")
    assert found(ledger, "roles")[1][:2] == ("note", "everybody who may connect has rights on the ledger's tables")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE policytracker.stored_events DISABLE TRIGGER redaction_only",
        "ALTER TABLE policytracker.stored_events ENABLE REPLICA TRIGGER redaction_only",
        "DROP TRIGGER redaction_only ON policytracker.stored_events",
    ],
)
def test_guards_that_were_taken_away_are_a_problem(ledger: Server, statement: str) -> None:
    assert found(ledger, "guards")[0][0] == "ok"
    run(ledger, statement)

    level, says, do = found(ledger, "guards")[0]

    assert level == "problem"
    assert says == "the trigger redaction_only on stored_events is off or gone, so the owner's changes are not refused"
    assert do is not None and do.startswith("ALTER TABLE policytracker.stored_events ENABLE TRIGGER redaction_only (or")


def test_functions_that_pass_the_lock_by_are_a_problem(ledger: Server) -> None:
    change(ledger, "CREATE FUNCTION policytracker.es_insert_events_text() RETURNS int LANGUAGE sql AS 'SELECT 1'")

    level, says, do = found(ledger, "ledger")[0]

    assert level == "problem"
    assert "functions that insert events without the lock are enabled" in says
    assert do is not None and "drop the functions" in do


def test_a_server_that_is_down_is_a_problem() -> None:
    pytest.importorskip("psycopg")

    level, _, do = found(Server("postgresql://me@127.0.0.1:1/x"), "ledger")[0]

    assert (level, do) == ("problem", "check the address, that the server is up, and that you may log in")
