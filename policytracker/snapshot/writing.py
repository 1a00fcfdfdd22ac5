"""A snapshot is written: one SQLite file, which is finished when this is done."""

import errno
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from policytracker.questions.flattening import flat
from policytracker.questions.reader import Clocks, Reader
from policytracker.snapshot.rows import rows
from policytracker.snapshot.schema import APPLICATION_ID, FORMAT, TABLES
from policytracker.snapshot.tables import SnapshotTable
from policytracker.snapshot.views import VIEWS

CHUNK = 2_000
"""Rows of one table that are written at once."""
UNGUARDED = ("journal_mode=OFF", "synchronous=OFF", f"application_id={APPLICATION_ID}", f"user_version={FORMAT}")
"""Nobody else sees the file before it is whole: SQLite need not be able to undo, nor wait for the disk."""


class Written(NamedTuple):
    """How much a snapshot holds."""

    cells: int
    intervals: int
    claims: int


def write(reader: Reader, clocks: Clocks, path: Path) -> Written:
    """Write a snapshot at one point of the clocks into a new file. Raises OSError where it cannot be written."""
    counts: Counter[str] = Counter()
    waiting: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    with closing(_opened(path)) as connection:
        database = Database(connection)
        for name, row in rows(reader, clocks):
            counts[name] += 1
            waiting[name].append(row)
            if len(waiting[name]) >= CHUNK:
                _insert(database, path, name, waiting.pop(name))
                waiting[name] = []
        for name, left in waiting.items():
            _insert(database, path, name, left)
        with _writing(path):
            connection.commit()
    return Written(counts["statuses"], counts["intervals"], counts["claims"])


def _opened(path: Path) -> sqlite3.Connection:
    """A new file with empty tables, within a transaction."""
    with _writing(path):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            for pragma in UNGUARDED:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN")
            _create(Database(connection))
        except BaseException:
            connection.close()
            raise
        return connection


def _create(database: Database) -> None:
    for name, table in TABLES.items():
        kinds = {column: each.kind for column, each in table.columns.items()}
        database.create_table(
            name, kinds, pk=_key(table), not_null=table.key, foreign_keys=list(_references(name, table)), strict=True
        )
    for name, view in VIEWS.items():
        database.create_view(name, view.select)


def _key(table: SnapshotTable) -> str | tuple[str, ...]:
    return table.key[0] if len(table.key) == 1 else table.key


def _references(name: str, table: SnapshotTable) -> Iterator[ForeignKey]:
    for column, each in table.columns.items():
        if each.refers is not None:
            (key,) = TABLES[each.refers].key
            yield ForeignKey(name, column, each.refers, key)
    if table.part_of is not None:
        whole, columns = table.part_of
        yield ForeignKey(name, None, whole, None, columns=columns, other_columns=columns, is_compound=True)


def _insert(database: Database, path: Path, name: str, found: list[dict[str, object]]) -> None:
    flattened = [{column: _value(value) for column, value in row.items()} for row in found]
    with _writing(path):
        database.table(name).insert_all(flattened)


def _value(value: object) -> str | int | None:
    """A value as a table holds it: texts, lists and objects as CSV has them."""
    return value if value is None or isinstance(value, int) else flat(value)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Let what fails here be told of the file that is written, not of the ledger that is read. Raises OSError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # An extended code has the kind of error in its lowest byte.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        number = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}.get(code, errno.EACCES)
        raise OSError(number, str(error), str(path)) from error
