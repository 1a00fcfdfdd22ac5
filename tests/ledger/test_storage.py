"""The ledger's file: how it is made, opened and written, and what is no ledger."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from policytracker.ledger.errors import (
    AmbiguousEvent,
    LedgerError,
    LedgerThere,
    NoLedger,
    NoSuchEvent,
    NotALedger,
    Unreadable,
    Unusable,
)
from policytracker.ledger.layout import APPLICATION_ID, LAYOUT, TABLES
from policytracker.ledger.reading import LedgerFile
from policytracker.ledger.store import Store
from policytracker.ledger.tables import is_prefix
from tests.ledger.ground import Ledger, cleared, company

pytestmark = pytest.mark.files

OPENERS = pytest.mark.parametrize("opener", [Store, LedgerFile])
Opener = Callable[[Path], object]


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def database(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_the_connection_that_writes_loses_nothing_when_the_power_goes(ledger: Ledger) -> None:
    """FULL is 2: each append is on the disk before it is acknowledged."""
    with ledger.store.recorder.transaction() as cursor:
        connection = cursor.connection

        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "busy_timeout") == 30_000


def test_it_keeps_its_tables_in_step_and_trusts_no_schema(ledger: Ledger) -> None:
    with ledger.store.recorder.transaction() as cursor:
        connection = cursor.connection

        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "trusted_schema") == 0
        assert pragma(connection, "cell_size_check") == 1


def test_every_connection_of_the_library_is_as_durable(ledger: Ledger) -> None:
    """It keeps a pool, for readers too."""
    for commit in (True, False):
        with ledger.store.recorder.datastore.transaction(commit=commit) as cursor:
            connection = cursor.sqlite_cursor.connection
            found = [pragma(connection, name) for name in ("synchronous", "foreign_keys", "trusted_schema")]
            assert found == [2, 1, 0]


def test_the_connection_that_reads_cannot_write(ledger: Ledger) -> None:
    with LedgerFile(ledger.file) as opened:
        assert pragma(opened.connection, "trusted_schema") == 0
        assert pragma(opened.connection, "cell_size_check") == 1
        assert pragma(opened.connection, "busy_timeout") == 30_000
        with pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"):
            opened.connection.execute("DELETE FROM ledger_entries")


def test_a_ledger_knows_that_it_is_one(empty: Ledger) -> None:
    connection = sqlite3.connect(empty.file)

    assert pragma(connection, "application_id") == APPLICATION_ID == int.from_bytes(b"POLT", "big")
    assert pragma(connection, "user_version") == LAYOUT == 3
    connection.close()


def test_a_new_ledger_is_empty_and_has_an_identity(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        with Store.create(tmp_path / "deep" / name) as store:
            heads.append(store.head())

    assert [(head.position, head.id, head.recorded) for head in heads] == [(0, "", 0)] * 2
    assert heads[0].ledger != heads[1].ledger


def test_no_ledger_is_made_over_a_file(ledger: Ledger, tmp_path: Path) -> None:
    before = ledger.rows()
    message = "is there already; choose another place with --ledger, or use the ledger as it is"

    with pytest.raises(LedgerThere) as caught:
        Store.create(ledger.file)
    with pytest.raises(LedgerThere) as folder:
        Store.create(tmp_path)

    assert str(caught.value) == f"{ledger.file} {message}"
    assert str(folder.value) == f"{tmp_path} {message}"
    assert ledger.rows() == before


def test_no_ledger_is_made_where_nothing_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Unusable, match=r"cannot be used now \(.*\); check the file, its folder and free space$"):
        Store.create(tmp_path / "file" / "test.ledger")


@OPENERS
def test_a_missing_file_is_no_ledger(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "none.ledger"

    with pytest.raises(NoLedger) as caught:
        opener(path)

    assert str(caught.value) == (
        f"no ledger at {path}; make an empty one with `policytracker --ledger {path} init`, or one of the history that "
        f"comes with the program with `policytracker --ledger {path} init --demo`, or name yours with --ledger"
    )
    assert not path.exists()


@OPENERS
def test_a_folder_is_no_ledger(opener: Opener, tmp_path: Path) -> None:
    with pytest.raises(NoLedger) as caught:
        opener(tmp_path)

    assert str(caught.value).startswith(f"no ledger at {tmp_path}; make an empty one with ")


@OPENERS
def test_a_text_file_is_no_ledger_and_stays_as_it_is(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database\n" * 1_000)

    with pytest.raises(NotALedger) as caught:
        opener(path)

    assert str(caught.value) == (
        f"{path} is not a policytracker ledger (it is no SQLite database); name the right file with --ledger"
    )
    assert path.read_text() == "not a database\n" * 1_000


@OPENERS
@pytest.mark.parametrize("statements", [[], ["CREATE TABLE t (x)"], ["PRAGMA application_id=1", "CREATE TABLE t (x)"]])
def test_another_programs_database_is_no_ledger_and_stays_as_it_is(
    opener: Opener, statements: list[str], tmp_path: Path
) -> None:
    path = database(tmp_path / "other.db", *statements)
    path.touch()
    before = path.read_bytes()

    with pytest.raises(NotALedger) as caught:
        opener(path)

    assert str(caught.value) == (
        f"{path} is not a policytracker ledger (another program made this database); name the right file with --ledger"
    )
    assert path.read_bytes() == before


@OPENERS
@pytest.mark.parametrize(
    ("layout", "way_out"),
    [
        (1, "use the version that made it"),
        (4, "upgrade policytracker"),
    ],
)
def test_a_ledger_of_another_layout_is_not_opened(opener: Opener, layout: int, way_out: str, tmp_path: Path) -> None:
    marks = (f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={layout}")
    path = database(tmp_path / "other.ledger", *marks)

    with pytest.raises(NotALedger) as caught:
        opener(path)

    assert str(caught.value) == (
        f"{path} is not a policytracker ledger (its layout has the number {layout}, this version knows 2 to 3: "
        f"{way_out}); name the right file with --ledger"
    )


def test_a_file_with_its_pages_broken_cannot_be_used(ledger: Ledger) -> None:
    """Damage is told as damage of this file, not as a failure of the program."""
    ledger.store.close()
    content = bytearray(ledger.file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    ledger.file.write_bytes(content)

    with pytest.raises(
        Unreadable, match=r"^the ledger .* cannot be used now \(.*malformed.*\); run `policytracker verify`"
    ):
        Store(ledger.file).head()


@pytest.mark.parametrize(
    "name", ["a b.ledger", "50%.ledger", "what?.ledger", "#1.ledger", "腾讯.ledger", "é&=;.ledger"]
)
def test_a_ledger_may_be_called_anything(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with Store.create(path) as store:
        Ledger(path, store).add(company("acme"))

    with Store(path) as store, LedgerFile(path) as opened:
        assert store.head() == opened.head()
        assert opened.where == path
    assert {found.name for found in tmp_path.iterdir()} == {name}


def test_a_ledger_is_opened_again_as_it_was_left(ledger: Ledger) -> None:
    before = ledger.rows()
    ledger.store.close()

    with Store(ledger.file) as store:
        again = Ledger(ledger.file, store)
        assert again.rows() == before
        again.add(company("new"))
        assert again.rows()[:-1] == before


def test_events_are_not_appended_but_under_the_lock(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"^events are appended within `writing` only; open a transaction first$"):
        ledger.store.recorder.insert_events([StoredEvent("s", 1, "blocked/1", b"{}")], entries=[])

    assert ledger.store.recorder.select_events("s") == []


def test_a_head_is_the_same_read_and_written(ledger: Ledger) -> None:
    assert ledger.head() == ledger.store.head()
    assert ledger.head().id == ledger.rows()[-1].id


def test_rows_can_be_read_from_a_position_on(ledger: Ledger) -> None:
    rows = ledger.rows()

    with LedgerFile(ledger.file) as opened:
        assert list(opened.rows(after=3)) == rows[3:]
        assert opened.count() == (len(rows), len(rows), len(rows))
        assert opened.id_at(3) == rows[2].id
        assert opened.id_at(99) == ""


def test_an_event_is_found_by_its_ref_its_id_or_the_beginning_of_one(ledger: Ledger) -> None:
    ids = sorted(row.id for row in ledger.rows())
    with LedgerFile(ledger.file) as opened:
        assert opened.find("clear") == [ledger.id("clear")]
        assert opened.find(ids[3]) == [ids[3]]
        assert [opened.find(name[:20]) for name in ids] == [[name] for name in ids]
        assert opened.find("zz") == opened.find("") == opened.find("%") == []
        assert opened.find(ids[0][:1]) == [name for name in ids if name[0] == ids[0][0]][:6]


def test_only_lower_case_hexadecimal_digits_begin_an_id() -> None:
    assert is_prefix("0f")
    assert not any(map(is_prefix, ["", "0F", "0g", "cl", "٣"]))


def test_a_ref_is_never_taken_for_the_beginning_of_an_id(ledger: Ledger) -> None:
    """It has a letter or sign that no id has."""
    assert "ref: hexadecimal digits alone could be taken for the beginning of an id" in ledger.refusal(
        cleared("deadbeef")
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (NoSuchEvent("x"), "no event 'x' in the ledger; `policytracker log` lists ids and refs"),
        (
            AmbiguousEvent("ab", ["ab" * 32, "ab1" * 20]),
            "'ab' is ambiguous: abababababab, ab1ab1ab1ab1 begin with it; give more of the id",
        ),
    ],
)
def test_what_is_wrong_with_a_ledger_is_told_with_the_way_out(error: LedgerError, message: str) -> None:
    assert str(error) == message


def test_the_tables_of_a_file_are_those_of_the_library_and_ours(ledger: Ledger) -> None:
    """A file is compared with the known text whenever it is opened, so that text is the one that SQLite keeps."""
    (theirs,) = SQLiteApplicationRecorder(
        SQLiteDatastore(":memory:", originator_id_type="text")
    ).create_table_statements
    with closing(sqlite3.connect(ledger.file)) as connection:
        kept = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")]

    assert kept == list(TABLES)
    assert " ".join(theirs.replace("IF NOT EXISTS ", "").split()) == kept[0]
