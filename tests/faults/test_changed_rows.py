"""What `verify` finds in a ledger that somebody, or something, has changed behind its back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from policytracker.events.forms import id_of
from policytracker.ledger.appending import append_lines
from policytracker.ledger.audit import Damage, ledger_damage
from policytracker.ledger.damage import Broken, Damaged, Missing
from policytracker.ledger.errors import LedgerError, NotALedger
from policytracker.ledger.reading import LedgerFile
from policytracker.ledger.store import Entry, Recorded, Store
from policytracker.ledger.where import Server
from policytracker.projections.catching_up import catch_up, rebuild
from policytracker.seals.leaves import Sealed, leaf_hash
from tests.homes import change
from tests.ledger.ground import REPORT, Ledger, about, cleared, company, lines_from

DAY = 739_000
Opener = Callable[[Path], object]


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """The eleven events of the ground; then one; then three, of which two are about a claim."""
    ledger.add(company("new"))
    ledger.add(cleared("late"), about("disputed", "late", report=REPORT), about("retracted", "late"))
    return ledger


def found(ledger: Ledger) -> list[Damage]:
    return list(ledger_damage(ledger.path))


def told(ledger: Ledger) -> list[tuple[int, str]]:
    """Position and words of everything that is wrong."""
    return [(wrong.position, wrong.what) for wrong in found(ledger)]


def blob(content: bytes, ledger: Ledger) -> str:
    """Bytes as SQL writes them."""
    return f"'\\x{content.hex()}'" if isinstance(ledger.path, Server) else f"X'{content.hex()}'"


SEAL = "its seal does not match its position, id, name, time and recorder: one of them was changed"


def test_a_ledger_as_it_was_recorded_is_whole(kept: Ledger) -> None:
    assert found(kept) == []


def test_an_empty_ledger_is_whole(empty: Ledger) -> None:
    assert found(empty) == []


def test_a_deleted_event_is_missed_where_it_stood(kept: Ledger) -> None:
    change(kept.path, "DELETE FROM stored_events WHERE originator_id = 'company:dyno'")
    change(kept.path, "DELETE FROM ledger_entries WHERE stream = 'company:dyno'")

    assert told(kept)[0] == (6, "stands at position 6 where 5 is due")


def test_a_deleted_end_leaves_no_tree_behind(kept: Ledger) -> None:
    """The last two of three that were recorded together."""
    change(kept.path, "DELETE FROM stored_events WHERE originator_version > 1")
    change(kept.path, "DELETE FROM ledger_entries WHERE position > 13")

    assert told(kept) == [(13, "is the last event, and no tree is kept with it")]


def test_swapped_events_are_found(kept: Ledger) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        change(kept.path, f"UPDATE ledger_entries SET position = {after} WHERE position = {before}")

    assert (2, SEAL) in told(kept)
    assert (3, SEAL) in told(kept)


def test_renumbered_events_are_found(kept: Ledger) -> None:
    """One taken away, and the gap closed."""
    change(kept.path, "DELETE FROM stored_events WHERE originator_id = 'company:new'")
    change(kept.path, "DELETE FROM ledger_entries WHERE position = 12")
    for position in (13, 14, 15):
        change(kept.path, f"UPDATE ledger_entries SET position = {position - 1} WHERE position = {position}")

    assert told(kept)[0] == (12, SEAL)


@pytest.mark.parametrize(
    ("column", "value"), [("recorder", "'eve'"), ("recorded", "1800014400000001"), ("id", "'" + "0" * 64 + "'")]
)
def test_whatever_is_sealed_cannot_be_changed_alone(kept: Ledger, column: str, value: str) -> None:
    change(kept.path, f"UPDATE ledger_entries SET {column} = {value} WHERE position = 15")

    assert (15, SEAL) in told(kept)


def test_a_change_that_is_sealed_anew_breaks_the_tree(kept: Ledger) -> None:
    """Somebody changes who recorded an event, and computes its leaf too."""
    row = kept.rows()[13]
    leaf = leaf_hash(Sealed(row.position, row.id, row.topic, row.recorded, "eve"))
    change(kept.path, f"UPDATE ledger_entries SET recorder = 'eve', leaf = {blob(leaf, kept)} WHERE position = 14")

    why = "one of the events from 13 on was changed, moved, added or taken away"
    assert told(kept) == [(15, f"the tree kept with it does not hold: {why}")]


def test_an_event_added_without_its_place_is_named(kept: Ledger) -> None:
    columns = "originator_id, originator_version, topic, state"
    change(kept.path, f"INSERT INTO stored_events ({columns}) VALUES ('planted', 1, 'blocked/1', {blob(b'{}', kept)})")

    assert told(kept) == [(0, "the content stored at version 1 of the stream 'planted' has no position")]


def test_a_place_added_to_an_event_that_has_one_is_named(kept: Ledger) -> None:
    """The same content counted twice, under another id."""
    columns = "position, id, recorded, recorder, stream, version, ref, leaf, tree"
    values = f"16, 'x', recorded, recorder, stream, version, NULL, {blob(bytes(32), kept)}, NULL"
    change(
        kept.path,
        f"INSERT INTO ledger_entries ({columns}) SELECT {values} FROM ledger_entries WHERE position = 12",
    )

    assert told(kept)[0] == (16, "its content does not match its id: it was changed after recording")


@pytest.mark.parametrize(
    ("stream", "version", "due"),
    [("other", 1, "1 of '{own}'"), ("{own}", 2, "1 of '{own}'"), ("company:acme", 2, "1 of '{own}'")],
)
def test_a_claim_begins_the_stream_that_its_id_names(kept: Ledger, stream: str, version: int, due: str) -> None:
    state = b'{"type":"cleared","authority":"gacc"}'
    own = id_of(state)[:32]
    with kept.store.writing() as writer:
        here = stream.format(own=own)
        entry = Entry(16, id_of(state), writer.head.recorded, "x", here, version, None)
        writer.put([Recorded(here, version, "cleared/1", state)], [entry])

    what = f"is version {version} of the stream {here!r}, where {due.format(own=own)} is due"
    assert told(kept) == [(16, what)]


@pytest.mark.parametrize("state", [b"{}", b"[]", b"no json", b'{"type":"corroborated","target":[]}', b"\xff"])
def test_a_content_that_is_no_event_is_damage(kept: Ledger, state: bytes) -> None:
    with kept.store.writing() as writer:
        stream = id_of(state)[:32]
        entry = Entry(16, id_of(state), writer.head.recorded, "x", stream, 1, None)
        writer.put([Recorded(stream, 1, "corroborated/1", state)], [entry])

    assert [(position, what[:23]) for position, what in told(kept)] == [(16, "its content is no event")]


def test_a_ref_given_twice_is_damage(kept: Ledger) -> None:
    """With the index that forbids it taken away."""
    schema = "policytracker." if isinstance(kept.path, Server) else ""
    change(kept.path, f"DROP INDEX {schema}ledger_refs")
    state = b'{"type":"cleared","ref":"clear"}'
    with kept.store.writing() as writer:
        stream = id_of(state)[:32]
        entry = Entry(16, id_of(state), writer.head.recorded, "x", stream, 1, "clear")
        writer.put([Recorded(stream, 1, "cleared/1", state)], [entry])

    (damage,) = told(kept)
    assert damage == (
        (16, "has the ref 'clear' of an earlier event")
        if isinstance(kept.path, Server)
        else (0, "it has no index 'ledger_refs' of the kind that a ledger has; go back to a copy")
    )


def test_a_ledger_without_its_identity_is_damaged(kept: Ledger) -> None:
    change(kept.path, "DELETE FROM ledger_meta WHERE key = 'ledger'")

    assert told(kept) == [(0, "it does not say which ledger it is; go back to a copy")]


@pytest.mark.files
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("recorded", "'soon'"),
        ("recorded", "1.5"),
        ("recorder", "X'00'"),
        ("id", "X'ff'"),
        ("leaf", "'text'"),
        ("leaf", "1"),
        ("tree", "'text'"),
        ("ref", "X'61'"),
    ],
)
def test_what_is_of_the_wrong_kind_is_damage(kept: Ledger, column: str, value: str) -> None:
    change(kept.path, f"UPDATE ledger_entries SET {column} = {value} WHERE position = 15")

    assert told(kept)[0] == (15, f"what is stored as its {column} is of the wrong kind")


@pytest.mark.files
@pytest.mark.parametrize("column", ["id", "recorder", "stream", "ref"])
def test_bytes_that_are_no_text_are_damage(kept: Ledger, column: str) -> None:
    """Half a character, and a byte that UTF-8 does not have."""
    for content in ("eda080", "ff"):
        change(kept.path, f"UPDATE ledger_entries SET {column} = CAST(X'{content}' AS TEXT) WHERE position = 12")
        assert told(kept)[0][0] == 12


@pytest.mark.files
def test_contents_that_are_null_or_text_are_damage(kept: Ledger) -> None:
    change(kept.path, "UPDATE stored_events SET state = CAST(state AS TEXT) WHERE originator_id = 'company:new'")
    assert told(kept) == [(12, "what is stored as its state is of the wrong kind")]

    change(kept.path, "UPDATE stored_events SET state = NULL WHERE originator_id = 'company:new'")
    assert told(kept)[0][0] == 12


@pytest.mark.files
def test_an_index_that_disagrees_with_its_table_is_damage(kept: Ledger) -> None:
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as connection:
        for definition in ("sql || ' AND 0'", "replace(sql, ' AND 0', '')"):
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(f"UPDATE sqlite_schema SET sql = {definition} WHERE name = 'ledger_refs'")
            connection.execute("PRAGMA writable_schema = RESET")
            if "||" in definition:
                connection.execute("REINDEX ledger_refs")

    assert any("SQLite says: " in what for _, what in told(kept))


@pytest.mark.files
@pytest.mark.parametrize("opener", [Store, LedgerFile])
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON ledger_entries BEGIN DELETE FROM stored_events; END", "trigger 'evil'"),
        ("CREATE VIEW evil AS SELECT 1", "view 'evil'"),
        ("CREATE VIRTUAL TABLE evil USING fts5(a)", "table 'evil'"),
        ("CREATE INDEX evil ON ledger_entries (length(hex(zeroblob(position))))", "index 'evil'"),
        ("CREATE TABLE evil (a, b AS (hex(zeroblob(a))))", "table 'evil'"),
        ("CREATE TABLE evil (a CHECK (length(hex(zeroblob(a))) > 0))", "table 'evil'"),
        ("CREATE TABLE evil (a)", "table 'evil'"),
    ],
)
def test_a_file_that_would_run_somebodys_statements_is_refused(
    kept: Ledger, opener: Opener, statement: str, what: str
) -> None:
    change(kept.path, statement)

    with pytest.raises(NotALedger) as caught:
        opener(kept.file)

    assert str(caught.value) == (
        f"{kept.file} is not a policytracker ledger (it has the {what}, and a ledger has none: "
        "somebody has added it); name the right file with --ledger"
    )


DAMAGE = [
    ("UPDATE ledger_entries SET recorder = 'eve' WHERE position = 12", Broken,
     "the event {id} at position 12 is not as it was sealed"),
    ("UPDATE stored_events SET state = {new, old} WHERE originator_id = 'company:new'", Damaged,
     "what it holds of the event {id} is not what its id says"),
    ("UPDATE stored_events SET topic = 'chip-registered/1' WHERE originator_id = 'company:new'", Broken,
     "the event {id} at position 12 is not as it was sealed"),
    ("DELETE FROM stored_events WHERE originator_id = 'company:new'", Missing, "there is no event at position 12"),
    ("DELETE FROM stored_events WHERE originator_version > 1", Missing, "there is no event at position 14"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "error", "what"), DAMAGE)
@pytest.mark.parametrize("grown", [True, False], ids=["grown", "made anew"])
def test_no_question_is_answered_from_damage(
    ledger: Ledger, statement: str, error: type[LedgerError], what: str, grown: bool
) -> None:
    """Read models that were up to date before, or none: the damaged events are not taken into them."""
    catch_up(ledger.path, DAY)
    append_lines(ledger.store, lines_from([company("new")]), lambda: ledger.clock, "tester")
    event_id = ledger.rows()[-1].id
    ledger.add(cleared("late"), about("disputed", "late", report=REPORT), about("retracted", "late"))
    change(ledger.path, statement)

    with pytest.raises(error) as caught:
        (catch_up if grown else rebuild)(ledger.path, DAY)

    told = what.format(id=event_id[:12])
    assert str(caught.value) == f"the ledger is damaged: {told}; run `policytracker verify`, and go back to a copy"
