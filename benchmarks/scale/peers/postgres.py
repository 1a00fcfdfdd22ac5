"""PostgreSQL, over a socket of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.scale.asked import NO_ANSWER, Question
from benchmarks.scale.flat import TABLES, path_of
from benchmarks.scale.peers import queries
from benchmarks.scale.peers.sqlite import KEYS, TUNED

NAMED = {name: f"%({name})s" for name in Question._fields}
SETTINGS = ("SET work_mem = '512MB'", "SET jit = off")


class Postgres:
    """The plans of tuned sqlite3, with prepared statements."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, url: str | None) -> None:
        """``url`` is that of an empty database of a running server; None where there is no server."""
        self.folder, self.url = folder, url

    def version(self) -> str | None:
        if self.url is None:
            return None
        import psycopg

        with psycopg.connect(self.url) as connection:
            number = connection.info.server_version
        return f"{number // 10_000}.{number % 10_000}"

    def prepare(self) -> None:
        import psycopg

        with psycopg.connect(self.url or "") as connection, connection.cursor() as cursor:
            for table, columns in TABLES.items():
                cursor.execute(f"CREATE TABLE {table} ({', '.join(f'{name} bigint' for name in columns)})")
                source = path_of(self.folder, table)
                with source.open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
                    while block := file.read(1 << 20):
                        copy.write(block)
            for statement in (TUNED, *KEYS):
                cursor.execute(statement)

    @contextmanager
    def opened(self) -> Iterator["OpenPostgres"]:
        import psycopg

        with psycopg.connect(self.url or "", autocommit=True) as connection:
            for setting in SETTINGS:
                connection.execute(setting)
            yield OpenPostgres(connection)


class OpenPostgres:
    """A database, opened."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._cell = _escaped(queries.SEEKING_CELL).format(**NAMED)
        self._matrix = _escaped(queries.PACKED_MATRIX).format(**NAMED)

    def cell(self, question: Question) -> int:
        ((rank,),) = self.connection.execute(self._cell, question._asdict(), prepare=True).fetchall()
        return NO_ANSWER if rank is None else int(rank)

    def matrix(self, question: Question) -> bytes:
        rows = self.connection.execute(self._matrix, question._asdict(), prepare=True)
        return bytes(NO_ANSWER if rank is None else rank for (rank,) in rows)


def _escaped(query: str) -> str:
    """The driver takes a percent sign for the beginning of a parameter."""
    return query.replace("%", "%%")
