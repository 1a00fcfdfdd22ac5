"""A ledger file that was changed behind the program's back: each command names it, and none answers from it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cases.ground import BASE, BLOCK, block, ledger_of, written
from tests.cli.recording import ask

DAMAGED = "Error: the ledger is damaged: "
WAY_OUT = "; run `policytracker verify`, and go back to a copy\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The base, imported at once; then two blocks, at once too. No question was asked so far."""
    ledger = ledger_of(tmp_path, BASE)
    events = [block("2026-02-01", ref="first"), block("2026-02-02", ref="second")]
    assert ask(ledger, "import", written(tmp_path, *events)).exit_code == 0
    for beside in tmp_path.glob(f"{ledger.name}.*"):
        beside.unlink()
    return ledger


def change(ledger: Path, *statements: str) -> None:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def every_command(ledger: Path) -> tuple[tuple[str, ...], ...]:
    """Of each kind one: it asks, exports, says where, lists, records, imports."""
    new = written(ledger.parent, block("2026-03-01", ref="third"))
    return (
        *(("state",), ("check", "alpha", "x20"), ("export",), ("where",), ("log",)),
        *((*BLOCK, "--published", "2026-03-01", "--ref", "third"), ("import", new)),
    )


def refused(ledger: Path, what: str) -> None:
    """Every command refuses the ledger with these words and changes nothing in it; `verify` names the damage."""
    before = ledger.read_bytes()
    for command in every_command(ledger):
        found = ask(ledger, *command)
        assert (found.exit_code, found.stdout, found.stderr) == (1, "", f"{DAMAGED}{what}{WAY_OUT}"), command
    assert ledger.read_bytes() == before
    found = ask(ledger, "verify")
    assert (found.exit_code, found.stdout.startswith("damaged: ")) == (5, True), found.output


@pytest.mark.parametrize(
    ("old", "new", "kind", "name"),
    [
        (b"TEXT NOT NULL UNIQUE", b"TEXT NOT NULL UNIQUD", "table", "ledger_entries"),
        (b"recorded INTEGER NOT", b"recordee INTEGER NOT", "table", "ledger_entries"),
        (b"(originator_id TEXT,", b"(originator_ie TEXT,", "table", "stored_events"),
        (b"tableledger_metaledger_meta", b"tableledger_mepaledger_meta", "table", "ledger_meta"),
        (b"WHERE ref IS NOT", b"WHERE rdf IS NOT", "index", "ledger_refs"),
    ],
)
def test_a_flipped_bit_of_the_schema_is_damage(ledger: Path, old: bytes, new: bytes, kind: str, name: str) -> None:
    """One bit of the text that SQLite keeps of a table; it was answered as an empty ledger once."""
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = ledger.read_bytes()
    assert content.count(old) == 1
    assert sum((one ^ other).bit_count() for one, other in zip(old, new, strict=True)) == 1
    ledger.write_bytes(content.replace(old, new))

    found = ask(ledger, "state")
    assert (found.exit_code, found.stdout) == (1, "")
    for command in every_command(ledger):
        found = ask(ledger, *command)
        assert (found.exit_code, found.stdout) == (1, ""), command
        assert f"it has no {kind} '{name}'" in found.stderr or "malformed database schema" in found.stderr
    assert ledger.read_bytes() == content.replace(old, new)
    assert ask(ledger, "verify").exit_code == 5


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [(b"CREATE UNIQUE INDEX", b"CREATE UNIQUE IND\xc5X", "(malformed database schema)"),
     (b"KEY, value TEXT", b"KEY, va\xecue TEXT", "Could not decode to UTF-8")],
)  # fmt: skip
def test_a_schema_whose_words_are_no_text_is_damage(ledger: Path, old: bytes, new: bytes, what: str) -> None:
    """SQLite repeats the byte that it does not understand, or takes it for a name."""
    content = ledger.read_bytes()
    assert content.count(old) == 1
    ledger.write_bytes(content.replace(old, new))

    for command in every_command(ledger):
        found = ask(ledger, *command)
        assert (found.exit_code, what in found.stderr) == (1, True), command
        assert found.stderr.endswith("; run `policytracker verify`, and go back to a backup\n")
    assert ask(ledger, "verify").exit_code == 5


def test_two_tables_in_one_place_are_damage(ledger: Path) -> None:
    """The index of refs begins where that of ids does, by one number in the schema."""
    place = "(SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_stored_events_1')"
    edit = f"UPDATE sqlite_schema SET rootpage = {place} WHERE name = 'ledger_refs'"
    change(ledger, "PRAGMA writable_schema = ON", edit)

    refused(ledger, "two of its tables lie in the same place")


def test_an_import_checks_what_no_question_has_read(ledger: Path) -> None:
    """An event on which the new one does not rest was changed, and no read models were made."""
    change(ledger, "UPDATE ledger_entries SET recorder = 'eve' WHERE position = 4")
    new = written(ledger.parent, block("2026-03-01", ref="third"))

    found = ask(ledger, "import", new)
    assert (found.exit_code, " at position 4 is not as it was sealed" in found.stderr) == (1, True)
    assert found.stdout == ""


def test_a_lost_table_is_damage_and_no_empty_ledger(ledger: Path) -> None:
    change(ledger, "DROP TABLE stored_events")

    refused(ledger, "it has no table 'stored_events' of the kind that a ledger has")


def test_a_deleted_last_event_is_missed_by_its_tree(ledger: Path) -> None:
    """Of two that were imported together: the tree was kept with the second."""
    last = "(SELECT max(position) FROM ledger_entries)"
    change(
        ledger,
        f"DELETE FROM stored_events WHERE rowid = {last}",
        f"DELETE FROM ledger_entries WHERE position = {last}",
    )
    with closing(sqlite3.connect(ledger)) as connection:
        ((left,),) = connection.execute("SELECT max(position) FROM ledger_entries").fetchall()

    refused(ledger, f"the tree of its events up to position {left} is missing, or is another's")


def test_a_deleted_last_row_is_missed_in_either_table(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        ((last,),) = connection.execute("SELECT max(position) FROM ledger_entries").fetchall()
    other = Path(f"{ledger}.other")
    other.write_bytes(ledger.read_bytes())
    change(ledger, f"DELETE FROM stored_events WHERE rowid = {last}")
    change(other, f"DELETE FROM ledger_entries WHERE position = {last}")

    refused(ledger, f"there is no event at position {last}")
    refused(other, f"its last position is {last - 1}, and more contents are stored")


@pytest.mark.parametrize(
    ("table", "what"),
    [("ledger_entries", "its last position is 0, and more contents are stored"),
     ("stored_events", "there is no event at position 1")],
)  # fmt: skip
def test_a_table_without_rows_is_no_empty_ledger(ledger: Path, table: str, what: str) -> None:
    change(ledger, f"DELETE FROM {table}")

    refused(ledger, what)


def test_deleted_first_events_are_missed(ledger: Path) -> None:
    change(ledger, "DELETE FROM stored_events WHERE rowid = 1", "DELETE FROM ledger_entries WHERE position = 1")

    refused(ledger, "there is no event at position 1")


@pytest.mark.parametrize("asked", [False, True], ids=["alone", "with read models"])
def test_a_swapped_ref_leads_to_no_other_claim(ledger: Path, asked: bool) -> None:
    """Who lifts the first claim does not lift the second."""
    if asked:
        assert ask(ledger, "state").exit_code == 0
    change(
        ledger,
        "UPDATE ledger_entries SET ref = 'x' WHERE ref = 'first'",
        "UPDATE ledger_entries SET ref = 'first' WHERE ref = 'second'",
        "UPDATE ledger_entries SET ref = 'second' WHERE ref = 'x'",
    )
    lifted = {"type": "lifted", "target": "first", "report": {"publisher": "X", "published": "2026-03-01"}}
    line = ledger.with_name("lifted.jsonl")
    line.write_text(json.dumps(lifted) + "\n", encoding="utf-8")
    before = ledger.read_bytes()
    lift = ("record", "lifted", "first", "--publisher", "X", "--published", "2026-03-01")

    for command in (lift, ("show", "first"), ("import", str(line)), *(() if asked else (("state",), ("export",)))):
        found = ask(ledger, *command)
        assert (found.exit_code, found.stdout) == (1, ""), command
        assert found.stderr.startswith(f"{DAMAGED}the ref of the event "), command
        assert found.stderr.endswith(f" is not the one in its content{WAY_OUT}")
    assert ledger.read_bytes() == before
    assert ask(ledger, "verify").exit_code == 5


def test_registrations_that_change_places_are_damage(ledger: Path) -> None:
    """In both tables, so that each still has its content; whoever registered the one anew would replace the other."""
    for table, column in (("stored_events", "originator_id"), ("ledger_entries", "stream")):
        for old, new in (("company:alpha", "x"), ("company:beta", "company:alpha"), ("x", "company:beta")):
            change(ledger, f"UPDATE {table} SET {column} = '{new}' WHERE {column} = '{old}'")

    for command in every_command(ledger):
        found = ask(ledger, *command)
        assert (found.exit_code, found.stdout) == (1, ""), command
        assert found.stderr.endswith(f" is not in the place where it was recorded{WAY_OUT}")
    assert ask(ledger, "verify").exit_code == 5


def test_an_event_that_was_changed_is_not_shown(ledger: Path) -> None:
    """The read models have seen it as it was."""
    assert ask(ledger, "state").exit_code == 0
    change(ledger, "UPDATE ledger_entries SET recorder = 'eve' WHERE ref = 'first'")

    found = ask(ledger, "show", "first")
    assert (found.exit_code, " is not as it was sealed" in found.stderr) == (1, True)


def test_a_ref_that_was_taken_away_is_not_said_to_be_none(ledger: Path) -> None:
    """The read models have seen it."""
    assert ask(ledger, "state").exit_code == 0
    change(ledger, "UPDATE ledger_entries SET ref = NULL WHERE ref = 'first'")

    assert ask(ledger, "show", "first").stderr.startswith(DAMAGED)
