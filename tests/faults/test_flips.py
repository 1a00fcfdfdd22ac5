"""Every single bit of what is stored counts: one flipped is found, whichever it is."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from policytracker.ledger.audit import KINDS, Audit, ledger_damage
from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import LedgerFile, open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.tables import Stored
from tests.faults.counted import Count
from tests.ledger.ground import QUOTA, REGISTRY, REPORT, Ledger, about, batch, changed, cleared, company
from tests.soak import often

EVENTS = 200
ENTRY_COLUMNS = ("position", "id", "recorded", "recorder", "stream", "version", "ref", "leaf", "tree")


@dataclass(frozen=True)
class Sample:
    """A ledger file of 200 events, and what it holds."""

    path: Path
    rows: list[Stored]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Registrations, claims, and events about them, in imports of one to nine events."""
    chance = random.Random(4)
    path = tmp_path_factory.mktemp("flips") / "test.ledger"
    with Store.create(path) as store:
        ledger = Ledger(path, store)
        ledger.add(*REGISTRY)
        made = _events()
        while (left := EVENTS - ledger.head().position) > 0:
            ledger.clock += chance.randrange(5_000_000)
            ledger.add(*[next(made) for _ in range(min(left, chance.randrange(1, 10)))])
    with open_ledger(path) as source:
        rows = list(source.everything())
    assert len(rows) == EVENTS
    return Sample(path, rows)


def _events() -> Iterator[dict[str, Any]]:
    for number in range(EVENTS):
        yield cleared(f"clear-{number}", note=f"第 {number} 号 – “quoted”", **QUOTA)
        yield batch(f"batch-{number}")
        yield about("corroborated", f"clear-{number}", report={**REPORT, "title": f"Report {number}"})
        yield changed(f"batch-{number}", f"slip-{number}", note=f"mended {number}")
        yield company("acme", name=f"Acme {number}")
        yield about("retracted", f"clear-{number}")


def flipped(value: bytes) -> Iterator[bytes]:
    """A value with each of its bits flipped in turn."""
    content = bytearray(value)
    for place in range(len(content)):
        for bit in range(8):
            content[place] ^= 1 << bit
            yield bytes(content)
            content[place] ^= 1 << bit


def audited(sample: Sample) -> Iterator[tuple[Audit, Stored]]:
    """Each event with the audit that has taken all those before it."""
    audit = Audit()
    for row in sample.rows:
        assert list(audit.wrong(row)) == []
        yield audit, row
        audit.take(row)
    assert list(audit.unfinished()) == []


def as_read(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("column", "read"), [("state", bytes), ("leaf", bytes), ("tree", bytes), ("id", as_read), ("topic", as_read)]
)
def test_every_flipped_bit_of_a_payload_or_a_hash_is_found(
    sample: Sample, column: str, read: Callable[[bytes], Any], counted: Count
) -> None:
    """Exhaustively: all bits of all 200 events, each checked as `verify` checks it."""
    tried = 0
    for audit, row in audited(sample):
        value = getattr(row, column)
        stored = value.encode() if isinstance(value, str) else value or b""
        for other in flipped(stored):
            tried += 1
            assert next(audit.wrong(row._replace(**{column: read(other)})), None), (row.position, other)
    assert tried > {"state": 250_000, "leaf": 50_000, "tree": 20_000, "id": 100_000, "topic": 15_000}[column]
    counted("flipped bits of payloads, hashes and names, all of them found", tried)


@pytest.mark.parametrize("column", ["position", "recorded", "version"])
def test_every_flipped_bit_of_a_number_is_found(sample: Sample, column: str, counted: Count) -> None:
    """All 64 bits of each."""
    for audit, row in audited(sample):
        for bit in range(64):
            number = int.from_bytes(getattr(row, column).to_bytes(8, "big", signed=True), "big") ^ 1 << bit
            changes: dict[str, Any] = {column: number - 2**64 if number >= 2**63 else number}
            assert next(audit.wrong(row._replace(**changes)), None), (row.position, changes)
    counted("flipped bits of positions, times and versions, all of them found", 64 * EVENTS)


@pytest.mark.parametrize("column", ["recorder", "stream", "ref"])
def test_every_flipped_bit_of_a_text_is_found(sample: Sample, column: str, counted: Count) -> None:
    tried = 0
    for audit, row in audited(sample):
        for other in flipped((getattr(row, column) or "").encode()):
            tried += 1
            changes: dict[str, Any] = {column: as_read(other)}
            assert next(audit.wrong(row._replace(**changes)), None), (row.position, other)
    counted("flipped bits of recorders, streams and refs, all of them found", tried)


def test_flipped_bits_in_a_large_ledger_are_found(tmp_path: Path, counted: Count) -> None:
    """Sampled: a bit of every column of one event in twenty, of a ledger made by one import."""
    chance = random.Random("large")
    size, tried = often(short=2_000, long=100_000), 0
    with Store.create(tmp_path / "large.ledger") as store:
        Ledger(tmp_path / "large.ledger", store).add(*[company(f"firm-{number}") for number in range(size)])
    with open_ledger(tmp_path / "large.ledger") as source:
        rows = list(source.everything())
    for audit, row in audited(Sample(tmp_path, rows)):
        for column in KINDS if chance.random() < 0.05 else ():
            value = getattr(row, column)
            stored = value.encode() if isinstance(value, str) else value
            if isinstance(stored, bytes):
                content = bytearray(stored)
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                other: Any = as_read(bytes(content)) if isinstance(value, str) else bytes(content)
            elif isinstance(stored, int):
                other = stored ^ 1 << chance.randrange(62)
            else:
                continue
            tried += 1
            assert next(audit.wrong(row._replace(**{column: other})), None), (row.position, column, other)
    assert tried > size / 4
    counted("flipped bits of a large ledger, all of them found", tried)


@pytest.mark.parametrize("column", [*ENTRY_COLUMNS, "topic", "state", "originator_id", "originator_version"])
def test_a_flipped_bit_in_the_file_is_told_by_the_whole_check(sample: Sample, column: str, tmp_path: Path) -> None:
    """Sampled: twenty bits of each column, in the file itself, and mended again."""
    chance = random.Random(column)
    path = tmp_path / "copy.ledger"
    shutil.copy(sample.path, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        table = "ledger_entries" if column in ENTRY_COLUMNS else "stored_events"
        query = f"SELECT rowid, typeof({column}), CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL"
        tried = 0
        for rowid, kind, stored in chance.sample(connection.execute(query).fetchall(), 20):
            bits = 62 if kind == "integer" else len(stored) * 8
            bit = chance.randrange(bits)
            with suppress(sqlite3.IntegrityError):
                undo = _flip(connection, table, column, rowid, kind, stored, bit)
                tried += 1
                assert list(ledger_damage(path)), (rowid, bit)
                connection.execute(*undo)
    assert tried >= 10
    assert list(ledger_damage(path)) == []


def _flip(
    connection: sqlite3.Connection, table: str, column: str, rowid: int, kind: str, stored: bytes, bit: int
) -> tuple[str, tuple[Any, ...]]:
    """Flip one bit; return what undoes it."""
    if kind == "integer":
        value: Any = int(stored)
        other: Any = value ^ 1 << bit
    else:
        value, content = stored, bytearray(stored)
        content[bit // 8] ^= 1 << bit % 8
        other = bytes(content)
    mark = "CAST(? AS TEXT)" if kind == "text" else "?"
    statement = f"UPDATE {table} SET {column} = {mark} WHERE rowid = ?"
    connection.execute(statement, (other, rowid))
    return statement, (value, other if column == "position" else rowid)


def test_a_flipped_bit_anywhere_in_the_file_never_goes_unseen_where_it_matters(
    sample: Sample, tmp_path: Path, counted: Count
) -> None:
    """Bits of the file taken at random: told as damage, refused as no ledger, or in a place that holds nothing."""
    chance = random.Random(5)
    content = sample.path.read_bytes()
    told = 0
    tries = often(short=150, long=6_000)
    for number in range(tries):
        flawed = bytearray(content)
        flawed[chance.randrange(len(flawed))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.ledger"
        path.write_bytes(flawed)
        try:
            found = list(ledger_damage(path))
        except LedgerError:
            told += 1
            continue
        if found:
            told += 1
        else:
            with LedgerFile(path) as source:
                assert list(source.everything()) == sample.rows
        path.unlink()
    assert told > tries / 3
    counted("flipped bits of a file, each told or without effect", tries)
