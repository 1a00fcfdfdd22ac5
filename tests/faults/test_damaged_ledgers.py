"""A ledger file with one bit or a few rows of it changed: what every question says of it, and what an import does.

Either the damage is named, or every answer is the one of the untouched ledger. Nothing is answered from damage.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.recording import ask
from tests.faults.counted import Count
from tests.faults.damage import Sample, copy_of, made_in, noticed_by
from tests.soak import often

Changes = list[tuple[str, tuple[object, ...]]]
"""Statements that change rows, with their values."""

EARLIER = "an earlier state, which only a checkpoint tells"
COLUMNS = ("id", "recorded", "recorder", "leaf", "tree")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return made_in(tmp_path_factory.mktemp("damaged"))


def test_a_flipped_bit_is_named_or_changes_no_answer(sample: Sample, tmp_path: Path, counted: Count) -> None:
    """In the file alone, and in one whose read models were made before."""
    chance = random.Random(often(short=3, long=4))
    found = Counter[str]()
    for _ in range(often(short=60, long=2_000)):
        path = copy_of(sample, tmp_path / "flipped.ledger", asked=chance.random() < 0.25)
        content = bytearray(path.read_bytes())
        place, bit = chance.randrange(len(content)), chance.randrange(8)
        content[place] ^= 1 << bit
        path.write_bytes(content)
        try:
            found[noticed_by(sample, path)] += 1
        except AssertionError as error:
            raise AssertionError(f"bit {bit} of byte {place}: {error}") from error
    for kind, number in found.items():
        counted(f"flipped bits of a ledger file: {kind}", number)
    counted("flipped bits of a ledger file: silent", 0)


def test_changed_rows_are_named_or_change_no_answer(sample: Sample, tmp_path: Path, counted: Count) -> None:
    """Deleted, swapped, renumbered and edited by hand, each so that SQLite finds nothing wrong."""
    chance = random.Random(often(short=5, long=6))
    found = Counter[str]()
    for number in range(often(short=2 * len(WAYS), long=400)):
        way = WAYS[number % len(WAYS)]
        path = copy_of(sample, tmp_path / "changed.ledger", asked=chance.random() < 0.5)
        changes = way(chance, sample)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement, values in changes:
                connection.execute(statement, values)
        try:
            found[_noticed(sample, path, changes)] += 1
        except AssertionError as error:
            raise AssertionError(f"{changes}: {error}") from error
    for kind, number in found.items():
        counted(f"changed rows of a ledger file: {kind}", number)
    counted("changed rows of a ledger file: silent", 0)


def _noticed(sample: Sample, path: Path, changes: Changes) -> str:
    """What noticed the change; of an earlier state of the ledger, that its checkpoint does not fit it."""
    was_asked = path.with_name(f"{path.name}.views").exists()
    if was_asked or changes not in [_deleted_after(end) for end in sample.ends]:
        return noticed_by(sample, path)
    assert ask(path, "state").exit_code == 0
    told = ask(path, "verify", "--against", str(sample.checkpoint))
    assert (told.exit_code, "some were taken away" in told.stdout) == (5, True), told.output
    return EARLIER


def _end_deleted(chance: random.Random, sample: Sample) -> Changes:
    """The newest rows of both tables, or of one of them."""
    both = _deleted_after(len(sample.places) - chance.randrange(1, 12))
    return chance.choice([both, both[:1], both[1:]])


def _deleted_after(last: int) -> Changes:
    return [
        ("DELETE FROM ledger_entries WHERE position > ?", (last,)),
        ("DELETE FROM stored_events WHERE rowid > ?", (last,)),
    ]


def _all_deleted(chance: random.Random, sample: Sample) -> Changes:
    both: Changes = [("DELETE FROM ledger_entries", ()), ("DELETE FROM stored_events", ())]
    return chance.choice([both[:1], both[1:]])


def _one_deleted(chance: random.Random, sample: Sample) -> Changes:
    place = chance.randrange(1, len(sample.places))
    both: Changes = [
        ("DELETE FROM ledger_entries WHERE position = ?", (place,)),
        ("DELETE FROM stored_events WHERE rowid = ?", (place,)),
    ]
    return chance.choice([both, both[:1], both[1:]])


def _renumbered(chance: random.Random, sample: Sample) -> Changes:
    """One taken away, and the gap closed in both tables."""
    place = chance.randrange(1, len(sample.places))
    changes: Changes = [
        ("DELETE FROM ledger_entries WHERE position = ?", (place,)),
        ("DELETE FROM stored_events WHERE rowid = ?", (place,)),
    ]
    for later in range(place + 1, len(sample.places) + 1):
        changes.append(("UPDATE ledger_entries SET position = ? WHERE position = ?", (later - 1, later)))
        changes.append(("UPDATE stored_events SET rowid = ? WHERE rowid = ?", (later - 1, later)))
    return changes


def _places_swapped(chance: random.Random, sample: Sample) -> Changes:
    one, other = chance.sample(range(1, len(sample.places) + 1), 2)
    statement = "UPDATE ledger_entries SET position = ? WHERE position = ?"
    return [(statement, (0, one)), (statement, (one, other)), (statement, (other, 0))]


def _refs_swapped(chance: random.Random, sample: Sample) -> Changes:
    (one, its), (other, theirs) = chance.sample(sorted(sample.refs.items()), 2)
    statement = "UPDATE ledger_entries SET ref = ? WHERE position = ?"
    return [(statement, (None, one)), (statement, (its, other)), (statement, (theirs, one))]


def _ref_edited(chance: random.Random, sample: Sample) -> Changes:
    place = chance.choice(sorted(sample.refs))
    return [("UPDATE ledger_entries SET ref = ? WHERE position = ?", (chance.choice([None, "another-one"]), place))]


def _contents_swapped(chance: random.Random, sample: Sample) -> Changes:
    """Two contents change their places in the library's table."""
    (one, its), (other, theirs) = chance.sample(sorted(sample.places.items()), 2)
    statement = "UPDATE stored_events SET originator_id = ?, originator_version = ? WHERE rowid = ?"
    return [(statement, ("free", 1, one)), (statement, (*its, other)), (statement, (*theirs, one))]


def _streams_swapped(chance: random.Random, sample: Sample) -> Changes:
    """Two events change their streams in both tables."""
    (one, its), (other, theirs) = chance.sample(sorted(sample.places.items()), 2)
    statement = "UPDATE ledger_entries SET stream = ?, version = ? WHERE position = ?"
    stored = "UPDATE stored_events SET originator_id = ?, originator_version = ? WHERE rowid = ?"
    return [
        *((stored, ("free", 1, one)), (stored, (*its, other)), (stored, (*theirs, one))),
        *((statement, (*its, other)), (statement, (*theirs, one))),
    ]


def _column_edited(chance: random.Random, sample: Sample) -> Changes:
    """What is kept beside an event is that of another one."""
    one, other = chance.sample(range(1, len(sample.places) + 1), 2)
    column = chance.choice(COLUMNS)
    value = f"SELECT {column} FROM ledger_entries WHERE position = ?"
    if column == "id":
        value = f"SELECT substr(id, 2) || 'x' FROM ({value})"
    return [(f"UPDATE ledger_entries SET {column} = ({value}) WHERE position = ?", (other, one))]


WAYS: list[Callable[[random.Random, Sample], Changes]] = [
    _end_deleted,
    _all_deleted,
    _one_deleted,
    _renumbered,
    _places_swapped,
    _refs_swapped,
    _ref_edited,
    _contents_swapped,
    _streams_swapped,
    _column_edited,
]
