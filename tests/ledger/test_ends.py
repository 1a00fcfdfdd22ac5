"""Both ends of a ledger file are checked whenever somebody asks how far it goes, and so is what an event rests on."""

import pytest

from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.damage import Broken, Damaged, DamagedLedger, Missing, Stray, Unplaced, Unsealed
from tests.homes import change
from tests.ledger.ground import REGISTRY, REPORT, Ledger, about, batch, changed, cleared, company

pytestmark = pytest.mark.files

LAST = "(SELECT max(position) FROM ledger_entries)"
ENDS = [
    ("UPDATE stored_events SET rowid = 0 WHERE rowid = 1", Missing, "there is no event at position 1"),
    ("UPDATE ledger_entries SET position = 0 WHERE position = 1", Missing, "there is no event at position 1"),
    (f"DELETE FROM stored_events WHERE rowid = {LAST}", Missing, "there is no event at position 11"),
    (f"DELETE FROM ledger_entries WHERE position = {LAST}", Unplaced, "its last position is 10, and more contents"),
    (f"UPDATE stored_events SET originator_version = 7 WHERE rowid = {LAST}", Missing, "no event at position 11"),
    (f"UPDATE stored_events SET state = '' WHERE rowid = {LAST}", Damaged, "what it holds of the event {id} is not"),
    (f"UPDATE stored_events SET state = 'x' WHERE rowid = {LAST}", Damaged, "what it holds of the event {id} is not"),
    (f"UPDATE stored_events SET state = x'7b7d' WHERE rowid = {LAST}", Damaged, "what it holds of the event {id} is"),
    (f"UPDATE stored_events SET topic = 'shipped/1' WHERE rowid = {LAST}", Broken, "at position 11 is not as it was"),
    (
        f"UPDATE ledger_entries SET recorded = 7 WHERE position = {LAST}",
        Broken,
        "at position 11 is not as it was sealed",
    ),
    (f"UPDATE ledger_entries SET recorder = 'eve' WHERE position = {LAST}", Broken, "at position 11 is not as it was"),
    (
        f"UPDATE ledger_entries SET leaf = zeroblob(32) WHERE position = {LAST}",
        Broken,
        "at position 11 is not as it was",
    ),
    (f"UPDATE ledger_entries SET tree = NULL WHERE position = {LAST}", Unsealed, "up to position 11 is missing"),
    (f"UPDATE ledger_entries SET tree = leaf WHERE position = {LAST}", Unsealed, "up to position 11 is missing"),
    (
        f"UPDATE ledger_entries SET tree = CAST(tree || x'00' AS BLOB) WHERE position = {LAST}",
        Unsealed,
        "up to position 11 is",
    ),
    (
        f"UPDATE ledger_entries SET tree = CAST(substr(tree, 1, 72) || zeroblob(32) AS BLOB) WHERE position = {LAST}",
        Unsealed,
        "the tree of its events up to position 11 is missing, or is another's",
    ),
]


@pytest.mark.parametrize(("statement", "error", "what"), ENDS)
def test_an_end_that_does_not_fit_is_damage(
    ledger: Ledger, statement: str, error: type[DamagedLedger], what: str
) -> None:
    """To whoever asks for the head, to whoever appends, and to `verify`."""
    event_id = ledger.rows()[-1].id[:12]
    change(ledger.path, statement)

    for ask in (ledger.head, lambda: ledger.add(company("new"))):
        with pytest.raises(error) as caught:
            ask()
        assert what.format(id=event_id) in str(caught.value)
        assert str(caught.value).endswith("; run `policytracker verify`, and go back to a copy")
    assert list(ledger_damage(ledger.path))


@pytest.mark.parametrize("table", ["stored_events", "ledger_entries"])
def test_half_a_ledger_is_no_empty_one(ledger: Ledger, table: str) -> None:
    change(ledger.path, f"DELETE FROM {table}")

    with pytest.raises(Missing if table == "stored_events" else Unplaced):
        ledger.head()


CHANGES = [
    ("UPDATE ledger_entries SET recorder = 'eve' WHERE id = '{id}'", Broken),
    ("UPDATE stored_events SET topic = replace(topic, '/', '/1') WHERE (originator_id, originator_version) = "
     "(SELECT stream, version FROM ledger_entries WHERE id = '{id}')", Broken),
    ("UPDATE stored_events SET state = CAST(state || ' ' AS BLOB) WHERE (originator_id, originator_version) = "
     "(SELECT stream, version FROM ledger_entries WHERE id = '{id}')", Damaged),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "error"), CHANGES)
@pytest.mark.parametrize("what", ["registration", "target", "correction of the target"])
def test_nothing_is_recorded_that_rests_on_a_changed_event(
    empty: Ledger, statement: str, error: type[DamagedLedger], what: str
) -> None:
    """A registration that the event names or replaces, its target, and what was said about that before."""
    empty.add(*REGISTRY, cleared(), changed("clear", "slip", note="mended"))
    empty.add(batch())
    rows = empty.rows()
    position = {"registration": 2, "target": 10, "correction of the target": 11}[what]
    change(empty.path, statement.format(id=rows[position - 1].id))
    new = company("acme", name="Acme Ltd") if what == "registration" else about("lifted", "clear", report=REPORT)

    with pytest.raises(error):
        empty.add(new)

    assert empty.head().position == 12


def test_a_content_in_the_stream_of_another_is_no_part_of_it(ledger: Ledger) -> None:
    """Somebody adds a registration to the library's table alone, in a gap that is left of the numbers of rows."""
    ledger.add(batch("other"))
    columns = "rowid, originator_id, originator_version, topic, state"
    values = "5, 'company:acme', 2, 'company-registered/1', x'7b7d'"
    change(ledger.path, "DELETE FROM stored_events WHERE rowid = 5")
    change(ledger.path, f"INSERT INTO stored_events ({columns}) VALUES ({values})")

    with pytest.raises(Stray, match=r"stored at version 2 of the stream 'company:acme' has no position"):
        ledger.add(company("acme", name="Acme Ltd"))
