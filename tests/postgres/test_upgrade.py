"""Upgrading a ledger of version 0.1 on a server: its owner alone can, and what guards it is never seen off."""

from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from policytracker.keeping.doctor import doctor
from policytracker.keeping.upgrade import upgrade
from policytracker.ledger import clock
from policytracker.ledger.errors import NotTheOwner
from policytracker.ledger.store import Store
from policytracker.ledger.upgrading import try_upgrade
from policytracker.ledger.where import Server
from tests.demo import ask
from tests.keeping.old import EVENTS, everything, layout_of, old_server
from tests.postgres.databases import Databases, connected, name_of

pytestmark = pytest.mark.filterwarnings("ignore::policytracker.ledger.ledger_error.OldLedgerWarning")
ROLES = Path(__file__).parents[2] / "docs" / "postgresql-roles.sql"
NUMBERS = count()


class Team(NamedTuple):
    """One ledger, as three people see it. None is a superuser."""

    owner: Server
    writer: Server
    reader: Server


@pytest.fixture
def team(databases: Databases, tmp_path: Path) -> Team:
    """The ledger of version 0.1, with the roles of the file."""
    empty, number = databases.fresh(), next(NUMBERS)
    owner, writer, reader = (f"{who}_of_old_{number}" for who in Team._fields)
    for name in (owner, writer, reader):
        databases.run(f"CREATE ROLE {name} LOGIN")
    databases.run(f"GRANT CREATE ON DATABASE {name_of(empty)} TO {owner}", f"ALTER ROLE {owner} CREATEROLE")
    seen = Team(*(Server(databases.server.url(name_of(empty), name)) for name in (owner, writer, reader)))
    old_server(seen.owner, tmp_path)
    with connected(databases.server.url(name_of(empty)), autocommit=True) as connection:
        connection.execute(ROLES.read_bytes())
    databases.run(f"GRANT policytracker_writer TO {writer}", f"GRANT policytracker_reader TO {reader}")
    return seen


def is_guarded(ledger: Server) -> bool:
    """Whether the triggers are on, and do refuse a change of the layout to the owner."""
    guards = [finding.level for finding in doctor(ledger, clock.now()) if finding.check == "guards"]
    with connected(ledger.url) as connection:
        try:
            connection.execute("UPDATE policytracker.ledger_meta SET value = '2' WHERE key = 'layout'")
        except connection.Error as error:
            assert "the ledger is append-only: UPDATE of ledger_meta is refused" in str(error)
            return guards == ["ok"]
        finally:
            connection.rollback()
    return False


def test_the_owner_upgrades_it_and_the_guards_are_on_again(team: Team, tmp_path: Path) -> None:
    before = everything(team.owner)

    upgrade(team.owner, tmp_path / "before.backup")

    assert (layout_of(team.owner), everything(team.owner)) == (3, before)
    assert is_guarded(team.owner)
    record = ("record", "retracted", "example-shipped", "--anyway")
    assert ask(team.writer, *record).exit_code == 0
    assert len(everything(team.reader)) == EVENTS + 1


def test_what_is_taken_back_leaves_the_guards_on(team: Team) -> None:
    try_upgrade(team.owner)

    assert layout_of(team.owner) == 2
    assert is_guarded(team.owner)


def test_nobody_else_upgrades_it(team: Team, tmp_path: Path) -> None:
    for who in (team.writer, team.reader):
        with pytest.raises(NotTheOwner) as caught:
            upgrade(who, tmp_path / "before.backup")
        assert str(caught.value) == (
            f"only the owner of the ledger at {who} can upgrade it; ask the owner to run `policytracker upgrade`"
        )
    assert not (tmp_path / "before.backup").exists()
    assert layout_of(team.reader) == 2
    assert ask(team.reader, "state", "tencent", "h200").exit_code == 0


def test_readers_go_on_while_it_is_upgraded(team: Team) -> None:
    """One transaction that reads holds nobody up, and sees the ledger as it was."""
    with connected(team.reader.url) as reading:
        reading.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        query = "SELECT value FROM policytracker.ledger_meta WHERE key = 'layout'"
        assert reading.execute(query).fetchall() == [("2",)]
        with Store(team.owner, old=True) as store, store.writing():
            store.home.upgrade()
        assert reading.execute(query).fetchall() == [("2",)]
    assert layout_of(team.reader) == 3
