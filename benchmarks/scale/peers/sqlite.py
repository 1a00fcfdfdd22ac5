"""Plain sqlite3, asked as a textbook has it and with all that can be done for it."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.scale.asked import NO_ANSWER, Question
from benchmarks.scale.flat import TABLES, path_of
from benchmarks.scale.peers import queries

NAMED = {name: f":{name}" for name in Question._fields}
TEXTBOOK = (
    "CREATE INDEX last ON rulings (company, chip, gate, effective, said, tie, position, published, recorded, status)"
)
TUNED = "CREATE INDEX last ON rulings (company, chip, gate, effective, word, published, recorded)"
KEYS = (
    "CREATE INDEX by_company ON company_selectors (company, selector)",
    "CREATE INDEX by_chip ON chip_selectors (chip, selector)",
    "CREATE INDEX by_company_selector ON company_selectors (selector, company)",
    "CREATE INDEX by_chip_selector ON chip_selectors (selector, chip)",
    "CREATE INDEX by_cell ON cell_gates (company, chip, gate)",
    "ANALYZE",
)
CACHE = "PRAGMA cache_size = -1000000"
"""A gigabyte: everything stays in memory."""


class Sqlite:
    """Textbook SQL over an index that covers it."""

    name = "sqlite3, textbook SQL"
    index = TEXTBOOK
    cell_query = queries.TEXTBOOK_CELL
    matrix_query = queries.TEXTBOOK_MATRIX

    def __init__(self, folder: Path) -> None:
        """``folder`` holds the flat tables, and gets the database."""
        self.folder = folder
        self.path = folder / f"{type(self).__name__}.sqlite"

    def version(self) -> str | None:
        return sqlite3.sqlite_version

    def prepare(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            for table, columns in TABLES.items():
                connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} INTEGER' for name in columns)})")
                marks = ", ".join("?" * len(columns))
                with path_of(self.folder, table).open(encoding="ascii", newline="") as file:
                    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", csv.reader(file))
            for statement in (self.index, *KEYS):
                connection.execute(statement)
            connection.commit()

    @contextmanager
    def opened(self) -> Iterator["OpenSqlite"]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(CACHE)
            cell, matrix = (query.format(**NAMED) for query in (self.cell_query, self.matrix_query))
            yield OpenSqlite(connection, cell, matrix)


class TunedSqlite(Sqlite):
    """One look-up for each pair of selectors, and packed words: what somebody finds who reads query plans."""

    name = "sqlite3, tuned"
    index = TUNED
    cell_query = queries.SEEKING_CELL
    matrix_query = queries.PACKED_MATRIX


class OpenSqlite:
    """A database, opened."""

    def __init__(self, connection: sqlite3.Connection, cell: str, matrix: str) -> None:
        self.connection, self._cell, self._matrix = connection, cell, matrix

    def cell(self, question: Question) -> int:
        ((rank,),) = self.connection.execute(self._cell, question._asdict()).fetchall()
        return NO_ANSWER if rank is None else int(rank)

    def matrix(self, question: Question) -> bytes:
        rows = self.connection.execute(self._matrix, question._asdict())
        return bytes(NO_ANSWER if rank is None else rank for (rank,) in rows)
