"""The peers that are there: a PostgreSQL server is started for the run, where one is installed."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.scale.asked import Engine
from benchmarks.scale.peers.duck import Duck
from benchmarks.scale.peers.postgres import Postgres
from benchmarks.scale.peers.sqlite import Sqlite, TunedSqlite
from benchmarks.scale.sized import Engines
from tests.postgres.databases import Databases
from tests.postgres.servers import binaries, cluster, reachable


@contextmanager
def peers() -> Iterator[Engines]:
    """All engines but the tracker; those that are not installed say so."""
    found = binaries() if importlib.util.find_spec("psycopg") else []
    if not found:
        yield lambda folder: _peers(folder, None)
        return
    with cluster(reachable(found[0])) as running:
        databases = Databases(running)
        yield lambda folder: _peers(folder, databases)


def _peers(folder: Path, databases: Databases | None) -> list[Engine]:
    url = databases.fresh().url if databases else None
    return [Sqlite(folder), TunedSqlite(folder), Duck(folder), Postgres(folder, url)]
