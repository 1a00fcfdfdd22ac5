"""``export sqlite`` at the door: the file appears whole or not at all, and replaces nothing but a snapshot."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from policytracker.ledger.where import Where
from policytracker.snapshot import rows as snapshot_rows
from policytracker.snapshot import writing
from policytracker.snapshot.rows import TableRows
from policytracker.snapshot.schema import TABLES
from tests.demo import ask
from tests.snapshot.ground import select
from tests.snapshot.ground import small as small


def test_an_earlier_ledger_is_written_as_it_was(demo: Where, tmp_path: Path) -> None:
    """As recorded by the end of 2020 it held nothing: all tables are there, and empty."""
    path = tmp_path / "tracker.db"
    found = ask(demo, "export", "sqlite", str(path), "--recorded", "2020")
    assert found.stderr.startswith(f"wrote 0 cells, 0 intervals, 0 claims to {path}\n")
    assert {
        name: select(path, f"SELECT * FROM {name}") for name in TABLES if name not in ("meta", "documentation")
    } == {name: [] for name in TABLES if name not in ("meta", "documentation")}
    recorded = select(path, "SELECT value FROM meta WHERE key IN ('position', 'recorded') ORDER BY key")
    assert recorded == [{"value": "0"}, {"value": "2020-12-31T23:59:59.999999Z"}]


@pytest.mark.files
def test_a_snapshot_is_replaced_by_force_and_nothing_else_that_is_a_database(small: Path, tmp_path: Path) -> None:
    """A ledger and the database of another program stay as they are."""
    path, other = tmp_path / "tracker.db", tmp_path / "other.db"
    assert ask(small, "export", "sqlite", str(path), "--at", "2026-01-05").exit_code == 0
    again = ask(small, "export", "sqlite", str(path), "--at", "2026-01-06")
    assert (again.exit_code, again.stdout) == (1, "")
    assert f"{path} is there already; choose another name, or overwrite it with --force" in again.stderr
    assert ask(small, "export", "sqlite", str(path), "--at", "2026-01-06", "--force").exit_code == 0
    assert select(path, "SELECT value FROM meta WHERE key = 'at'") == [{"value": "2026-01-06"}]
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (x)")
    for database in (small, other):
        before = database.read_bytes()
        refused = ask(small, "export", "sqlite", str(database), "--force")
        assert (refused.exit_code, database.read_bytes()) == (1, before)
        assert f"{database} is a database, maybe a ledger, and --force overwrites none" in refused.stderr
    refused = ask(small, "export", "-o", str(path), "--force")
    assert (refused.exit_code, "and --force overwrites none" in refused.stderr) == (1, True)


@pytest.mark.files
def test_the_journal_of_a_database_that_is_gone_is_not_taken_for_one_of_the_snapshot(
    small: Path, tmp_path: Path
) -> None:
    """SQLite would write its pages into the new file."""
    path, journal = tmp_path / "tracker.db", tmp_path / "tracker.db-journal"
    journal.write_bytes(b"pages")
    found = ask(small, "export", "sqlite", str(path))
    assert (found.exit_code, path.exists(), journal.read_bytes()) == (1, False, b"pages")
    assert f"{journal} lies beside {path} and belongs to a database that was there" in found.stderr


@pytest.mark.files
def test_what_fails_half_way_leaves_what_was_there(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that SQLite refuses; the ledger is not blamed for it."""
    path = tmp_path / "tracker.db"
    assert ask(small, "export", "sqlite", str(path)).exit_code == 0
    before = path.read_bytes()

    def broken(*words: Any) -> TableRows:
        yield from snapshot_rows.rows(*words)
        yield "statuses", dict.fromkeys(TABLES["statuses"].columns)

    monkeypatch.setattr(writing, "rows", broken)
    found = ask(small, "export", "sqlite", str(path), "--force")
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr == (
        f"Error: NOT NULL constraint failed: statuses.company {path}; check the path and its permissions\n"
    )
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
