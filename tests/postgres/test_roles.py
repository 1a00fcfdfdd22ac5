"""After docs/postgresql-roles.sql: writers append, readers ask, and nobody changes what is recorded."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import Result

from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server
from tests.demo import ask
from tests.ledger.ground import REGISTRY, Ledger, cleared
from tests.postgres.databases import Databases, connected, name_of
from tests.postgres.servers import NO_SERVER, binaries, cluster, reachable, skip_without_driver, version

ROLES = Path(__file__).parents[2] / "docs" / "postgresql-roles.sql"
NUMBERS = count()
INSUFFICIENT_PRIVILEGE = "42501"
TABLES = ("stored_events", "ledger_entries", "ledger_meta", "ledger_lock")
ACME = ("record", "company-registered", "--company", "new-one", "--name", "New", "--jurisdiction", "SG")

CHANGES = [
    "UPDATE policytracker.stored_events SET state = ''",
    "UPDATE policytracker.ledger_entries SET recorded = 0",
    "UPDATE policytracker.ledger_meta SET value = 'x'",
    "DELETE FROM policytracker.stored_events",
    "DELETE FROM policytracker.ledger_entries WHERE position = 1",
    "DELETE FROM policytracker.ledger_meta",
    "TRUNCATE policytracker.stored_events",
    "TRUNCATE policytracker.ledger_entries",
    "TRUNCATE policytracker.ledger_meta",
]
FOR_OWNERS = [
    "DROP TABLE policytracker.stored_events",
    "DROP SCHEMA policytracker CASCADE",
    "ALTER TABLE policytracker.ledger_entries DISABLE TRIGGER append_only",
    "DROP TRIGGER append_only ON policytracker.stored_events",
    "CREATE TABLE policytracker.mine (a int)",
    "CREATE OR REPLACE FUNCTION policytracker.refuse_change() RETURNS trigger LANGUAGE sql AS ''",
    "SELECT setval('policytracker.stored_events_notification_id_seq', 1)",
    "DELETE FROM policytracker.ledger_lock",
    "INSERT INTO policytracker.ledger_meta VALUES ('layout', '9')",
]
INSERTS = [
    "INSERT INTO policytracker.stored_events VALUES ('s', 1, 'blocked/1', '')",
    "INSERT INTO policytracker.ledger_entries VALUES (99, 'id', 0, 'x', 's', 1, NULL)",
    "LOCK TABLE policytracker.ledger_lock IN EXCLUSIVE MODE",
    "LOCK TABLE policytracker.stored_events IN EXCLUSIVE MODE",
]


class Team(NamedTuple):
    """One ledger, as four people see it. None is a superuser."""

    owner: Server
    writer: Server
    reader: Server
    stranger: Server

    @property
    def number(self) -> int:
        """What their names end in."""
        return int(self.writer.url.partition("@")[0].rpartition("_")[2])


@pytest.fixture(scope="module", params=[f"{version(folder)}" for folder in binaries()] or ["none"])
def server(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Each version of PostgreSQL that is installed."""
    found = [folder for folder in binaries() if str(version(folder)) == request.param]
    if not found:
        pytest.skip(NO_SERVER)
    skip_without_driver()
    with cluster(reachable(found[0])) as running:
        yield Databases(running)


@pytest.fixture
def team(server: Databases) -> Team:
    """A ledger made by an owner who is no superuser, with the roles of the file."""
    return made_team(server)


def made_team(server: Databases) -> Team:
    """A ledger with a registry on a server, and four people."""
    number = next(NUMBERS)
    names = [f"{who}_{number}" for who in Team._fields]
    empty = server.fresh()
    for name in names:
        server.run(f"CREATE ROLE {name} LOGIN")
    owner, writer, reader, _ = names
    server.run(f"GRANT CREATE ON DATABASE {name_of(empty)} TO {owner}", f"ALTER ROLE {owner} CREATEROLE")
    seen = Team(*(Server(server.server.url(name_of(empty), name)) for name in names))
    with Store.create(seen.owner) as store:
        Ledger(seen.owner, store).add(*REGISTRY)
    _run_roles(seen.owner)
    server.run(f"GRANT policytracker_writer TO {writer}", f"GRANT policytracker_reader TO {reader}")
    return seen


def _run_roles(owner: Server) -> None:
    """Run the file as the owner."""
    with connected(owner.url, autocommit=True) as connection:
        connection.execute(ROLES.read_bytes())


def refused(who: Server, statement: str) -> bool:
    """Whether a statement is refused for want of a privilege."""
    with connected(who.url) as connection:
        try:
            connection.execute(statement)
        except connection.Error as error:
            assert error.sqlstate == INSUFFICIENT_PRIVILEGE
            return True
        finally:
            connection.rollback()
    return False


def test_writers_append_and_everybody_asks(team: Team) -> None:
    written = ask(team.writer, *ACME)
    with Store(team.writer) as store:
        Ledger(team.writer, store).add(cleared("new"))

    assert written.exit_code == 0, written.output
    for who in (team.owner, team.writer, team.reader):
        assert ask(who, "log", "--limit", "1", "--json").stdout.count('"ref": "new"') == 1
        assert ask(who, "state").exit_code == 0
        assert ask(who, "verify").exit_code == 0


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_or_deletes_what_is_recorded(team: Team, change: str) -> None:
    """Not even the owner, as long as he does not take the triggers away."""
    assert [who for who in team if not refused(who, change)] == []
    assert list(ledger_damage(team.owner)) == []


def test_what_is_the_owners_is_refused_to_the_others(team: Team) -> None:
    others = team[1:]
    assert [(who, what) for who in others for what in FOR_OWNERS if not refused(who, what)] == []


def test_readers_append_nothing_and_block_nobody(team: Team) -> None:
    assert [what for who in (team.reader, team.stranger) for what in INSERTS if not refused(who, what)] == []
    answer = ask(team.reader, *ACME)

    assert answer.exit_code == 1
    assert "permission denied for table ledger_lock); ask the owner of the ledger to be made a writer" in answer.output


def test_writers_cannot_lock_readers_out(team: Team) -> None:
    """The tables that are read cannot be locked against reading; the one that can be locked is never read."""
    assert refused(team.writer, "LOCK TABLE policytracker.stored_events IN ACCESS EXCLUSIVE MODE")
    with connected(team.writer.url) as connection:
        connection.execute("LOCK TABLE policytracker.ledger_lock IN ACCESS EXCLUSIVE MODE")
        assert ask(team.reader, "state").exit_code == 0


def test_a_stranger_sees_nothing(team: Team) -> None:
    answer: Result = ask(team.stranger, "state")

    assert answer.exit_code == 1
    assert "permission denied for schema policytracker); ask the owner" in answer.output


def test_the_owner_can_redact_and_nobody_else(team: Team) -> None:
    with Store(team.owner) as store:
        Ledger(team.owner, store).add(cleared("new", note="a secret"))
    redact = ("redact", "new", "--reason", "court order", "--yes")

    for who in (team.writer, team.reader, team.stranger):
        answer = ask(who, *redact)
        assert answer.exit_code == 1
        assert "permission denied" in answer.output

    answer = ask(team.owner, *redact)
    assert answer.exit_code == 0, answer.output
    assert ask(team.reader, "verify").stdout.splitlines()[1].endswith(": court order")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE policytracker.stored_events SET state = '' WHERE originator_id = 'company:dyno'",
        "UPDATE policytracker.stored_events SET state = '{}' WHERE state = ''",
        "UPDATE policytracker.stored_events SET topic = 'blocked/1' WHERE state = ''",
        "UPDATE policytracker.stored_events SET originator_version = 2 WHERE state = ''",
        "UPDATE policytracker.stored_events SET state = '' WHERE topic = 'redacted/1'",
        "UPDATE policytracker.ledger_entries SET ref = NULL WHERE ref = 'clear'",
        "UPDATE policytracker.ledger_entries SET recorder = 'x' WHERE position = 10",
        "UPDATE policytracker.ledger_entries SET leaf = '' WHERE position = 10",
        "DELETE FROM policytracker.stored_events WHERE state = ''",
    ],
)
def test_the_owner_changes_nothing_else_of_what_is_redacted_or_not(team: Team, change: str) -> None:
    with Store(team.owner) as store:
        Ledger(team.owner, store).add(cleared("new"), cleared("clear"))
    assert ask(team.owner, "redact", "new", "--reason", "court order", "--yes").exit_code == 0

    assert refused(team.owner, change)

    assert list(ledger_damage(team.owner)) == []


def test_the_file_may_be_run_again(team: Team, server: Databases) -> None:
    _run_roles(team.owner)

    assert ask(team.writer, *ACME).exit_code == 0
    assert refused(team.writer, CHANGES[0])
