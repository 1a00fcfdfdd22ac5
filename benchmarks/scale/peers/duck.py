"""DuckDB: columns in memory, sorted by what is asked for."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.scale.asked import NO_ANSWER, Question
from benchmarks.scale.flat import TABLES, path_of
from benchmarks.scale.peers import queries

NAMED = {name: f"${name}" for name in Question._fields}


class Duck:
    """Packed words, for which it has the fastest plan; the rows sorted, so that it reads few of them for a cell."""

    name = "DuckDB"

    def __init__(self, folder: Path) -> None:
        """``folder`` holds the flat tables, and gets the database."""
        self.folder = folder
        self.path = folder / "duck.db"

    def version(self) -> str | None:
        if importlib.util.find_spec("duckdb") is None:
            return None
        import duckdb

        return str(duckdb.__version__)

    def prepare(self) -> None:
        import duckdb

        with duckdb.connect(str(self.path)) as connection:
            for table, columns in TABLES.items():
                types = ", ".join(f"'{name}': 'BIGINT'" for name in columns)
                source = f"read_csv('{path_of(self.folder, table)}', header = false, columns = {{{types}}})"
                order = ", ".join(columns[:4])
                connection.execute(f"CREATE TABLE {table} AS SELECT * FROM {source} ORDER BY {order}")

    @contextmanager
    def opened(self) -> Iterator["OpenDuck"]:
        import duckdb

        with duckdb.connect(str(self.path), read_only=True) as connection:
            yield OpenDuck(connection)


class OpenDuck:
    """A database, opened."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._cell = queries.PACKED_CELL.format(**NAMED)
        self._matrix = queries.PACKED_MATRIX.format(**NAMED)

    def cell(self, question: Question) -> int:
        ((rank,),) = self.connection.execute(self._cell, question._asdict()).fetchall()
        return NO_ANSWER if rank is None else int(rank)

    def matrix(self, question: Question) -> bytes:
        dates = {name: value for name, value in question._asdict().items() if name not in ("company", "chip")}
        rows = self.connection.execute(self._matrix, dates).fetchall()
        return bytes(NO_ANSWER if rank is None else rank for (rank,) in rows)
